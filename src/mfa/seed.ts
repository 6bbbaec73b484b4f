import { type EpochMs, epochMs, HOUR } from "#base/clock.ts";
import { equalText } from "#base/constant-time.ts";
import { codeAt, stepAt } from "./totp.ts";

/**
 * What is remembered of a seed; it outlives deactivate, resync, rename and re-enable (DESIGN 3.2). Steps are of 30 s.
 * Beside it stands the set of claims: a code is accepted by the insert of (seed, step), and by nothing else.
 */
export interface SeedState {
  /** The device's clock less ours, in steps. */
  readonly drift: number;
  /** Nothing at or below is ever accepted. Only rises. */
  readonly floorStep: number;
  /** The second step of the last accepted pair. */
  readonly lastPairStep: number;
  /** The highest step ever claimed; only rises, and outlives the pruning of claims. */
  readonly highestClaim: number;
  /** Accepted codes in a row on one side of the window: negative below its middle, positive above (DESIGN 3.2). */
  readonly lean: number;
  /** When the last code that counts for `lean` was accepted. */
  readonly leanAt: EpochMs;
}

/** A seed that was never used. */
export const NEW_SEED: SeedState = Object.freeze({
  drift: 0,
  floorStep: 0,
  lastPairStep: 0,
  highestClaim: 0,
  lean: 0,
  leanAt: epochMs(0),
});

/** Offsets from the window's middle in the order they are tried: nearest first, and a late code before an early one. */
const WINDOW = [0, -1, 1, -2, 2] as const;
const REACH = 2;

/** Steps that the machine's clock may lie behind the highest moment seen before codes are refused (DESIGN 3.8). */
const CLOCK_MAY_LAG = 2;

const LEANS_TO_FOLLOW = 3;

/** The step that a device with this drift shows at `now`, by what we know of it. */
export const middleStep = (state: SeedState, now: EpochMs): number => stepAt(now) + state.drift;

/**
 * The steps of the window whose code is `code` and that lie above the floor, in the order to try the claim: the first that
 * can be claimed accepts the code. Two steps may show the same digits; they are two codes, and each is accepted once.
 * Whether a step was claimed already is not known here.
 */
export function stepsOf(code: string, seed: Uint8Array, state: SeedState, now: EpochMs): readonly number[] {
  const middle = middleStep(state, now);
  const steps = WINDOW.map((offset) => middle + offset).filter((step) => step >= 0);
  // Every step is computed and compared, so the time taken does not tell which one fitted.
  return steps.filter((step) => equalText(codeAt(seed, step), code)).filter((step) => step > state.floorStep);
}

/** The state after the code of `step`, which lies in the window at `now`, was claimed. */
export function afterAccepted(state: SeedState, step: number, now: EpochMs): SeedState {
  const middle = middleStep(state, now);
  return {
    ...state,
    ...followed(state, Math.sign(step - middle), now),
    floorStep: floorUnder(middle, state),
    highestClaim: Math.max(state.highestClaim, step),
  };
}

/**
 * The floor that may stand once the window's middle was `middle`. Claims at or below it are pruned.
 *
 * Single use does not hang on how high it stands: a step is accepted only above the floor and by a claim that was not there,
 * claims go only at or below the floor, and the floor never falls, whatever the clock does. Its height decides that nobody is
 * refused wrongly. The lowest step that may still be asked for is middle - 5: two for the window, two for a clock that lies two
 * steps behind, as DESIGN 3.8 lets it (this one set back, or another process's), one for the drift that may follow down with
 * this very code. The floor stands one below that. A pair may bring the window farther down, but not onto the floor: both its
 * steps are above every claim and the last pair, and so at least four steps above the floor that those left.
 */
export const floorUnder = (middle: number, state: SeedState): number =>
  Math.max(state.floorStep, middle - REACH - CLOCK_MAY_LAG - 1 - 1);

/**
 * The state in a database that was restored from a copy at `now`: nothing that the database it was copied from can have
 * accepted until now, by the window at this moment, is accepted again (guarantee 1).
 */
export function afterRestore(state: SeedState, now: EpochMs): SeedState {
  const reached = Math.max(stepAt(now), middleStep(state, now) + REACH);
  return { ...state, floorStep: Math.max(state.floorStep, reached) };
}

type Lean = Pick<SeedState, "drift" | "lean" | "leanAt">;

/**
 * Drift follows by one step after three accepted codes in a row on one side, each at least an hour after the one before; one
 * code never moves the window (DESIGN 3.2). A code on the same side within the hour neither counts nor breaks the row; any
 * other breaks it.
 */
function followed(state: SeedState, side: number, now: EpochMs): Lean {
  const { drift, lean, leanAt } = state;
  if (side === 0 || side !== Math.sign(lean)) return { drift, lean: side, leanAt: now };
  if (now - leanAt < HOUR) return { drift, lean, leanAt };
  const leaned = lean + side;
  return Math.abs(leaned) < LEANS_TO_FOLLOW
    ? { drift, lean: leaned, leanAt: now }
    : { drift: drift + side, lean: 0, leanAt: now };
}
