import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, useState } from "react";
import { ChangedMeanwhile, type Opened, saveUnchanged, type Through } from "../../api/unchanged.ts";
import { loadUser, moveUser, type Place, placeOf } from "../../api/users.ts";
import { useAct } from "../../parts/act.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
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
  const [base, setBase] = useState(opened);
  const [name, setName] = useState(opened.value.name);
  const [path, setPath] = useState(opened.value.path);
  const [tried, setTried] = useState(false);
  /** Where somebody else has moved him meanwhile. */
  const [theirs, setTheirs] = useState<Opened<Place>>();
  const act = useAct();
  const before = base.value;

  const save = async () => {
    setTried(true);
    if (!NAME.test(name) || !PATH.test(path)) return;
    if (name === before.name && path === before.path) return onClose();
    let other: Opened<Place> | undefined;
    const done = await act.run(async () => {
      try {
        await saveUnchanged(
          base,
          async (through: Through) => placeOf(await loadUser(before.name, through)),
          (through) => moveUser(before, name, path, through),
        );
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile)) throw error;
        other = error.now;
      }
    });
    setTheirs(other);
    if (done && other === undefined) onDone(name, path);
  };
  const goOnFrom = (now: Opened<Place>, wanted: string) => {
    setBase(now);
    setPath(wanted);
    setTheirs(undefined);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <Dialog
      title={words.renameTitle(before.name)}
      verb={words.rename}
      busy={act.busy}
      onAct={() => void save()}
      onClose={onClose}
    >
      <form onSubmit={submit} noValidate>
        <SpaceBetween size="m">
          <div>{words.renameText}</div>
          <FailureAlert failure={act.failure} />
          {theirs !== undefined && (
            <div role="alert">
              <Alert type="warning" header={words.changedTitle}>
                <SpaceBetween size="s">
                  <div>{words.changedText(theirs.value.path, path)}</div>
                  <SpaceBetween direction="horizontal" size="xs">
                    <Button formAction="none" onClick={() => goOnFrom(theirs, theirs.value.path)}>
                      {words.takeTheirs}
                    </Button>
                    <Button formAction="none" onClick={() => goOnFrom(theirs, path)}>
                      {words.keepMine}
                    </Button>
                  </SpaceBetween>
                </SpaceBetween>
              </Alert>
            </div>
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
