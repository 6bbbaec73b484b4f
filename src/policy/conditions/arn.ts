import { arnPatternOf, matchesArn, parseArn } from "../arn.ts";
import { parsePieces, prepare } from "../variables.ts";
import type { Compare } from "./comparison.ts";

/**
 * ArnEquals and ArnLike are one (contract 9.2): field by field, wildcards within a field. A request's value that is no ARN
 * matches neither way. A policy's value that is none (a variable may have brought it) ends the comparison: what cannot be
 * compared grants nothing.
 */
export const like: Compare = (wanted, variables) => {
  const patterns = wanted.map((text) =>
    prepare(parsePieces(text, { variables, wildcards: true }), (tokens) => arnPatternOf(tokens) ?? "no ARN"),
  );
  return (seen, context) => {
    const fields = parseArn(seen);
    if (fields === undefined) return "neither";
    for (const prepared of patterns) {
      const pattern = prepared(context);
      if (pattern === "no ARN") return "unsure";
      if (pattern !== undefined && matchesArn(pattern, fields)) return "same";
    }
    return "different";
  };
};
