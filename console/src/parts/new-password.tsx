import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Icon from "@cloudscape-design/components/icon";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useWords } from "../words/words.tsx";
import { PasswordField } from "./password-field.tsx";
import { type Rules, rulesState } from "./password-rules.ts";

export interface NewPasswordText {
  readonly password: string;
  readonly again: string;
}

export const NO_PASSWORD: NewPasswordText = { password: "", again: "" };

/** `rules`: undefined where they could not be read; the server has the last word anyway. */
export const isAcceptable = ({ password, again }: NewPasswordText, rules: Rules | undefined): boolean =>
  password !== "" && password === again && meets(rules, password);

const meets = (rules: Rules | undefined, password: string): boolean =>
  rules === undefined || rulesState(rules, password).every(({ met }) => met);

/** A new password, typed twice, with its rules ticking off. `checked`: what is missing is said. */
export function NewPassword({
  label,
  text,
  onText,
  rules,
  checked,
}: {
  readonly label: string;
  readonly text: NewPasswordText;
  readonly onText: (text: NewPasswordText) => void;
  readonly rules: Rules | undefined;
  readonly checked: boolean;
}) {
  const { password: words, common } = useWords();
  const { password, again } = text;
  const differs = (checked || again.length >= password.length) && again !== password && again !== "";
  const missing = (value: string) => (checked && value === "" ? common.required : undefined);
  return (
    <SpaceBetween size="l">
      <SpaceBetween size="xs">
        <FormField label={label} errorText={missing(password)}>
          <PasswordField
            value={password}
            autoComplete="new-password"
            invalid={checked && !meets(rules, password)}
            onValue={(value) => onText({ ...text, password: value })}
          />
        </FormField>
        {rules !== undefined && <RuleList rules={rules} password={password} checked={checked} />}
      </SpaceBetween>
      <FormField label={words.again} errorText={missing(again) ?? (differs ? words.differs : undefined)}>
        <PasswordField
          value={again}
          autoComplete="new-password"
          onValue={(value) => onText({ ...text, again: value })}
        />
      </FormField>
    </SpaceBetween>
  );
}

function RuleList({
  rules,
  password,
  checked,
}: {
  readonly rules: Rules;
  readonly password: string;
  readonly checked: boolean;
}) {
  const { password: words } = useWords();
  return (
    <Box fontSize="body-s" color="text-body-secondary">
      <div>{words.rules}</div>
      <ul className="rules">
        {rulesState(rules, password).map(({ rule, count, met }) => (
          <li key={rule} data-met={met}>
            <Icon
              name={met ? "status-positive" : checked ? "status-negative" : "status-pending"}
              variant={met ? "success" : checked ? "error" : "subtle"}
              ariaLabel={met ? words.met : words.notMet}
            />{" "}
            {words.rule[rule](count)}
          </li>
        ))}
      </ul>
      {rules.ReusePrevention > 0 && <div>{words.reuse(rules.ReusePrevention)}</div>}
      <div>{words.noCommon}</div>
    </Box>
  );
}
