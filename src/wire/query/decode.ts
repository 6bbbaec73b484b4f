import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { OperationModel } from "#model/services.ts";
import {
  inputNode,
  type ListNode,
  type MapNode,
  type Node,
  type ScalarNode,
  type StructureNode,
} from "./input-schema.ts";
import { type Malformed, malformedInput, negativeIndex, sparse } from "./malformed.ts";

type Value = string | boolean | number | Date | Uint8Array | Structure | List;
interface Structure {
  [member: string]: Value;
}
/** Null at positions that the request left out. */
type List = (Value | null)[];

type Placed = Outcome<Value, Malformed>;

/** One parameter on its way to its place: the segments of its name, and how far it has come. */
interface Parameter {
  readonly segments: readonly string[];
  readonly text: string;
}

/**
 * The input that `params` spell for `operation` (contract 4.2). Structure alone is checked here: members may be missing, values
 * out of range (see validate.ts). Unknown members are ignored; a position that a list's indices left out is null.
 */
export function decodeInput(
  operation: OperationModel,
  params: ReadonlyMap<string, string>,
): Outcome<object, ServiceError> {
  const root = inputNode(operation);
  const input: Structure = {};
  for (const [name, text] of params) {
    const placed = placeMember(root, input, { segments: name.split(".", MOST_SEGMENTS), text }, 0);
    if (!placed.ok) return refuse(malformedInput(placed.error));
  }
  const finished = finishMembers(root, input);
  return finished.ok ? finished : refuse(malformedInput(finished.error));
}

/** Deeper than any input: a longer name goes on below a simple value either way. */
const MOST_SEGMENTS = 64;

/** A list or map may grow by this much at once (contract 4.2). */
const LONGEST_GAP = 10;

/** `current` with the parameter placed in it, from segment `at` on. Arrays and structures are changed in place. */
function place(node: Node, current: Value | undefined, parameter: Parameter, at: number): Placed {
  switch (node.kind) {
    case "scalar":
      return placeScalar(node, current, parameter, at);
    case "structure":
      // the node that made `current` is this one; likewise below
      return placeMember(node, (current ?? {}) as Structure, parameter, at);
    case "list":
    case "map":
      return placeElement(node, (current ?? []) as List, parameter, at);
    default:
      return node satisfies never;
  }
}

function placeScalar(
  { scalar }: ScalarNode,
  current: Value | undefined,
  { segments, text }: Parameter,
  at: number,
): Placed {
  if (at < segments.length) return refuse(isIndexTwice(segments, at) ? "indexTwice" : "structure");
  // the same place spelled twice, as `.1` and `.01`
  if (current !== undefined) return refuse("repeated");
  const value = scalar.parse(text);
  return value === undefined ? refuse(scalar.malformed) : accept(value);
}

function placeMember(node: StructureNode, structure: Structure, parameter: Parameter, at: number): Placed {
  const name = parameter.segments[at];
  if (name === undefined) return refuse("scalar");
  const member = node.members.get(name);
  if (member === undefined)
    return isNumeric(name)
      ? refuse(isIndexTwice(parameter.segments, at) ? "indexTwice" : "index")
      : accept(structure);
  const placed = place(member, structure[name], parameter, at + 1);
  if (!placed.ok) return placed;
  structure[name] = placed.value;
  return accept(structure);
}

function placeElement(node: ListNode | MapNode, list: List, parameter: Parameter, at: number): Placed {
  const { segments, text } = parameter;
  // `Name=` is the empty list
  if (at === segments.length) return text === "" ? accept(list) : refuse("scalar");
  if (segments[at] !== (node.kind === "list" ? "member" : "entry")) return refuse("structure");
  const segment = segments[at + 1] ?? "";
  if (!isNumeric(segment)) return placeUnnumbered(node, list, segment);
  const read = readIndex(segment, list.length);
  if (!read.ok) return read;
  const index = read.value;
  while (list.length < index) list.push(null);
  const placed = place(
    node.kind === "list" ? node.element : node.entry,
    list[index - 1] ?? undefined,
    parameter,
    at + 2,
  );
  if (!placed.ok) return placed;
  list[index - 1] = placed.value;
  return accept(list);
}

/** Recorded: a name where a number should be stands for a first element that has nothing of a structure's members. */
function placeUnnumbered(node: ListNode | MapNode, list: List, segment: string): Placed {
  if (node.kind === "map" || segment === "") return refuse("index");
  if (node.element.kind !== "structure") return refuse("list");
  list[0] ??= {};
  return accept(list);
}

/** As AWS reads it: `+1` is a name. */
const isNumeric = (segment: string): boolean => /^-?[0-9]+$/.test(segment);

const isIndexTwice = (segments: readonly string[], at: number): boolean =>
  isNumeric(segments[at] ?? "") && isNumeric(segments[at - 1] ?? "");

/** Digits of an index that could be one: more are not repeated in an answer. */
const MOST_DIGITS = 9;

/** From 1; leading zeros do not count. Recorded: the first position may be skipped, but is counted as if it were there. */
function readIndex(segment: string, length: number): Outcome<number, Malformed> {
  const digits = segment.replace(/^(-?)0+(?=\d)/, "$1");
  if (digits.length > MOST_DIGITS) return refuse("index");
  if (digits.startsWith("-")) return refuse(negativeIndex(digits));
  const index = Number(digits);
  if (index === 0) return refuse("indexZero");
  const skipped = index - Math.max(length, 1);
  return skipped > LONGEST_GAP ? refuse(sparse(skipped)) : accept(index);
}

/** Turns the entries of maps into maps, at any depth. */
function finish(node: Node, value: Value): Placed {
  switch (node.kind) {
    case "scalar":
      return accept(value);
    case "structure":
      // as above
      return finishMembers(node, value as Structure);
    case "list":
      return finishElements(node, value as List);
    case "map":
      return finishMap(node, value as List);
    default:
      return node satisfies never;
  }
}

function finishMembers(node: StructureNode, structure: Structure): Outcome<Structure, Malformed> {
  for (const [name, member] of node.members) {
    const value = structure[name];
    if (value === undefined) continue;
    const finished = finish(member, value);
    if (!finished.ok) return finished;
    structure[name] = finished.value;
  }
  return accept(structure);
}

function finishElements({ element }: ListNode, list: List): Placed {
  for (const [index, value] of list.entries()) {
    if (value === null) continue;
    const finished = finish(element, value);
    if (!finished.ok) return finished;
    list[index] = finished.value;
  }
  return accept(list);
}

function finishMap({ entry }: MapNode, list: List): Placed {
  // keys come from outside: `__proto__` is one like any other
  const map = Object.create(null) as Structure;
  for (const item of list) {
    const finished = item === null ? undefined : finishMembers(entry, item as Structure);
    if (finished?.ok === false) return finished;
    const { key, value } = finished?.value ?? {};
    if (typeof key !== "string" || value === undefined) return refuse("mapEntry");
    if (key in map) return refuse("repeated");
    map[key] = value;
  }
  return accept(map);
}
