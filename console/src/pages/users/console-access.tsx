import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback, useId, useState } from "react";
import {
  type ConsoleAccess,
  disableConsoleAccess,
  givePassword,
  loadConsoleAccess,
} from "../../api/users.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PasswordField } from "../../parts/password-field.tsx";
import { randomPassword } from "../../parts/random-password.ts";
import { useSecret } from "../../parts/secret.ts";
import { SentForm } from "../../parts/sent-form.tsx";
import { ShownOnce } from "../../parts/shown-once.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { useUserWords } from "../../words/user.ts";
import { useWords } from "../../words/words.tsx";
import { useSession } from "../session.ts";

/** Whether a user may sign in to these pages, and his password. */
export function ConsoleAccessCard({ name }: { readonly name: string }) {
  const words = useUserWords();
  const { context, tell } = useSession();
  const { value, failure, reload } = useLoad(useCallback(() => loadConsoleAccess(name), [name]));
  const [asked, setAsked] = useState<"password" | "disable">();
  const act = useAct();
  const link = context.Account.SignInUrl;
  const disable = async () => {
    if (!(await act.run(() => disableConsoleAccess(name)))) return;
    setAsked(undefined);
    tell(words.disabled(name));
    await reload();
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={words.consoleAbout}
          actions={
            value !== undefined && (
              <SpaceBetween direction="horizontal" size="xs">
                {value.enabled && <Button onClick={() => setAsked("disable")}>{words.disable}</Button>}
                <Button onClick={() => setAsked("password")}>
                  {value.enabled ? words.reset : words.enable}
                </Button>
              </SpaceBetween>
            )
          }
        >
          {words.console}
        </Header>
      }
    >
      <FailureAlert failure={failure} denied={words.mayNot.console} />
      {value === undefined && failure === undefined && <Skeleton lines={2} />}
      {value !== undefined && (
        <KeyValuePairs
          columns={2}
          minColumnWidth={200}
          items={[
            { label: words.console, value: <Access access={value} /> },
            {
              label: words.signInLink,
              value: (
                <>
                  <span className="id">{link}</span> <CopyButton text={link} what={words.signInLink} inline />
                </>
              ),
            },
          ]}
        />
      )}
      {asked === "password" && value !== undefined && (
        <SetPassword
          name={name}
          access={value}
          onClose={() => {
            setAsked(undefined);
            void reload();
          }}
        />
      )}
      {asked === "disable" && (
        <Confirm
          title={words.disableTitle(name)}
          verb={words.disable}
          typed={name}
          act={act}
          onConfirm={() => void disable()}
          onClose={() => setAsked(undefined)}
        >
          {words.disableText}
        </Confirm>
      )}
    </Container>
  );
}

function Access({ access: { enabled, mustChange } }: { readonly access: ConsoleAccess }) {
  const words = useUserWords();
  if (!enabled) return <StatusIndicator type="stopped">{words.consoleOff}</StatusIndicator>;
  return (
    <StatusIndicator type="success">
      {mustChange ? words.consoleOnMustChange : words.consoleOn}
    </StatusIndicator>
  );
}

/** Sets a password and shows a generated one once: closing the dialog forgets it. */
function SetPassword({
  name,
  access,
  onClose,
}: {
  readonly name: string;
  readonly access: ConsoleAccess;
  readonly onClose: () => void;
}) {
  const words = useUserWords();
  const { common } = useWords();
  const [kind, setKind] = useState<"generated" | "given">("generated");
  const [given, setGiven] = useState("");
  const [mustChange, setMustChange] = useState(true);
  const [checked, setChecked] = useState(false);
  const [done, setDone] = useSecret<string>();
  const form = useId();
  const act = useAct();
  const save = async () => {
    setChecked(true);
    const password = kind === "generated" ? randomPassword() : given;
    if (password === "") return;
    await act.run(async () => {
      await givePassword(name, password, mustChange, access);
      setDone(password);
    });
  };
  return (
    <Modal
      visible
      header={done === undefined ? words.passwordTitle(name) : words.doneTitle}
      closeAriaLabel={common.close}
      onDismiss={({ detail }) => {
        // neither a slip beside the dialog nor a key must lose the password
        if (done === undefined || detail.reason === "closeButton") onClose();
      }}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {done === undefined ? (
              <>
                <Button variant="link" onClick={onClose}>
                  {common.cancel}
                </Button>
                <Button variant="primary" form={form} loading={act.busy}>
                  {words.save}
                </Button>
              </>
            ) : (
              <Button variant="primary" onClick={onClose}>
                {words.close}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      {done === undefined ? (
        <SentForm id={form} onSend={save}>
          <SpaceBetween size="m">
            <FailureAlert failure={act.failure} />
            <RadioGroup
              ariaLabel={words.password}
              value={kind}
              onChange={({ detail }) => setKind(detail.value === "given" ? "given" : "generated")}
              items={[
                { value: "generated", label: words.generated, description: words.generatedText },
                { value: "given", label: words.given, description: words.givenText },
              ]}
            />
            {kind === "given" && (
              <FormField
                label={words.password}
                errorText={checked && given === "" ? common.required : undefined}
              >
                <PasswordField value={given} autoComplete="new-password" onValue={setGiven} />
              </FormField>
            )}
            <Checkbox
              checked={mustChange}
              description={words.mustChangeText}
              onChange={({ detail }) => setMustChange(detail.checked)}
            >
              {words.mustChange}
            </Checkbox>
          </SpaceBetween>
        </SentForm>
      ) : (
        <Done name={name} password={done} />
      )}
    </Modal>
  );
}

function Done({ name, password }: { readonly name: string; readonly password: string }) {
  const words = useUserWords();
  return (
    <SpaceBetween size="m">
      <Alert type="warning">{words.doneText(name)}</Alert>
      <FormField label={words.password}>
        <ShownOnce secret={password} what={words.password} />
      </FormField>
    </SpaceBetween>
  );
}
