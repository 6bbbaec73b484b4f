import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { server } from "../api/server.ts";
import { useWords } from "../words/words.tsx";
import { useAct } from "./act.ts";
import { Dialog } from "./dialog.tsx";
import { FailureAlert } from "./failure-alert.tsx";

/**
 * After a factor has changed: what is signed in elsewhere stays so unless it is ended. After the password has, the server has ended
 * the other browsers' sessions by itself, and only temporary credentials are left.
 */
export function EndOthers({
  after = "factor",
  onDone,
}: {
  readonly after?: "factor" | "password";
  readonly onDone?: () => void;
}) {
  const { me: words } = useWords();
  const [asked, setAsked] = useState(false);
  const [ended, setEnded] = useState<number>();
  if (ended !== undefined) {
    return (
      <div role="status">
        <Alert type="success">{words.ended(ended)}</Alert>
      </div>
    );
  }
  return (
    <>
      <Alert
        type="info"
        header={words.offer}
        action={<Button onClick={() => setAsked(true)}>{words.offerAct}</Button>}
      >
        {after === "password" ? words.offerAfterPassword : words.offerText}
      </Alert>
      {asked && (
        <EndOthersDialog
          onClose={() => setAsked(false)}
          onEnded={(count) => {
            setAsked(false);
            setEnded(count);
            onDone?.();
          }}
        />
      )}
    </>
  );
}

export function EndOthersDialog({
  onClose,
  onEnded,
}: {
  readonly onClose: () => void;
  readonly onEnded: (count: number) => void;
}) {
  const { sessions: words } = useWords();
  const [temporary, setTemporary] = useState(true);
  const act = useAct();
  const end = async () => {
    let count = 0;
    const done = await act.run(async () => {
      const { Ended } = await server.countersign.RevokeOtherSessions({ TemporaryCredentials: temporary });
      count = Ended;
    });
    if (done) onEnded(count);
  };
  return (
    <Dialog title={words.othersTitle} verb={words.othersTitle} busy={act.busy} onAct={end} onClose={onClose}>
      <SpaceBetween size="m">
        <div>{words.othersText}</div>
        <FailureAlert failure={act.failure} />
        <Checkbox
          checked={temporary}
          description={words.temporaryText}
          onChange={({ detail }) => setTemporary(detail.checked)}
        >
          {words.temporary}
        </Checkbox>
      </SpaceBetween>
    </Dialog>
  );
}
