import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import type { ReactNode } from "react";

/** Against slips alone: the server has the rule, and the mail has the proof. */
export const looksLikeAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text.trim());

/** Asks for an e-mail address. */
export function AddressField({
  label,
  hint,
  text,
  wrong,
  own = false,
  onText,
}: {
  readonly label: ReactNode;
  readonly hint?: string;
  readonly text: string;
  /** What is wrong with it, if something is. */
  readonly wrong: string | undefined;
  /** The browser may fill in the reader's own. */
  readonly own?: boolean;
  readonly onText: (text: string) => void;
}) {
  return (
    <FormField label={label} constraintText={hint} errorText={wrong}>
      <Input
        value={text}
        type="email"
        inputMode="email"
        autoComplete={own ? "email" : false}
        spellcheck={false}
        onChange={({ detail }) => onText(detail.value)}
      />
    </FormField>
  );
}
