/** Chance that can be had again: the same seed gives the same requests, on every machine. */
export interface Chance {
  /** 0 to `below` - 1. */
  integer(below: number): number;
  pick<T>(from: readonly T[]): T;
  /** True once in `times`. */
  once(times: number): boolean;
  bytes(length: number): Uint8Array;
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  // mulberry32, Tommy Ettinger, public domain
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (below: number): number => Math.floor(next() * below);
  return {
    integer,
    // the index lies inside, and no list of ours is empty
    pick: <T>(from: readonly T[]): T => from[integer(from.length)] as T,
    once: (times) => integer(times) === 0,
    bytes: (length) => Uint8Array.from({ length }, () => integer(256)),
  };
}
