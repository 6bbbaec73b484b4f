import { NormalizedSchema } from "@smithy/core/schema";
import type { OperationModel } from "#model/services.ts";
import { SCALARS, type Scalar } from "./scalars.ts";

/** An input's schema, compiled to what placing a parameter must know. */
export type Node = ScalarNode | StructureNode | ListNode | MapNode;

export interface ScalarNode {
  readonly kind: "scalar";
  readonly scalar: Scalar;
}

export interface StructureNode {
  readonly kind: "structure";
  readonly members: ReadonlyMap<string, Node>;
}

export interface ListNode {
  readonly kind: "list";
  readonly element: Node;
}

/** On the wire a map is a list of entries, each with `key` and `value`. */
export interface MapNode {
  readonly kind: "map";
  readonly entry: StructureNode;
}

const compiled = new WeakMap<OperationModel, StructureNode>();

/** The input of `operation`, compiled at first use. No shape of IAM or STS contains itself (a test compiles them all). */
export function inputNode(operation: OperationModel): StructureNode {
  const known = compiled.get(operation);
  if (known !== undefined) return known;
  const schema = NormalizedSchema.of(operation.schema[4]);
  const node = schema.isUnitSchema()
    ? { kind: "structure" as const, members: new Map() }
    : structureNode(schema);
  compiled.set(operation, node);
  return node;
}

function structureNode(schema: NormalizedSchema): StructureNode {
  const members = new Map<string, Node>();
  for (const [name, member] of schema.structIterator()) members.set(name, nodeOf(member));
  return { kind: "structure", members };
}

function nodeOf(schema: NormalizedSchema): Node {
  if (schema.isStructSchema()) return structureNode(schema);
  if (schema.isListSchema()) return { kind: "list", element: nodeOf(schema.getValueSchema()) };
  if (schema.isMapSchema()) {
    const entry = new Map([
      ["key", nodeOf(schema.getKeySchema())],
      ["value", nodeOf(schema.getValueSchema())],
    ]);
    return { kind: "map", entry: { kind: "structure", members: entry } };
  }
  return { kind: "scalar", scalar: scalarOf(schema) };
}

function scalarOf(schema: NormalizedSchema): Scalar {
  if (schema.isStringSchema()) return SCALARS.string;
  if (schema.isBooleanSchema()) return SCALARS.boolean;
  // the schema says `number`; every number that IAM and STS take is an integer (appendix A, and a test of the constraints)
  if (schema.isNumericSchema()) return SCALARS.integer;
  if (schema.isTimestampSchema()) return SCALARS.timestamp;
  if (schema.isBlobSchema()) return SCALARS.blob;
  throw new Error(`no reader for ${schema.getName(true)}`);
}
