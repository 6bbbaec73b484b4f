import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { ChangedMeanwhile, type Opened, saveUnchanged, type Through } from "../api/unchanged.ts";
import { usePolicyWords } from "../words/policies.ts";
import { useWords } from "../words/words.tsx";
import { useAct } from "./act.ts";
import { CheckedEditor, useChecked } from "./checked-editor.tsx";
import { FailureAlert } from "./failure-alert.tsx";
import { PolicyText } from "./policy-text.tsx";

/** Writes on at a document that stands somewhere; where somebody else has changed it meanwhile, shows both and lets the reader decide. */
export function DocumentForm<T extends { readonly document: string }>({
  opened,
  read,
  save,
  type,
  verb,
  onClose,
  onSaved,
}: {
  readonly opened: Opened<T>;
  readonly read: (through: Through) => Promise<T>;
  readonly save: (document: string, through: Through) => Promise<unknown>;
  readonly type: "identity" | "trust";
  /** On the button that saves. */
  readonly verb: string;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}) {
  const words = usePolicyWords();
  const { common } = useWords();
  const [base, setBase] = useState(opened);
  const [text, setText] = useState(opened.value.document);
  /** What somebody else has made of it meanwhile. */
  const [theirs, setTheirs] = useState<Opened<T>>();
  const [tried, setTried] = useState(false);
  const checked = useChecked(text, type);
  const act = useAct();

  const submit = async () => {
    setTried(true);
    if (checked.hasErrors) return;
    let other: Opened<T> | undefined;
    const done = await act.run(async () => {
      try {
        await saveUnchanged(base, read, (through) => save(text, through));
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile)) throw error;
        other = error.now;
      }
    });
    setTheirs(other);
    if (done && other === undefined) onSaved();
  };
  const goOnFrom = (now: Opened<T>, document: string) => {
    setBase(now);
    setText(document);
    setTheirs(undefined);
  };
  return (
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
        <Button variant="primary" loading={act.busy} onClick={() => void submit()}>
          {verb}
        </Button>
        <Button variant="link" onClick={onClose}>
          {common.cancel}
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
