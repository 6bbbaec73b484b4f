import { useWords } from "../words/words.tsx";
import { browserName } from "./browser-name.ts";

export function useBrowserText(): (userAgent: string) => string {
  const { sessions: words } = useWords();
  return (userAgent) => {
    const { browser = words.unknownBrowser, system } = browserName(userAgent);
    return system === undefined ? browser : words.on(browser, system);
  };
}

/** A browser in words, the whole of what it says of itself on hover. */
export function Browser({ userAgent }: { readonly userAgent: string }) {
  const textOf = useBrowserText();
  return <span title={userAgent}>{textOf(userAgent)}</span>;
}
