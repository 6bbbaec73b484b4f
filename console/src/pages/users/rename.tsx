import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, useState } from "react";
import type { Opened, Through } from "../../api/unchanged.ts";
import { loadUser, moveUser, type Place, placeOf } from "../../api/users.ts";
import { ChangedAlert } from "../../parts/changed-alert.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useSaving } from "../../parts/saving.ts";
import { useUserWords } from "../../words/user.ts";

const NAME = /^[\w+=,.@-]{1,64}$/;
const PATH = /^\/(?:[\x21-\x7e]{0,510}\/)?$/;

/** Another name, another path, or both, for a user as he was when the page was read. */
export function RenameUser({
  opened,
  onClose,
  onDone,
}: {
  readonly opened: Opened<Place>;
  readonly onClose: () => void;
  readonly onDone: (name: string, path: string) => void;
}) {
  const words = useUserWords();
  const [name, setName] = useState(opened.value.name);
  const [path, setPath] = useState(opened.value.path);
  const [tried, setTried] = useState(false);
  const read = async (through: Through) => placeOf(await loadUser(opened.value.name, through));
  const { base, theirs, goOn, ...saving } = useSaving(opened, read);
  const before = base.value;
  const save = async () => {
    setTried(true);
    if (!NAME.test(name) || !PATH.test(path)) return;
    if (name === before.name && path === before.path) return onClose();
    if (await saving.save((through) => moveUser(before, name, path, through))) onDone(name, path);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <Dialog
      title={words.renameTitle(before.name)}
      verb={words.rename}
      busy={saving.busy}
      onAct={() => void save()}
      onClose={onClose}
    >
      <form onSubmit={submit} noValidate>
        <SpaceBetween size="m">
          <div>{words.renameText}</div>
          <FailureAlert failure={saving.failure} />
          {theirs !== undefined && (
            <ChangedAlert
              title={words.changedTitle}
              onTake={() => {
                setPath(theirs.value.path);
                goOn();
              }}
              onKeep={goOn}
            >
              <strong>{words.nowAt(theirs.value.path)}</strong>
            </ChangedAlert>
          )}
          <FormField
            label={words.userName}
            constraintText={words.nameHint}
            errorText={tried && !NAME.test(name) ? words.nameWrong : undefined}
          >
            <Input
              value={name}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => setName(detail.value)}
            />
          </FormField>
          <FormField
            label={words.path}
            constraintText={words.pathHint}
            errorText={tried && !PATH.test(path) ? words.pathWrong : undefined}
          >
            <Input
              value={path}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => setPath(detail.value)}
            />
          </FormField>
          <button type="submit" className="unseen" tabIndex={-1} aria-hidden="true" />
        </SpaceBetween>
      </form>
    </Dialog>
  );
}
