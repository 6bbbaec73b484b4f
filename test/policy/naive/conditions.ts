import assert from "node:assert/strict";
import type { Condition, PolicyVersion } from "#policy/document/document.ts";
import type { Context, ContextValue } from "#policy/request.ts";
import { OPERATORS } from "./operators.ts";
import { expand } from "./variables.ts";

const FORM = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/** One key under one operator, by the rules of contract 9.2 in their order. */
export function holds(condition: Condition, version: PolicyVersion, context: Context): boolean {
  const [, quantifier, name = "", ifExists] = FORM.exec(condition.operator) ?? [];
  const asked = context(condition.key.toLowerCase());
  if (name === "Null") return condition.values.some((value) => (value === "true") === (asked === undefined));
  const operator = OPERATORS[name];
  assert.ok(operator !== undefined, `no operator ${condition.operator}`);
  if (asked === undefined) {
    if (ifExists !== undefined || quantifier === "ForAllValues") return true;
    return quantifier === undefined && operator.negated;
  }
  const values = condition.values.map((written) => ({
    written,
    expanded: expand(written, version, context),
  }));
  const meets = (one: string): boolean =>
    operator.comparable(one) && values.some((value) => operator.same(one, value)) !== operator.negated;
  return overValues(quantifier, asked, meets);
}

function overValues(
  quantifier: string | undefined,
  asked: ContextValue,
  meets: (one: string) => boolean,
): boolean {
  const list = typeof asked === "string" ? [asked] : asked;
  if (quantifier === "ForAllValues") return list.every(meets);
  if (quantifier === "ForAnyValue") return list.some(meets);
  // a multivalued key never matches a plain operator, negated or not, not even with one value
  return typeof asked === "string" && meets(asked);
}
