import { fromBase64 } from "#base/bytes.ts";
import { isoSeconds } from "#base/clock.ts";
import { table } from "#base/table.ts";
import type { Malformed } from "./malformed.ts";

/** How one kind of simple value is read: undefined where the text is not one. */
export interface Scalar {
  readonly parse: (text: string) => string | boolean | number | Date | Uint8Array | undefined;
  readonly malformed: Malformed;
}

/** Contract 4.2. */
export const SCALARS = table<Scalar, "string" | "boolean" | "integer" | "timestamp" | "blob">({
  string: { parse: (text) => text, malformed: "scalar" },
  boolean: { parse: (text) => BOOLEANS.get(text), malformed: "boolean" },
  integer: { parse: parseInteger, malformed: "integer" },
  timestamp: { parse: parseTimestamp, malformed: "timestamp" },
  blob: { parse: fromBase64, malformed: "blob" },
});

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

function parseInteger(text: string): number | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const value = Number(text);
  if (value > 0x7fff_ffff || value < -0x8000_0000) return undefined;
  // `-0` is 0
  return value === 0 ? 0 : value;
}

/** ISO 8601 in UTC, to milliseconds at most, as all SDKs send it. */
function parseTimestamp(text: string): Date | undefined {
  const match = /^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]{1,3})?Z$/.exec(text);
  const at = match === null ? Number.NaN : Date.parse(text);
  // a 30th of February comes out as another day
  return Number.isNaN(at) || isoSeconds(at) !== `${match?.[1]}Z` ? undefined : new Date(at);
}
