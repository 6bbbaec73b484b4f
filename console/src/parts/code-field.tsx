import FormField from "@cloudscape-design/components/form-field";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import type { Ref } from "react";
import { digitsOf, isCode } from "./digits.ts";

/** A six-digit code: takes what is pasted, whatever stands between the digits, and tells when it is whole. */
export function CodeField({
  label,
  hint,
  error,
  code,
  onCode,
  onWhole,
  disabled = false,
  autoFocus = false,
  ref,
}: {
  readonly label: string;
  readonly hint: string;
  readonly error?: string | undefined;
  readonly code: string;
  readonly onCode: (code: string) => void;
  /** Once each time that the sixth digit comes. */
  readonly onWhole?: (code: string) => void;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  readonly ref?: Ref<InputProps.Ref>;
}) {
  const take = (text: string) => {
    const next = digitsOf(text);
    if (next === code) return;
    onCode(next);
    if (isCode(next)) onWhole?.(next);
  };
  return (
    <FormField label={label} constraintText={hint} errorText={error}>
      <div className="code-field">
        <Input
          ref={ref ?? null}
          value={code}
          inputMode="numeric"
          autoComplete="one-time-code"
          spellcheck={false}
          autoFocus={autoFocus}
          readOnly={disabled}
          onChange={({ detail }) => take(detail.value)}
        />
      </div>
    </FormField>
  );
}
