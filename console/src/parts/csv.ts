/** Tables as text, by RFC 4180: read as spreadsheets write them, and written so that none runs what is in a cell. */

export interface CsvRecord {
  /** Where it begins in the text, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type CsvReading =
  | { readonly ok: true; readonly records: readonly CsvRecord[] }
  /** A quotation mark that does not fit, on this line. */
  | { readonly ok: false; readonly line: number };

/** A whole cell with what ends it: in quotation marks, where two stand for one, or without any. */
const cellBefore = (separator: string): RegExp =>
  new RegExp(String.raw`(?:"([^"]*(?:""[^"]*)*)"|([^"${separator}\r\n]*))(${separator}|\r\n|\n|\r|$)`, "y");

/** Records that hold nothing are left out. What `harmless` did to a cell is undone. */
export function readCsv(text: string): CsvReading {
  const body = text.replace(/^\uFEFF/, "");
  const pattern = cellBefore(separatorOf(body));
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = 1;
  let begun = 1;
  while (pattern.lastIndex < body.length || cells.length > 0) {
    const [whole, quoted, plain = "", end = ""] = pattern.exec(body) ?? [];
    if (whole === undefined) return { ok: false, line };
    cells.push(asMeant(quoted?.replaceAll('""', '"') ?? plain));
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (!/^[\r\n]*$/.test(end)) continue;
    if (cells.some((cell) => cell !== "")) records.push({ line: begun, cells });
    cells = [];
    begun = line;
    // where the text ends there is no other cell, and an empty match would be found forever
    if (end === "") break;
  }
  return { ok: true, records };
}

/** What separates cells where the reader of the spreadsheet lives: of these the most frequent in the first line. */
function separatorOf(body: string): string {
  const [first = ""] = body.split(/[\r\n]/, 1);
  const counts = [",", ";", "\t"].map((separator) => [separator, first.split(separator).length] as const);
  return counts.reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}

/** What a spreadsheet takes for a formula, if a cell begins with it. */
const RUNS = /^[=+\-@\t\r]/;
const HARMLESS = /^'(?=[=+\-@\t\r])/;

const harmless = (cell: string): string => (RUNS.test(cell) ? `'${cell}` : cell);
const asMeant = (cell: string): string => cell.replace(HARMLESS, "");

export const writeCsv = (records: readonly (readonly string[])[]): string =>
  records.map((cells) => `${cells.map((cell) => quoted(harmless(cell))).join(",")}\r\n`).join("");

/** Also where only another country's spreadsheet would end the cell. */
const quoted = (cell: string): string =>
  /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
