import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import type { Session } from "../../../../src/model/countersign/types.ts";
import { server } from "../../api/server.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Browser, useBrowserText } from "../../parts/browser.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { EndOthersDialog } from "../../parts/end-others.tsx";
import { Empty, Rows } from "../../parts/rows.tsx";
import { Time } from "../../parts/time.tsx";
import { useWords } from "../../words/words.tsx";
import { kindText } from "../factor-text.ts";
import { useSession } from "../session.ts";

const loadSessions = async () => (await server.countersign.ListSessions({})).Sessions;

export function Sessions() {
  const { sessions: words, common, me, kinds } = useWords();
  const { tell } = useSession();
  const { value, failure, reload } = useLoad(loadSessions);
  const [ending, setEnding] = useState<Session>();
  const [endingOthers, setEndingOthers] = useState(false);
  return (
    <>
      <Rows
        label={words.title}
        header={
          <Header
            variant="h2"
            description={words.about}
            counter={value === undefined ? "" : `(${value.length})`}
            actions={<Button onClick={() => setEndingOthers(true)}>{words.endOthers}</Button>}
          >
            {words.title}
          </Header>
        }
        rows={value}
        failure={failure}
        idOf={({ SessionId }) => SessionId}
        empty={<Empty title={words.empty} text={words.about} />}
        columns={[
          {
            id: "browser",
            header: words.browser,
            cell: ({ UserAgent, Current }) => (
              <>
                <Browser userAgent={UserAgent} /> {Current && <Badge color="blue">{words.thisOne}</Badge>}
              </>
            ),
          },
          { id: "ip", header: words.ip, cell: ({ SourceIp }) => <span className="id">{SourceIp}</span> },
          { id: "at", header: words.signedIn, cell: ({ SignedInAt }) => <Time at={SignedInAt} /> },
          { id: "seen", header: words.lastSeen, cell: ({ LastSeenAt }) => <Time at={LastSeenAt} /> },
          {
            id: "mfa",
            header: words.mfa,
            cell: ({ MfaMethod }) =>
              MfaMethod === undefined ? words.withoutMfa : kindText(kinds, MfaMethod),
          },
          {
            id: "actions",
            header: common.actions,
            cell: (session) =>
              session.Current ? (
                "–"
              ) : (
                <Button variant="inline-link" onClick={() => setEnding(session)}>
                  {words.end}
                </Button>
              ),
          },
        ]}
      />
      {ending !== undefined && (
        <EndSession
          session={ending}
          onClose={() => setEnding(undefined)}
          onDone={() => {
            setEnding(undefined);
            tell(words.ended);
            void reload();
          }}
        />
      )}
      {endingOthers && (
        <EndOthersDialog
          onClose={() => setEndingOthers(false)}
          onEnded={(count) => {
            setEndingOthers(false);
            tell(me.ended(count));
            void reload();
          }}
        />
      )}
    </>
  );
}

function EndSession({
  session: { SessionId, UserAgent, SourceIp },
  onClose,
  onDone,
}: {
  readonly session: Session;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { sessions: words } = useWords();
  const textOf = useBrowserText();
  const act = useAct();
  const end = async () => {
    if (await act.run(() => server.countersign.RevokeSession({ SessionId }))) onDone();
  };
  return (
    <Confirm title={words.endTitle} verb={words.end} act={act} onConfirm={() => void end()} onClose={onClose}>
      <div>{words.endText(textOf(UserAgent), SourceIp)}</div>
    </Confirm>
  );
}
