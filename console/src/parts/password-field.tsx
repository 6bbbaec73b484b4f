import Button from "@cloudscape-design/components/button";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import { type Ref, useState } from "react";
import { useWords } from "../words/words.tsx";

/** Hidden until its reader wants to see what was typed. */
export function PasswordField({
  value,
  autoComplete,
  onValue,
  invalid = false,
  autoFocus = false,
  ref,
}: {
  readonly value: string;
  readonly autoComplete: "current-password" | "new-password";
  readonly onValue: (value: string) => void;
  /** Beside what the field around it says. */
  readonly invalid?: boolean;
  readonly autoFocus?: boolean;
  readonly ref?: Ref<InputProps.Ref>;
}) {
  const { password, common } = useWords();
  const [shown, setShown] = useState(false);
  return (
    <div className="password-field">
      <Input
        ref={ref ?? null}
        value={value}
        type={shown ? "text" : "password"}
        autoComplete={autoComplete}
        spellcheck={false}
        disableBrowserAutocorrect
        {...(invalid ? { invalid } : {})}
        autoFocus={autoFocus}
        onChange={({ detail }) => onValue(detail.value)}
      />
      <Button
        formAction="none"
        ariaLabel={shown ? password.hide : password.show}
        onClick={() => setShown(!shown)}
      >
        {shown ? common.hide : common.show}
      </Button>
    </div>
  );
}
