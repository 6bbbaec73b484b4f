import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { type Ref, useRef, useState } from "react";
import { useSearch } from "wouter";
import { server } from "../../api/server.ts";
import { useAct } from "../../parts/act.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { keep, kept } from "../../parts/kept.ts";
import { PasswordField } from "../../parts/password-field.tsx";
import { SentForm } from "../../parts/sent-form.tsx";
import { useWords } from "../../words/words.tsx";
import { Frame } from "./frame.tsx";
import { NoticeAlert } from "./notice-alert.tsx";
import { useSignIn } from "./state.ts";

type Way = "root" | "user";

interface Typed {
  readonly email: string;
  readonly account: string;
  readonly userName: string;
  readonly password: string;
}

/** A sign-in link names its account; else the last one here. */
const accountOf = (search: string): string =>
  new URLSearchParams(search).get("account") ?? kept("sign-in-account") ?? "";

const wayOf = (search: string): Way =>
  !new URLSearchParams(search).has("account") && kept("sign-in-way") === "root" ? "root" : "user";

export function SignInPage() {
  const words = useWords().signIn;
  const { signIn, arrive } = useSignIn();
  const search = useSearch();
  const [way, setWay] = useState<Way>(() => wayOf(search));
  const [typed, setTyped] = useState<Typed>({
    email: "",
    account: accountOf(search),
    userName: "",
    password: "",
  });
  const [checked, setChecked] = useState(false);
  const password = useRef<InputProps.Ref>(null);
  const act = useAct();

  const submit = async () => {
    setChecked(true);
    if (!isComplete(way, typed)) return;
    const done = await act.run(
      async () => arrive(await server.signin.SubmitPassword(inputOf(way, typed))),
      () => setTyped((before) => ({ ...before, password: "" })),
    );
    if (!done) {
      setChecked(false);
      return password.current?.focus();
    }
    keep("sign-in-way", way);
    if (way === "user") keep("sign-in-account", typed.account.trim());
  };

  return (
    <Frame title={words.title} about={words.about}>
      <SentForm onSend={submit}>
        <SpaceBetween size="l">
          <NoticeAlert />
          {signIn?.SetUpNeeded === true && (
            <Alert type="info" header={words.setUpNeeded}>
              {words.setUpNeededText}
            </Alert>
          )}
          <FailureAlert failure={act.failure} />
          <Tiles
            ariaLabel={words.way}
            columns={2}
            value={way}
            items={[
              { value: "root", label: words.root, description: words.rootAbout },
              { value: "user", label: words.user, description: words.userAbout },
            ]}
            onChange={({ detail }) => {
              setWay(detail.value === "root" ? "root" : "user");
              setChecked(false);
              act.clear();
            }}
          />
          <Fields way={way} typed={typed} onTyped={setTyped} checked={checked} password={password} />
          <Button variant="primary" fullWidth loading={act.busy}>
            {words.submit}
          </Button>
          <ExpandableSection headerText={words.forgot}>
            {way === "root" ? words.forgotRoot : words.forgotUser}
          </ExpandableSection>
        </SpaceBetween>
      </SentForm>
    </Frame>
  );
}

function Fields({
  way,
  typed,
  onTyped,
  checked,
  password,
}: {
  readonly way: Way;
  readonly typed: Typed;
  readonly onTyped: (typed: Typed) => void;
  readonly checked: boolean;
  readonly password: Ref<InputProps.Ref>;
}) {
  const { signIn: words, common } = useWords();
  const missing = (value: string) => (checked && value.trim() === "" ? common.required : undefined);
  return (
    <SpaceBetween size="m">
      {way === "root" && (
        <FormField label={words.email} errorText={missing(typed.email)}>
          <Input
            value={typed.email}
            type="email"
            name="email"
            inputMode="email"
            autoComplete="username"
            autoFocus
            onChange={({ detail }) => onTyped({ ...typed, email: detail.value })}
          />
        </FormField>
      )}
      {way === "user" && (
        <FormField
          label={words.account}
          constraintText={words.accountHint}
          errorText={missing(typed.account)}
        >
          <Input
            value={typed.account}
            name="account"
            autoComplete="organization"
            spellcheck={false}
            disableBrowserAutocorrect
            autoFocus={typed.account === ""}
            onChange={({ detail }) => onTyped({ ...typed, account: detail.value })}
          />
        </FormField>
      )}
      {way === "user" && (
        <FormField label={words.userName} errorText={missing(typed.userName)}>
          <Input
            value={typed.userName}
            name="username"
            autoComplete="username"
            spellcheck={false}
            disableBrowserAutocorrect
            autoFocus={typed.account !== ""}
            onChange={({ detail }) => onTyped({ ...typed, userName: detail.value })}
          />
        </FormField>
      )}
      <FormField label={words.password} errorText={missing(typed.password)}>
        <PasswordField
          ref={password}
          value={typed.password}
          autoComplete="current-password"
          onValue={(text) => onTyped({ ...typed, password: text })}
        />
      </FormField>
    </SpaceBetween>
  );
}

const isComplete = (way: Way, { email, account, userName, password }: Typed): boolean =>
  password !== "" && (way === "root" ? email.trim() !== "" : account.trim() !== "" && userName.trim() !== "");

const inputOf = (way: Way, { email, account, userName, password }: Typed) =>
  way === "root"
    ? { Type: "root" as const, Email: email.trim(), Password: password }
    : { Type: "user" as const, Account: account.trim(), UserName: userName.trim(), Password: password };
