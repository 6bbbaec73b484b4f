import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useState } from "react";
import { type GroupPlace, LONGEST_NAME, loadGroupPlace, moveGroup } from "../../api/groups.ts";
import { type Opened, open } from "../../api/unchanged.ts";
import { useLoad } from "../../parts/act.ts";
import { ChangedAlert } from "../../parts/changed-alert.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useSaving } from "../../parts/saving.ts";
import { WhenRead } from "../../parts/when-read.tsx";
import { useGroupWords } from "../../words/groups.ts";
import { isNameAndPath, NameAndPath } from "../holders/name-and-path.tsx";

interface Editing {
  readonly onClose: () => void;
  readonly onDone: (now: GroupPlace) => void;
}

/** Another name, another path, or both. */
export function EditGroup({ name, ...editing }: Editing & { readonly name: string }) {
  const words = useGroupWords();
  const group = useLoad(useCallback(() => open((through) => loadGroupPlace(name, through)), [name]));
  if (group.value !== undefined) return <Known {...editing} opened={group.value} />;
  return (
    <Dialog
      title={words.editTitle(name)}
      verb={words.save}
      busy={false}
      disabled
      onAct={() => {}}
      onClose={editing.onClose}
    >
      <WhenRead {...group} denied={words.readDenied}>
        {() => undefined}
      </WhenRead>
    </Dialog>
  );
}

function Known({ opened, onClose, onDone }: Editing & { readonly opened: Opened<GroupPlace> }) {
  const words = useGroupWords();
  const [name, setName] = useState(opened.value.name);
  const [path, setPath] = useState(opened.value.path);
  const [tried, setTried] = useState(false);
  const { busy, failure, base, theirs, save, goOn } = useSaving(opened, (through) =>
    loadGroupPlace(opened.value.name, through),
  );
  const before = base.value;
  const submit = async () => {
    setTried(true);
    if (!isNameAndPath(name, path, LONGEST_NAME)) return;
    if (name === before.name && path === before.path) return onClose();
    if (await save((through) => moveGroup(before, name, path, through))) onDone({ ...before, name, path });
  };
  const takeTheirs = (now: GroupPlace) => {
    setName(now.name);
    setPath(now.path);
    goOn();
  };
  return (
    <Dialog
      title={words.editTitle(opened.value.name)}
      verb={words.save}
      busy={busy}
      onAct={submit}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <div>{words.editText}</div>
        <FailureAlert failure={failure} />
        {theirs !== undefined && (
          <ChangedAlert onTake={() => takeTheirs(theirs.value)} onKeep={goOn}>
            <span className="id">
              {theirs.value.path}
              {theirs.value.name}
            </span>
          </ChangedAlert>
        )}
        <NameAndPath
          label={words.name}
          words={words}
          longest={LONGEST_NAME}
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
