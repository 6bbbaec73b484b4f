import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { MfaSituation } from "../../../../src/model/countersign/types.ts";
import { useSimulatorWords } from "../../words/simulator.ts";

/** What is assumed of the second factor. */
export function SituationFields({
  label,
  situation,
  onSituation,
}: {
  readonly label: string;
  readonly situation: MfaSituation;
  readonly onSituation: (situation: MfaSituation) => void;
}) {
  const words = useSimulatorWords();
  const states = Object.entries(words.states).map(([value, text]) => ({ value, label: text }));
  const methods = Object.entries(words.methods).map(([value, text]) => ({ value, label: text }));
  const { State, AgeSeconds = 0, Method = "virtual" } = situation;
  return (
    <SpaceBetween size="s">
      <FormField label={`${label}: ${words.mfa}`}>
        <Select
          selectedOption={states.find(({ value }) => value === State) ?? null}
          options={states}
          // the options are the states
          onChange={({ detail }) =>
            onSituation({ State: detail.selectedOption.value as MfaSituation["State"] })
          }
        />
      </FormField>
      {State === "true" && (
        <FormField label={words.age}>
          <Input
            type="number"
            inputMode="numeric"
            value={String(AgeSeconds)}
            onChange={({ detail }) =>
              onSituation({ ...situation, AgeSeconds: Math.max(0, Math.floor(Number(detail.value) || 0)) })
            }
          />
        </FormField>
      )}
      {State === "true" && (
        <FormField label={words.method}>
          <Select
            selectedOption={methods.find(({ value }) => value === Method) ?? null}
            options={methods}
            onChange={({ detail }) => onSituation({ ...situation, Method: detail.selectedOption.value })}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}
