import type { EpochMs } from "#base/clock.ts";
import type { AccessKeyId, AccountId, PrincipalId } from "#identity/ids.ts";
import type { MfaProof } from "#mfa/proof.ts";
import type { Enrolment } from "#signin/steps.ts";

/** A session of the console: a temporary credential with a row. Ended ones have none (DESIGN 3.5). */
export interface ConsoleSessionRow {
  readonly accountId: AccountId;
  /** Names it in lists; worth nothing as a credential. */
  readonly sessionId: string;
  /** SHA-256 of the cookie, in hexadecimal. */
  readonly tokenHash: string;
  readonly principalId: PrincipalId;
  /** What events show; it signs nothing. */
  readonly accessKeyId: AccessKeyId;
  readonly signedInAt: EpochMs;
  /** As a credential: what ends sessions issued until some moment ends this one. Later than `signedInAt` where its holder ended all others. */
  readonly issuedAt: EpochMs;
  readonly lastSeenAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly mfa: MfaProof | undefined;
  readonly enrolment: Enrolment;
  readonly sourceIp: string;
  readonly userAgent: string;
}

export interface ConsoleSessionReads {
  /** Whether it is still good is not looked at. */
  load(account: AccountId, tokenHash: string): Promise<ConsoleSessionRow | undefined>;
  /** A principal's sessions, newest first. */
  listFor(account: AccountId, principal: PrincipalId): Promise<readonly ConsoleSessionRow[]>;
}

export interface ConsoleSessionWrites {
  create(row: ConsoleSessionRow): Promise<void>;
  /** Notes a request, unless one was noted after `before`. */
  touch(account: AccountId, tokenHash: string, at: EpochMs, before: EpochMs): Promise<void>;
  /** Gives the session another cookie and what `change` says; false where its cookie is not `tokenHash` any more. */
  renew(
    account: AccountId,
    tokenHash: string,
    change: Partial<Pick<ConsoleSessionRow, "tokenHash" | "mfa" | "issuedAt" | "enrolment">>,
  ): Promise<boolean>;
  /** False where there is none of that cookie. */
  end(account: AccountId, tokenHash: string): Promise<boolean>;
  /** False where the principal has none of that id. */
  endNamed(account: AccountId, principal: PrincipalId, sessionId: string): Promise<boolean>;
  /** Ends the principal's sessions but for the one with this access key id; tells how many there were. */
  endAll(account: AccountId, principal: PrincipalId, except: AccessKeyId | undefined): Promise<number>;
}
