import type { EpochMs } from "#base/clock.ts";
import type { AccountId, Arn, PolicyId, PrincipalId } from "#identity/ids.ts";
import type { Tag } from "#identity/tags.ts";
import type { Page } from "./page.ts";

/** A customer managed policy. AWS's own (`arn:aws:iam::aws:policy/…`) have no rows: their documents live in the code. */
export interface PolicyRow {
  readonly accountId: AccountId;
  readonly policyId: PolicyId;
  readonly policyName: string;
  readonly path: string;
  readonly arn: Arn;
  readonly description: string | undefined;
  /** The number in `v1`. */
  readonly defaultVersion: number;
  readonly versionCount: number;
  /** Users, groups and roles that it is attached to. */
  readonly attachmentCount: number;
  /** Users and roles whose boundary it is. */
  readonly boundaryCount: number;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
  readonly tags: readonly Tag[];
}

export interface PolicyVersionRow {
  readonly version: number;
  /** As it was given. */
  readonly document: string;
  readonly createdAt: EpochMs;
}

export interface PolicyFilter {
  readonly pathPrefix: string;
  /** Only those that are attached to somebody, are somebody's boundary, or either of the two. */
  readonly use?: "attached" | "boundary" | "either" | undefined;
}

export interface PolicyReads {
  byArn(account: AccountId, arn: Arn): Promise<PolicyRow | undefined>;
  byName(account: AccountId, name: string): Promise<PolicyRow | undefined>;
  /** Customer managed policies in order of their folded name; `after` is a folded name. */
  list(account: AccountId, filter: PolicyFilter, page: Page): Promise<readonly PolicyRow[]>;
  version(account: AccountId, policy: PolicyId, version: number): Promise<PolicyVersionRow | undefined>;
  /** Newest first; `after` is a version's number. */
  versions(account: AccountId, policy: PolicyId, page: Page): Promise<readonly PolicyVersionRow[]>;
}

export type NewPolicy = Pick<
  PolicyRow,
  "accountId" | "policyId" | "policyName" | "path" | "arn" | "description" | "createdAt" | "tags"
>;

export interface PolicyWrites {
  /** Makes the policy with its first version, which is the default; false where the name is taken. */
  create(row: NewPolicy, document: string): Promise<boolean>;
  /**
   * Deletes a policy that nobody uses, with its one version: one conditional write. False where it is gone, attached, a boundary,
   * or has a version beside the default.
   */
  remove(account: AccountId, policy: PolicyId): Promise<boolean>;
  /** Takes the row's lock until the transaction ends and returns the row as it now is. */
  lock(account: AccountId, policy: PolicyId): Promise<PolicyRow | undefined>;
  setTags(account: AccountId, policy: PolicyId, tags: readonly Tag[]): Promise<void>;
  /** The number of the version made; undefined, and none made, where the policy is gone or has `below` versions. */
  addVersion(
    account: AccountId,
    policy: PolicyId,
    version: Pick<PolicyVersionRow, "document" | "createdAt"> & { readonly asDefault: boolean },
    below: number,
  ): Promise<number | undefined>;
  /** False where it is gone or the default. */
  removeVersion(account: AccountId, policy: PolicyId, version: number): Promise<boolean>;
  /** False where there is no such version. */
  setDefault(account: AccountId, policy: PolicyId, version: number, at: EpochMs): Promise<boolean>;
}

// ---- attached managed policies: of users, groups and roles, by unique id

export interface PolicyUses {
  readonly attachments: number;
  readonly boundaries: number;
}

export type EntityKind = "user" | "group" | "role";

export interface PolicyEntity {
  readonly id: PrincipalId;
  readonly name: string;
  readonly path: string;
}

export interface EntityFilter {
  readonly kind: EntityKind;
  readonly pathPrefix: string;
  /** Where it is left out, whoever uses the policy either way. */
  readonly usage?: "attached" | "boundary" | undefined;
}

export interface AttachmentReads {
  /** Policy ARNs in the order they were attached; `after` is an ARN. */
  listFor(account: AccountId, principal: PrincipalId, page: Page): Promise<readonly Arn[]>;
  /** Who uses a policy, in order of the folded name; `after` is a folded name. */
  entities(
    account: AccountId,
    policy: Arn,
    filter: EntityFilter,
    page: Page,
  ): Promise<readonly PolicyEntity[]>;
  /** How often those of `policies` that are used in the account are used; for AWS's own, which have no row that tells. */
  uses(account: AccountId, policies: readonly Arn[]): Promise<ReadonlyMap<Arn, PolicyUses>>;
}

export interface AttachmentWrites {
  /** The principal exists. Count after `attached`: `users.count(…, "policyCount", 1, quota)`, or the group's or role's. */
  attach(
    account: AccountId,
    principal: PrincipalId,
    policy: Arn,
    at: EpochMs,
  ): Promise<"attached" | "already-there" | "no-such-policy">;
  /** False where it is not attached. Count after: `users.count(…, "policyCount", -1)`, or the group's or role's. */
  detach(account: AccountId, principal: PrincipalId, policy: Arn): Promise<boolean>;
}

// ---- inline policies: of users, groups and roles

/** Who holds an inline policy: one row of users, groups or roles. */
export interface PolicyHolder {
  readonly kind: EntityKind;
  readonly accountId: AccountId;
  readonly id: PrincipalId;
}

export interface InlinePolicyRow {
  /** Matched without regard to case (recorded from AWS); what replaces a document leaves the name as it is written. */
  readonly policyName: string;
  /** As it was given. */
  readonly document: string;
  readonly createdAt: EpochMs;
}

export interface InlinePolicyReads {
  load(holder: PolicyHolder, name: string): Promise<InlinePolicyRow | undefined>;
  /** In order of their names; `after` is a name. */
  list(holder: PolicyHolder, page: Page): Promise<readonly InlinePolicyRow[]>;
}

export interface InlinePolicyWrites {
  /**
   * Makes the policy or replaces its document. `size` is the document's, white space not counted; `quota` bounds the sum of the
   * holder's sizes. Beyond it nothing is changed.
   */
  put(
    holder: PolicyHolder,
    policy: InlinePolicyRow & { readonly size: number },
    quota: number,
  ): Promise<"put" | "too-large" | "no-such-holder">;
  /** False where there is none of that name. */
  remove(holder: PolicyHolder, name: string): Promise<boolean>;
}

// ---- everything that a decision needs

/** Where a policy comes to a user from: undefined is himself, or a role itself. */
export interface GrantSource {
  readonly group: { readonly groupId: PrincipalId; readonly groupName: string } | undefined;
}

export interface InlineGrant extends GrantSource {
  readonly policyName: string;
  readonly document: string;
}

export interface ManagedGrant extends GrantSource {
  readonly arn: Arn;
  /** Of the default version; undefined for AWS's own. */
  readonly document: string | undefined;
}

export interface Grants {
  /** A user's or role's own first, then by group; in order of their names. */
  readonly inline: readonly InlineGrant[];
  readonly managed: readonly ManagedGrant[];
  readonly boundary: Pick<ManagedGrant, "arn" | "document"> | undefined;
}

export interface GrantReads {
  /** All policies of a user, by way of his groups too, or of a role, in a fixed number of queries. None where he is gone. */
  load(account: AccountId, kind: "user" | "role", principal: PrincipalId): Promise<Grants>;
}
