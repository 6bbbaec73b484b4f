/** Commonest passwords in lower case, looked up as they are and as what they look like. */
export type CommonPasswords = ReadonlySet<string>;

/** `text`: words apart by white space. */
export const readCommonPasswords = (text: string): CommonPasswords =>
  new Set(
    text
      .split(/\s+/)
      .filter((word) => word !== "")
      .flatMap((word) => [word, plain(word)]),
  );

/**
 * Why nobody should have this password, or undefined: it is one of the commonest, in whatever letter case, with letters put as
 * digits and signs, and with digits and signs around it; or without the words that anyone would try first, such as the
 * account's alias or the user's name, too little of it is left to be one (ASVS 6.2.4, 6.2.11).
 */
export function passwordWordProblem(
  password: string,
  common: CommonPasswords,
  words: readonly string[],
): string | undefined {
  const folded = password.toLowerCase();
  if (variantsOf(folded).some((variant) => common.has(variant)))
    return "This password is among the most common ones.";
  return words.some((word) => isMadeOf(folded, word.toLowerCase())) ? NAMES_PROBLEM : undefined;
}

const LOOKALIKES: Readonly<Record<string, string>> = Object.freeze({
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
});

/** It does not say which: one of the words may not be the user's to know. */
const NAMES_PROBLEM =
  "This password is made of the name of the account, the user or this product, with too little besides.";

/** As it reads. */
const plain = (text: string): string => text.replace(/[013457@$!]/g, (sign) => LOOKALIKES[sign] ?? sign);

/** What is left is taken for a word of its own only if it is long enough to be guessed at. */
const SHORTEST_BASE = 6;

function variantsOf(folded: string): readonly string[] {
  const bare = folded.replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "");
  const base = folded.replace(/^[^a-z]+|[^a-z]+$/g, "");
  return [folded, bare, plain(folded), plain(bare), ...(base.length >= SHORTEST_BASE ? [base] : [])];
}

const SHORTEST_WORD = 3;
/** As the default policy has it for a whole password. */
const SHORTEST_REST = 8;

function isMadeOf(folded: string, word: string): boolean {
  if (word.length < SHORTEST_WORD) return folded === word;
  return [folded, plain(folded)].some(
    (text) => text.includes(word) && text.replaceAll(word, "").length < SHORTEST_REST,
  );
}
