/** A piece of a pattern: a letter that stands for itself, any run of letters, or exactly one (UTF-16 units, contract 9.1). */
export type Piece = { readonly letter: string } | "any" | "one";

export const letters = (text: string): readonly Piece[] => text.split("").map((letter) => ({ letter }));

/** A pattern as written, variables not looked at. */
export const piecesOf = (pattern: string): readonly Piece[] =>
  pattern.split("").map((letter) => (letter === "*" ? "any" : letter === "?" ? "one" : { letter }));

/** The text that a value stands for where wildcards mean nothing. */
export const textOf = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (piece === "any" ? "*" : piece === "one" ? "?" : piece.letter)).join("");

/** The definition itself: a run is empty, or one letter more. As slow as it looks. */
export function globs(pattern: readonly Piece[], text: string): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return text === "";
  if (head === "any") return globs(rest, text) || (text !== "" && globs(pattern, text.slice(1)));
  if (text === "") return false;
  return (head === "one" || head.letter === text.charAt(0)) && globs(rest, text.slice(1));
}

/** The six segments of an ARN, or undefined where there are fewer; colons of the last are its own. */
export function segmentsOf<Item>(
  items: readonly Item[],
  isColon: (item: Item) => boolean,
): readonly (readonly Item[])[] | undefined {
  const colons = items.flatMap((item, place) => (isColon(item) ? [place] : [])).slice(0, 5);
  if (colons.length < 5) return undefined;
  return [...colons, items.length].map((end, n) => items.slice(n === 0 ? 0 : (colons[n - 1] ?? 0) + 1, end));
}

/** ARNs are matched segment by segment (contract 9.1). Neither matches what is not an ARN. */
export function arnGlobs(pattern: readonly Piece[], text: string): boolean {
  const patterns = segmentsOf(pattern, (piece) => typeof piece === "object" && piece.letter === ":");
  const texts = segmentsOf(text.split(""), (letter) => letter === ":");
  if (patterns === undefined || texts === undefined) return false;
  return patterns.every((segment, n) => globs(segment, (texts[n] ?? []).join("")));
}

export const isArn = (text: string): boolean => /^arn(:[^:]*){4}:/.test(text);
