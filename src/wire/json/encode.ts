import { NormalizedSchema } from "@smithy/core/schema";
import { toBase64 } from "#base/bytes.ts";
import { SECOND } from "#base/clock.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { OperationModel } from "#model/services.ts";

/** The body of a response (contract 4.3). `output` holds the schema's members; others are not written. */
export function encodeSuccess(operation: OperationModel, output: object): string {
  const schema = NormalizedSchema.of(operation.schema[5]);
  return schema.isUnitSchema() ? "{}" : JSON.stringify(structureWriter(schema)(output));
}

/** Characters; as the Query protocol bounds it. */
const LONGEST_SENTENCE = 32 * 1024;

/** The body of a refusal, by the name that the JSON protocol has for it. */
export const encodeError = (code: string, { message }: ServiceError): string =>
  JSON.stringify({ __type: code, message: message.slice(0, LONGEST_SENTENCE) });

/** Makes what JSON can hold of a value. */
type Writer = (value: unknown) => unknown;

// The type of an output is that of the schema: what the schema calls a list is an array. Hence the casts below; an operation
// that breaks this is a bug, and throws.
function writerOf(schema: NormalizedSchema): Writer {
  if (schema.isStructSchema()) return structureWriter(schema);
  if (schema.isListSchema()) return listWriter(writerOf(schema.getValueSchema()));
  if (schema.isMapSchema()) return mapWriter(writerOf(schema.getValueSchema()));
  if (schema.isStringSchema() || schema.isBooleanSchema() || schema.isNumericSchema())
    return (value) => value;
  if (schema.isTimestampSchema()) return (value) => (value as Date).getTime() / SECOND;
  if (schema.isBlobSchema()) return (value) => toBase64(value as Uint8Array);
  throw new Error(`no writer for ${schema.getName(true)}`);
}

/** By the schema's own structure; members are compiled when the first value comes, so a shape may contain itself. */
const structures = new WeakMap<object, Writer>();

function structureWriter(schema: NormalizedSchema): Writer {
  // a structure's schema is an array
  const key = schema.getSchema() as object;
  const known = structures.get(key);
  if (known !== undefined) return known;
  let members: readonly (readonly [name: string, writer: Writer])[] | undefined;
  const writer: Writer = (value) => {
    members ??= [...schema.structIterator()].map(([name, member]) => [name, writerOf(member)] as const);
    const values = value as Readonly<Record<string, unknown>>;
    return Object.fromEntries(
      members.flatMap(([name, write]) => {
        const member = values[name];
        return member === undefined || member === null ? [] : [[name, write(member)]];
      }),
    );
  };
  structures.set(key, writer);
  return writer;
}

const listWriter =
  (write: Writer): Writer =>
  (value) =>
    (value as readonly unknown[]).map((element) => write(element));

const mapWriter =
  (write: Writer): Writer =>
  (value) =>
    Object.fromEntries(Object.entries(value as object).map(([key, element]) => [key, write(element)]));
