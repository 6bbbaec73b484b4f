import type { Context } from "../context.ts";

/**
 * How one value of the request stands to all the policy's values together. `neither` is a value of such a form that no
 * operator matches it, negated or not; `unsure` is a comparison that cannot be made: it never allows, and denies.
 */
export type Likeness = "same" | "different" | "neither" | "unsure";

export type Comparison = (seen: string, context: Context) => Likeness;

/** Makes the comparison with the values of a policy, in which variables are filled in where they may stand. */
export type Compare = (wanted: readonly string[], variables: boolean) => Comparison;

export const likeness = (same: boolean): Likeness => (same ? "same" : "different");

/** Reads the policy's values once; a value that cannot be read is like nothing. */
export function compareParsed<T>(
  parse: (text: string) => T | undefined,
  holds: (seen: T, wanted: T) => boolean,
): Compare {
  return (wanted) => {
    const values = wanted.map(parse).filter((value) => value !== undefined);
    return (text) => {
      const seen = parse(text);
      return likeness(seen !== undefined && values.some((value) => holds(seen, value)));
    };
  };
}
