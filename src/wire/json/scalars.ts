import { fromBase64 } from "#base/bytes.ts";
import { SECOND } from "#base/clock.ts";
import type { Json } from "#base/json.ts";
import { table } from "#base/table.ts";
import type { Malformed } from "./malformed.ts";

/** How one kind of simple value is read: undefined where the JSON is not one. Nothing is made of another kind. */
export interface Scalar {
  readonly read: (json: Json) => string | boolean | number | Date | Uint8Array | undefined;
  readonly malformed: Malformed;
}

/** Contract 4.3. */
export const SCALARS = table<Scalar, "string" | "boolean" | "number" | "timestamp" | "blob">({
  string: { read: readString, malformed: "string" },
  boolean: {
    read: (json) => (json.type === "boolean" ? json.value === "true" : undefined),
    malformed: "boolean",
  },
  number: { read: readNumber, malformed: "number" },
  timestamp: { read: readTimestamp, malformed: "timestamp" },
  blob: {
    read: (json) => (json.type === "string" ? fromBase64(json.value) : undefined),
    malformed: "blob",
  },
});

/** JSON's escapes can spell half a character, which no store keeps. */
function readString(json: Json): string | undefined {
  return json.type === "string" && json.value.isWellFormed() ? json.value : undefined;
}

function readNumber(json: Json): number | undefined {
  const value = json.type === "number" ? Number(json.value) : Number.NaN;
  // `-0` is 0
  return Number.isFinite(value) ? value + 0 : undefined;
}

/** What a Date can hold, in milliseconds. */
const FARTHEST = 8.64e15;

/** Epoch seconds, to milliseconds at most. */
function readTimestamp(json: Json): Date | undefined {
  const seconds = readNumber(json);
  const at = seconds === undefined ? Number.NaN : Math.round(seconds * SECOND);
  return Math.abs(at) <= FARTHEST ? new Date(at) : undefined;
}
