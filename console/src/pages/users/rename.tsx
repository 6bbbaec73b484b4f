import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { Opened, Through } from "../../api/unchanged.ts";
import { loadUser, moveUser, type Place, placeOf } from "../../api/users.ts";
import { ChangedAlert } from "../../parts/changed-alert.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useSaving } from "../../parts/saving.ts";
import { useUserWords } from "../../words/user.ts";
import { isNameAndPath, NameAndPath } from "../holders/name-and-path.tsx";

/** Characters of a user's name. */
const LONGEST = 64;

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
    if (!isNameAndPath(name, path, LONGEST)) return;
    if (name === before.name && path === before.path) return onClose();
    if (await saving.save((through) => moveUser(before, name, path, through))) onDone(name, path);
  };
  return (
    <Dialog
      title={words.renameTitle(before.name)}
      verb={words.rename}
      busy={saving.busy}
      onAct={save}
      onClose={onClose}
    >
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
        <NameAndPath
          label={words.userName}
          words={words}
          longest={LONGEST}
          name={name}
          path={path}
          tried={tried}
          onName={setName}
          onPath={setPath}
        />
      </SpaceBetween>
    </Dialog>
  );
}
