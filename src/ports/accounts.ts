import type { EpochMs } from "#base/clock.ts";
import type { AccountId } from "#identity/ids.ts";
import type { Page } from "./page.ts";

export interface AccountRow {
  readonly accountId: AccountId;
  readonly alias: string | undefined;
  readonly rootEmail: string;
  readonly createdAt: EpochMs;
  /** IAM users; the root user is not one. */
  readonly userCount: number;
  readonly groupCount: number;
  readonly roleCount: number;
  /** Customer managed policies. */
  readonly policyCount: number;
  /** Virtual devices, assigned or not. */
  readonly virtualMfaCount: number;
  /** Devices of any kind that have an owner. */
  readonly mfaInUseCount: number;
  /** Tokens of this account issued at or before this moment are dead. */
  readonly sessionsNotBefore: EpochMs;
  /** Rises with every change that authentication or a decision reads. */
  readonly revision: number;
}

export interface AccountReads {
  load(account: AccountId): Promise<AccountRow | undefined>;
  /** The account's revision alone; undefined where there is no such account. */
  revision(account: AccountId): Promise<number | undefined>;
  /** In order of account id. */
  list(page: Page): Promise<readonly AccountRow[]>;
  byAlias(alias: string): Promise<AccountRow | undefined>;
  /** By root's e-mail, without regard to case. */
  byRootEmail(email: string): Promise<AccountRow | undefined>;
  /** Distinct managed policies attached or a boundary in the account (PolicyVersionsInUse of contract 1.6). */
  countPoliciesInUse(account: AccountId): Promise<number>;
}

export type AccountCount =
  | "userCount"
  | "groupCount"
  | "roleCount"
  | "policyCount"
  | "virtualMfaCount"
  | "mfaInUseCount";

export interface AccountWrites {
  /** Makes the account and its root user (a `UserRow` whose id is the account's), or says what is taken. */
  create(row: {
    readonly accountId: AccountId;
    readonly rootEmail: string;
    readonly alias: string | undefined;
    readonly createdAt: EpochMs;
  }): Promise<"created" | "id-taken" | "email-taken" | "alias-taken">;
  /** Gives the account `alias` in place of the one it has; false where another account has it. */
  setAlias(account: AccountId, alias: string): Promise<boolean>;
  /** False where the account's alias is not `alias`. */
  removeAlias(account: AccountId, alias: string): Promise<boolean>;
  /** Adds `delta`; false, and nothing added, where the count is not below `below`. */
  count(account: AccountId, count: AccountCount, delta: 1 | -1, below?: number): Promise<boolean>;
  endSessions(account: AccountId, notBefore: EpochMs): Promise<void>;
}
