import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useRoleWords } from "../../words/roles.ts";
import { useWords } from "../../words/words.tsx";

/** What the service model lets a role's description be. */
export const isDescription = (text: string): boolean => /^[\t\n\r\x20-\x7e\xa1-\xff]{0,1000}$/.test(text);

export function DescriptionField({
  text,
  onText,
}: {
  readonly text: string;
  readonly onText: (text: string) => void;
}) {
  const words = useRoleWords();
  const { common } = useWords();
  return (
    <FormField
      label={
        <>
          {words.description} <i>- {common.optional}</i>
        </>
      }
      errorText={isDescription(text) ? undefined : words.descriptionWrong}
    >
      <Input value={text} onChange={({ detail }) => onText(detail.value)} />
    </FormField>
  );
}
