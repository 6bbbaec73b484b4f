import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, useState } from "react";
import { type Device, resyncDevice, type UserName } from "../../api/devices.ts";
import { useAct } from "../../parts/act.ts";
import { CodePairFields, isPair, NO_CODES } from "../../parts/code-pair.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { PairFailure } from "../../parts/pair-failure.tsx";
import { useWords } from "../../words/words.tsx";

export function ResyncDevice({
  user,
  device,
  onClose,
  onDone,
}: {
  readonly user: UserName;
  readonly device: Device;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { devices: words } = useWords();
  const [pair, setPair] = useState(NO_CODES);
  const [checked, setChecked] = useState(false);
  const act = useAct();
  const resync = async () => {
    setChecked(true);
    if (!isPair(pair)) return;
    const done = await act.run(
      () => resyncDevice(user, device.serial, pair),
      () => setPair(NO_CODES),
    );
    if (done) return onDone();
    setChecked(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void resync();
  };
  return (
    <Dialog
      title={words.resyncTitle}
      verb={words.resync}
      busy={act.busy}
      onAct={() => void resync()}
      onClose={onClose}
    >
      <form onSubmit={submit} noValidate>
        <SpaceBetween size="m">
          <div>{words.resyncText(device.name)}</div>
          <PairFailure failure={act.failure} />
          <CodePairFields pair={pair} onPair={setPair} checked={checked} disabled={act.busy} />
          {/* Enter sends a form of several fields only if it has a button */}
          <button type="submit" className="unseen" tabIndex={-1} aria-hidden="true" />
        </SpaceBetween>
      </form>
    </Dialog>
  );
}
