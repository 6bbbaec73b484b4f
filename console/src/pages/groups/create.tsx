import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { createGroup, LONGEST_NAME } from "../../api/groups.ts";
import { useAct } from "../../parts/act.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useGroupWords } from "../../words/groups.ts";
import { isNameAndPath, NameAndPath } from "../holders/name-and-path.tsx";

/** In front of the list: a page of its own would take its address from a group. */
export function CreateGroup({
  onClose,
  onDone,
}: {
  readonly onClose: () => void;
  readonly onDone: (name: string) => void;
}) {
  const words = useGroupWords();
  const [name, setName] = useState("");
  const [path, setPath] = useState("/");
  const [tried, setTried] = useState(false);
  const act = useAct();
  const create = async () => {
    setTried(true);
    if (!isNameAndPath(name, path, LONGEST_NAME)) return;
    if (await act.run(() => createGroup(name, path))) onDone(name);
  };
  return (
    <Dialog title={words.create} verb={words.create} busy={act.busy} onAct={create} onClose={onClose}>
      <SpaceBetween size="m">
        <FailureAlert failure={act.failure} denied={words.createDenied} />
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
