import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, useState } from "react";
import { type Device, resyncDevice, type UserName } from "../../api/devices.ts";
import { useAct } from "../../parts/act.ts";
import { CodePairFields, isPair, NO_CODES } from "../../parts/code-pair.tsx";
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
  const { devices: words, common } = useWords();
  const [pair, setPair] = useState(NO_CODES);
  const [checked, setChecked] = useState(false);
  const act = useAct();
  const resync = async () => {
    setChecked(true);
    if (!isPair(pair)) return;
    if (await act.run(() => resyncDevice(user, device.serial, pair))) return onDone();
    setChecked(false);
    setPair(NO_CODES);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void resync();
  };
  return (
    <Modal
      visible
      header={words.resyncTitle}
      closeAriaLabel={common.close}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button variant="primary" loading={act.busy} onClick={() => void resync()}>
              {words.resync}
            </Button>
          </SpaceBetween>
        </Box>
      }
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
    </Modal>
  );
}
