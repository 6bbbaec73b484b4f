import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { server } from "../../api/server.ts";
import { useAct } from "../../parts/act.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useWords } from "../../words/words.tsx";
import { AssignWizard } from "../assign/wizard.tsx";
import { Frame } from "./frame.tsx";
import { startAgain } from "./start-again.ts";
import { useSignIn } from "./state.ts";

/** A session already, which may do little but enrol while that is required. */
export default function EnrolPage() {
  const words = useWords();
  const { signIn, arrive } = useSignIn();
  const [done, setDone] = useState<string>();
  const act = useAct();
  const maySkip = signIn?.Enrolment?.MaySkip === true;
  const goOn = () => act.run(async () => arrive(await server.signin.Continue({})));
  // what cannot be put off can be left by signing out
  const leave = () => act.run(async () => arrive(await startAgain()));
  const skip = () => act.run(async () => arrive(await server.signin.SkipEnrolment({})));

  if (done !== undefined) {
    return (
      <Frame title={words.assign.doneTitle}>
        <SpaceBetween size="l">
          <FailureAlert failure={act.failure} />
          <Alert type="success">{words.assign.doneText(done)}</Alert>
          <div>{words.enrol.thenCode}</div>
          <Button variant="primary" fullWidth loading={act.busy} onClick={() => void goOn()}>
            {words.enrol.continue}
          </Button>
        </SpaceBetween>
      </Frame>
    );
  }
  return (
    <Frame wide title={words.enrol.title} about={words.assign.about}>
      <SpaceBetween size="l">
        <Alert
          type={maySkip ? "info" : "warning"}
          action={
            maySkip && (
              <Button loading={act.busy} onClick={() => void skip()}>
                {words.enrol.skip}
              </Button>
            )
          }
        >
          {enrolText(words.enrol, signIn?.Enrolment)}
        </Alert>
        <FailureAlert failure={act.failure} />
        <AssignWizard
          user={signIn?.UserName}
          first
          onDone={setDone}
          onCancel={() => void (maySkip ? skip() : leave())}
        />
      </SpaceBetween>
    </Frame>
  );
}

function enrolText(
  words: { required: string; offered: string; grace: (days: number) => string },
  enrolment: { MaySkip: boolean; DaysLeft?: number | undefined } | undefined,
): string {
  if (enrolment?.MaySkip !== true) return words.required;
  return enrolment.DaysLeft === undefined ? words.offered : words.grace(enrolment.DaysLeft);
}
