import type { EpochMs } from "#base/clock.ts";
import type { AccountId, Arn, PrincipalId, UserName } from "#identity/ids.ts";
import type { Tag } from "#identity/tags.ts";
import type { Page } from "./page.ts";

/** An IAM user, or the account's root user: the row whose `userId` is the account id and whose name is `<root_account>`. */
export interface UserRow {
  readonly accountId: AccountId;
  readonly userId: PrincipalId;
  readonly userName: UserName;
  readonly path: string;
  readonly createdAt: EpochMs;
  readonly passwordLastUsed: EpochMs | undefined;
  readonly tags: readonly Tag[];
  readonly mfaCount: number;
  readonly accessKeyCount: number;
  readonly policyCount: number;
  readonly groupCount: number;
  readonly inlineCount: number;
  /** Characters in the inline policies' documents, white space not counted. */
  readonly inlineSize: number;
  readonly boundaryArn: Arn | undefined;
  /** Tokens of this principal issued at or before this moment are dead. */
  readonly sessionsNotBefore: EpochMs;
}

export interface UserReads {
  /** IAM users only, never root. */
  byName(account: AccountId, name: string): Promise<UserRow | undefined>;
  /** Root included. */
  byId(account: AccountId, user: PrincipalId): Promise<UserRow | undefined>;
  /** IAM users whose path starts with `pathPrefix`, in order of their folded name; `after` is a folded name. */
  list(account: AccountId, pathPrefix: string, page: Page): Promise<readonly UserRow[]>;
  /** A group's members in order of their folded name; `after` is a folded name. */
  listInGroup(account: AccountId, group: PrincipalId, page: Page): Promise<readonly UserRow[]>;
  /** IAM users with an active device. */
  countWithMfa(account: AccountId): Promise<number>;
  /** How many IAM users with a password have an active device, and how many have none. */
  mfaCoverage(account: AccountId): Promise<{ readonly withMfa: number; readonly without: number }>;
  /** IAM users with a password and no active device; who used it last comes first. */
  lackingMfa(account: AccountId, limit: number): Promise<readonly UserRow[]>;
}

export type UserCount = "mfaCount" | "accessKeyCount" | "policyCount" | "groupCount";

export interface UserWrites {
  /** False where the name is taken. */
  create(
    row: Pick<UserRow, "accountId" | "userId" | "userName" | "path" | "createdAt" | "tags">,
  ): Promise<boolean>;
  /** Renames or moves; false where the new name is another user's. The user exists. */
  update(
    account: AccountId,
    user: PrincipalId,
    change: { userName?: UserName; path?: string },
  ): Promise<boolean>;
  /**
   * Deletes a user who holds nothing: one conditional write. False where he is gone, is in a group, or holds a device, key,
   * policy or login profile. A boundary goes with him.
   */
  remove(account: AccountId, user: PrincipalId): Promise<boolean>;
  /** Takes the row's lock until the transaction ends and returns the row as it now is. */
  lock(account: AccountId, user: PrincipalId): Promise<UserRow | undefined>;
  /** Adds `delta`; false, and nothing added, where the count is not below `below`. */
  count(
    account: AccountId,
    user: PrincipalId,
    count: UserCount,
    delta: 1 | -1,
    below?: number,
  ): Promise<boolean>;
  setTags(account: AccountId, user: PrincipalId, tags: readonly Tag[]): Promise<void>;
  /** Notes that the password was used to sign in. */
  notePasswordUse(account: AccountId, user: PrincipalId, at: EpochMs): Promise<void>;
  /** False where the user or the customer managed policy is gone. Undefined takes the boundary away. */
  setBoundary(account: AccountId, user: PrincipalId, policy: Arn | undefined): Promise<boolean>;
  endSessions(account: AccountId, user: PrincipalId, notBefore: EpochMs): Promise<void>;
}
