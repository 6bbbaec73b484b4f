import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { Opened, Through } from "../api/unchanged.ts";
import { usePolicyWords } from "../words/policies.ts";
import { useWords } from "../words/words.tsx";
import { ChangedAlert } from "./changed-alert.tsx";
import { CheckedEditor, useChecked } from "./checked-editor.tsx";
import { FailureAlert } from "./failure-alert.tsx";
import { PolicyText } from "./policy-text.tsx";
import { useSaving } from "./saving.ts";
import { SentForm } from "./sent-form.tsx";

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
  const [text, setText] = useState(opened.value.document);
  const [tried, setTried] = useState(false);
  const checked = useChecked(text, type);
  const { busy, failure, theirs, save: saveOver, goOn } = useSaving(opened, read);

  const submit = async () => {
    setTried(true);
    if (checked.hasErrors) return;
    if (await saveOver((through) => save(text, through))) onSaved();
  };
  const take = (document: string) => {
    setText(document);
    goOn();
  };
  return (
    <SentForm onSend={submit}>
      <SpaceBetween size="l">
        <FailureAlert failure={failure} />
        {theirs !== undefined && (
          <ChangedAlert title={words.changedTitle} onTake={() => take(theirs.value.document)} onKeep={goOn}>
            <PolicyText text={theirs.value.document} label={words.theirs} />
          </ChangedAlert>
        )}
        <CheckedEditor
          text={text}
          onText={setText}
          checked={checked}
          errorText={tried && checked.hasErrors ? words.hasErrors : undefined}
        />
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" loading={busy}>
            {verb}
          </Button>
          <Button variant="link" formAction="none" onClick={onClose}>
            {common.cancel}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </SentForm>
  );
}
