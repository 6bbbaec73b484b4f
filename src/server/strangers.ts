import { type EpochMs, MINUTE } from "#base/clock.ts";

/** One line of the bounded log: how often a source failed to prove a caller in one minute, by code. */
export interface StrangerLine {
  readonly minute: number;
  readonly source: string;
  readonly codes: Readonly<Record<string, number>>;
}

/**
 * Sums requests that never proved a caller by source and minute: they make no row (DESIGN 3.6). Sources beyond `maxSources`
 * in one minute are summed as `other`, so that a flood cannot grow it.
 */
export function openStrangers(log: (line: StrangerLine) => void, maxSources = 1000) {
  let minute = 0;
  let sources = new Map<string, Map<string, number>>();

  function flush(): void {
    for (const [source, codes] of sources) log({ minute, source, codes: Object.fromEntries(codes) });
    sources = new Map();
  }

  return {
    note(address: string, code: string, now: EpochMs): void {
      const current = Math.floor(now / MINUTE);
      if (current !== minute) flush();
      minute = current;
      const source = sources.has(address) || sources.size < maxSources ? address : "other";
      const codes = sources.get(source) ?? new Map<string, number>();
      codes.set(code, (codes.get(code) ?? 0) + 1);
      sources.set(source, codes);
    },
    flush,
  };
}
