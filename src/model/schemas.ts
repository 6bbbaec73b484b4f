import type {
  StaticListSchema,
  StaticOperationSchema,
  StaticSchema,
  StaticStructureSchema,
} from "@smithy/types";

/**
 * Schemas of our own services in the form of the SDK packages (`@smithy/core/schema`), held to the types beside them: a
 * member that the type does not have, or of another kind, does not compile.
 */

const NAMESPACE = "countersign";

/** The numbers that stand for simple kinds there. */
export const STRING = 0;
export const NUMBER = 1;
export const BOOLEAN = 2;

type SchemaOf<Value> = [Value] extends [string]
  ? typeof STRING
  : [Value] extends [number]
    ? typeof NUMBER
    : [Value] extends [boolean]
      ? typeof BOOLEAN
      : StaticSchema;

type Members<T, Names extends keyof T> = { readonly [Name in Names]-?: SchemaOf<NonNullable<T[Name]>> };

type OptionalNames<T> = { [Name in keyof T]-?: undefined extends T[Name] ? Name : never }[keyof T];
type RequiredNames<T> = Exclude<keyof T, OptionalNames<T>>;

/** A structure of type `T`: required members first, and their number last, as the packages have it. */
export function structure<T>(
  name: string,
  required: Members<T, RequiredNames<T>>,
  optional: Members<T, OptionalNames<T>>,
): StaticStructureSchema {
  const members: Record<string, number | StaticSchema> = { ...required, ...optional };
  const kinds = Object.values(members).map((kind) => (typeof kind === "number" ? kind : () => kind));
  // each number is one of the three above
  const refs = kinds as StaticStructureSchema[5];
  return [3, NAMESPACE, name, 0, Object.keys(members), refs, Object.keys(required).length];
}

export const list = (name: string, element: StaticSchema | typeof STRING): StaticListSchema => [
  1,
  NAMESPACE,
  name,
  0,
  element === STRING ? STRING : () => element,
];

export const operation = (
  name: string,
  input: StaticStructureSchema,
  output: StaticStructureSchema,
): StaticOperationSchema => [9, NAMESPACE, name, 0, () => input, () => output];
