import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";

/** Asks for what something is called: nothing that a browser fills in or corrects. */
export function NameField({
  label,
  hint,
  text,
  wrong,
  autoFocus = false,
  onText,
}: {
  readonly label: string;
  readonly hint: string;
  readonly text: string;
  /** What is wrong with it, if something is. */
  readonly wrong: string | undefined;
  readonly autoFocus?: boolean;
  readonly onText: (text: string) => void;
}) {
  return (
    <FormField label={label} constraintText={hint} errorText={wrong}>
      <Input
        value={text}
        autoFocus={autoFocus}
        autoComplete={false}
        spellcheck={false}
        disableBrowserAutocorrect
        onChange={({ detail }) => onText(detail.value)}
      />
    </FormField>
  );
}
