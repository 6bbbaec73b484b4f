import { isIP } from "node:net";

/** Characters of a name or address from outside that a mail shows. */
const MOST = 64;

/**
 * Text that somebody else chose, as a mail may show it: one line, cut, without what turns or hides text, and broken where a mail
 * program would make a link of it.
 */
export function shownText(text: string): string {
  if (isIP(text) !== 0) return text;
  const line = text
    .normalize("NFC")
    .replaceAll(/[\t-\r\p{Z}]+/gu, " ")
    // controls, format and direction marks, halves of characters, and what is no character
    .replaceAll(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, "")
    .trim();
  const letters = [...line];
  const cut = letters.length > MOST ? `${letters.slice(0, MOST - 1).join("")}…` : line;
  return BROKEN.reduce((shown, [link, broken]) => shown.replaceAll(link, broken), cut);
}

/** Dots as names on the internet have them: IDNA reads the others as the first (UTS 46 section 2.3). */
const DOT = "[.\u2024\u3002\uff0e\uff61]";

/** What begins or joins the parts of an address, and what stands in its place. */
const BROKEN: readonly (readonly [link: RegExp, broken: string])[] = [
  [new RegExp(`(?<=\\S)${DOT}(?=[^\\s\\d])|(?<=[^\\s\\d])${DOT}(?=\\S)`, "gu"), "[.]"],
  [/[@\uff20\ufe6b]/gu, "[at]"],
  [/(?<=[\p{L}\p{N}])[:\uff1a\ufe55](?=\S)/gu, "[:]"],
  [/[/\uff0f]{2,}/gu, "[/]"],
  [/[\\\uff3c]{2,}/gu, "[\\]"],
];
