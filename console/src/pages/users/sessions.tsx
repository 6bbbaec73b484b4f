import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { revokeSessions } from "../../api/users.ts";
import { useAct } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { useUserWords } from "../../words/user.ts";
import { useSession } from "../session.ts";

/** What a user is signed in with, to be ended at once. */
export function UserSessions({ name }: { readonly name: string }) {
  const words = useUserWords();
  const { tell } = useSession();
  const [asking, setAsking] = useState(false);
  const act = useAct();
  const revoke = async () => {
    if (!(await act.run(() => revokeSessions(name)))) return;
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
          act={act}
          onConfirm={() => void revoke()}
          onClose={() => setAsking(false)}
        >
          {words.revokeText(name)}
        </Confirm>
      )}
    </Container>
  );
}
