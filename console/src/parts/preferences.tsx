import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useChoices } from "./choices.ts";

/** Language and theme, where there is no top bar. */
export function Preferences() {
  const { words, spoken, languages, themes, choose } = useChoices();
  return (
    <ButtonDropdown
      ariaLabel={`${spoken}: ${words.language}, ${words.theme}`}
      expandToViewport
      items={[
        { text: words.language, items: languages },
        { text: words.theme, items: themes },
      ]}
      onItemClick={({ detail }) => choose(detail.id)}
    >
      {spoken}
    </ButtonDropdown>
  );
}
