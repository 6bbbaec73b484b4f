import type { ContextEntry, ContextKeyTypeEnum } from "@aws-sdk/client-iam";
import { fromBase64 } from "#base/bytes.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { table } from "#base/table.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { isDate } from "#policy/conditions/date.ts";
import { parseAddress } from "#policy/conditions/ip.ts";
import type { ContextValue } from "#policy/request.ts";

/** Values by the lower-case names of their keys. */
export type ContextValues = ReadonlyMap<string, ContextValue>;

interface TypeRow {
  /** Its keys are multivalued, even with one value (contract 9.2). */
  readonly list: boolean;
  readonly isValid: (value: string) => boolean;
  /** As AWS's sentence has it. */
  readonly expected: string;
}

// one way alone to read a run of digits: a value may be as long as a request
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Of one value, in UTF-16 units. Matching takes its length times the policy's, and AWS names no bound. */
const LONGEST_VALUE = 2_048;

const anyText = { isValid: () => true, expected: "" };
const number = { isValid: (value: string) => NUMBER.test(value), expected: "numeric format" };
const address = { isValid: (value: string) => parseAddress(value) !== undefined, expected: "IP address" };
const date = { isValid: isDate, expected: "DateTime format" };
const binary = {
  isValid: (value: string) => fromBase64(value) !== undefined,
  expected: "base-64 encoded binary format",
};

/** What may be given, recorded in 2026: a boolean may be any text, and is false then. */
const TYPES = table<TypeRow, ContextKeyTypeEnum>({
  string: { list: false, ...anyText },
  stringList: { list: true, ...anyText },
  numeric: { list: false, ...number },
  numericList: { list: true, ...number },
  boolean: { list: false, ...anyText },
  booleanList: { list: true, ...anyText },
  ip: { list: false, ...address },
  ipList: { list: true, ...address },
  binary: { list: false, ...binary },
  binaryList: { list: true, ...binary },
  date: { list: false, ...date },
  dateList: { list: true, ...date },
});

/** The values that a caller gives to simulate with, or what AWS says of them (recorded 2026). */
export function readContextEntries(
  entries: readonly ContextEntry[] = [],
): Outcome<ContextValues, ServiceError> {
  const values = new Map<string, ContextValue>();
  for (const { ContextKeyName, ContextKeyType, ContextKeyValues = [] } of entries) {
    if (ContextKeyName === undefined && ContextKeyType === undefined && ContextKeyValues.length === 0)
      continue;
    const fault = faultOf(ContextKeyName, ContextKeyType, ContextKeyValues);
    if (fault !== undefined) return refuse(serviceError("InvalidInput", fault));
    const name = (ContextKeyName ?? "").toLowerCase();
    if (values.has(name))
      return refuse(serviceError("InvalidInput", `Duplicate context key: ${ContextKeyName}.`));
    const isList = ContextKeyType !== undefined && TYPES[ContextKeyType].list;
    values.set(name, isList ? ContextKeyValues : (ContextKeyValues[0] ?? ""));
  }
  return accept(values);
}

function faultOf(
  name: string | undefined,
  type: ContextKeyTypeEnum | undefined,
  values: readonly string[],
): string | undefined {
  if (!name) return "ContextKeyName cannot be null or empty.";
  if (type === undefined) return `Context key ${name} has invalid type null.`;
  if (values.length === 0) return `Context values for context key ${name} cannot be null or empty.`;
  if (values.some(({ length }) => length > LONGEST_VALUE))
    return `A context value of a simulation is of at most ${LONGEST_VALUE} characters.`;
  const { list, isValid, expected } = TYPES[type];
  if (!list && values.length > 1)
    return `Context key ${type} expected a single value, but received ${values.length}.`;
  return values.every(isValid) ? undefined : `Invalid context value for key ${name}: expected ${expected}.`;
}
