import { NormalizedSchema } from "@smithy/core/schema";
import { type Json, readJson } from "#base/json.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { OperationModel } from "#model/services.ts";
import { type Malformed, malformedJson } from "./malformed.ts";
import { SCALARS, type Scalar } from "./scalars.ts";

type Read = Outcome<unknown, Malformed>;
type Reader = (json: Json) => Read;

/**
 * The input that a JSON body spells for `operation` (contract 4.3). An empty body is an empty input, null is absent, unknown
 * members are ignored. Structure alone is checked here: members may be missing, values out of range (see validate.ts).
 */
export function decodeInput(operation: OperationModel, body: Uint8Array): Outcome<object, ServiceError> {
  const json = parseBody(body);
  if (!json.ok) return json;
  const schema = NormalizedSchema.of(operation.schema[4]);
  if (schema.isUnitSchema()) return accept({});
  const read = structureReader(schema)(json.value);
  // a structure's reader makes an object
  return read.ok ? accept(read.value as object) : refuse(malformedJson(read.error));
}

const NOTHING: Json = { type: "object", members: new Map() };

function parseBody(body: Uint8Array): Outcome<Json, ServiceError> {
  if (body.length === 0) return accept(NOTHING);
  const text = textOf(body);
  if (text === undefined) return refuse(malformedJson("encoding"));
  const json = readJson(text);
  if (!json.ok) return refuse(malformedJson(json.error === "invalid" ? "json" : json.error));
  return json.value.type === "object" ? accept(json.value) : refuse(malformedJson("json"));
}

function textOf(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

function readerOf(schema: NormalizedSchema): Reader {
  if (schema.isStructSchema()) return structureReader(schema);
  if (schema.isListSchema()) return listReader(readerOf(schema.getValueSchema()));
  if (schema.isMapSchema()) return mapReader(readerOf(schema.getValueSchema()));
  return scalarReader(scalarOf(schema));
}

/** By the schema's own structure; members are compiled when the first value comes, so a shape may contain itself. */
const structures = new WeakMap<object, Reader>();

function structureReader(schema: NormalizedSchema): Reader {
  // a structure's schema is an array
  const key = schema.getSchema() as object;
  const known = structures.get(key);
  if (known !== undefined) return known;
  let members: ReadonlyMap<string, Reader> | undefined;
  const reader: Reader = (json) => {
    members ??= new Map([...schema.structIterator()].map(([name, member]) => [name, readerOf(member)]));
    return json.type === "object" ? readMembers(members, json.members) : refuse("structure");
  };
  structures.set(key, reader);
  return reader;
}

/** Only names of the schema come into the structure. */
function readMembers(members: ReadonlyMap<string, Reader>, sent: ReadonlyMap<string, Json>): Read {
  const structure: Record<string, unknown> = {};
  for (const [name, json] of sent) {
    const reader = json.type === "null" ? undefined : members.get(name);
    if (reader === undefined) continue;
    const read = reader(json);
    if (!read.ok) return read;
    structure[name] = read.value;
  }
  return accept(structure);
}

/** Null stays null: the constraints refuse it with their sentence. */
const listReader =
  (element: Reader): Reader =>
  (json) => {
    if (json.type !== "array") return refuse("list");
    const list: unknown[] = [];
    for (const item of json.items) {
      const read = item.type === "null" ? accept(null) : element(item);
      if (!read.ok) return read;
      list.push(read.value);
    }
    return accept(list);
  };

const mapReader =
  (value: Reader): Reader =>
  (json) => {
    if (json.type !== "object") return refuse("map");
    // keys come from outside: `__proto__` is one like any other
    const map: Record<string, unknown> = Object.create(null);
    for (const [key, item] of json.members) {
      const named = STRING({ type: "string", value: key });
      const read = named.ok ? value(item) : named;
      if (!read.ok) return read;
      map[key] = read.value;
    }
    return accept(map);
  };

const scalarReader =
  ({ read, malformed }: Scalar): Reader =>
  (json) => {
    const value = read(json);
    if (typeof value === "string" && value.includes("\0")) return refuse("nul");
    return value === undefined ? refuse(malformed) : accept(value);
  };

const STRING = scalarReader(SCALARS.string);

function scalarOf(schema: NormalizedSchema): Scalar {
  if (schema.isStringSchema()) return SCALARS.string;
  if (schema.isBooleanSchema()) return SCALARS.boolean;
  if (schema.isNumericSchema()) return SCALARS.number;
  if (schema.isTimestampSchema()) return SCALARS.timestamp;
  if (schema.isBlobSchema()) return SCALARS.blob;
  throw new Error(`no reader for ${schema.getName(true)}`);
}
