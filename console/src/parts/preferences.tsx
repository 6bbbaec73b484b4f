import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useState } from "react";
import { LANGUAGE_NAMES, useSpeech } from "../words/words.tsx";
import { chooseTheme, chosenTheme, THEMES } from "./theme.ts";

/** Theme and language, where there is no top bar. */
export function Preferences() {
  const { words, language, speak } = useSpeech();
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <div className="preferences">
      <ButtonDropdown
        variant="inline-icon"
        ariaLabel={words.bar.theme}
        expandToViewport
        items={THEMES.map((id) => ({
          id,
          text: words.bar.themes[id],
          itemType: "checkbox",
          checked: id === theme,
        }))}
        onItemClick={({ detail }) => {
          const chosen = THEMES.find((id) => id === detail.id) ?? "system";
          chooseTheme(chosen);
          setTheme(chosen);
        }}
      />
      <ButtonDropdown
        variant="normal"
        expandToViewport
        ariaLabel={words.bar.language}
        items={LANGUAGE_NAMES.map(([id, text]) => ({
          id,
          text,
          itemType: "checkbox",
          checked: id === language,
        }))}
        onItemClick={({ detail }) => {
          const chosen = LANGUAGE_NAMES.find(([id]) => id === detail.id);
          if (chosen !== undefined) speak(chosen[0]);
        }}
      >
        {LANGUAGE_NAMES.find(([id]) => id === language)?.[1]}
      </ButtonDropdown>
    </div>
  );
}
