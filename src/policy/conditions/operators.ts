import { lookUp, type Table, table } from "#base/table.ts";
import * as arn from "./arn.ts";
import * as binary from "./binary.ts";
import * as bool from "./bool.ts";
import type { Compare } from "./comparison.ts";
import * as date from "./date.ts";
import * as ip from "./ip.ts";
import * as numeric from "./numeric.ts";
import * as string from "./string.ts";

/** What an operator takes as its values. */
export type ValueForm = "text" | "number" | "date" | "boolean" | "base64" | "network" | "arn";

export type Operator = ComparingOperator | { readonly kind: "presence"; readonly takes: "boolean" };

export interface ComparingOperator {
  readonly kind: "comparing";
  readonly takes: ValueForm;
  /** Holds where the plain comparison finds no likeness with any of the values (contract 9.2: NOR). */
  readonly negated: boolean;
  /** Whether variables are filled in in its values (contract 9.2: String… and Arn… alone). */
  readonly variables: boolean;
  readonly compare: Compare;
}

/** A set quantifier, which compares each value of a multivalued key. */
export type Quantifier = "ForAllValues" | "ForAnyValue";

export interface ParsedOperator {
  readonly quantifier: Quantifier | undefined;
  readonly row: Operator;
  readonly ifExists: boolean;
}

const row =
  (takes: ValueForm, negated: boolean) =>
  (compare: Compare): Operator => ({
    kind: "comparing",
    takes,
    negated,
    variables: takes === "text" || takes === "arn",
    compare,
  });

const [text, textNot] = [row("text", false), row("text", true)];
const [number, numberNot] = [row("number", false), row("number", true)];
const [moment, momentNot] = [row("date", false), row("date", true)];
const [network, networkNot] = [row("network", false), row("network", true)];
const [arnOf, arnNot] = [row("arn", false), row("arn", true)];

/** Contract 9.2: every operator by its name without quantifier and `IfExists`; letter case counts. */
export const OPERATORS: Table<Operator> = table<Operator, string>({
  StringEquals: text(string.equals),
  StringNotEquals: textNot(string.equals),
  StringEqualsIgnoreCase: text(string.equalsIgnoreCase),
  StringNotEqualsIgnoreCase: textNot(string.equalsIgnoreCase),
  StringLike: text(string.like),
  StringNotLike: textNot(string.like),
  NumericEquals: number(numeric.equals),
  NumericNotEquals: numberNot(numeric.equals),
  NumericLessThan: number(numeric.lessThan),
  NumericLessThanEquals: number(numeric.lessThanEquals),
  NumericGreaterThan: number(numeric.greaterThan),
  NumericGreaterThanEquals: number(numeric.greaterThanEquals),
  DateEquals: moment(date.equals),
  DateNotEquals: momentNot(date.equals),
  DateLessThan: moment(date.lessThan),
  DateLessThanEquals: moment(date.lessThanEquals),
  DateGreaterThan: moment(date.greaterThan),
  DateGreaterThanEquals: moment(date.greaterThanEquals),
  Bool: row("boolean", false)(bool.equals),
  BinaryEquals: row("base64", false)(binary.equals),
  IpAddress: network(ip.within),
  NotIpAddress: networkNot(ip.within),
  ArnEquals: arnOf(arn.like),
  ArnLike: arnOf(arn.like),
  ArnNotEquals: arnNot(arn.like),
  ArnNotLike: arnNot(arn.like),
  Null: { kind: "presence", takes: "boolean" },
});

const FORM = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/** `ForAnyValue:StringLikeIfExists` and the like. `Null` stands alone: it asks about presence itself (contract 9.2). */
export function parseOperator(written: string): ParsedOperator | undefined {
  const found = FORM.exec(written);
  const operator = lookUp(OPERATORS, found?.[2] ?? "");
  if (found === null || operator === undefined) return undefined;
  // the pattern lets nothing else through
  const quantifier = found[1] as Quantifier | undefined;
  const ifExists = found[3] !== undefined;
  if (operator.kind === "presence" && (ifExists || quantifier !== undefined)) return undefined;
  return { quantifier, row: operator, ifExists };
}
