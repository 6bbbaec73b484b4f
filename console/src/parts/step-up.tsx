import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useRef, useState } from "react";
import { type Device, listDevices } from "../api/devices.ts";
import { Cancelled, failureOf } from "../api/failure.ts";
import { server } from "../api/server.ts";
import { useSession } from "../pages/session.ts";
import { useWords } from "../words/words.tsx";
import { useAct, useLoad } from "./act.ts";
import { CodeField } from "./code-field.tsx";
import { Dialog } from "./dialog.tsx";
import { isCode } from "./digits.ts";
import { FailureAlert } from "./failure-alert.tsx";
import { GateContext, useGate } from "./gate.ts";

interface Asking {
  readonly proved: () => void;
  readonly cancelled: () => void;
}

export interface StepUpState {
  readonly prove: <T>(act: () => Promise<T>) => Promise<T>;
  readonly asking: Asking | undefined;
}

/** Acts that want a fresh factor wait here while it is asked for. */
export function useStepUp(): StepUpState {
  const [asking, setAsking] = useState<Asking>();
  const ask = useCallback(
    () =>
      new Promise<void>((resolve, reject) => {
        setAsking({ proved: resolve, cancelled: () => reject(new Cancelled()) });
      }).finally(() => setAsking(undefined)),
    [],
  );
  const prove = useCallback(
    async <T,>(act: () => Promise<T>): Promise<T> => {
      try {
        return await act();
      } catch (error) {
        if (failureOf(error).code !== "StepUpRequired") throw error;
        await ask();
        return act();
      }
    },
    [ask],
  );
  return { prove, asking };
}

/** The dialog: proving a factor is nothing that itself wants one. */
export function StepUp({ asking }: StepUpState) {
  const gate = useGate();
  if (asking === undefined) return null;
  return (
    <GateContext value={{ ...gate, prove: (act) => act() }}>
      <StepUpDialog {...asking} />
    </GateContext>
  );
}

function StepUpDialog({ proved, cancelled }: Asking) {
  const words = useWords();
  const { context, renew } = useSession();
  const user = context.Principal.UserName;
  const { value, failure } = useLoad(useCallback(() => codeDevices(user), [user]));
  const [chosen, setChosen] = useState<string>();
  const [code, setCode] = useState("");
  const [checked, setChecked] = useState(false);
  const act = useAct();
  const sent = useRef(false);
  const device = value?.find(({ serial }) => serial === chosen) ?? value?.[0];

  const send = async (whole: string) => {
    if (device === undefined || sent.current) return;
    sent.current = true;
    const done = await act.run(
      () => server.signin.ProveFactor({ DeviceId: device.serial, Code: whole }),
      () => setCode(""),
    );
    sent.current = false;
    if (!done) return;
    proved();
    void renew();
  };
  const submit = async () => {
    setChecked(true);
    if (isCode(code)) await send(code);
  };
  return (
    <Dialog
      title={words.stepUp.title}
      verb={words.stepUp.submit}
      busy={act.busy}
      disabled={device === undefined}
      onAct={submit}
      onClose={cancelled}
    >
      <SpaceBetween size="m">
        <div>{words.stepUp.text}</div>
        <FailureAlert failure={act.failure ?? failure} />
        {value?.length === 0 && <Alert type="warning">{words.stepUp.noDevices}</Alert>}
        {device !== undefined && <DeviceChoice devices={value ?? []} device={device} onDevice={setChosen} />}
        {device !== undefined && (
          <CodeField
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
      </SpaceBetween>
    </Dialog>
  );
}

function DeviceChoice({
  devices,
  device,
  onDevice,
}: {
  readonly devices: readonly Device[];
  readonly device: Device;
  readonly onDevice: (serial: string) => void;
}) {
  const words = useWords();
  if (devices.length === 1) {
    return (
      <div>
        <Box variant="awsui-key-label">{words.kinds[device.kind]}</Box>
        <div className="id">{device.name}</div>
      </div>
    );
  }
  const options = devices.map(({ serial, name }) => ({ value: serial, label: name }));
  return (
    <FormField label={words.factor.device}>
      <Select
        options={options}
        selectedOption={{ value: device.serial, label: device.name }}
        onChange={({ detail }) => onDevice(detail.selectedOption.value ?? device.serial)}
      />
    </FormField>
  );
}

const codeDevices = async (user: string | undefined): Promise<readonly Device[]> =>
  (await listDevices(user)).filter(({ kind }) => kind !== "security-key");
