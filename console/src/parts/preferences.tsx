import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useState } from "react";
import { LANGUAGE_NAMES, useSpeech } from "../words/words.tsx";
import { chooseTheme, chosenTheme, THEMES } from "./theme.ts";

/** Language and theme, where there is no top bar. */
export function Preferences() {
  const { words, language, speak } = useSpeech();
  const [theme, setTheme] = useState(chosenTheme);
  const choose = (id: string) => {
    const spoken = LANGUAGE_NAMES.find(([name]) => name === id);
    if (spoken !== undefined) return speak(spoken[0]);
    const chosen = THEMES.find((name) => name === id) ?? "system";
    chooseTheme(chosen);
    setTheme(chosen);
  };
  return (
    <ButtonDropdown
      ariaLabel={`${words.bar.language}, ${words.bar.theme}`}
      expandToViewport
      items={[
        {
          text: words.bar.language,
          items: LANGUAGE_NAMES.map(([id, text]) => ({
            id,
            text,
            itemType: "checkbox",
            checked: id === language,
          })),
        },
        {
          text: words.bar.theme,
          items: THEMES.map((id) => ({
            id,
            text: words.bar.themes[id],
            itemType: "checkbox",
            checked: id === theme,
          })),
        },
      ]}
      onItemClick={({ detail }) => choose(detail.id)}
    >
      {LANGUAGE_NAMES.find(([id]) => id === language)?.[1]}
    </ButtonDropdown>
  );
}
