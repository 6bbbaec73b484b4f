import { parseBool } from "./conditions/bool.ts";
import type { Likeness } from "./conditions/comparison.ts";
import { type ComparingOperator, type ParsedOperator, parseOperator } from "./conditions/operators.ts";
import type { Context, ContextValue } from "./context.ts";
import type { Condition, Statement } from "./document/document.ts";

export interface CompiledCondition {
  readonly written: Condition;
  /** Lower case: how the context knows it. */
  readonly key: string;
  readonly holds: (context: Context) => boolean;
}

/** Whether a value of the request, or its absence, satisfies the condition. */
type Test = (value: ContextValue | undefined, context: Context) => boolean;

export function compileCondition(
  written: Condition,
  effect: Statement["effect"],
  variables: boolean,
): CompiledCondition {
  const key = written.key.toLowerCase();
  const operator = parseOperator(written.operator);
  if (operator === undefined) return { written, key, holds: () => unknown(written.operator) };
  const test = testOf(operator, written.values, effect, variables);
  return { written, key, holds: (context) => test(context(key), context) };
}

/** Validation lets no such operator in; a document that came another way decides as an error does. */
function unknown(operator: string): never {
  throw new Error(`no condition operator is called \`${operator}\``);
}

function testOf(
  { quantifier, row, ifExists }: ParsedOperator,
  wanted: readonly string[],
  effect: Statement["effect"],
  variables: boolean,
): Test {
  if (row.kind === "presence")
    return (value) => wanted.some((text) => parseBool(text) === (value === undefined));
  const compare = row.compare(wanted, variables && row.variables);
  const one = (seen: string, context: Context) => holds(compare(seen, context), row, effect);
  const whenAbsent = ifExists || quantifier === "ForAllValues" || (quantifier === undefined && row.negated);
  return (value, context) => {
    if (value === undefined) return whenAbsent;
    // a multivalued key under a plain operator never matches, be it negated or of one value (contract 9.2)
    if (quantifier === undefined) return typeof value === "string" && one(value, context);
    const values = typeof value === "string" ? [value] : value;
    const each = (seen: string): boolean => one(seen, context);
    return quantifier === "ForAllValues" ? values.every(each) : values.some(each);
  };
}

function holds(likeness: Likeness, { negated }: ComparingOperator, effect: Statement["effect"]): boolean {
  switch (likeness) {
    case "same":
      return !negated;
    case "different":
      return negated;
    case "neither":
      return false;
    case "unsure":
      return effect === "Deny";
    default:
      return likeness satisfies never;
  }
}
