import type { EpochMs } from "#base/clock.ts";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { GroupRow } from "./groups.ts";
import type { Page } from "./page.ts";

/** In which order users come; those of one value come by their name, in the order turned round too. */
export type UserOrder = "name" | "created" | "password-used" | "key-age";

/** Whom a list of users holds, and in which order. What is undefined is not asked for. */
export interface UserQuery {
  /** A part of the name, in any letter case. */
  readonly search: string | undefined;
  readonly hasMfa: boolean | undefined;
  readonly hasPassword: boolean | undefined;
  readonly group: GroupRow | undefined;
  /** The password was last used then or before; who never used it counts by when he was made. */
  readonly signedInUntil: EpochMs | undefined;
  /** An active key is of then or before. */
  readonly keyUntil: EpochMs | undefined;
  /** Who never used a password, or has no active key, comes first; last in the order turned round. */
  readonly order: UserOrder;
  readonly descending: boolean;
}

/** A user's place in the order of a query. */
export interface UserPlace {
  readonly userId: PrincipalId;
  /** Under which the next page goes on; of at most 100 bytes. */
  readonly key: string;
}

export interface UserSummary {
  readonly accountId: AccountId;
  readonly userId: PrincipalId;
  readonly userName: string;
  readonly path: string;
  readonly createdAt: EpochMs;
  readonly passwordLastUsed: EpochMs | undefined;
  readonly hasPassword: boolean;
  readonly mfaCount: number;
  readonly activeKeys: number;
  readonly oldestActiveKeyAt: EpochMs | undefined;
  /** Names, in the order of their folded form. */
  readonly groups: readonly string[];
}

/** IAM users alone, never root. */
export interface UserSummaryReads {
  /** `after` is a place's key. */
  find(account: AccountId, query: UserQuery, page: Page): Promise<readonly UserPlace[]>;
  /** How many there are, or `most` where there are as many or more. */
  count(account: AccountId, query: UserQuery, most: number): Promise<number>;
  /** In the order of `users`; who is gone is left out. */
  load(account: AccountId, users: readonly PrincipalId[]): Promise<readonly UserSummary[]>;
}
