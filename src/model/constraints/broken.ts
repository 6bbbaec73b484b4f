import type { IntegerShape, ListShape, OwnRefusal, Shape, StringShape } from "./constraint.ts";

/** AWS's words for each rule (contract 1.3). */
export const NOT_NULL = "Member must not be null";
/** Our own: JSON alone spells other numbers. */
const INTEGER = "Member must be an integer";
const atMost = (what: Measure, max: number): string =>
  `Member must have ${what} less than or equal to ${max}`;
const atLeast = (what: Measure, min: number): string =>
  `Member must have ${what} greater than or equal to ${min}`;
const matching = (text: string): string => `Member must satisfy regular expression pattern: ${text}`;
const among = (values: readonly string[]): string =>
  `Member must satisfy enum value set: [${values.join(", ")}]`;

type Measure = "length" | "value";

/** The rules of `shape` that a decoded, present `value` of its type breaks; nested values are not looked at. */
export function brokenRules(shape: Shape, value: unknown): readonly string[] {
  switch (shape.type) {
    case "string":
      // the decoder makes a string of what the schema calls one; likewise below
      return brokenByText(shape, value as string);
    case "integer":
      return Number.isSafeInteger(value) ? brokenBySize("value", shape, value as number) : [INTEGER];
    case "list":
      return brokenBySize("length", shape, (value as readonly unknown[]).length);
    case "boolean":
    case "map":
    case "structure":
      return [];
    default:
      return shape satisfies never;
  }
}

/** A value that AWS refuses with a sentence of its own: see `Pattern.sentence` and `StringShape.beyond`. */
export function ownRefusal(shape: Shape, value: unknown, member: string): OwnRefusal | undefined {
  if (shape.type !== "string") return undefined;
  // as above
  const text = value as string;
  const { pattern, beyond } = shape;
  if (pattern?.sentence !== undefined && !pattern.regex.test(text)) {
    return { code: "ValidationError", sentence: pattern.sentence(member) };
  }
  return beyond?.(text);
}

/** All the rules of an element, joined as AWS does for a list with a bad one. */
export function elementRules(shape: StringShape | IntegerShape, tellsNull = false): string {
  const what = shape.type === "string" ? "length" : "value";
  const rules: string[] = [];
  if (shape.max !== undefined) rules.push(atMost(what, shape.max));
  if (shape.min !== undefined) rules.push(atLeast(what, shape.min));
  if (shape.type === "string" && shape.pattern !== undefined) rules.push(matching(shape.pattern.text));
  if (shape.type === "string" && shape.oneOf !== undefined) rules.push(among(shape.oneOf));
  if (tellsNull) rules.push(NOT_NULL);
  return `Member must satisfy constraint: [${rules.join(", ")}]`;
}

function brokenByText(shape: StringShape, text: string): readonly string[] {
  const broken = [...brokenBySize("length", shape, codePoints(text))];
  const { pattern, oneOf } = shape;
  if (pattern !== undefined && pattern.sentence === undefined && !pattern.regex.test(text)) {
    broken.push(matching(pattern.text));
  }
  if (oneOf !== undefined && !oneOf.includes(text)) broken.push(among(oneOf));
  return broken;
}

function brokenBySize(what: Measure, { min, max }: Bounded, size: number): readonly string[] {
  if (max !== undefined && size > max) return [atMost(what, max)];
  if (min !== undefined && size < min) return [atLeast(what, min)];
  return [];
}

type Bounded = Pick<StringShape | IntegerShape | ListShape, "min" | "max">;

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
