import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useCallback, useState } from "react";
import { loadRole, saveTrust, type Trust, trustIn } from "../../api/roles.ts";
import type { Opened, Through } from "../../api/unchanged.ts";
import { DocumentForm } from "../../parts/document-form.tsx";
import { PolicyText } from "../../parts/policy-text.tsx";
import { useRoleWords } from "../../words/roles.ts";
import { useSession } from "../session.ts";

/** Who may assume the role: to read and to write. */
export function TrustTab({
  name,
  opened,
  onChanged,
}: {
  readonly name: string;
  readonly opened: Opened<Trust>;
  readonly onChanged: () => Promise<void>;
}) {
  const words = useRoleWords();
  const { tell } = useSession();
  const [editing, setEditing] = useState(false);
  const read = useCallback(async (through: Through) => trustIn(await loadRole(name, through)), [name]);
  const saved = async () => {
    setEditing(false);
    tell(words.trustSaved);
    await onChanged();
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={words.trustAbout}
          actions={!editing && <Button onClick={() => setEditing(true)}>{words.editTrust}</Button>}
        >
          {words.trust}
        </Header>
      }
    >
      {editing ? (
        <DocumentForm
          opened={opened}
          read={read}
          save={(document, through) => saveTrust(name, document, through)}
          type="trust"
          verb={words.save}
          onClose={() => setEditing(false)}
          onSaved={() => void saved()}
        />
      ) : (
        <PolicyText text={opened.value.document} label={words.trust} />
      )}
    </Container>
  );
}
