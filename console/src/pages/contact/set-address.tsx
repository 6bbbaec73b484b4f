import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, useState } from "react";
import { server } from "../../api/server.ts";
import { useAct } from "../../parts/act.ts";
import { AddressField, looksLikeAddress } from "../../parts/address-field.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useContactWords } from "../../words/contact.ts";

export function SetContactAddress({
  of,
  before = "",
  onClose,
  onDone,
}: {
  readonly of: string | undefined;
  readonly before: string | undefined;
  readonly onClose: () => void;
  readonly onDone: (address: string) => Promise<void>;
}) {
  const words = useContactWords();
  const [text, setText] = useState(before);
  const [tried, setTried] = useState(false);
  const act = useAct();
  const address = text.trim();
  const isWrong = !looksLikeAddress(address);
  /** By the server's own rule. */
  const isRefused = act.failure?.code === "InvalidInput";
  const save = async () => {
    setTried(true);
    if (isWrong) return;
    const put = () => server.countersign.PutContactAddress({ UserName: of, Address: address });
    if (await act.run(put)) await onDone(address);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <Dialog
      title={words.setTitle}
      verb={words.send}
      busy={act.busy}
      onAct={() => void save()}
      onClose={onClose}
    >
      <form onSubmit={submit} noValidate>
        <SpaceBetween size="m">
          <div>{of === undefined ? words.ownSetText : words.setText(of)}</div>
          <FailureAlert failure={isRefused ? undefined : act.failure} />
          <AddressField
            label={words.address}
            text={text}
            wrong={(tried && isWrong) || isRefused ? words.wrong : undefined}
            own={of === undefined}
            onText={(changed) => {
              setText(changed);
              act.clear();
            }}
          />
        </SpaceBetween>
      </form>
    </Dialog>
  );
}
