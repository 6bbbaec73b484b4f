import type { EpochMs } from "#base/clock.ts";
import type { AccountId } from "#identity/ids.ts";
import type { MfaMethod } from "#mfa/proof.ts";

/** How a sign-in ended: with a factor, without one, or not at all. */
export type SignInMethod = MfaMethod | "none" | "failed";

export interface SignInDay {
  /** Days since 1970, in UTC. */
  readonly day: number;
  readonly method: SignInMethod;
  readonly signIns: number;
}

export interface SignInDayReads {
  /** From `day` on, in order of day and method. */
  since(account: AccountId, day: number): Promise<readonly SignInDay[]>;
}

export interface SignInDayWrites {
  /** Counts so many on the day of `at`. */
  add(account: AccountId, at: EpochMs, method: SignInMethod, signIns: number): Promise<void>;
}
