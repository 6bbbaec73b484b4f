/** What must not stand as it is in an element's text, and what XML 1.0 has no way to write at all (section 2.2). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SPECIAL = /[&<>\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  // a parser makes a line feed of a bare one (XML 1.0 section 2.11)
  ["\r", "&#xD;"],
]);

/**
 * `text` as an element's content. Strict parsers refuse forbidden characters even as references, so each becomes U+FFFD: they
 * occur only where outside text is repeated in a sentence, since no pattern of a stored name or tag lets them in.
 */
export const escapeText = (text: string): string =>
  text.replace(SPECIAL, (found) => ESCAPES.get(found) ?? "\ufffd");
