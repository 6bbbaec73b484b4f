import { accept, type Outcome, refuse } from "#base/outcome.ts";

/** Whose work it is, who goes first comes first: of a browser that is known, of a proven caller, of anybody. */
const RANKS = ["ahead", "proven", "anybody"] as const;
export type Rank = (typeof RANKS)[number];

/**
 * Lets so many pieces of work run at once and so many of each rank wait, in order; the next is turned away before it begins.
 * However many of a lower rank wait, what goes before them waits for one of them at most.
 */
export interface Gate {
  run<T>(work: () => Promise<T>, rank?: Rank): Promise<Outcome<T, "busy">>;
}

export function createGate(concurrency: number, queue: number): Gate {
  const waiting: Record<Rank, (() => void)[]> = { ahead: [], proven: [], anybody: [] };
  let running = 0;

  /** A place that is free, or was handed over by the one before. */
  async function enter(rank: Rank): Promise<void> {
    if (running < concurrency) running++;
    else await new Promise<void>((resolve) => waiting[rank].push(resolve));
  }

  function leave(): void {
    const next = RANKS.map((rank) => waiting[rank])
      .find((queue) => queue.length > 0)
      ?.shift();
    if (next === undefined) running--;
    else next();
  }

  return {
    async run(work, rank = "anybody") {
      if (running >= concurrency && waiting[rank].length >= queue) return refuse("busy");
      await enter(rank);
      try {
        return accept(await work());
      } finally {
        leave();
      }
    },
  };
}
