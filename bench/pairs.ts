import { median } from "./row.ts";

/** What `ours` costs in units of `bare`, and the two medians in microseconds a call. */
export interface Compared {
  readonly ratio: number;
  readonly ours: number;
  readonly bare: number;
}

const ROUNDS = 21;
const CALLS = 2_000;

/**
 * Compares two pieces of work in one process: many short rounds, one of each in turn, so that what else runs on the machine
 * hits both. The ratio is the median of the rounds' ratios.
 */
export function compareWork(ours: () => unknown, bare: () => unknown): Compared {
  for (let warm = 0; warm < 5; warm++) pair(ours, bare);
  const rounds = Array.from({ length: ROUNDS }, () => pair(ours, bare));
  return {
    ratio: median(rounds.map((round) => round.ours / round.bare)),
    ours: median(rounds.map((round) => round.ours)),
    bare: median(rounds.map((round) => round.bare)),
  };
}

const pair = (ours: () => unknown, bare: () => unknown) => ({ ours: timed(ours), bare: timed(bare) });

/** Microseconds a call. */
function timed(work: () => unknown): number {
  const started = performance.now();
  for (let call = 0; call < CALLS; call++) kept[0] = work();
  return ((performance.now() - started) * 1000) / CALLS;
}

/** What was computed last: work whose result nobody keeps may be left out by the compiler. */
const kept: [unknown] = [undefined];
