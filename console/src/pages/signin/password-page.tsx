import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { server } from "../../api/server.ts";
import { useAct } from "../../parts/act.ts";
import { oldPasswordFailure } from "../../parts/explain.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { isAcceptable, NewPassword, NO_PASSWORD } from "../../parts/new-password.tsx";
import { PasswordField } from "../../parts/password-field.tsx";
import { SentForm } from "../../parts/sent-form.tsx";
import { useWords } from "../../words/words.tsx";
import { Frame } from "./frame.tsx";
import { useSignIn } from "./state.ts";

/** The change that a reset or an expired password forces. */
export default function PasswordPage() {
  const { change: words, common } = useWords();
  const { signIn, arrive } = useSignIn();
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState(NO_PASSWORD);
  const [checked, setChecked] = useState(false);
  const act = useAct();
  const rules = signIn?.PasswordRules;

  const submit = async () => {
    setChecked(true);
    if (old === "" || !isAcceptable(fresh, rules)) return;
    await act.run(async () =>
      arrive(await server.signin.ChangePassword({ OldPassword: old, NewPassword: fresh.password })),
    );
  };

  return (
    <Frame title={words.title}>
      <SentForm onSend={submit}>
        <SpaceBetween size="l">
          <Alert type="info">{signIn?.PasswordReason === "expired" ? words.expired : words.reset}</Alert>
          <FailureAlert failure={oldPasswordFailure(act.failure)} />
          <FormField label={words.old} errorText={checked && old === "" ? common.required : undefined}>
            <PasswordField value={old} autoComplete="current-password" onValue={setOld} autoFocus />
          </FormField>
          <NewPassword label={words.fresh} text={fresh} onText={setFresh} rules={rules} checked={checked} />
          <Button variant="primary" fullWidth loading={act.busy}>
            {words.submit}
          </Button>
        </SpaceBetween>
      </SentForm>
    </Frame>
  );
}
