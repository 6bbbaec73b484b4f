/**
 * What a member's value must satisfy. The SDK packages' schemas have lost it (they say `0` for every string, `1` for every
 * number), so it stands here, by operation and member, in the order in which failures are told.
 */
export type Constraint = Shape & { readonly required?: true };

export type Shape = StringShape | IntegerShape | UncheckedShape | ListShape | StructureShape;

export interface StringShape {
  readonly type: "string";
  /** In Unicode code points: of AWS only ASCII is known, where every count is the same. */
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: Pattern;
  readonly oneOf?: readonly string[];
  /** What AWS asks beyond the model. Looked at where the pattern holds. */
  readonly beyond?: (value: string) => OwnRefusal | undefined;
}

/** A refusal with a code and a sentence of AWS's own, where the model would have another or none. */
export interface OwnRefusal {
  readonly code: "InvalidInput" | "ValidationError";
  readonly sentence: string;
}

export interface IntegerShape {
  readonly type: "integer";
  readonly min?: number;
  readonly max?: number;
}

/** What its decoding alone has proven. */
export interface UncheckedShape {
  readonly type: "boolean" | "map";
}

export interface ListShape {
  readonly type: "list";
  readonly element: Shape;
  readonly min?: number;
  readonly max?: number;
  /** What is said of a bad element ends with "must not be null": recorded of tag keys, and that policies and filters have it not. */
  readonly tellsNull?: true;
}

export interface StructureShape {
  readonly type: "structure";
  readonly members: Members;
}

/** The members of an input or a structure, by the names of the schema, in the order in which failures are told. */
export type Members = Readonly<Record<string, Constraint>>;

export interface Pattern {
  /** As the model writes it and AWS's sentence repeats it. */
  readonly text: string;
  /** The same for a whole value, in JavaScript. Linear: no two ways to match one text. */
  readonly regex: RegExp;
  /** Where AWS has a sentence of its own instead of the common one (contract 1.3). `member` is in lower camel case. */
  readonly sentence?: (member: string) => string;
}

/** A pattern that must match the whole of a value. `source` is given where JavaScript writes it otherwise than the model. */
export function pattern(
  text: string,
  options: { source?: string; sentence?: Pattern["sentence"] } = {},
): Pattern {
  const regex = new RegExp(`^(?:${options.source ?? text})$`, "u");
  return { text, regex, ...(options.sentence === undefined ? {} : { sentence: options.sentence }) };
}

type Bounds = { readonly min?: number; readonly max?: number };

export const string = (facts: Omit<StringShape, "type"> = {}): StringShape => ({ type: "string", ...facts });
export const oneOf = (...values: readonly string[]): StringShape => ({ type: "string", oneOf: values });
export const integer = (bounds: Bounds = {}): IntegerShape => ({ type: "integer", ...bounds });
export const boolean: UncheckedShape = { type: "boolean" };
export const map: UncheckedShape = { type: "map" };
export const list = (element: Shape, bounds: Bounds = {}): ListShape => ({
  type: "list",
  element,
  ...bounds,
});
export const structure = (members: Members): StructureShape => ({ type: "structure", members });

export const required = (shape: Shape): Constraint => ({ ...shape, required: true });
