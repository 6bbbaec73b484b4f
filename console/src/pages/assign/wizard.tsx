import Wizard from "@cloudscape-design/components/wizard";
import { useEffect, useRef, useState } from "react";
import {
  cancelEnrolment,
  createDevice,
  type Enrolment,
  enableDevice,
  type NewDevice,
  type UserName,
} from "../../api/devices.ts";
import { useAct } from "../../parts/act.ts";
import { isPair, NO_CODES } from "../../parts/code-pair.tsx";
import { useSecret } from "../../parts/secret.ts";
import { SentForm } from "../../parts/sent-form.tsx";
import { useWords } from "../../words/words.tsx";
import { isDeviceName, suggestedName } from "./device-name.ts";
import { type AssignableKind, KINDS } from "./kinds.ts";
import { NameStep } from "./name-step.tsx";
import { SetUpStep } from "./set-up-step.tsx";

/** A device that was made and is nobody's yet. */
interface Made extends NewDevice {
  readonly name: string;
}

/**
 * Assigns a device to its caller. The device is made when its secret is to be shown, and thrown away when the reader leaves
 * without having enabled it.
 */
export function AssignWizard({
  user,
  first,
  onDone,
  onCancel,
}: {
  readonly user: UserName;
  /** There is no other device yet. */
  readonly first: boolean;
  readonly onDone: (name: string) => void;
  readonly onCancel: () => void;
}) {
  const words = useWords().assign;
  const [step, setStep] = useState(0);
  const [name, setName] = useState(() => suggestedName(user, first));
  const [kind, setKind] = useState<AssignableKind>(KINDS[0]);
  const [made, setMade] = useSecret<Made>();
  const [pair, setPair] = useState(NO_CODES);
  const [checked, setChecked] = useState(false);
  const making = useAct();
  const adding = useAct();
  const unused = useDiscarding(made);
  const form = useRef<HTMLFormElement>(null);

  const goTo = (next: number) => {
    setStep(next);
    setChecked(false);
    setPair(NO_CODES);
    adding.clear();
  };
  const make = async () => {
    if (!isDeviceName(name)) return setChecked(true);
    if (made?.name === name) return goTo(1);
    const done = await making.run(async () => {
      if (made !== undefined) await cancelEnrolment(made).catch(() => {});
      setMade({ name, ...(await createDevice(name)) });
    });
    if (done) goTo(1);
  };
  const add = async () => {
    setChecked(true);
    if (made === undefined || !isPair(pair)) return;
    const done = await adding.run(
      () => enableDevice(user, made.serial, pair),
      () => setPair(NO_CODES),
    );
    if (done) {
      unused.current = undefined;
      return onDone(name);
    }
    setChecked(false);
  };
  const cancel = () => {
    setMade(undefined);
    onCancel();
  };

  const send = () => form.current?.requestSubmit();
  return (
    <SentForm ref={form} onSend={step === 0 ? make : add}>
      <Wizard
        activeStepIndex={step}
        isLoadingNextStep={making.busy || adding.busy}
        submitButtonText={words.submit}
        i18nStrings={{
          stepNumberLabel: words.step,
          collapsedStepsLabel: words.steps,
          navigationAriaLabel: words.navigation,
          nextButton: words.next,
          previousButton: words.previous,
        }}
        onNavigate={({ detail }) => (detail.requestedStepIndex > step ? send() : goTo(0))}
        onCancel={cancel}
        onSubmit={send}
        steps={[
          {
            title: words.nameStep,
            content: (
              <NameStep
                name={name}
                onName={(next) => {
                  setName(next);
                  making.clear();
                }}
                namedAsUser={user !== undefined && first}
                kind={kind}
                onKind={setKind}
                checked={checked}
                failure={making.failure}
              />
            ),
          },
          {
            title: words.setUpStep,
            content: (
              <SetUpStep
                device={made}
                onAgain={() => goTo(0)}
                pair={pair}
                onPair={setPair}
                checked={checked}
                busy={adding.busy}
                failure={adding.failure}
              />
            ),
          },
        ]}
      />
    </SentForm>
  );
}

/** This device is deleted when the wizard is left, or another takes its place, unless it is cleared first. */
function useDiscarding(made: Enrolment | undefined) {
  const unused = useRef<Enrolment>(undefined);
  useEffect(() => {
    // not the secret
    unused.current = made && { serial: made.serial, enrolmentId: made.enrolmentId };
    return () => {
      // what is not cancelled, because the connection or the whole page is gone, the server removes by itself
      if (unused.current !== undefined) void cancelEnrolment(unused.current).catch(() => {});
    };
  }, [made]);
  return unused;
}
