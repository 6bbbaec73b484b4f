import { type EpochMs, isoSeconds, MINUTE } from "#base/clock.ts";
import { Refusal } from "../terminal/refusal.ts";

/** Two steps of a one-time password (DESIGN 3.8). */
const TOLERANCE = MINUTE;

/** Why nothing that depends on time may begin, or undefined while the clock is not behind the highest moment seen. */
export function clockRefusal(highest: EpochMs, now: EpochMs): Refusal | undefined {
  if (now >= highest - TOLERANCE) return undefined;
  return new Refusal(
    `the clock is behind: it says ${isoSeconds(now)}, but ${isoSeconds(highest)} was seen before`,
    {
      hint: "set the machine's clock; if it is right, and the moment seen before was wrong, `countersign clock accept`",
    },
  );
}
