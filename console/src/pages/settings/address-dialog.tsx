import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, useState } from "react";
import { useAct } from "../../parts/act.ts";
import { AddressField, looksLikeAddress } from "../../parts/address-field.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useSettingsWords } from "../../words/settings.ts";

/** Asks for an e-mail address, and sends something there. */
export function AddressDialog({
  title,
  about,
  verb,
  denied,
  onSend,
  onClose,
}: {
  readonly title: string;
  readonly about: string;
  readonly verb: string;
  readonly denied: string;
  readonly onSend: (address: string) => Promise<void>;
  readonly onClose: () => void;
}) {
  const { notifications: words } = useSettingsWords();
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const act = useAct();
  const address = text.trim();
  const isWrong = !looksLikeAddress(address);
  const submit = () => {
    setTried(true);
    if (!isWrong) void act.run(() => onSend(address));
  };
  return (
    <Dialog title={title} verb={verb} busy={act.busy} onAct={submit} onClose={onClose}>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          submit();
        }}
        noValidate
      >
        <SpaceBetween size="m">
          <div>{about}</div>
          <FailureAlert failure={act.failure} denied={denied} />
          <AddressField
            label={words.to}
            text={text}
            wrong={tried && isWrong ? words.wrongAddress : undefined}
            own
            onText={setText}
          />
        </SpaceBetween>
      </form>
    </Dialog>
  );
}
