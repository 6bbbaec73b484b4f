import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { freshFolder, startServer } from "../test/support/server.ts";
import { type Bench, median } from "./row.ts";

const NAMES = {
  cold: "first start to ready, nothing there yet",
  warm: "start to ready with a warm compile cache",
  memory: "memory ten seconds after ready",
} as const;

const ROUNDS = 5;
const IDLE_MS = 10_000;

/** From the spawn of bin/countersign to the line that says ready. */
export const start: Bench = {
  names: Object.values(NAMES),
  async measure() {
    const rounds: { cold: number; warm: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await oneRound());
    const cold = median(rounds.map((one) => one.cold));
    const warm = median(rounds.map((one) => one.warm));
    const seen = (figures: readonly number[]) =>
      `${Math.min(...figures).toFixed(2)} to ${Math.max(...figures).toFixed(2)}`;
    const below = { must: "stay below" } as const;
    const colds = seen(rounds.map((one) => one.cold));
    const warms = seen(rounds.map((one) => one.warm));
    return [
      { ...below, name: NAMES.cold, figure: cold, bar: 1, unit: "s", seen: colds },
      { ...below, name: NAMES.warm, figure: warm, bar: 0.5, unit: "s", seen: warms },
      { ...below, name: NAMES.memory, figure: await idleMemory(), bar: 150, unit: "MB", seen: "" },
    ];
  },
};

/** Cold: no database, no key, no compile cache. Warm: the same place and cache once more. */
async function oneRound(): Promise<{ cold: number; warm: number }> {
  const folder = freshFolder("bench");
  const settings = { NODE_COMPILE_CACHE: freshFolder("compile-cache") };
  return { cold: await secondsToReady(folder, settings), warm: await secondsToReady(folder, settings) };
}

async function secondsToReady(folder: string, settings: Readonly<Record<string, string>>): Promise<number> {
  const started = performance.now();
  const server = await startServer({ folder, settings });
  const seconds = (performance.now() - started) / 1000;
  await server.stop();
  return seconds;
}

/** Resident memory of the one process, in MB. */
async function idleMemory(): Promise<number> {
  const server = await startServer();
  await delay(IDLE_MS);
  const kilobytes = Number(
    /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1],
  );
  await server.stop();
  return kilobytes / 1000;
}
