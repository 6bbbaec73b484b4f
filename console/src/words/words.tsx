import { I18nProvider, type I18nProviderProps } from "@cloudscape-design/components/i18n";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { keep, kept } from "../parts/kept.ts";
import type { Words } from "./english.ts";

interface Pack {
  readonly words: Words;
  /** The design system's own strings. */
  readonly messages: I18nProviderProps.Messages;
}

/** A language is loaded when it is spoken. */
const LANGUAGES = {
  en: { name: "English", load: () => import("./english.ts") },
  de: { name: "Deutsch", load: () => import("./german.ts") },
} as const satisfies Record<string, { name: string; load: () => Promise<Pack> }>;

export type Language = keyof typeof LANGUAGES;
// the table's own keys
export const LANGUAGE_NAMES = Object.entries(LANGUAGES).map(
  ([id, { name }]) => [id as Language, name] as const,
);

interface Spoken extends Pack {
  readonly language: Language;
}

interface Speech extends Spoken {
  readonly speak: (language: Language) => void;
}

const SpeechContext = createContext<Speech | undefined>(undefined);

const isLanguage = (name: string | undefined): name is Language =>
  name !== undefined && Object.hasOwn(LANGUAGES, name);

/** The one chosen here before, else the first of the browser's that there is. */
export function preferredLanguage(): Language {
  const chosen = kept("language");
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.split("-")[0]).find(isLanguage) ?? "en";
}

export async function loadLanguage(language: Language): Promise<Spoken> {
  const { words, messages } = await LANGUAGES[language].load();
  return { language, words, messages };
}

export function SpeechProvider({
  first,
  children,
}: {
  readonly first: Spoken;
  readonly children: ReactNode;
}) {
  const [spoken, setSpoken] = useState(first);
  document.documentElement.lang = spoken.language;
  const speech = useMemo(
    () => ({
      ...spoken,
      speak: async (language: Language) => {
        setSpoken(await loadLanguage(language));
        keep("language", language);
      },
    }),
    [spoken],
  );
  return (
    <SpeechContext value={speech}>
      <I18nProvider locale={spoken.language} messages={[spoken.messages]}>
        {children}
      </I18nProvider>
    </SpeechContext>
  );
}

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (speech === undefined) throw new Error("outside of the speech provider");
  return speech;
}

export const useWords = (): Words => useSpeech().words;

/**
 * The words of one area's pages, in every language: they load with the pages, so that whoever signs in does not wait for them.
 * A language that lacks one is an error of types.
 */
export const wordsOf =
  <W,>(pack: Readonly<Record<Language, W>>): (() => W) =>
  () =>
    pack[useSpeech().language];
