import { type Clock, type EpochMs, epochMs, SECOND } from "#base/clock.ts";

/** The highest moment seen, as a row that outlives the process. */
export interface ClockRow {
  highest(): Promise<EpochMs>;
  /** Raises the row to `at`; a lower moment changes nothing. */
  raise(at: EpochMs): Promise<void>;
}

/** Time only moves forward: knows whether the machine's clock is behind what was seen before (DESIGN 3.8). */
export interface ClockGuard {
  behind(now: EpochMs): boolean;
  /** Reads and raises the row; called every few seconds. */
  tick(): Promise<void>;
}

/** Two steps of a one-time password. */
export const CLOCK_TOLERANCE_MS = 60 * SECOND;
/** The row is written no more often than this. */
const RAISE_EVERY_MS = 10 * SECOND;

export async function openClockGuard(row: ClockRow, clock: Clock): Promise<ClockGuard> {
  let stored = await row.highest();
  let highest = stored;
  return {
    behind(now) {
      if (now > highest) highest = now;
      return now < highest - CLOCK_TOLERANCE_MS;
    },
    async tick() {
      const now = clock();
      const found = await row.highest();
      // nothing but an operator's word lowers the row: what was seen before it counts no more
      highest = epochMs(Math.max(found, now, found < stored ? 0 : highest));
      stored = found;
      if (highest - found < RAISE_EVERY_MS) return;
      // also a moment that only a call between two rounds has seen
      await row.raise(highest);
      stored = highest;
    },
  };
}
