import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { listPolicies } from "../../api/policies.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useHolderWords } from "../../words/holders.ts";
import { usePolicyWords } from "../../words/policies.ts";
import { useWords } from "../../words/words.tsx";

/** Has one of the account's policies chosen, by name, and does something with it. */
export function ChoosePolicy({
  title,
  verb,
  without,
  onChoose,
  onClose,
}: {
  readonly title: string;
  readonly verb: string;
  /** ARNs of those that are not to be had again. */
  readonly without: readonly string[];
  readonly onChoose: (policy: { readonly arn: string; readonly name: string }) => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const words = useHolderWords();
  const { own, aws } = usePolicyWords();
  const { common } = useWords();
  const { value: policies, failure } = useLoad(listPolicies);
  const [chosen, setChosen] = useState<string>();
  const [checked, setChecked] = useState(false);
  const act = useAct();
  const options = (policies ?? [])
    .filter(({ arn }) => !without.includes(arn))
    .map(({ arn, name, managedByAws, description }) => ({
      value: arn,
      label: name,
      description,
      labelTag: managedByAws ? aws : own,
    }));
  const submit = async () => {
    setChecked(true);
    const policy = policies?.find(({ arn }) => arn === chosen);
    if (policy !== undefined) await act.run(() => onChoose(policy));
  };
  return (
    <Dialog title={title} verb={verb} busy={act.busy} onAct={submit} onClose={onClose}>
      <SpaceBetween size="m">
        <FailureAlert failure={act.failure ?? failure} />
        <FormField
          label={words.choose}
          errorText={checked && chosen === undefined ? common.required : undefined}
        >
          <Select
            selectedOption={options.find(({ value }) => value === chosen) ?? null}
            options={options}
            filteringType="auto"
            filteringAriaLabel={words.choosePlaceholder}
            placeholder={words.choosePlaceholder}
            statusType={policies === undefined && failure === undefined ? "loading" : "finished"}
            loadingText={common.loading}
            onChange={({ detail }) => setChosen(detail.selectedOption.value)}
          />
        </FormField>
      </SpaceBetween>
    </Dialog>
  );
}
