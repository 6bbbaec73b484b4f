import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useCallback, useState } from "react";
import { loadInForce, type PolicyRow, saveDocument } from "../../api/policies.ts";
import { open, type Through } from "../../api/unchanged.ts";
import { useLoad } from "../../parts/act.ts";
import { DocumentForm } from "../../parts/document-form.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PolicyText } from "../../parts/policy-text.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { usePolicyWords } from "../../words/policies.ts";
import { useSession } from "../session.ts";

/** The document in force, to read and, where it is one's own, to write. */
export function PolicyDocumentTab({
  row,
  onSaved,
}: {
  readonly row: PolicyRow;
  readonly onSaved: () => Promise<void>;
}) {
  const words = usePolicyWords();
  const { tell } = useSession();
  const [editing, setEditing] = useState(false);
  const read = useCallback((through: Through) => loadInForce(row.arn, through), [row.arn]);
  const { value, failure, reload } = useLoad(useCallback(() => open(read), [read]));
  if (failure !== undefined) return <FailureAlert failure={failure} />;
  if (value === undefined) return <Skeleton lines={8} />;
  const saved = async () => {
    setEditing(false);
    tell(words.saved);
    await Promise.all([reload(), onSaved()]);
  };
  const edit = !row.managedByAws && !editing && (
    <Button onClick={() => setEditing(true)}>{words.edit}</Button>
  );
  return (
    <Container
      header={
        <Header variant="h2" actions={edit}>
          {editing ? words.edit : words.document}
        </Header>
      }
    >
      {editing ? (
        <DocumentForm
          opened={value}
          read={read}
          save={(document, through) => saveDocument(row.arn, document, through)}
          type="identity"
          verb={words.save}
          onClose={() => setEditing(false)}
          onSaved={() => void saved()}
        />
      ) : (
        <PolicyText text={value.value.document} label={words.document} />
      )}
    </Container>
  );
}
