import type { EpochMs } from "#base/clock.ts";
import type { AccountId, Arn, PrincipalId } from "#identity/ids.ts";
import type { Tag } from "#identity/tags.ts";
import type { Page } from "./page.ts";

/** Unique ids by the ARN that a trust policy names: who is meant, even when another takes the name. */
export type TrustBindings = Readonly<Record<string, PrincipalId>>;

export interface RoleRow {
  readonly accountId: AccountId;
  readonly roleId: PrincipalId;
  readonly roleName: string;
  readonly path: string;
  readonly createdAt: EpochMs;
  readonly description: string | undefined;
  readonly maxSessionSeconds: number;
  /** As it was given. */
  readonly trustDocument: string;
  readonly trustBindings: TrustBindings;
  readonly boundaryArn: Arn | undefined;
  readonly tags: readonly Tag[];
  readonly policyCount: number;
  readonly inlineCount: number;
  /** Characters in the inline policies' documents, white space not counted. */
  readonly inlineSize: number;
  /** Sessions of this role issued at or before this moment are dead. */
  readonly sessionsNotBefore: EpochMs;
  readonly lastUsed: { readonly at: EpochMs; readonly region: string } | undefined;
}

export interface RoleReads {
  byName(account: AccountId, name: string): Promise<RoleRow | undefined>;
  byId(account: AccountId, role: PrincipalId): Promise<RoleRow | undefined>;
  /** Roles whose path starts with `pathPrefix`, in order of their folded name; `after` is a folded name. */
  list(account: AccountId, pathPrefix: string, page: Page): Promise<readonly RoleRow[]>;
}

export type RoleCount = "policyCount";

export type NewRole = Omit<
  RoleRow,
  "boundaryArn" | "policyCount" | "inlineCount" | "inlineSize" | "sessionsNotBefore" | "lastUsed"
>;

/** A method without an answer is for a role that exists: its row is locked. */
export interface RoleWrites {
  /** False where the name is taken. A boundary is set after. */
  create(row: NewRole): Promise<boolean>;
  update(
    account: AccountId,
    role: PrincipalId,
    change: { description?: string; maxSessionSeconds?: number },
  ): Promise<void>;
  setTrust(
    account: AccountId,
    role: PrincipalId,
    trust: Pick<RoleRow, "trustDocument" | "trustBindings">,
  ): Promise<void>;
  /** False where the role or the customer managed policy is gone. Undefined takes the boundary away. */
  setBoundary(account: AccountId, role: PrincipalId, policy: Arn | undefined): Promise<boolean>;
  setTags(account: AccountId, role: PrincipalId, tags: readonly Tag[]): Promise<void>;
  /** Deletes a role that holds nothing: one conditional write. False where it is gone or has a policy. A boundary goes with it. */
  remove(account: AccountId, role: PrincipalId): Promise<boolean>;
  /** Takes the row's lock until the transaction ends and returns the row as it now is. */
  lock(account: AccountId, role: PrincipalId): Promise<RoleRow | undefined>;
  /** Adds `delta`; false, and nothing added, where the count is not below `below`. */
  count(
    account: AccountId,
    role: PrincipalId,
    count: RoleCount,
    delta: 1 | -1,
    below?: number,
  ): Promise<boolean>;
  endSessions(account: AccountId, role: PrincipalId, notBefore: EpochMs): Promise<void>;
}
