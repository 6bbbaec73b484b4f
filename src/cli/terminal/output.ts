import type { Io, OutputForm } from "./io.ts";

/**
 * The rules of output:
 * 1. Standard output carries the answer and nothing else, whole or not at all; `--output json` is one line of JSON.
 * 2. Everything said to a person beside the answer goes to standard error, which a script may throw away.
 * 3. A failure is one sentence, `countersign: …`, then where there is advice one line, `hint: …`.
 * 4. A secret is printed once, by the command that made it, and by no other.
 * 5. Progress is shown on a terminal alone.
 */
export interface Answer {
  /** For `--output json`, as it is. */
  readonly json: object;
  /** For `--output text`. */
  readonly text: readonly string[];
  /** For `--output table`: a heading and rows of as many cells. */
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

export function say({ io, output }: { readonly io: Io; readonly output: OutputForm }, answer: Answer): void {
  const lines =
    output === "json"
      ? [JSON.stringify(answer.json)]
      : output === "table"
        ? renderTable(answer.table)
        : answer.text;
  if (lines.length > 0) io.stdout.write(`${lines.join("\n")}\n`);
}

/** Columns as wide as their widest cell, two spaces apart. */
function renderTable({ head, rows }: Answer["table"]): readonly string[] {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd();
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}

/** An answer of named values: `name: value` lines, or a table of one row. */
export function facts(json: object, values: Readonly<Record<string, string>>): Answer {
  const entries = Object.entries(values);
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return {
    json,
    text: entries.map(([name, value]) => `${`${name}:`.padEnd(width + 2)}${value}`),
    table: { head: entries.map(([name]) => name), rows: [entries.map(([, value]) => value)] },
  };
}

export function remark(io: Io, sentence: string): void {
  io.stderr.write(`countersign: ${sentence}\n`);
}

/** One sentence, and advice apart from it. */
export interface Complaint {
  readonly message: string;
  readonly hint: string | undefined;
}

export function complain(io: Io, { message, hint }: Complaint): void {
  remark(io, message);
  if (hint !== undefined) io.stderr.write(`hint: ${hint}\n`);
}

/** Overwrites its line on a terminal; silent elsewhere. Ends its line when told `undefined`. */
export function progress(io: Io): (sentence: string | undefined) => void {
  if (!io.stderr.isTTY) return () => {};
  return (sentence) => {
    io.stderr.write(sentence === undefined ? "\n" : `\r\u001b[K${sentence}`);
  };
}
