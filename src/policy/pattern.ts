/** A piece of a pattern: text that stands for itself, any run of characters, or any one of them. */
export type Token = { readonly literal: string } | { readonly wildcard: "*" | "?" };

/** A compiled pattern. A glob's segments stood between its stars: the first is anchored at the start, the last at the end. */
export type Pattern =
  | { readonly kind: "everything" }
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "shape"; readonly segment: Segment }
  | {
      readonly kind: "glob";
      readonly head: Segment;
      readonly middle: readonly Segment[];
      readonly tail: Segment;
    };

/** UTF-16 units, which `?` counts (contract 9.1). */
type Segment = readonly number[];
const ANY_UNIT = -1;

/** What a glob reads of a text; strings are such, and a test may count the reads. */
export interface Units {
  readonly length: number;
  charCodeAt(at: number): number;
}

/** `*` and `?` are wildcards, everything else is itself: brackets and backslashes too (contract 9.1). */
export const tokensOf = (text: string): readonly Token[] =>
  text
    .split(/([*?])/)
    .filter((part) => part !== "")
    .map((part) => (part === "*" || part === "?" ? { wildcard: part } : { literal: part }));

export function patternOf(tokens: readonly Token[]): Pattern {
  if (tokens.every((token) => "literal" in token))
    return { kind: "literal", text: tokens.map(({ literal }) => literal).join("") };
  const segments = segmentsOf(tokens);
  const [head, tail] = [segments[0] ?? [], segments.at(-1) ?? []];
  if (segments.length === 1) return { kind: "shape", segment: head };
  const middle = segments.slice(1, -1).filter((segment) => segment.length > 0);
  if (head.length + middle.length + tail.length === 0) return { kind: "everything" };
  return { kind: "glob", head, middle, tail };
}

export const compilePattern = (text: string): Pattern => patternOf(tokensOf(text));

function segmentsOf(tokens: readonly Token[]): readonly Segment[] {
  const segments: number[][] = [[]];
  for (const token of tokens) {
    const last = segments[segments.length - 1];
    if ("literal" in token)
      for (let at = 0; at < token.literal.length; at++) last?.push(token.literal.charCodeAt(at));
    else if (token.wildcard === "?") last?.push(ANY_UNIT);
    else segments.push([]);
  }
  return segments;
}

export function matchesPattern(pattern: Pattern, text: string): boolean {
  switch (pattern.kind) {
    case "everything":
      return true;
    case "literal":
      return pattern.text === text;
    default:
      return matchesUnits(pattern, text);
  }
}

/**
 * Each segment is taken at the first place where it fits, and never tried again further on: a later place could only leave
 * less text to those behind it. So at most |text| x |longest segment| units are read, however many stars there are.
 */
export function matchesUnits(pattern: Pattern & { kind: "shape" | "glob" }, text: Units): boolean {
  if (pattern.kind === "shape")
    return text.length === pattern.segment.length && fitsAt(pattern.segment, text, 0);
  const { head, middle, tail } = pattern;
  const end = text.length - tail.length;
  if (end < head.length || !fitsAt(head, text, 0) || !fitsAt(tail, text, end)) return false;
  let from = head.length;
  for (const segment of middle) {
    const place = firstFit(segment, text, from, end);
    if (place === undefined) return false;
    from = place + segment.length;
  }
  return true;
}

function firstFit(segment: Segment, text: Units, from: number, end: number): number | undefined {
  for (let place = from; place + segment.length <= end; place++)
    if (fitsAt(segment, text, place)) return place;
  return undefined;
}

function fitsAt(segment: Segment, text: Units, place: number): boolean {
  for (let at = 0; at < segment.length; at++) {
    const wanted = segment[at];
    if (wanted !== ANY_UNIT && wanted !== text.charCodeAt(place + at)) return false;
  }
  return true;
}
