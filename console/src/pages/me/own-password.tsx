import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { changePassword, passwordRules } from "../../api/password.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { oldPasswordFailure } from "../../parts/explain.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { isAcceptable, NewPassword, NO_PASSWORD } from "../../parts/new-password.tsx";
import { PasswordField } from "../../parts/password-field.tsx";
import { useWords } from "../../words/words.tsx";
import { useSession } from "../session.ts";

export function OwnPassword({ onChanged }: { readonly onChanged: () => void }) {
  const { ownPassword: words } = useWords();
  const { tell } = useSession();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Container
        disableContentPaddings
        header={
          <Header
            variant="h2"
            description={words.about}
            actions={<Button onClick={() => setAsked(true)}>{words.change}</Button>}
          >
            {words.title}
          </Header>
        }
      />
      {asked && (
        <ChangePassword
          onClose={() => setAsked(false)}
          onDone={() => {
            setAsked(false);
            tell(words.changed);
            onChanged();
          }}
        />
      )}
    </>
  );
}

function ChangePassword({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  const { change: words, common } = useWords();
  const { value: rules } = useLoad(passwordRules);
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState(NO_PASSWORD);
  const [checked, setChecked] = useState(false);
  const act = useAct();
  const change = async () => {
    setChecked(true);
    if (old === "" || !isAcceptable(fresh, rules)) return;
    if (await act.run(() => changePassword(old, fresh.password))) onDone();
  };
  return (
    <Dialog title={words.title} verb={words.submit} busy={act.busy} onAct={change} onClose={onClose}>
      <SpaceBetween size="l">
        <FailureAlert failure={oldPasswordFailure(act.failure)} />
        <FormField label={words.old} errorText={checked && old === "" ? common.required : undefined}>
          <PasswordField value={old} autoComplete="current-password" onValue={setOld} />
        </FormField>
        <NewPassword label={words.fresh} text={fresh} onText={setFresh} rules={rules} checked={checked} />
      </SpaceBetween>
    </Dialog>
  );
}
