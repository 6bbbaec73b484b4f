import type { EpochMs } from "#base/clock.ts";
import { equalText } from "#base/constant-time.ts";
import { floorUnder, middleStep, type SeedState } from "./seed.ts";
import { codeAt, stepAt } from "./totp.ts";

/** How far from the known drift a pair is looked for, in steps either way (DESIGN 3.2, contract 11). */
const SEARCH = 1000;

/**
 * The step of the second code, where the two are the codes of consecutive steps, in that order, within the search range and
 * both newer than the last accepted pair, than every claimed step and than the floor. Of several the one nearest to the
 * known drift, as a search outward finds it, behind before ahead. Equal codes are no pair (contract 1.3).
 *
 * It always computes the whole range (2,002 HMACs, some 6 ms): how long it takes does not tell how near a guess came.
 */
export function findPair(
  first: string,
  second: string,
  seed: Uint8Array,
  state: SeedState,
  now: EpochMs,
): number | undefined {
  const middle = middleStep(state, now);
  // The claims are stricter than AWS on purpose: recorded old codes must not pull a device back (DESIGN 3.2).
  const newest = Math.max(state.lastPairStep, state.highestClaim, state.floorStep);
  const steps = pairSteps(first, second, seed, middle).filter((step) => step - 1 > newest);
  return equalText(first, second) ? undefined : nearestStep(steps, middle);
}

/** The state after a pair whose second code is of `secondStep`. Its codes are not spent by it (contract 1.4). */
export function afterPair(state: SeedState, secondStep: number, now: EpochMs): SeedState {
  return {
    ...state,
    drift: secondStep - stepAt(now),
    floorStep: floorUnder(secondStep, state),
    lastPairStep: secondStep,
    lean: 0,
    leanAt: now,
  };
}

/** Every step of the range, ascending, whose code is `second` while the step before it shows `first`. */
function pairSteps(first: string, second: string, seed: Uint8Array, middle: number): readonly number[] {
  const found: number[] = [];
  const from = Math.max(middle - SEARCH, 1);
  let firstFits = equalText(codeAt(seed, from - 1), first);
  for (let step = from; step <= middle + SEARCH; step++) {
    const code = codeAt(seed, step);
    if (firstFits && equalText(code, second)) found.push(step);
    firstFits = equalText(code, first);
  }
  return found;
}

/** The step nearest to `middle`; of two as near, the one that comes first. */
export function nearestStep(steps: readonly number[], middle: number): number | undefined {
  const distance = (step: number): number => Math.abs(step - middle);
  return steps.reduce<number | undefined>(
    (best, step) => (best === undefined || distance(step) < distance(best) ? step : best),
    undefined,
  );
}
