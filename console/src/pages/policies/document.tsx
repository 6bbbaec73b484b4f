import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useState } from "react";
import { type InForce, loadInForce, type PolicyRow, saveDocument } from "../../api/policies.ts";
import { ChangedMeanwhile, type Opened, open, saveUnchanged, type Through } from "../../api/unchanged.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { CheckedEditor, useChecked } from "../../parts/checked-editor.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PolicyText } from "../../parts/policy-text.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { usePolicyWords } from "../../words/policies.ts";
import { useWords } from "../../words/words.tsx";
import { useSession } from "../session.ts";

type Loaded = Opened<InForce>;

/** The document in force, to read and, where it is one's own, to write. */
export function PolicyDocumentTab({
  row,
  onSaved,
}: {
  readonly row: PolicyRow;
  readonly onSaved: () => Promise<void>;
}) {
  const words = usePolicyWords();
  const [editing, setEditing] = useState(false);
  const read = useCallback((through: Through) => loadInForce(row.arn, through), [row.arn]);
  const { value, failure, reload } = useLoad(useCallback(() => open(read), [read]));
  if (failure !== undefined) return <FailureAlert failure={failure} />;
  if (value === undefined) return <Skeleton lines={8} />;
  if (editing) {
    return (
      <Edit
        arn={row.arn}
        opened={value}
        read={read}
        onClose={() => setEditing(false)}
        onSaved={async () => {
          setEditing(false);
          await Promise.all([reload(), onSaved()]);
        }}
      />
    );
  }
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={!row.managedByAws && <Button onClick={() => setEditing(true)}>{words.edit}</Button>}
        >
          {words.document}
        </Header>
      }
    >
      <PolicyText text={value.value.document} label={words.document} />
    </Container>
  );
}

function Edit({
  arn,
  opened,
  read,
  onClose,
  onSaved,
}: {
  readonly arn: string;
  readonly opened: Loaded;
  readonly read: (through: Through) => Promise<InForce>;
  readonly onClose: () => void;
  readonly onSaved: () => Promise<void>;
}) {
  const words = usePolicyWords();
  const { common } = useWords();
  const { tell } = useSession();
  const [base, setBase] = useState(opened);
  const [text, setText] = useState(opened.value.document);
  /** What somebody else has made of it meanwhile. */
  const [theirs, setTheirs] = useState<Loaded>();
  const [tried, setTried] = useState(false);
  const checked = useChecked(text, "identity");
  const act = useAct();

  const save = async () => {
    setTried(true);
    if (checked.hasErrors) return;
    let other: Loaded | undefined;
    const done = await act.run(async () => {
      try {
        await saveUnchanged(base, read, (through) => saveDocument(arn, text, through));
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile)) throw error;
        other = error.now;
      }
    });
    setTheirs(other);
    if (!done || other !== undefined) return;
    tell(words.saved);
    await onSaved();
  };
  const goOnFrom = (now: Loaded, document: string) => {
    setBase(now);
    setText(document);
    setTheirs(undefined);
  };
  return (
    <Container header={<Header variant="h2">{words.edit}</Header>}>
      <SpaceBetween size="l">
        <FailureAlert failure={act.failure} />
        {theirs !== undefined && (
          <div role="alert">
            <Alert type="warning" header={words.changedTitle}>
              <SpaceBetween size="s">
                <div>{words.changedText}</div>
                <PolicyText text={theirs.value.document} label={words.theirs} />
                <SpaceBetween direction="horizontal" size="xs">
                  <Button onClick={() => goOnFrom(theirs, theirs.value.document)}>{words.takeTheirs}</Button>
                  <Button onClick={() => goOnFrom(theirs, text)}>{words.keepMine}</Button>
                </SpaceBetween>
              </SpaceBetween>
            </Alert>
          </div>
        )}
        <CheckedEditor
          text={text}
          onText={setText}
          checked={checked}
          errorText={tried && checked.hasErrors ? words.hasErrors : undefined}
        />
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" loading={act.busy} onClick={() => void save()}>
            {words.save}
          </Button>
          <Button variant="link" onClick={onClose}>
            {common.cancel}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}
