import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, useState } from "react";
import { useAct } from "../../parts/act.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useSettingsWords } from "../../words/settings.ts";

/** Against slips alone: the server has the rule. */
const LOOKS_LIKE_ONE = /^[^\s@]+@[^\s@]+$/;

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
  const isWrong = !LOOKS_LIKE_ONE.test(address);
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
          <FormField label={words.to} errorText={tried && isWrong ? words.wrongAddress : undefined}>
            <Input
              value={text}
              type="email"
              inputMode="email"
              spellcheck={false}
              onChange={({ detail }) => setText(detail.value)}
            />
          </FormField>
        </SpaceBetween>
      </form>
    </Dialog>
  );
}
