import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { useAct } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { useSession } from "../session.ts";

interface SessionWords {
  readonly sessions: string;
  readonly sessionsAbout: string;
  readonly revoke: string;
  readonly revokeTitle: (name: string) => string;
  readonly revoked: (name: string) => string;
}

/** What a user is signed in with, or what has been had of a role, to be ended at once. */
export function Sessions({
  name,
  words,
  text,
  typed,
  revoke,
}: {
  readonly name: string;
  readonly words: SessionWords;
  /** What ends, and what does not. */
  readonly text: string;
  /** What is to be typed before, where anything is. */
  readonly typed?: string;
  readonly revoke: (name: string) => Promise<unknown>;
}) {
  const { tell } = useSession();
  const [asking, setAsking] = useState(false);
  const act = useAct();
  const end = async () => {
    if (!(await act.run(() => revoke(name)))) return;
    setAsking(false);
    tell(words.revoked(name));
  };
  return (
    <Container
      disableContentPaddings
      header={
        <Header
          variant="h2"
          description={words.sessionsAbout}
          actions={<Button onClick={() => setAsking(true)}>{words.revoke}</Button>}
        >
          {words.sessions}
        </Header>
      }
    >
      {asking && (
        <Confirm
          title={words.revokeTitle(name)}
          verb={words.revoke}
          {...(typed === undefined ? {} : { typed })}
          act={act}
          onConfirm={() => void end()}
          onClose={() => setAsking(false)}
        >
          {text}
        </Confirm>
      )}
    </Container>
  );
}
