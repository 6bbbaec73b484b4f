import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { Breaking } from "../../parts/breaking.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { EndOthers } from "../../parts/end-others.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { useWords } from "../../words/words.tsx";
import { ContactCard } from "../contact/card.tsx";
import { useSession } from "../session.ts";
import { Devices } from "./devices.tsx";
import { Keys } from "./keys.tsx";
import { OwnPassword } from "./own-password.tsx";
import { Sessions } from "./sessions.tsx";

interface Changes {
  readonly changes: number;
  readonly after: "factor" | "password";
}

/** My security credentials. */
export default function MePage() {
  const { me: words } = useWords();
  const { Arn, Type } = useSession().context.Principal;
  /** What has changed, and how often: each time the offer is made anew. */
  const [{ changes, after }, setChanged] = useState<Changes>({ changes: 0, after: "factor" });
  const [ended, setEnded] = useState(0);
  const sessionsEnded = () => setEnded((before) => before + 1);
  const changed = (what: "factor" | "password") =>
    setChanged((before) => ({ changes: before.changes + 1, after: what }));
  return (
    <PageTitle title={words.title}>
      <SpaceBetween size="l">
        <Header
          variant="h1"
          description={
            <>
              {words.about}
              <br />
              <span className="id">
                <Breaking text={Arn} />
              </span>{" "}
              <CopyButton text={Arn} what={words.arn} inline />
            </>
          }
        >
          {words.title}
        </Header>
        {changes > 0 && <EndOthers key={changes} after={after} onDone={sessionsEnded} />}
        <Devices onChanged={() => changed("factor")} />
        <OwnPassword
          onChanged={() => {
            changed("password");
            sessionsEnded();
          }}
        />
        {/* root's address is the e-mail of the account */}
        {Type === "user" && <ContactCard />}
        <Keys />
        <Sessions key={ended} />
      </SpaceBetween>
    </PageTitle>
  );
}
