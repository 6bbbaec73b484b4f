import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { setAlias } from "../../api/account.ts";
import { useAct } from "../../parts/act.ts";
import { isAlias } from "../../parts/alias.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { NameField } from "../../parts/name-field.tsx";
import { useSettingsWords } from "../../words/settings.ts";

export function SetAlias({
  before,
  onClose,
  onSaved,
}: {
  readonly before: string | undefined;
  readonly onClose: () => void;
  readonly onSaved: (alias: string) => void;
}) {
  const { alias: words, save } = useSettingsWords();
  const [text, setText] = useState(before ?? "");
  const [tried, setTried] = useState(false);
  const act = useAct();
  const alias = text.trim();
  const isWrong = !isAlias(alias);
  const isTaken = act.failure?.code === "EntityAlreadyExists";
  const submit = async () => {
    setTried(true);
    if (!isWrong && (await act.run(() => setAlias(alias)))) onSaved(alias);
  };
  const errorText = isTaken ? words.taken : tried && isWrong ? words.wrong : undefined;
  return (
    <Dialog title={words.setTitle} verb={save} busy={act.busy} onAct={submit} onClose={onClose}>
      <SpaceBetween size="m">
        {before !== undefined && <div>{words.setText}</div>}
        <FailureAlert failure={isTaken ? undefined : act.failure} denied={words.mayNot} />
        <NameField
          label={words.alias}
          hint={words.hint}
          text={text}
          wrong={errorText}
          onText={(changed) => {
            setText(changed);
            act.clear();
          }}
        />
      </SpaceBetween>
    </Dialog>
  );
}
