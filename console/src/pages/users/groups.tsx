import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useState } from "react";
import { addToGroup, listGroupNames, listGroupsOf, removeFromGroup } from "../../api/users.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { Empty, Rows } from "../../parts/rows.tsx";
import { useUserWords } from "../../words/user.ts";
import { useWords } from "../../words/words.tsx";
import { groupPath } from "../paths.ts";
import { useSession } from "../session.ts";

/** The groups that a user is in. */
export function UserGroups({ name }: { readonly name: string }) {
  const words = useUserWords();
  const { common } = useWords();
  const { tell } = useSession();
  const { value, failure, reload } = useLoad(useCallback(() => listGroupsOf(name), [name]));
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<string>();
  const act = useAct();
  const leave = async () => {
    if (leaving === undefined || !(await act.run(() => removeFromGroup(name, leaving)))) return;
    setLeaving(undefined);
    tell(words.removed(name, leaving));
    await reload();
  };
  return (
    <>
      <Rows
        label={words.groups}
        header={
          <Header
            variant="h2"
            description={words.groupsAbout}
            counter={value === undefined ? "" : `(${value.length})`}
            actions={<Button onClick={() => setAdding(true)}>{words.addToGroup}</Button>}
          >
            {words.groups}
          </Header>
        }
        rows={value}
        failure={failure}
        denied={words.mayNot.groups}
        idOf={(group) => group}
        empty={<Empty title={words.noGroups} text={words.noGroupsText} />}
        columns={[
          {
            id: "name",
            header: words.group,
            cell: (group) => <PageLink to={groupPath(group)}>{group}</PageLink>,
          },
          {
            id: "actions",
            header: common.actions,
            cell: (group) => (
              <Button
                variant="inline-link"
                ariaLabel={`${words.remove} ${group}`}
                onClick={() => setLeaving(group)}
              >
                {words.remove}
              </Button>
            ),
          },
        ]}
      />
      {adding && (
        <AddToGroup
          name={name}
          without={value ?? []}
          onClose={() => setAdding(false)}
          onDone={async (group) => {
            setAdding(false);
            tell(words.added(name, group));
            await reload();
          }}
        />
      )}
      {leaving !== undefined && (
        <Confirm
          title={words.removeTitle(name, leaving)}
          verb={words.remove}
          act={act}
          onConfirm={() => void leave()}
          onClose={() => setLeaving(undefined)}
        >
          {words.removeText(name)}
        </Confirm>
      )}
    </>
  );
}

function AddToGroup({
  name,
  without,
  onClose,
  onDone,
}: {
  readonly name: string;
  readonly without: readonly string[];
  readonly onClose: () => void;
  readonly onDone: (group: string) => Promise<void>;
}) {
  const words = useUserWords();
  const { common } = useWords();
  const { value: groups, failure } = useLoad(listGroupNames);
  const [chosen, setChosen] = useState<string>();
  const [checked, setChecked] = useState(false);
  const act = useAct();
  const options = (groups ?? [])
    .filter((group) => !without.includes(group))
    .map((group) => ({ value: group, label: group }));
  const add = async () => {
    setChecked(true);
    if (chosen !== undefined && (await act.run(() => addToGroup(name, chosen)))) await onDone(chosen);
  };
  return (
    <Dialog title={words.addTitle(name)} verb={words.add} busy={act.busy} onAct={add} onClose={onClose}>
      <SpaceBetween size="m">
        <FailureAlert failure={act.failure ?? failure} />
        <FormField
          label={words.group}
          errorText={checked && chosen === undefined ? common.required : undefined}
        >
          <Select
            selectedOption={options.find(({ value }) => value === chosen) ?? null}
            options={options}
            filteringType="auto"
            filteringAriaLabel={words.chooseGroup}
            placeholder={words.chooseGroup}
            statusType={groups === undefined && failure === undefined ? "loading" : "finished"}
            loadingText={common.loading}
            onChange={({ detail }) => setChosen(detail.selectedOption.value)}
          />
        </FormField>
      </SpaceBetween>
    </Dialog>
  );
}
