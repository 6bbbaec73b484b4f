import { type EpochMs, epochMs, HOUR, MINUTE, SECOND } from "#base/clock.ts";
import { type Table, table } from "#base/table.ts";

/** Failures against one subject, and those that were not told of yet. */
export interface Throttle {
  /** In a row. */
  readonly failures: number;
  readonly failedAt: EpochMs;
  readonly waitUntil: EpochMs;
  /** Attempts that were turned away during a wait and are in no event yet (DESIGN 3.6). */
  readonly untold: number;
  readonly toldAt: EpochMs;
}

export const NEW_THROTTLE: Throttle = Object.freeze({
  failures: 0,
  failedAt: epochMs(0),
  waitUntil: epochMs(0),
  untold: 0,
  toldAt: epochMs(0),
});

/**
 * Against whom attempts are counted. A browser that has completed MFA for the principal is counted by itself: strangers, who
 * are counted with the principal and by where they come from, never slow it (guarantee 7).
 */
export type ThrottleKind = "principal" | "browser" | "source";

interface Pace {
  /** Failures that cost nothing. */
  readonly free: number;
  /** The first wait; each failure doubles it, up to the longest. */
  readonly first: number;
  readonly longest: number;
  /** Without a failure for so long the count begins anew. */
  readonly forgotten: number;
}

/**
 * A principal's longest wait is short, for it is his too; a source's is long, and many people share an address, so it begins
 * late. A success does not end a source's count: whoever has one account could go on guessing at others.
 */
const PACES: Table<Pace, ThrottleKind> = table({
  principal: { free: 10, first: SECOND, longest: 5 * MINUTE, forgotten: 24 * HOUR },
  browser: { free: 10, first: SECOND, longest: 5 * MINUTE, forgotten: 24 * HOUR },
  source: { free: 30, first: SECOND, longest: HOUR, forgotten: 2 * HOUR },
});

export const isWaiting = ({ waitUntil }: Throttle, now: EpochMs): boolean => now < waitUntil;

/** The throttle after an attempt was looked at and refused. */
export function afterFailure(kind: ThrottleKind, throttle: Throttle, now: EpochMs): Throttle {
  const { free, first, longest, forgotten } = PACES[kind];
  const failures = now - throttle.failedAt >= forgotten ? 1 : throttle.failures + 1;
  const wait = failures <= free ? 0 : Math.min(longest, first * 2 ** Math.min(failures - free - 1, 30));
  return { ...throttle, failures, failedAt: now, waitUntil: epochMs(now + wait) };
}

/** After a success: whose it was begins anew, but for a source. */
export const afterSuccess = (kind: ThrottleKind, throttle: Throttle): Throttle =>
  kind === "source" ? throttle : { ...throttle, failures: 0, waitUntil: epochMs(0) };

/** When nothing of the throttle counts any more. */
export const expiryOf = (
  kind: ThrottleKind,
  { failures, failedAt, waitUntil, untold }: Throttle,
  now: EpochMs,
): EpochMs =>
  failures === 0 && untold === 0 ? now : epochMs(Math.max(failedAt + PACES[kind].forgotten, waitUntil));

const TOLD_EVERY = MINUTE;

/** An attempt that an event is to tell of, with how many that were turned away before. */
export interface Told {
  readonly throttle: Throttle;
  /** Attempts that the event stands for; undefined where there is to be none now. */
  readonly attempts: number | undefined;
}

/** One more attempt was turned away unseen: of those there is one event a minute, with their number. */
export function afterTurnedAway(throttle: Throttle, now: EpochMs): Told {
  const untold = throttle.untold + 1;
  if (now - throttle.toldAt < TOLD_EVERY) return { throttle: { ...throttle, untold }, attempts: undefined };
  return { throttle: { ...throttle, untold: 0, toldAt: now }, attempts: untold };
}

/** An attempt that was looked at has its own event, which tells of those turned away before it too. */
export const afterLookedAt = (
  throttle: Throttle,
): { readonly throttle: Throttle; readonly attempts: number } => ({
  throttle: { ...throttle, untold: 0 },
  attempts: throttle.untold + 1,
});
