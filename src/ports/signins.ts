import type { EpochMs } from "#base/clock.ts";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { MfaProof } from "#mfa/proof.ts";
import type { Reminder } from "#signin/steps.ts";
import type { Throttle } from "#signin/throttle.ts";

/** A half-way sign-in: the password was right. It is bound to one browser's cookie and good for nothing else (DESIGN 3.5). */
export interface SignInRow {
  readonly accountId: AccountId;
  /** SHA-256 of the cookie, in hexadecimal. */
  readonly tokenHash: string;
  readonly principalId: PrincipalId;
  readonly step: "factor" | "change-password";
  /** When the password that was given was set: another one since ends the sign-in. */
  readonly passwordChangedAt: EpochMs;
  /** Proved at `factor`; undefined where there is no device. */
  readonly mfa: MfaProof | undefined;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs;
  /** Codes and passwords refused in this step. */
  readonly failures: number;
}

export interface SignInReads {
  load(account: AccountId, tokenHash: string): Promise<SignInRow | undefined>;
}

export interface SignInWrites {
  create(row: SignInRow): Promise<void>;
  /** Takes the sign-in away: of two steps at once one gets true and goes on. */
  take(account: AccountId, tokenHash: string): Promise<boolean>;
  /** Counts a refusal; false where the sign-in is gone or `limit` refusals were counted: then it is taken away. */
  countFailure(account: AccountId, tokenHash: string, limit: number): Promise<boolean>;
}

/** What is remembered of failures against one subject; a subject that was never refused has no row. */
export interface ThrottleRow extends Throttle {
  /** The account, or `000000000000` for what concerns no single one. */
  readonly accountId: AccountId;
  readonly subject: string;
  readonly expiresAt: EpochMs;
}

export interface ThrottleWrites {
  /** Makes the row if need be, takes its lock until the transaction ends, and returns it as it now is. */
  lock(account: AccountId, subject: string): Promise<ThrottleRow>;
  save(row: ThrottleRow): Promise<void>;
}

/** Browsers that have completed MFA for somebody. */
export interface BrowserReads {
  /** Whether the browser has done so for this principal and is still remembered. */
  knows(account: AccountId, principal: PrincipalId, tokenHash: string, now: EpochMs): Promise<boolean>;
}

export interface BrowserWrites {
  /**
   * Remembers the browser under its new cookie for this principal, and for all those it was known for under the old one. A
   * principal has at most `most`: the one that was used longest ago goes.
   */
  remember(row: {
    readonly accountId: AccountId;
    readonly principalId: PrincipalId;
    readonly tokenHash: string;
    readonly formerHash: string | undefined;
    readonly usedAt: EpochMs;
    readonly expiresAt: EpochMs;
    readonly most: number;
  }): Promise<void>;
}

/** The one link that sets up a deployment without an account. */
export interface SetUpLinkReads {
  /** Whether the link is the one that is out, and still good. */
  holds(tokenHash: string, now: EpochMs): Promise<boolean>;
}

export interface SetUpLinkWrites {
  /** Replaces the link that is out. */
  put(tokenHash: string, expiresAt: EpochMs): Promise<void>;
  /** Takes the link away: true for the first who comes with it in time. */
  claim(tokenHash: string, now: EpochMs): Promise<boolean>;
}

/** When root, without a second factor, was reminded of it. */
export interface MfaReminderReads {
  load(account: AccountId): Promise<Reminder | undefined>;
}

export interface MfaReminderWrites {
  /** Notes a reminder: the first one stays the first. */
  note(account: AccountId, at: EpochMs): Promise<void>;
}

/** Takes away what is over: sessions, sign-ins, browsers, throttles. */
export interface SignInTidying {
  /** `most`: throttles kept at most; those that end first go. */
  prune(now: EpochMs, most: number): Promise<void>;
}
