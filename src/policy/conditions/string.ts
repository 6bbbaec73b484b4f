import { matchesPattern, patternOf, type Token } from "../pattern.ts";
import { parsePieces, prepare } from "../variables.ts";
import { type Compare, likeness } from "./comparison.ts";

const textOf = (tokens: readonly Token[]): string =>
  tokens.map((token) => ("literal" in token ? token.literal : token.wildcard)).join("");

const equalAfter =
  (fold: (text: string) => string): Compare =>
  (wanted, variables) => {
    const texts = wanted.map((text) =>
      prepare(parsePieces(text, { variables, wildcards: false }), (tokens) => fold(textOf(tokens))),
    );
    return (seen, context) => {
      const folded = fold(seen);
      return likeness(texts.some((text) => text(context) === folded));
    };
  };

export const equals = equalAfter((text) => text);

/** Lower-casing, final sigma included, and no further folding: `ſ` is not `s` (contract 9.2). */
export const equalsIgnoreCase = equalAfter((text) => text.toLowerCase());

export const like: Compare = (wanted, variables) => {
  const patterns = wanted.map((text) =>
    prepare(parsePieces(text, { variables, wildcards: true }), patternOf),
  );
  return (seen, context) =>
    likeness(
      patterns.some((prepared) => {
        const pattern = prepared(context);
        return pattern !== undefined && matchesPattern(pattern, seen);
      }),
    );
};
