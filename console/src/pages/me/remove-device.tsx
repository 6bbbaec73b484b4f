import Alert from "@cloudscape-design/components/alert";
import { type Device, removeDevice, type UserName } from "../../api/devices.ts";
import { useAct } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { useWords } from "../../words/words.tsx";

export function RemoveDevice({
  user,
  device,
  last,
  lastText,
  onClose,
  onDone,
}: {
  readonly user: UserName;
  readonly device: Device;
  readonly last: boolean;
  /** What is said of it, in place of what the reader himself is told. */
  readonly lastText?: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { devices: words } = useWords();
  const act = useAct();
  const remove = async () => {
    if (await act.run(() => removeDevice(user, device))) onDone();
  };
  return (
    <Confirm
      title={words.removeTitle(device.name)}
      verb={words.remove}
      typed={device.name}
      act={act}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      {last && (
        <Alert type="warning">
          {lastText ?? (user === undefined ? words.removeLastRoot : words.removeLast)}
        </Alert>
      )}
      <div>{words.removeText}</div>
    </Confirm>
  );
}
