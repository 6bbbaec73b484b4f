import type { Context } from "./context.ts";
import { type Token, tokensOf } from "./pattern.ts";

/** `${aws:username}` or `${aws:PrincipalTag/team, 'x'}`: filled in per request. */
export interface Variable {
  /** As written. */
  readonly variable: string;
  readonly fallback: string | undefined;
}

export type Piece = Token | Variable;

/** What a text may hold besides itself: variables from version 2012-10-17 on, wildcards where the operator knows them. */
export interface Holds {
  readonly variables: boolean;
  readonly wildcards: boolean;
}

/** One special character, or a key that may have a default (contract 9.2). What is not of this form is text. */
const VARIABLE = /\$\{(?:([*?$])|([^,{}'*?$]+)(?:, *'([^']*)')?)\}/g;

export function parsePieces(text: string, holds: Holds): readonly Piece[] {
  if (!holds.variables) return textPieces(text, holds);
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(VARIABLE)) {
    const [whole, special, key, fallback] = found;
    pieces.push(...textPieces(text.slice(from, found.index), holds));
    if (special !== undefined) pieces.push({ literal: special });
    else if (key !== undefined) pieces.push({ variable: key.trim(), fallback });
    from = found.index + whole.length;
  }
  return [...pieces, ...textPieces(text.slice(from), holds)];
}

const textPieces = (text: string, { wildcards }: Holds): readonly Token[] =>
  wildcards ? tokensOf(text) : [{ literal: text }];

/** The names of the context keys that a text asks for, as written. */
export const keysIn = (text: string): readonly string[] =>
  parsePieces(text, { variables: true, wildcards: false }).flatMap((piece) =>
    "variable" in piece ? [piece.variable] : [],
  );

/** As `keysIn`, with the special characters among them. */
export const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(VARIABLE)].map(([, special, key = ""]) => special ?? key.trim());

/** Something made of a text once its variables are known; undefined where one of them has no value. */
export type Prepared<T> = (context: Context) => T | undefined;

/** Makes `build`'s result now where the text holds no variable, and per request where it does. */
export function prepare<T>(pieces: readonly Piece[], build: (tokens: readonly Token[]) => T): Prepared<T> {
  if (pieces.some((piece) => "variable" in piece)) {
    return (context) => {
      const tokens = expand(pieces, context);
      return tokens === undefined ? undefined : build(tokens);
    };
  }
  const made = build(pieces.flatMap((piece) => ("variable" in piece ? [] : [piece])));
  return () => made;
}

/** As long as a policy may be (appendix A), in UTF-16 units. A short variable may stand thousands of times, its value be long. */
const LONGEST_FILLED_IN = 131_072;

/** Wildcards in a value that was filled in are text (contract 9.2). Throws where the values would fill memory: a denial. */
function expand(pieces: readonly Piece[], context: Context): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let left = LONGEST_FILLED_IN;
  for (const piece of pieces) {
    const literal = "variable" in piece ? valueIn(piece, context) : undefined;
    if (!("variable" in piece)) tokens.push(piece);
    else if (literal === undefined) return undefined;
    else {
      left -= literal.length;
      if (left < 0) throw new Error("a policy's variables are filled in with too much");
      tokens.push({ literal });
    }
  }
  return tokens;
}

function valueIn({ variable, fallback }: Variable, context: Context): string | undefined {
  const value = context(variable.toLowerCase());
  // a multivalued key fills in nothing, and its default does not help (contract 9.2)
  return value === undefined ? fallback : typeof value === "string" ? value : undefined;
}
