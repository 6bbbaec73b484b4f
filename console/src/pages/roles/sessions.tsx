import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { revokeRoleSessions } from "../../api/roles.ts";
import { useAct } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { useRoleWords } from "../../words/roles.ts";
import { useSession } from "../session.ts";

/** What has been had of a role, to be ended at once. */
export function RoleSessions({ name }: { readonly name: string }) {
  const words = useRoleWords();
  const { tell } = useSession();
  const [asking, setAsking] = useState(false);
  const act = useAct();
  const revoke = async () => {
    if (!(await act.run(() => revokeRoleSessions(name)))) return;
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
          typed={name}
          act={act}
          onConfirm={() => void revoke()}
          onClose={() => setAsking(false)}
        >
          {words.revokeText}
        </Confirm>
      )}
    </Container>
  );
}
