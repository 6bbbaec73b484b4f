import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, useState } from "react";
import { createGroup } from "../../api/groups.ts";
import { useAct } from "../../parts/act.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useGroupWords } from "../../words/groups.ts";

const NAME = /^[\w+=,.@-]{1,128}$/;
const PATH = /^\/(?:[\x21-\x7e]{0,510}\/)?$/;

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
    if (!NAME.test(name) || !PATH.test(path)) return;
    if (await act.run(() => createGroup(name, path))) onDone(name);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void create();
  };
  return (
    <Dialog
      title={words.create}
      verb={words.create}
      busy={act.busy}
      onAct={() => void create()}
      onClose={onClose}
    >
      <form onSubmit={submit} noValidate>
        <SpaceBetween size="m">
          <FailureAlert failure={act.failure} />
          <FormField
            label={words.name}
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
        </SpaceBetween>
      </form>
    </Dialog>
  );
}
