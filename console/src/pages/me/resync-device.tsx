import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
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
  return (
    <Dialog title={words.resyncTitle} verb={words.resync} busy={act.busy} onAct={resync} onClose={onClose}>
      <SpaceBetween size="m">
        <div>{words.resyncText(device.name)}</div>
        <PairFailure failure={act.failure} />
        <CodePairFields pair={pair} onPair={setPair} checked={checked} disabled={act.busy} />
      </SpaceBetween>
    </Dialog>
  );
}
