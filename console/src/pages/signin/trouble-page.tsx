import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { server } from "../../api/server.ts";
import { useAct } from "../../parts/act.ts";
import { Clocks } from "../../parts/clocks.tsx";
import { CodePairFields, isPair, NO_CODES } from "../../parts/code-pair.tsx";
import { PairFailure } from "../../parts/pair-failure.tsx";
import { SentForm } from "../../parts/sent-form.tsx";
import { useWords } from "../../words/words.tsx";
import { codeDevices } from "./code-devices.ts";
import { Frame } from "./frame.tsx";
import { useGoTo } from "./go-to.ts";
import { useSignIn } from "./state.ts";

export default function TroublePage() {
  const words = useWords().trouble;
  const { signIn } = useSignIn();
  return (
    <Frame title={words.title} about={words.about} footer={<Back />}>
      <SpaceBetween size="m">
        <ExpandableSection headerText={words.refused} defaultExpanded>
          <SpaceBetween size="m">
            <div>
              {words.refusedText}
              <ul className="list">
                {words.refusedSteps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ul>
            </div>
            <Clocks />
            <Resync />
          </SpaceBetween>
        </ExpandableSection>
        <ExpandableSection headerText={words.lost}>
          <SpaceBetween size="s">
            <div>{words.lostText}</div>
            <div>{signIn?.Root === true ? words.lostRoot : words.lostUser}</div>
            <div>{words.lostAfter}</div>
          </SpaceBetween>
        </ExpandableSection>
        <ExpandableSection headerText={words.broken}>
          <SpaceBetween size="s">
            <div>{words.brokenText}</div>
            <div>{signIn?.Root === true ? words.lostRoot : words.lostUser}</div>
          </SpaceBetween>
        </ExpandableSection>
      </SpaceBetween>
    </Frame>
  );
}

/** Two codes in a row; it never signs in. */
function Resync() {
  const words = useWords();
  const { signIn, arrive } = useSignIn();
  const goTo = useGoTo();
  const options = codeDevices(signIn).map(({ DeviceId, Name }) => ({ value: DeviceId, label: Name }));
  const [device, setDevice] = useState(options[0]);
  const [pair, setPair] = useState(NO_CODES);
  const [checked, setChecked] = useState(false);
  const act = useAct();
  if (device === undefined) return null;

  const submit = async () => {
    setChecked(true);
    if (!isPair(pair)) return;
    const [Code1, Code2] = pair;
    const done = await act.run(
      async () =>
        arrive(await server.signin.ResyncDevice({ DeviceId: device.value, Code1, Code2 }), "resynced"),
      () => setPair(NO_CODES),
    );
    if (done) return goTo("/signin/mfa");
    setChecked(false);
  };

  return (
    <SentForm onSend={submit}>
      <SpaceBetween size="m">
        <div>
          <strong>{words.trouble.resync}</strong>
          <div>{words.trouble.resyncText}</div>
        </div>
        <PairFailure failure={act.failure} clocks={false} />
        {options.length > 1 && (
          <FormField label={words.factor.device}>
            <Select
              selectedOption={device}
              options={options}
              onChange={({ detail }) =>
                setDevice(options.find(({ value }) => value === detail.selectedOption.value) ?? device)
              }
            />
          </FormField>
        )}
        <CodePairFields pair={pair} onPair={setPair} checked={checked} disabled={act.busy} />
        <Button loading={act.busy}>{words.devices.resync}</Button>
      </SpaceBetween>
    </SentForm>
  );
}

function Back() {
  const words = useWords();
  const goTo = useGoTo();
  return (
    <Button variant="inline-link" iconName="angle-left" onClick={() => goTo("/signin/mfa")}>
      {words.trouble.back}
    </Button>
  );
}
