import { type EpochMs, epochMs, HOUR, MINUTE } from "#base/clock.ts";
import type { Outcome } from "#base/outcome.ts";
import { accept, refuse } from "#base/outcome.ts";

/**
 * Attempts against one device or one person (DESIGN 3.2). Windows and hours are numbered from the epoch. A budget belongs to
 * the serial number or unique id, not to the row behind it: re-making a device keeps it.
 */
export interface BudgetState {
  /** The 3-minute window that `checks` counts single codes in. */
  readonly window: number;
  readonly checks: number;
  readonly pairWindow: number;
  readonly pairFailures: number;
  readonly pairHour: number;
  readonly pairHourFailures: number;
  /** Single-code failures in a row. */
  readonly run: number;
  readonly waitUntil: EpochMs;
  readonly locked: boolean;
}

export const NEW_BUDGET: BudgetState = Object.freeze({
  window: 0,
  checks: 0,
  pairWindow: 0,
  pairFailures: 0,
  pairHour: 0,
  pairHourFailures: 0,
  run: 0,
  waitUntil: epochMs(0),
  locked: false,
});

const WINDOW_MS = 3 * MINUTE;
const CHECKS_A_WINDOW = 9;
const PAIR_FAILURES_A_WINDOW = 9;
const PAIR_FAILURES_AN_HOUR = 30;

/** From how many failures in a row on each failure starts a wait, and how long it is. The owner is told once a stage. */
interface Stage {
  readonly from: number;
  readonly wait: number;
  readonly locks?: true;
}

const DEVICE_STAGES: readonly Stage[] = [
  { from: 20, wait: MINUTE },
  { from: 30, wait: 5 * MINUTE },
  { from: 40, wait: 15 * MINUTE },
  { from: 60, wait: 30 * MINUTE },
  { from: 80, wait: HOUR },
  // NIST SP 800-63B-4 section 3.2.2: at most 100 failures in a row, then the authenticator is out of use.
  { from: 100, wait: HOUR, locks: true },
];

const PERSON_STAGES: readonly Stage[] = [
  { from: 40, wait: MINUTE },
  { from: 60, wait: 5 * MINUTE },
  { from: 80, wait: 15 * MINUTE },
  { from: 100, wait: 30 * MINUTE },
  { from: 120, wait: HOUR },
];

/** Why a code is not looked at. Outwardly all are one answer; the event names it. */
export type Throttle = "locked" | "waiting" | "window-spent";

/**
 * May a single code of `device` be checked now? The device's budget with this check counted, to be stored whatever the check
 * says: right, wrong and reused count alike. Or why not: then nothing is checked and nothing counted.
 */
export function spendCheck(
  device: BudgetState,
  person: BudgetState,
  now: EpochMs,
): Outcome<BudgetState, Throttle> {
  if (device.locked) return refuse("locked");
  if (now < device.waitUntil || now < person.waitUntil) return refuse("waiting");
  const window = windowAt(now, WINDOW_MS, device.window);
  const checks = countIn(window, device.window, device.checks);
  if (checks >= CHECKS_A_WINDOW) return refuse("window-spent");
  return accept({ ...device, window, checks: checks + 1 });
}

/** The owner is to be told: this many failures in a row on the device, or over the person's devices, and what follows. */
export interface StageReached {
  readonly subject: "device" | "person";
  readonly failures: number;
  readonly wait: number;
  readonly locked: boolean;
}

export interface Budgets {
  readonly device: BudgetState;
  readonly person: BudgetState;
}

/** A checked code was wrong or used. `stage` is there once for each stage; the device's goes before the person's. */
export function afterFailure(
  device: BudgetState,
  person: BudgetState,
  now: EpochMs,
): Budgets & { readonly stage: StageReached | undefined } {
  const failed = {
    device: failedOnce(device, DEVICE_STAGES, now),
    person: failedOnce(person, PERSON_STAGES, now),
  };
  const stage =
    stageReached("device", DEVICE_STAGES, failed.device) ??
    stageReached("person", PERSON_STAGES, failed.person);
  return { ...failed, stage };
}

/** A code was accepted: the runs of its device and of the person end; what the windows counted stays counted. */
export const afterSuccess = (device: BudgetState, person: BudgetState): Budgets => ({
  device: withoutRun(device),
  person: withoutRun(person),
});

/** The owner proved another factor, or an administrator acted. */
export const unlocked = (device: BudgetState): BudgetState => ({ ...withoutRun(device), locked: false });

/** May a pair be looked for? `owner` is the device's owner or owner-to-be, never the administrator who acts. */
export const mayTryPair = (device: BudgetState, owner: BudgetState, now: EpochMs): boolean =>
  [device, owner].every((budget) => {
    const { pairFailures, pairHourFailures } = pairCounts(budget, now);
    return pairFailures < PAIR_FAILURES_A_WINDOW && pairHourFailures < PAIR_FAILURES_AN_HOUR;
  });

/** A pair that was looked for was none. Pairs have no runs: they are counted by windows and hours alone. */
export const afterPairFailure = (
  device: BudgetState,
  owner: BudgetState,
  now: EpochMs,
): { readonly device: BudgetState; readonly owner: BudgetState } => ({
  device: pairFailed(device, now),
  owner: pairFailed(owner, now),
});

function failedOnce(budget: BudgetState, stages: readonly Stage[], now: EpochMs): BudgetState {
  const run = budget.run + 1;
  const stage = stages.findLast(({ from }) => run >= from);
  if (stage === undefined) return { ...budget, run };
  return {
    ...budget,
    run,
    waitUntil: epochMs(now + stage.wait),
    locked: budget.locked || stage.locks === true,
  };
}

function stageReached(
  subject: StageReached["subject"],
  stages: readonly Stage[],
  { run }: BudgetState,
): StageReached | undefined {
  const stage = stages.find(({ from }) => run === from);
  return stage && { subject, failures: run, wait: stage.wait, locked: stage.locks === true };
}

const withoutRun = (budget: BudgetState): BudgetState => ({ ...budget, run: 0, waitUntil: epochMs(0) });

function pairFailed(budget: BudgetState, now: EpochMs): BudgetState {
  const counts = pairCounts(budget, now);
  return {
    ...budget,
    ...counts,
    pairFailures: counts.pairFailures + 1,
    pairHourFailures: counts.pairHourFailures + 1,
  };
}

type PairCounts = Pick<BudgetState, "pairWindow" | "pairFailures" | "pairHour" | "pairHourFailures">;

/** The pair counters as they stand at `now`: a window that is over counts nothing. */
function pairCounts(budget: BudgetState, now: EpochMs): PairCounts {
  const pairWindow = windowAt(now, WINDOW_MS, budget.pairWindow);
  const pairHour = windowAt(now, HOUR, budget.pairHour);
  return {
    pairWindow,
    pairFailures: countIn(pairWindow, budget.pairWindow, budget.pairFailures),
    pairHour,
    pairHourFailures: countIn(pairHour, budget.pairHour, budget.pairHourFailures),
  };
}

/**
 * The number of the window at `now`. A clock that is set back over its start by the two steps of DESIGN 3.8 opens no earlier
 * window anew; one farther ahead was counted by a clock that had run away, and holds nobody up.
 */
function windowAt(now: EpochMs, length: number, counted: number): number {
  const window = Math.floor(now / length);
  return counted === window + 1 ? counted : window;
}

const countIn = (window: number, counted: number, count: number): number => (window === counted ? count : 0);
