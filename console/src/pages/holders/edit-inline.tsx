import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useState } from "react";
import { type Holder, loadInline, putInline } from "../../api/holders.ts";
import { open, type Through } from "../../api/unchanged.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { CheckedEditor, useChecked } from "../../parts/checked-editor.tsx";
import { DocumentForm } from "../../parts/document-form.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { NameField } from "../../parts/name-field.tsx";
import { SentForm } from "../../parts/sent-form.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { useHolderWords } from "../../words/holders.ts";
import { usePolicyWords } from "../../words/policies.ts";
import { useWords } from "../../words/words.tsx";

interface Editing {
  readonly holder: Holder;
  readonly onClose: () => void;
  readonly onSaved: (policy: string) => void;
}

/** Writes an inline policy: a new one, or on at one that there is. */
export function EditInline({
  policy,
  taken,
  ...editing
}: Editing & {
  /** Undefined: a new one. */
  readonly policy: string | undefined;
  /** Names that a new one cannot have: it would be written over. */
  readonly taken: readonly string[];
}) {
  const words = useHolderWords();
  const { common } = useWords();
  return (
    <Modal
      visible
      size="large"
      header={policy === undefined ? words.createInline : words.editInline(policy)}
      closeAriaLabel={common.close}
      // a slip beside the dialog must not lose what was written
      onDismiss={({ detail }) => detail.reason !== "overlay" && editing.onClose()}
    >
      {policy === undefined ? <New {...editing} taken={taken} /> : <Known {...editing} policy={policy} />}
    </Modal>
  );
}

function Known({ holder, policy, onClose, onSaved }: Editing & { readonly policy: string }) {
  const words = useHolderWords();
  const { kind, name } = holder;
  const read = useCallback(
    async (through: Through) => ({ document: await loadInline({ kind, name }, policy, through) }),
    [kind, name, policy],
  );
  const { value, failure } = useLoad(useCallback(() => open(read), [read]));
  if (failure !== undefined) return <FailureAlert failure={failure} />;
  if (value === undefined) return <Skeleton lines={8} />;
  return (
    <DocumentForm
      opened={value}
      read={read}
      save={(document, through) => putInline(holder, policy, document, through)}
      type="identity"
      verb={words.save}
      onClose={onClose}
      onSaved={() => onSaved(policy)}
    />
  );
}

const NAME = /^[\w+=,.@-]{1,128}$/;
const EMPTY =
  '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "",\n      "Resource": "*"\n    }\n  ]\n}\n';

function New({ holder, taken, onClose, onSaved }: Editing & { readonly taken: readonly string[] }) {
  const words = useHolderWords();
  const { hasErrors } = usePolicyWords();
  const { common } = useWords();
  const [name, setName] = useState("");
  const [document, setDocument] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const checked = useChecked(document, "identity");
  const act = useAct();
  const isFree = NAME.test(name) && !taken.includes(name);
  const submit = async () => {
    setTried(true);
    if (!isFree || checked.hasErrors) return;
    if (await act.run(() => putInline(holder, name, document))) onSaved(name);
  };
  return (
    <SentForm onSend={submit}>
      <SpaceBetween size="l">
        <FailureAlert failure={act.failure} />
        <NameField
          label={words.policyName}
          hint={words.policyNameHint}
          text={name}
          wrong={
            tried && !isFree ? (taken.includes(name) ? words.nameTaken : words.policyNameHint) : undefined
          }
          autoFocus
          onText={setName}
        />
        <CheckedEditor
          text={document}
          onText={setDocument}
          checked={checked}
          errorText={tried && checked.hasErrors ? hasErrors : undefined}
        />
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" loading={act.busy}>
            {words.save}
          </Button>
          <Button variant="link" formAction="none" onClick={onClose}>
            {common.cancel}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </SentForm>
  );
}
