import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
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

/** My security credentials. */
export default function MePage() {
  const { me: words } = useWords();
  const { Arn, Type } = useSession().context.Principal;
  /** How often a factor or the password has changed: each time the offer is made anew. */
  const [changes, setChanges] = useState(0);
  const [ended, setEnded] = useState(0);
  const changed = () => setChanges((before) => before + 1);
  return (
    <PageTitle title={words.title}>
      <SpaceBetween size="l">
        <Header
          variant="h1"
          description={
            <>
              {words.about}
              <br />
              <span className="id">{Arn}</span> <CopyButton text={Arn} what={words.arn} inline />
            </>
          }
        >
          {words.title}
        </Header>
        {changes > 0 && <EndOthers key={changes} onDone={() => setEnded((before) => before + 1)} />}
        <Devices onChanged={changed} />
        <OwnPassword onChanged={changed} />
        {/* root's address is the e-mail of the account */}
        {Type === "user" && <ContactCard />}
        <Keys />
        <Sessions key={ended} />
      </SpaceBetween>
    </PageTitle>
  );
}
