/**
 * `npm run bench`: prints DESIGN section 7's table as measured here and now; `--json FILE` writes it, `--only WORDS` measures the
 * rows whose names hold the words, `--long` also those that take a minute. Ends with 1 where a bar does not hold. Every figure is
 * a ratio taken in one run, or a bar with room for a busy machine.
 */
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { decision } from "./decision.ts";
import { read } from "./read.ts";
import { type Bench, holds, type Row } from "./row.ts";
import { signIn } from "./sign-in.ts";
import { sigv4 } from "./sigv4.ts";
import { start } from "./start.ts";
import { totp } from "./totp.ts";
import { manyUsers, manyUsersOnPostgres, millionUsers } from "./users-page.ts";

const BENCHES: readonly Bench[] = [
  decision,
  totp,
  sigv4,
  read,
  signIn,
  start,
  manyUsers,
  manyUsersOnPostgres,
];
/** Each takes a minute. */
const LONG_BENCHES: readonly Bench[] = [millionUsers];

const { values } = parseArgs({
  options: { json: { type: "string" }, only: { type: "string" }, long: { type: "boolean", default: false } },
});
const benches = values.long ? [...BENCHES, ...LONG_BENCHES] : BENCHES;
const wanted = (name: string): boolean => values.only === undefined || name.includes(values.only);

// every server and every folder is taken away when this process ends
process.setMaxListeners(100);
const busy = loadavg()[0] ?? 0;
if (busy > 0.5)
  console.log(`the machine is busy with other work (load ${busy.toFixed(1)}): figures may be low\n`);

const rows: Row[] = [];
for (const bench of benches.filter(({ names }) => names.some(wanted)))
  for (const row of await bench.measure()) if (wanted(row.name)) rows.push(row);

if (rows.length === 0) console.error(`no row is called \`${values.only}\``);
for (const line of lines(rows)) console.log(line);
if (values.json !== undefined) {
  const told = rows.map((row) => ({ ...row, holds: holds(row) }));
  writeFileSync(values.json, `${JSON.stringify(told, null, 2)}\n`);
}
process.exitCode = rows.length > 0 && rows.every(holds) ? 0 : 1;

function lines(table: readonly Row[]): readonly string[] {
  const cells = table.map((row) => [
    row.name,
    shown(row.figure, row.unit),
    `${row.must === "stay below" ? "at most" : "at least"} ${shown(row.bar, row.unit)}`,
    holds(row) ? "holds" : "MISSED",
    row.seen,
  ]);
  const all = [["what", "measured", "bar", "verdict", "seen"], ...cells];
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...all.map((cell) => cell[at]?.length ?? 0)));
  return all.map((cell) =>
    cell
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function shown(figure: number, unit: Row["unit"]): string {
  const digits = unit === "percent" || unit === "MB" ? 0 : 2;
  return unit === "percent" ? `${figure.toFixed(digits)} %` : `${figure.toFixed(digits)} ${unit}`;
}
