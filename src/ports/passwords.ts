import type { EpochMs } from "#base/clock.ts";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { PasswordPolicy } from "#identity/password-policy.ts";

export interface LoginProfileRow {
  readonly accountId: AccountId;
  readonly userId: PrincipalId;
  /** As `crypto/password.ts` encodes it. */
  readonly passwordHash: string;
  readonly createdAt: EpochMs;
  readonly changedAt: EpochMs;
  readonly resetRequired: boolean;
  /** Hashes of earlier passwords, newest first, at most 24. */
  readonly earlierHashes: readonly string[];
}

export interface LoginProfileReads {
  load(account: AccountId, user: PrincipalId): Promise<LoginProfileRow | undefined>;
}

export interface LoginProfileWrites {
  /** False where there is one. */
  create(row: LoginProfileRow): Promise<boolean>;
  /** Replaces the row if its hash is still `expectedHash`; false otherwise. */
  replace(row: LoginProfileRow, expectedHash: string): Promise<boolean>;
  remove(account: AccountId, user: PrincipalId): Promise<boolean>;
}

/** As set; where there is none the default policy holds. */
export type PasswordPolicyRow = PasswordPolicy;

export interface PasswordPolicyReads {
  load(account: AccountId): Promise<PasswordPolicyRow | undefined>;
}

export interface PasswordPolicyWrites {
  put(account: AccountId, row: PasswordPolicyRow): Promise<void>;
  remove(account: AccountId): Promise<boolean>;
}
