import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import type { InputProps } from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState } from "react";
import { server } from "../../api/server.ts";
import { useAct } from "../../parts/act.ts";
import { CodeField } from "../../parts/code-field.tsx";
import { isCode } from "../../parts/digits.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { dateText, momentText } from "../../parts/moment.ts";
import { SentForm } from "../../parts/sent-form.tsx";
import { serverNow } from "../../parts/server-clock.ts";
import { useSpeech, useWords } from "../../words/words.tsx";
import { codeDevices } from "./code-devices.ts";
import { Frame } from "./frame.tsx";
import { useGoTo } from "./go-to.ts";
import { NoticeAlert } from "./notice-alert.tsx";
import { startAgain } from "./start-again.ts";
import { useSignIn } from "./state.ts";

export function FactorPage() {
  const words = useWords();
  const { signIn, arrive } = useSignIn();
  const devices = codeDevices(signIn);
  const [deviceId, setDeviceId] = useState(devices[0]?.DeviceId ?? "");
  const [choosing, setChoosing] = useState(false);
  const [code, setCode] = useState("");
  const [checked, setChecked] = useState(false);
  const field = useRef<InputProps.Ref>(null);
  const act = useAct();
  const device = devices.find(({ DeviceId }) => DeviceId === deviceId);

  const send = async (whole: string) => {
    const done = await act.run(
      async () => arrive(await server.signin.SubmitCode({ DeviceId: deviceId, Code: whole })),
      () => setCode(""),
    );
    if (!done) field.current?.focus();
  };
  const submit = async () => {
    setChecked(true);
    if (isCode(code)) await send(code);
  };

  return (
    <Frame
      title={words.factor.title}
      about={words.factor.about(whoOf(signIn, words.bar.root))}
      footer={<Restart />}
    >
      <SentForm onSend={submit}>
        <SpaceBetween size="l">
          <NoticeAlert />
          <FailureAlert failure={act.failure} />
          {device === undefined && (
            <Alert type="warning" header={words.factor.noUsable}>
              {words.factor.noUsableText}
            </Alert>
          )}
          {device !== undefined && !choosing && (
            <div>
              <Box variant="awsui-key-label">{words.kinds[device.Kind]}</Box>
              <div className="id">{device.Name}</div>
            </div>
          )}
          {choosing && (
            <Devices
              chosen={deviceId}
              onChoose={(id) => {
                setDeviceId(id);
                act.clear();
              }}
            />
          )}
          {device !== undefined && (
            <CodeField
              ref={field}
              label={words.code.label}
              hint={words.code.hint}
              error={checked && !isCode(code) ? words.code.sixDigits : undefined}
              code={code}
              onCode={(next) => {
                setCode(next);
                setChecked(false);
              }}
              onWhole={(whole) => void send(whole)}
              disabled={act.busy}
              autoFocus
            />
          )}
          {device !== undefined && (
            <Button variant="primary" fullWidth loading={act.busy}>
              {words.factor.submit}
            </Button>
          )}
          <div className="links">
            {devices.length > 1 && !choosing && (
              <Button variant="inline-link" formAction="none" onClick={() => setChoosing(true)}>
                {words.factor.other}
              </Button>
            )}
            <ToTrouble />
          </div>
        </SpaceBetween>
      </SentForm>
    </Frame>
  );
}

function Devices({
  chosen,
  onChoose,
}: {
  readonly chosen: string;
  readonly onChoose: (deviceId: string) => void;
}) {
  const { words, language } = useSpeech();
  const { signIn } = useSignIn();
  return (
    <FormField label={words.factor.device}>
      <RadioGroup
        value={chosen}
        items={codeDevices(signIn).map(({ DeviceId, Kind, Name, EnableDate }) => ({
          value: DeviceId,
          label: Name,
          description: (
            <span title={momentText(EnableDate, serverNow(), language).exact}>
              {words.kinds[Kind]}, {words.factor.added(dateText(EnableDate, language))}
            </span>
          ),
        }))}
        onChange={({ detail }) => onChoose(detail.value)}
      />
    </FormField>
  );
}

function ToTrouble() {
  const words = useWords();
  const goTo = useGoTo();
  return (
    <Button variant="inline-link" formAction="none" onClick={() => goTo("/signin/trouble")}>
      {words.factor.trouble}
    </Button>
  );
}

/** Gives the half-way sign-in up. */
function Restart() {
  const words = useWords();
  const { arrive } = useSignIn();
  const act = useAct();
  return (
    <Button
      variant="inline-link"
      loading={act.busy}
      onClick={() => void act.run(async () => arrive(await startAgain()))}
    >
      {words.factor.restart}
    </Button>
  );
}

const whoOf = (
  signIn: { Root?: boolean | undefined; UserName?: string | undefined } | undefined,
  root: string,
) => (signIn?.Root === true ? root : (signIn?.UserName ?? ""));
