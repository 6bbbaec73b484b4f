import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useAct } from "./act.ts";
import { AddressField, looksLikeAddress } from "./address-field.tsx";
import { Dialog } from "./dialog.tsx";
import { FailureAlert } from "./failure-alert.tsx";

/** Asks for an e-mail address, and sends something there. */
export function AddressDialog({
  title,
  about,
  verb,
  label,
  wrong,
  denied,
  before = "",
  own = false,
  onSend,
  onClose,
}: {
  readonly title: string;
  readonly about: string;
  /** On the button. */
  readonly verb: string;
  /** Of the field. */
  readonly label: string;
  /** What is said of text that is no address. */
  readonly wrong: string;
  readonly denied?: string;
  readonly before?: string | undefined;
  /** The browser may fill in the reader's own. */
  readonly own?: boolean;
  readonly onSend: (address: string) => Promise<void>;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState(before);
  const [tried, setTried] = useState(false);
  const act = useAct();
  const isWrong = !looksLikeAddress(text);
  /** By the server's own rule. */
  const isRefused = act.failure?.code === "InvalidInput";
  const send = async () => {
    setTried(true);
    if (!isWrong) await act.run(() => onSend(text.trim()));
  };
  return (
    <Dialog title={title} verb={verb} busy={act.busy} onAct={send} onClose={onClose}>
      <SpaceBetween size="m">
        <div>{about}</div>
        <FailureAlert failure={isRefused ? undefined : act.failure} denied={denied} />
        <AddressField
          label={label}
          text={text}
          wrong={(tried && isWrong) || isRefused ? wrong : undefined}
          own={own}
          onText={(changed) => {
            setText(changed);
            act.clear();
          }}
        />
      </SpaceBetween>
    </Dialog>
  );
}
