import { NormalizedSchema } from "@smithy/core/schema";
import { toBase64 } from "#base/bytes.ts";
import { isoSeconds } from "#base/clock.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { OperationModel, QueryServiceRow } from "#model/services.ts";
import { escapeText } from "./xml.ts";

/** The response of `operation` in AWS's envelope (contract 4.2). `output` holds the schema's members; others are not written. */
export function encodeSuccess(
  service: QueryServiceRow,
  operation: OperationModel,
  output: object | undefined,
  requestId: string,
): string {
  const { name } = operation;
  const encode = outputEncoder(operation);
  const result = encode === undefined ? "" : `<${name}Result>${encode(output ?? {})}</${name}Result>`;
  const metadata = `<ResponseMetadata><RequestId>${escapeText(requestId)}</RequestId></ResponseMetadata>`;
  return `<${name}Response xmlns="${service.xmlNamespace}">${result}${metadata}</${name}Response>`;
}

/** Characters; no sentence that quotes a value which could be meant comes near it. */
export const LONGEST_SENTENCE = 32 * 1024;

export const errorType = ({ status }: ServiceError): "Receiver" | "Sender" =>
  status >= 500 ? "Receiver" : "Sender";

/** The refusal in AWS's envelope, in the namespace of `service`. */
export function encodeError(service: QueryServiceRow, error: ServiceError, requestId: string): string {
  // a sentence that repeats what anyone sent, escaped, would be four times as long as the request
  const sentence = escapeText(error.message.slice(0, LONGEST_SENTENCE));
  const told = `<Type>${errorType(error)}</Type><Code>${escapeText(error.code)}</Code><Message>${sentence}</Message>`;
  return `<ErrorResponse xmlns="${service.xmlNamespace}"><Error>${told}</Error><RequestId>${escapeText(requestId)}</RequestId></ErrorResponse>`;
}

/** Writes the content of a value's element. */
type Encoder = (value: unknown) => string;

const compiled = new WeakMap<OperationModel, Encoder | undefined>();

/** Compiled at first use; undefined for an operation that has no output. */
function outputEncoder(operation: OperationModel): Encoder | undefined {
  if (!compiled.has(operation)) {
    const schema = NormalizedSchema.of(operation.schema[5]);
    compiled.set(operation, schema.isUnitSchema() ? undefined : encoderOf(schema));
  }
  return compiled.get(operation);
}

// The type of an output is the SDK package's own, made from the same schema: what the schema calls a list is an array. Hence
// the casts below; an operation that breaks this is a bug, and throws.
function encoderOf(schema: NormalizedSchema): Encoder {
  if (schema.isStructSchema()) return structureEncoder(schema);
  if (schema.isListSchema()) return listEncoder(encoderOf(schema.getValueSchema()));
  if (schema.isMapSchema()) return mapEncoder(encoderOf(schema.getValueSchema()));
  if (schema.isStringSchema()) return (value) => escapeText(value as string);
  if (schema.isBooleanSchema() || schema.isNumericSchema()) return String;
  if (schema.isTimestampSchema()) return (value) => isoSeconds((value as Date).getTime());
  if (schema.isBlobSchema()) return (value) => toBase64(value as Uint8Array);
  throw new Error(`no writer for ${schema.getName(true)}`);
}

function structureEncoder(schema: NormalizedSchema): Encoder {
  const members = [...schema.structIterator()].map(([name, member]) => ({ name, encode: encoderOf(member) }));
  return (value) => {
    const values = value as Readonly<Record<string, unknown>>;
    let xml = "";
    for (const { name, encode } of members) {
      const member = values[name];
      if (member !== undefined && member !== null) xml += `<${name}>${encode(member)}</${name}>`;
    }
    return xml;
  };
}

function listEncoder(encode: Encoder): Encoder {
  return (value) => {
    let xml = "";
    for (const element of value as readonly unknown[]) xml += `<member>${encode(element)}</member>`;
    return xml;
  };
}

function mapEncoder(encode: Encoder): Encoder {
  return (value) => {
    let xml = "";
    for (const [key, element] of Object.entries(value as object)) {
      xml += `<entry><key>${escapeText(key)}</key><value>${encode(element)}</value></entry>`;
    }
    return xml;
  };
}
