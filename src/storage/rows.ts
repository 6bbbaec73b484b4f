import type { DeleteResult, InsertResult, UpdateResult } from "kysely";
import type { Bit, Json } from "./schema.ts";

/** Whether a conditional write took effect: its row count is the answer (DESIGN 5). */
export const inserted = (result: InsertResult): boolean => (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
export const updated = (result: UpdateResult): boolean => result.numUpdatedRows > 0n;
export const deleted = (result: DeleteResult): boolean => result.numDeletedRows > 0n;

export const bit = (value: boolean): Bit => (value ? 1 : 0);

/** The form in which names are compared: unique without regard to case. A stored column, never the database's own idea of case. */
export const foldCase = (text: string): string => text.toLowerCase();

export const toJson = (value: readonly unknown[] | Readonly<Record<string, unknown>>): Json =>
  JSON.stringify(value);

/** What `toJson` wrote: the store reads only its own JSON. */
export const fromJson = <T>(text: Json): T => JSON.parse(text) as T;

const HIGHEST_CODE_POINT = 0x10ffff;

/**
 * The least text that comes after every text with `prefix`, in the order of code points (which is the order of UTF-8 bytes, so
 * of SQLite's BINARY and PostgreSQL's "C"). Undefined where there is none.
 */
export function successorOfPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (letter) => letter.codePointAt(0) ?? 0);
  while (points.at(-1) === HIGHEST_CODE_POINT) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  // Surrogates are no characters: no text in the database holds one.
  const next = last === 0xd7ff ? 0xe000 : last + 1;
  return String.fromCodePoint(...points, next);
}
