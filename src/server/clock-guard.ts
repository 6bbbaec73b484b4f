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
  let highest = await row.highest();
  let written = highest;
  return {
    behind(now) {
      if (now > highest) highest = now;
      return now < highest - CLOCK_TOLERANCE_MS;
    },
    async tick() {
      const now = clock();
      // another process may have seen more, and an operator may have accepted less
      highest = epochMs(Math.max(await row.highest(), now < written ? 0 : now));
      if (now - written < RAISE_EVERY_MS && now >= written) return;
      if (now > highest - CLOCK_TOLERANCE_MS) await row.raise(now);
      written = now;
    },
  };
}
