import { DAY, HOUR, MINUTE } from "#base/clock.ts";

/** How long console sessions last, and how long root may go without a second factor: settings, in milliseconds (DESIGN 3.5). */
export interface SignInLimits {
  /** Without a request for this long a session is over. */
  readonly idle: number;
  /** However busy, a session is over after this long. */
  readonly absolute: number;
  readonly rootIdle: number;
  readonly rootAbsolute: number;
  /** From the first reminder on, root may skip enrolling for so long; 0 asks for a factor at once (contract 7.1). */
  readonly rootMfaGrace: number;
  /** Between two reminders at least so much; 0 reminds at every sign-in. */
  readonly rootMfaReminder: number;
}

/** What the settings are unless they say otherwise. */
export const SIGN_IN_LIMITS: SignInLimits = Object.freeze({
  idle: 30 * MINUTE,
  absolute: 12 * HOUR,
  rootIdle: 15 * MINUTE,
  rootAbsolute: HOUR,
  rootMfaGrace: 35 * DAY,
  rootMfaReminder: 0,
});

/** A half-way sign-in lives so long, whatever happens in it (DESIGN 3.5). */
export const SIGN_IN_MS = 5 * MINUTE;

/** A sensitive change wants a factor proved within this time (DESIGN 3.5). */
export const FRESH_FACTOR_MS = 5 * MINUTE;

/** A browser that proved a factor of somebody is remembered for so long after the last time. */
export const BROWSER_MS = 90 * DAY;

/** The set-up link of a first run. */
export const SET_UP_LINK_MS = HOUR;

/** The last request of a session is noted no more often. */
export const TOUCH_MS = MINUTE;
