import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { loadRole, type RoleSettings, saveSettings, settingsOf } from "../../api/roles.ts";
import type { Opened } from "../../api/unchanged.ts";
import { ChangedAlert } from "../../parts/changed-alert.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useSaving } from "../../parts/saving.ts";
import { useRoleWords } from "../../words/roles.ts";
import { DescriptionField, isDescription } from "./description-field.tsx";
import { durationText } from "./duration.ts";

/** Those that AWS's console offers; seconds. */
const DURATIONS = [1, 2, 4, 8, 12].map((hours) => hours * 3600);

/** A role's description, and how long its sessions may last. */
export function EditRole({
  name,
  opened,
  onClose,
  onSaved,
}: {
  readonly name: string;
  readonly opened: Opened<RoleSettings>;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}) {
  const words = useRoleWords();
  const [description, setDescription] = useState(opened.value.description);
  const [maxSession, setMaxSession] = useState(opened.value.maxSession);
  const { busy, failure, base, theirs, save, goOn } = useSaving(opened, async (through) =>
    settingsOf(await loadRole(name, through)),
  );
  const durations = [...new Set([...DURATIONS, base.value.maxSession])].toSorted((a, b) => a - b);
  const options = durations.map((seconds) => ({
    value: String(seconds),
    label: durationText(words, seconds),
  }));
  const submit = async () => {
    if (!isDescription(description)) return;
    if (await save((through) => saveSettings(name, { description, maxSession }, through))) onSaved();
  };
  const takeTheirs = (now: RoleSettings) => {
    setDescription(now.description);
    setMaxSession(now.maxSession);
    goOn();
  };
  return (
    <Dialog title={words.editTitle(name)} verb={words.save} busy={busy} onAct={submit} onClose={onClose}>
      <SpaceBetween size="m">
        <FailureAlert failure={failure} />
        {theirs !== undefined && (
          <ChangedAlert onTake={() => takeTheirs(theirs.value)} onKeep={goOn}>
            <div>
              {words.description}: {theirs.value.description || words.noDescription}
            </div>
            <div>
              {words.maxSession}: {durationText(words, theirs.value.maxSession)}
            </div>
          </ChangedAlert>
        )}
        <DescriptionField text={description} onText={setDescription} />
        <FormField label={words.maxSession} description={words.maxSessionAbout}>
          <Select
            selectedOption={options.find(({ value }) => value === String(maxSession)) ?? null}
            options={options}
            expandToViewport
            onChange={({ detail }) => setMaxSession(Number(detail.selectedOption.value))}
          />
        </FormField>
      </SpaceBetween>
    </Dialog>
  );
}
