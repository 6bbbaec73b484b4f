import { useState } from "react";
import { LANGUAGE_NAMES, useSpeech } from "../words/words.tsx";
import { chooseTheme, chosenTheme, THEMES } from "./theme.ts";

/** One of several that a menu offers, and whether it is the one in force. */
interface Choice {
  readonly id: string;
  readonly text: string;
  readonly itemType: "checkbox";
  readonly checked: boolean;
}

const choice = (id: string, text: string, chosen: string): Choice => ({
  id,
  text,
  itemType: "checkbox",
  checked: id === chosen,
});

/** Language and theme, as menus offer them. */
export function useChoices() {
  const { words, language, speak } = useSpeech();
  const [theme, setTheme] = useState(chosenTheme);
  return {
    words: words.bar,
    /** The language's own name for itself. */
    spoken: LANGUAGE_NAMES.find(([id]) => id === language)?.[1] ?? "",
    languages: LANGUAGE_NAMES.map(([id, text]) => choice(id, text, language)),
    themes: THEMES.map((id) => choice(id, words.bar.themes[id], theme)),
    /** Takes the language or theme of that id: no id is of both. */
    choose(id: string) {
      const named = LANGUAGE_NAMES.find(([name]) => name === id);
      if (named !== undefined) return speak(named[0]);
      const chosen = THEMES.find((name) => name === id) ?? "system";
      chooseTheme(chosen);
      setTheme(chosen);
    },
  };
}
