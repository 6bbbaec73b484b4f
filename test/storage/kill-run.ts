import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { DumpedRow } from "#storage/backup.ts";
import type { OpenStore, StoreConfig } from "#storage/open.ts";
import type { Rows, Target } from "./kill-changes.ts";

const SCRIPT = join(import.meta.dirname, "kill-writer.ts");
/** More changes than one writer makes. */
const APART = 1_000_000;
/** A round of changes that shows each kind at least once. */
const AT_LEAST = 8;

/** Lets a writer write, kills it some time after its first changes, and returns the names of those it acknowledged. */
export async function writeUntilKilled(
  config: StoreConfig,
  target: Target,
  round: number,
  life: number,
): Promise<readonly string[]> {
  const parameters = [SCRIPT, JSON.stringify(config), JSON.stringify(target), String(round * APART)];
  const child = spawn(process.execPath, parameters, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === AT_LEAST) setTimeout(() => child.kill("SIGKILL"), life);
  }
  const [, signal] = await ended;
  if (signal !== "SIGKILL") throw new Error("the writer ended by itself");
  return acknowledged;
}

/** Everything in the database as it is at one moment: a change that another session still commits shows with its event. */
export async function everything(store: OpenStore): Promise<Rows> {
  const rows = new Map<string, DumpedRow["row"][]>();
  for await (const { table, row } of store.backup.dump()) {
    const list = rows.get(table) ?? [];
    list.push(row);
    rows.set(table, list);
  }
  return rows;
}
