import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { AccountId } from "#identity/ids.ts";
import type { OpenStore, StoreConfig } from "#storage/open.ts";
import { rowsOf } from "./fixtures.ts";
import type { Target } from "./kill-changes.ts";

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

export async function eventIdsOf(store: OpenStore, account: AccountId): Promise<ReadonlySet<string>> {
  const events = await rowsOf(store, "events", account);
  return new Set(events.map((row) => String(row.event_id)).toSorted());
}
