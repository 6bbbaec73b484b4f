import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { listUserNames } from "../../api/groups.ts";
import { addToGroup } from "../../api/users.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useGroupWords } from "../../words/groups.ts";
import { useWords } from "../../words/words.tsx";

/** Has one of the account's users chosen and adds him. */
export function AddMember({
  group,
  without,
  onClose,
  onDone,
}: {
  readonly group: string;
  /** Who is in it already. */
  readonly without: readonly string[];
  readonly onClose: () => void;
  readonly onDone: (user: string) => Promise<void>;
}) {
  const words = useGroupWords();
  const { common } = useWords();
  const { value: users, failure } = useLoad(listUserNames);
  const [chosen, setChosen] = useState<string>();
  const [checked, setChecked] = useState(false);
  const act = useAct();
  const members = new Set(without);
  const options = (users ?? [])
    .filter((user) => !members.has(user))
    .map((user) => ({ value: user, label: user }));
  const add = async () => {
    setChecked(true);
    if (chosen !== undefined && (await act.run(() => addToGroup(chosen, group)))) await onDone(chosen);
  };
  return (
    <Dialog title={words.addTitle(group)} verb={words.add} busy={act.busy} onAct={add} onClose={onClose}>
      <SpaceBetween size="m">
        <FailureAlert failure={act.failure ?? failure} />
        <FormField
          label={words.user}
          errorText={checked && chosen === undefined ? common.required : undefined}
        >
          <Select
            selectedOption={options.find(({ value }) => value === chosen) ?? null}
            options={options}
            filteringType="auto"
            filteringAriaLabel={words.findUsers}
            placeholder={words.chooseUser}
            statusType={users === undefined && failure === undefined ? "loading" : "finished"}
            loadingText={common.loading}
            // an account may have thousands of users
            virtualScroll
            onChange={({ detail }) => setChosen(detail.selectedOption.value)}
          />
        </FormField>
      </SpaceBetween>
    </Dialog>
  );
}
