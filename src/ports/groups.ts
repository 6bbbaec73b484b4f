import type { EpochMs } from "#base/clock.ts";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { Page } from "./page.ts";

export interface GroupRow {
  readonly accountId: AccountId;
  readonly groupId: PrincipalId;
  readonly groupName: string;
  readonly path: string;
  readonly createdAt: EpochMs;
  readonly memberCount: number;
  readonly policyCount: number;
  readonly inlineCount: number;
  /** Characters in the inline policies' documents, white space not counted. */
  readonly inlineSize: number;
}

export interface GroupReads {
  byName(account: AccountId, name: string): Promise<GroupRow | undefined>;
  byId(account: AccountId, group: PrincipalId): Promise<GroupRow | undefined>;
  /** Groups whose path starts with `pathPrefix`, in order of their folded name; `after` is a folded name. */
  list(account: AccountId, pathPrefix: string, page: Page): Promise<readonly GroupRow[]>;
  /** The groups a user is in, in order of their folded name; `after` is a folded name. */
  listOfUser(account: AccountId, user: PrincipalId, page: Page): Promise<readonly GroupRow[]>;
}

export type GroupCount = "policyCount";

export interface GroupWrites {
  /** False where the name is taken. */
  create(row: Pick<GroupRow, "accountId" | "groupId" | "groupName" | "path" | "createdAt">): Promise<boolean>;
  /** Renames or moves; false where the new name is another group's. The group exists. */
  update(
    account: AccountId,
    group: PrincipalId,
    change: { groupName?: string; path?: string },
  ): Promise<boolean>;
  /** Deletes a group that holds nothing: one conditional write. False where it is gone or has a member or a policy. */
  remove(account: AccountId, group: PrincipalId): Promise<boolean>;
  /** Takes the row's lock until the transaction ends and returns the row as it now is. */
  lock(account: AccountId, group: PrincipalId): Promise<GroupRow | undefined>;
  /** Adds `delta`; false, and nothing added, where the count is not below `below`. */
  count(
    account: AccountId,
    group: PrincipalId,
    count: GroupCount,
    delta: 1 | -1,
    below?: number,
  ): Promise<boolean>;
  /** The user exists. Count after `added`: `users.count(…, "groupCount", 1, quota)`. */
  addMember(
    account: AccountId,
    group: PrincipalId,
    user: PrincipalId,
    at: EpochMs,
  ): Promise<"added" | "already-there" | "no-such-group">;
  /** False where the user is not in the group. Count after: `users.count(…, "groupCount", -1)`. */
  removeMember(account: AccountId, group: PrincipalId, user: PrincipalId): Promise<boolean>;
}
