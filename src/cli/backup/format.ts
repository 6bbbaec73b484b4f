import { z } from "zod";
import { fromBase64, toBase64 } from "#base/bytes.ts";
import type { DumpedRow } from "#storage/backup.ts";

/**
 * A backup is one gzip file of JSON lines: a header, the rows of the database, a trailer.
 * The header says what one must know before a row is read: the form, the moment, the database's version, and how to recognise
 * the root keys, which are not in it. The trailer holds the number of rows and the SHA-256 of every byte before it, so a file
 * that was cut or altered is known for one.
 */
export const FORM = "countersign-backup";
export const FORM_VERSION = 1;

const count = z.number().int().nonnegative();

const HEADER = z.strictObject({
  form: z.literal(FORM),
  formVersion: z.literal(FORM_VERSION),
  schemaVersion: count,
  /** Epoch milliseconds. */
  madeAt: count,
  /** The highest moment that the database had seen (DESIGN 3.8). */
  highestMoment: count,
  /** `checkValue` in hex. */
  rootKeys: z.array(
    z.strictObject({
      keyId: z.string(),
      checkValue: z.string(),
      state: z.enum(["active", "opening"]),
      since: count,
    }),
  ),
});

const TRAILER = z.strictObject({ rows: count, sha256: z.string().regex(/^[0-9a-f]{64}$/) });

export type BackupHeader = z.infer<typeof HEADER>;
export type BackupTrailer = z.infer<typeof TRAILER>;

const CELL = z.union([z.string(), z.number(), z.null(), z.strictObject({ base64: z.string() })]);
const ROW = z.tuple([z.string(), z.record(z.string(), CELL)]);

export const renderLine = (value: BackupHeader | BackupTrailer): string => `${JSON.stringify(value)}\n`;

/** `["users",{"user_name":"alice",…}]`; bytes as `{"base64":"…"}`. */
export const renderRow = ({ table, row }: DumpedRow): string =>
  `${JSON.stringify([
    table,
    Object.fromEntries(
      Object.entries(row).map(([name, cell]) => [
        name,
        cell instanceof Uint8Array ? { base64: toBase64(cell) } : cell,
      ]),
    ),
  ])}\n`;

/** The row in a line, or undefined where it is none. */
export function parseRow(line: string): DumpedRow | undefined {
  const parsed = ROW.safeParse(parseJson(line));
  if (!parsed.success) return undefined;
  const [table, cells] = parsed.data;
  const row: Record<string, string | number | null | Uint8Array> = {};
  for (const [name, cell] of Object.entries(cells)) {
    const value = typeof cell === "object" && cell !== null ? fromBase64(cell.base64) : cell;
    if (value === undefined) return undefined;
    row[name] = value;
  }
  return { table, row };
}

/** What a first line turns out to be. */
export type ParsedHeader = { readonly header: BackupHeader } | "newer form" | "no backup";

export function parseHeader(line: string): ParsedHeader {
  const value = parseJson(line);
  const parsed = HEADER.safeParse(value);
  if (parsed.success) return { header: parsed.data };
  const newer = z.object({ form: z.literal(FORM), formVersion: count.gt(FORM_VERSION) }).safeParse(value);
  return newer.success ? "newer form" : "no backup";
}

export const parseTrailer = (line: string): BackupTrailer | undefined =>
  TRAILER.safeParse(parseJson(line)).data;

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
