import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { attachReadyMade, type Made } from "../../api/ready-made.ts";
import { listGroupNames } from "../../api/users.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useReadyMadeWords } from "../../words/ready-made.ts";
import { useWords } from "../../words/words.tsx";
import type { ReadyMadeName } from "./ready-made-documents.ts";
import { OwnEffect } from "./ready-made-effect.tsx";

type Kind = "group" | "user";

/** To whom; and before it is done, what it would take from the reader himself. */
export function AttachReadyMade({
  arn,
  name,
  made,
  onClose,
  onAttached,
}: {
  readonly arn: string;
  readonly name: ReadyMadeName;
  readonly made: Made | undefined;
  readonly onClose: () => void;
  readonly onAttached: (who: string) => void;
}) {
  const words = useReadyMadeWords();
  const { common } = useWords();
  const { title, what } = words.policies[name];
  const [kind, setKind] = useState<Kind>("group");
  const [typed, setTyped] = useState("");
  const [checked, setChecked] = useState(false);
  const who = typed.trim();
  const act = useAct();
  const submit = async () => {
    setChecked(true);
    if (who === "") return;
    if (await act.run(() => attachReadyMade(arn, name, what, made, { kind, name: who }))) onAttached(who);
  };
  const errorText = checked && who === "" ? common.required : undefined;
  return (
    <Dialog
      title={words.attachPolicy(title)}
      verb={words.attach}
      busy={act.busy}
      onAct={submit}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <FailureAlert failure={act.failure} denied={words.mayNotAttach} />
        <div>{what}</div>
        <FormField label={words.to}>
          <RadioGroup
            value={kind}
            items={[
              { value: "group", label: words.toGroup },
              { value: "user", label: words.toUser },
            ]}
            onChange={({ detail }) => {
              // one of the two above
              setKind(detail.value as Kind);
              setTyped("");
            }}
          />
        </FormField>
        {kind === "group" ? (
          <GroupField chosen={typed} errorText={errorText} onChoose={setTyped} />
        ) : (
          <FormField label={words.user} errorText={errorText}>
            <Input
              value={typed}
              spellcheck={false}
              autoComplete={false}
              onChange={({ detail }) => setTyped(detail.value)}
            />
          </FormField>
        )}
        {who !== "" && <OwnEffect policy={name} holder={{ kind, name: who }} />}
      </SpaceBetween>
    </Dialog>
  );
}

function GroupField({
  chosen,
  errorText,
  onChoose,
}: {
  readonly chosen: string;
  readonly errorText: string | undefined;
  readonly onChoose: (name: string) => void;
}) {
  const words = useReadyMadeWords();
  const { common } = useWords();
  const { value: groups, failure } = useLoad(listGroupNames);
  const options = (groups ?? []).map((group) => ({ value: group, label: group }));
  if (failure !== undefined) {
    // who may not list groups may know one all the same
    return (
      <FormField label={words.group} errorText={errorText}>
        <Input value={chosen} spellcheck={false} onChange={({ detail }) => onChoose(detail.value)} />
      </FormField>
    );
  }
  return (
    <FormField label={words.group} errorText={errorText}>
      <Select
        selectedOption={options.find(({ value }) => value === chosen) ?? null}
        options={options}
        filteringType="auto"
        filteringAriaLabel={words.chooseGroup}
        placeholder={words.chooseGroup}
        statusType={groups === undefined ? "loading" : "finished"}
        loadingText={common.loading}
        onChange={({ detail }) => onChoose(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}
