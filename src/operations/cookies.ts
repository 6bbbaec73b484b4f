import { SECOND } from "#base/clock.ts";
import { BROWSER_MS, SIGN_IN_MS } from "#signin/limits.ts";

/** A console session; a half-way sign-in; a browser that has completed MFA for somebody. */
export type CookieName = "session" | "signin" | "browser";

export interface CookieChange {
  readonly name: CookieName;
  /** Undefined clears the cookie. */
  readonly value: string | undefined;
  readonly maxAgeSeconds: number;
}

export const clearCookie = (name: CookieName): CookieChange => ({ name, value: undefined, maxAgeSeconds: 0 });

const seconds = (ms: number): number => Math.floor(ms / SECOND);

export const signInCookie = (value: string): CookieChange => ({
  name: "signin",
  value,
  maxAgeSeconds: seconds(SIGN_IN_MS),
});

export const browserCookie = (value: string): CookieChange => ({
  name: "browser",
  value,
  maxAgeSeconds: seconds(BROWSER_MS),
});

/** `ms`: how long the session may still last at most. */
export const sessionCookie = (value: string, ms: number): CookieChange => ({
  name: "session",
  value,
  maxAgeSeconds: seconds(ms),
});
