import { accept, type Outcome, refuse } from "#base/outcome.ts";

/** Lets so many pieces of work run at once and so many wait, in order; the next is turned away before it begins. */
export interface Gate {
  run<T>(work: () => Promise<T>): Promise<Outcome<T, "busy">>;
}

export function createGate(concurrency: number, queue: number): Gate {
  const waiting: (() => void)[] = [];
  let running = 0;

  /** A place that is free, or was handed over by the one before. */
  async function enter(): Promise<void> {
    if (running < concurrency) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }

  return {
    async run(work) {
      if (running >= concurrency && waiting.length >= queue) return refuse("busy");
      await enter();
      try {
        return accept(await work());
      } finally {
        leave();
      }
    },
  };
}
