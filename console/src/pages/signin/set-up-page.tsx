import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLocation } from "wouter";
import { server } from "../../api/server.ts";
import { useAct } from "../../parts/act.ts";
import { looksLikeAddress } from "../../parts/address-field.tsx";
import { isAlias } from "../../parts/alias.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useLinkToken } from "../../parts/link-token.ts";
import { isAcceptable, NewPassword, NO_PASSWORD } from "../../parts/new-password.tsx";
import { DEFAULT_RULES } from "../../parts/password-rules.ts";
import { SentForm } from "../../parts/sent-form.tsx";
import { useWords } from "../../words/words.tsx";
import { Frame } from "./frame.tsx";
import { useSignIn } from "./state.ts";

/** First run: makes the account, by the link that the server printed. */
export default function SetUpPage() {
  const { setUp: words } = useWords();
  const { signIn } = useSignIn();
  const token = useLinkToken();
  const isNeeded = signIn?.SetUpNeeded === true;
  if (isNeeded && token !== "") return <SetUpForm token={token} />;
  return (
    <Frame title={words.title}>
      <SpaceBetween size="l">
        <Alert type="info" header={isNeeded ? words.noToken : words.exists}>
          {isNeeded ? words.noTokenText : words.existsText}
        </Alert>
        <ToSignIn />
      </SpaceBetween>
    </Frame>
  );
}

function ToSignIn() {
  const { setUp: words } = useWords();
  const [, navigate] = useLocation();
  return (
    <Button formAction="none" onClick={() => navigate("/signin")}>
      {words.toSignIn}
    </Button>
  );
}

function SetUpForm({ token }: { readonly token: string }) {
  const { setUp: words, common } = useWords();
  const { arrive } = useSignIn();
  const [alias, setAlias] = useState("");
  const [email, setEmail] = useState("");
  const [fresh, setFresh] = useState(NO_PASSWORD);
  const [checked, setChecked] = useState(false);
  const [sent, setSent] = useState(token);
  const act = useAct();
  // what was said of one link is not said of the next
  const failure = sent === token ? act.failure : undefined;
  const name = alias.trim();
  const aliasWrong = name !== "" && !isAlias(name);
  const emailWrong = email.trim() === "" ? common.required : words.emailWrong;

  const submit = async () => {
    setChecked(true);
    setSent(token);
    if (aliasWrong || !looksLikeAddress(email) || !isAcceptable(fresh, DEFAULT_RULES)) return;
    await act.run(async () => {
      const named = name === "" ? {} : { Alias: name };
      arrive(
        await server.signin.SetUp({ Token: token, Email: email.trim(), Password: fresh.password, ...named }),
      );
    });
  };

  return (
    <Frame title={words.title} about={words.about}>
      <SentForm onSend={submit}>
        <SpaceBetween size="l">
          <FailureAlert failure={failure} action={failure?.code === "SetUpLinkInvalid" && <ToSignIn />} />
          <FormField
            label={
              <>
                {words.alias} <i>- {common.optional}</i>
              </>
            }
            constraintText={words.aliasHint}
            errorText={checked && aliasWrong ? words.aliasWrong : undefined}
          >
            <Input
              value={alias}
              name="organization"
              autoComplete="organization"
              spellcheck={false}
              autoFocus
              onChange={({ detail }) => setAlias(detail.value)}
            />
          </FormField>
          <FormField
            label={words.email}
            constraintText={words.emailHint}
            errorText={checked && !looksLikeAddress(email) ? emailWrong : undefined}
          >
            <Input
              value={email}
              type="email"
              name="email"
              inputMode="email"
              autoComplete="username"
              onChange={({ detail }) => setEmail(detail.value)}
            />
          </FormField>
          <NewPassword
            label={words.password}
            text={fresh}
            onText={setFresh}
            rules={DEFAULT_RULES}
            checked={checked}
          />
          <Button variant="primary" fullWidth loading={act.busy}>
            {words.submit}
          </Button>
        </SpaceBetween>
      </SentForm>
    </Frame>
  );
}
