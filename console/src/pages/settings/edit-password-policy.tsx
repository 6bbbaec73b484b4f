import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import {
  FIRST_POLICY,
  loadPasswordPolicy,
  type PasswordPolicy,
  savePasswordPolicy,
} from "../../api/account.ts";
import type { Opened } from "../../api/unchanged.ts";
import { ChangedAlert } from "../../parts/changed-alert.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useSaving } from "../../parts/saving.ts";
import { useSettingsWords } from "../../words/settings.ts";
import { type Draft, draftOf, NUMBERS, policyOf, wrongIn } from "./password-draft.ts";
import { KINDS, PasswordPolicyFacts } from "./password-facts.tsx";

type Own = { readonly own?: PasswordPolicy };

/** Every member of the policy at once, as IAM saves it. */
export function EditPasswordPolicy({
  opened,
  onClose,
  onSaved,
}: {
  readonly opened: Opened<Own>;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}) {
  const { password: words, save: verb } = useSettingsWords();
  const [draft, setDraft] = useState(draftOf(opened.value.own ?? FIRST_POLICY));
  const [tried, setTried] = useState(false);
  const { busy, failure, theirs, save, goOn } = useSaving<Own>(opened, loadPasswordPolicy);
  const submit = async () => {
    setTried(true);
    if (wrongIn(draft).length > 0) return;
    if (await save((through) => savePasswordPolicy(policyOf(draft), through))) onSaved();
  };
  const takeTheirs = ({ own }: Own) => {
    setDraft(draftOf(own ?? FIRST_POLICY));
    goOn();
  };
  return (
    <Dialog title={words.editTitle} verb={verb} busy={busy} onAct={submit} onClose={onClose}>
      <SpaceBetween size="m">
        <div>{words.editText}</div>
        <FailureAlert failure={failure} denied={words.mayNot} />
        {theirs !== undefined && (
          <ChangedAlert onTake={() => takeTheirs(theirs.value)} onKeep={goOn}>
            {theirs.value.own === undefined ? (
              words.isDefault
            ) : (
              <PasswordPolicyFacts policy={theirs.value.own} />
            )}
          </ChangedAlert>
        )}
        <Fields draft={draft} tried={tried} onChange={(change) => setDraft({ ...draft, ...change })} />
      </SpaceBetween>
    </Dialog>
  );
}

interface FieldsProps {
  readonly draft: Draft;
  readonly tried: boolean;
  readonly onChange: (change: Partial<Draft>) => void;
}

function Fields({ draft, tried, onChange }: FieldsProps) {
  const { password: words } = useSettingsWords();
  const number = (member: keyof typeof NUMBERS, label: string, hint: string) => (
    <NumberField
      label={label}
      hint={hint}
      text={draft[member]}
      errorText={
        tried && wrongIn(draft).includes(member)
          ? words.whole(NUMBERS[member][0], NUMBERS[member][1])
          : undefined
      }
      onText={(text) => onChange({ [member]: text })}
    />
  );
  const box = (member: "mayChangeOwn" | "expire" | "hardExpiry" | "remember", label: string) => (
    <Checkbox checked={draft[member]} onChange={({ detail }) => onChange({ [member]: detail.checked })}>
      {label}
    </Checkbox>
  );
  return (
    <SpaceBetween size="m">
      {number("minimumLength", words.minimumLength, words.minimumHint)}
      <fieldset className="plain">
        <legend>{words.requires}</legend>
        {KINDS.map((kind) => (
          <Checkbox
            key={kind}
            checked={draft[kind]}
            onChange={({ detail }) => onChange({ [kind]: detail.checked })}
          >
            {words[kind]}
          </Checkbox>
        ))}
      </fieldset>
      {box("mayChangeOwn", words.mayChange)}
      {box("expire", words.expire)}
      {draft.expire && number("maxAge", words.maxAge, words.maxAgeHint)}
      {draft.expire && box("hardExpiry", words.hardExpiry)}
      {box("remember", words.remember)}
      {draft.remember && number("remembered", words.remembered, words.rememberedHint)}
    </SpaceBetween>
  );
}

function NumberField({
  label,
  hint,
  text,
  errorText,
  onText,
}: {
  readonly label: string;
  readonly hint: string;
  readonly text: string;
  readonly errorText: string | undefined;
  readonly onText: (text: string) => void;
}) {
  return (
    <FormField label={label} constraintText={hint} errorText={errorText}>
      <Input
        value={text}
        inputMode="numeric"
        autoComplete={false}
        onChange={({ detail }) => onText(detail.value)}
      />
    </FormField>
  );
}
