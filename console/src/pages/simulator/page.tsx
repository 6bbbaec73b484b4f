import Alert from "@cloudscape-design/components/alert";
import Autosuggest from "@cloudscape-design/components/autosuggest";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useState } from "react";
import type { AccessExplanation, MfaSituation } from "../../../../src/model/countersign/types.ts";
import { server } from "../../api/server.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { SentForm } from "../../parts/sent-form.tsx";
import { useSimulatorWords } from "../../words/simulator.ts";
import { useSession } from "../session.ts";
import { Answer, Decision } from "./answer.tsx";
import { SituationFields } from "./situation.tsx";

const ACTION = /^[\w-]+:[\w*?]+$/;

/** What would be decided, in one situation or in two side by side: what does MFA unlock? */
export default function SimulatorPage() {
  const words = useSimulatorWords();
  const { context } = useSession();
  const { Principal } = context;
  const { value: vocabulary } = useLoad(useCallback(() => server.countersign.GetPolicyVocabulary({}), []));
  const [who, setWho] = useState(Principal.Type === "user" ? Principal.Arn : "");
  const [action, setAction] = useState("");
  const [resource, setResource] = useState("*");
  const [first, setFirst] = useState<MfaSituation>({ State: "false" });
  const [second, setSecond] = useState<MfaSituation>({ State: "true" });
  const [comparing, setComparing] = useState(true);
  const [checked, setChecked] = useState(false);
  const [answers, setAnswers] = useState<readonly AccessExplanation[]>();
  const act = useAct();
  const isNobody = act.failure?.code === "NoSuchEntity";
  const whoFault = isNobody ? words.nobody : checked && who.trim() === "" ? words.needed : undefined;

  const submit = async () => {
    setChecked(true);
    if (who.trim() === "" || !ACTION.test(action.trim())) return;
    const ask = (Mfa: MfaSituation) =>
      server.countersign.ExplainAccess({
        PrincipalArn: who.trim(),
        Action: action.trim(),
        Resource: resource.trim() === "" ? "*" : resource.trim(),
        Mfa,
      });
    await act.run(async () => {
      setAnswers(undefined);
      setAnswers(await Promise.all((comparing ? [first, second] : [first]).map(ask)));
    });
  };
  return (
    <PageTitle title={words.title}>
      <SpaceBetween size="l">
        <Header variant="h1" description={words.about}>
          {words.title}
        </Header>
        <SentForm onSend={submit}>
          <Container>
            <SpaceBetween size="l">
              <FailureAlert failure={isNobody ? undefined : act.failure} />
              <FormField label={words.who} constraintText={words.whoHint} errorText={whoFault} stretch>
                <Input
                  value={who}
                  placeholder={`arn:aws:iam::${context.Account.AccountId}:user/`}
                  spellcheck={false}
                  onChange={({ detail }) => {
                    setWho(detail.value);
                    act.clear();
                  }}
                />
              </FormField>
              <ColumnLayout columns={2}>
                <FormField
                  label={words.action}
                  constraintText={words.actionHint}
                  errorText={checked && !ACTION.test(action.trim()) ? words.notAction : undefined}
                >
                  <Autosuggest
                    value={action}
                    options={(vocabulary?.Actions ?? []).map(({ Name }) => ({ value: Name }))}
                    ariaLabel={words.action}
                    onChange={({ detail }) => setAction(detail.value)}
                  />
                </FormField>
                <FormField label={words.resource} constraintText={words.resourceHint}>
                  <Input
                    value={resource}
                    spellcheck={false}
                    onChange={({ detail }) => setResource(detail.value)}
                  />
                </FormField>
                <SituationFields label={words.first} situation={first} onSituation={setFirst} />
                <SpaceBetween size="s">
                  {comparing && (
                    <SituationFields label={words.second} situation={second} onSituation={setSecond} />
                  )}
                  <Checkbox checked={comparing} onChange={({ detail }) => setComparing(detail.checked)}>
                    {words.compare}
                  </Checkbox>
                </SpaceBetween>
              </ColumnLayout>
              <Button variant="primary" loading={act.busy}>
                {words.run}
              </Button>
            </SpaceBetween>
          </Container>
        </SentForm>
        {answers !== undefined && <Answers answers={answers} />}
      </SpaceBetween>
    </PageTitle>
  );
}

function Answers({ answers }: { readonly answers: readonly AccessExplanation[] }) {
  const words = useSimulatorWords();
  const [first, second] = answers;
  const differ = second !== undefined && (first?.Decision === "allowed") !== (second.Decision === "allowed");
  return (
    <SpaceBetween size="l">
      <div role="status">
        {second !== undefined && (
          <Alert type={differ ? "success" : "info"} header={differ ? words.unlocks : words.same}>
            <KeyValuePairs
              columns={2}
              items={answers.map(({ Decision: decision }, at) => ({
                label: at === 0 ? words.first : words.second,
                value: <Decision decision={decision} />,
              }))}
            />
          </Alert>
        )}
      </div>
      {first !== undefined && <Answer title={words.first} answer={first} />}
      {second !== undefined && <Answer title={words.second} answer={second} />}
    </SpaceBetween>
  );
}
