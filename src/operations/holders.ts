import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { groupArn, roleArn, userArn } from "#identity/arns.ts";
import type { AccountId, Arn, PrincipalId } from "#identity/ids.ts";
import type { Tag } from "#identity/tags.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { GroupRow } from "#ports/groups.ts";
import type { EntityKind } from "#ports/policies.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { Reader, Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "./call.ts";
import type { OperationContext } from "./operation.ts";

/** A user, group or role, as far as his policies go. It serves as the `PolicyHolder` of the ports. */
export interface Holder {
  readonly kind: EntityKind;
  readonly accountId: AccountId;
  readonly id: PrincipalId;
  /** As it is written. */
  readonly name: string;
  /** Under which he is shown and decided about: the stored spelling and path. */
  readonly arn: Arn;
  /** A group has neither a boundary nor tags. */
  readonly boundaryArn: Arn | undefined;
  readonly tags: readonly Tag[];
}

/** All there is to know about one kind of holder: what its operations are called, how they name it, and where it is kept. */
export interface HolderKind {
  readonly kind: EntityKind;
  /** As in `AttachUserPolicy`. */
  readonly noun: "User" | "Group" | "Role";
  /** The input's member that names the holder. */
  readonly member: `${HolderKind["noun"]}Name`;
  readonly arn: (account: AccountId, path: string, name: string) => Arn;
  /** By name, in whatever letter case. */
  readonly load: (store: Reader, account: AccountId, name: string) => Promise<Holder | undefined>;
  /** Takes the row's lock until the transaction ends; undefined where the holder is gone. */
  readonly lock: (store: Transaction, holder: Holder) => Promise<Holder | undefined>;
  /** Counts an attached policy; false, and nothing counted, where there are not fewer than `below`. */
  readonly countPolicy: (
    store: Transaction,
    holder: Holder,
    delta: 1 | -1,
    below?: number,
  ) => Promise<boolean>;
}

const ofUser = (row: UserRow | undefined): Holder | undefined =>
  row && {
    ...row,
    kind: "user",
    id: row.userId,
    name: row.userName,
    arn: userArn(row.accountId, row.path, row.userName),
  };

const ofGroup = (row: GroupRow | undefined): Holder | undefined =>
  row && {
    ...row,
    kind: "group",
    id: row.groupId,
    name: row.groupName,
    arn: groupArn(row.accountId, row.path, row.groupName),
    boundaryArn: undefined,
    tags: [],
  };

const ofRole = (row: RoleRow | undefined): Holder | undefined =>
  row && {
    ...row,
    kind: "role",
    id: row.roleId,
    name: row.roleName,
    arn: roleArn(row.accountId, row.path, row.roleName),
  };

const holderKind = (facts: HolderKind): HolderKind => Object.freeze(facts);

/** IAM users, never root. */
export const USERS = holderKind({
  kind: "user",
  noun: "User",
  member: "UserName",
  arn: userArn,
  load: async (store, account, name) => ofUser(await store.users.byName(account, name)),
  lock: async (store, { accountId, id }) => ofUser(await store.users.lock(accountId, id)),
  countPolicy: (store, { accountId, id }, delta, below) =>
    store.users.count(accountId, id, "policyCount", delta, below),
});

export const GROUPS = holderKind({
  kind: "group",
  noun: "Group",
  member: "GroupName",
  arn: groupArn,
  load: async (store, account, name) => ofGroup(await store.groups.byName(account, name)),
  lock: async (store, { accountId, id }) => ofGroup(await store.groups.lock(accountId, id)),
  countPolicy: (store, { accountId, id }, delta, below) =>
    store.groups.count(accountId, id, "policyCount", delta, below),
});

export const ROLES = holderKind({
  kind: "role",
  noun: "Role",
  member: "RoleName",
  arn: roleArn,
  load: async (store, account, name) => ofRole(await store.roles.byName(account, name)),
  lock: async (store, { accountId, id }) => ofRole(await store.roles.lock(accountId, id)),
  countPolicy: (store, { accountId, id }, delta, below) =>
    store.roles.count(accountId, id, "policyCount", delta, below),
});

/** The members that name a holder; an operation of one kind has one of them, and the validator has seen to it. */
export interface HolderInput {
  readonly UserName?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly RoleName?: string | undefined;
}

/** The name that a call gives. */
export const holderName = (of: HolderKind, input: HolderInput): string => input[of.member] ?? "";

/** Whom a call is about; undefined where there is no such holder. */
const holderTarget =
  (of: HolderKind) =>
  (store: Reader, call: Call, input: HolderInput): Promise<Holder | undefined> =>
    of.load(store, call.caller.accountId, holderName(of, input));

/** The resource of a decision: the holder's ARN, or the ARN of the name asked for where there is none. */
const holderResource =
  (of: HolderKind) =>
  (call: Call, input: HolderInput, target: Holder | undefined): readonly string[] => [
    target?.arn ?? of.arn(call.caller.accountId, "/", holderName(of, input)),
  ];

export const noSuchHolder = (of: HolderKind, name: string): ServiceError =>
  serviceError("NoSuchEntity", `The ${of.kind} with name ${name} cannot be found.`);

/** The holder whom a call is about, or why not. */
export const knownHolder = (
  of: HolderKind,
  input: HolderInput,
  target: Holder | undefined,
): Outcome<Holder, ServiceError> =>
  target === undefined ? refuse(noSuchHolder(of, holderName(of, input))) : accept(target);

/** As `knownHolder`, with his row locked and as it now is. */
export const lockedHolder = async (
  of: HolderKind,
  store: Transaction,
  input: HolderInput,
  target: Holder | undefined,
): Promise<Outcome<Holder, ServiceError>> => knownHolder(of, input, target && (await of.lock(store, target)));

/** What operations about one kind of holder have in common: `aboutHolder(USERS, "PutUserPolicy")`. */
export const aboutHolder = (of: HolderKind, name: string) =>
  ({
    service: "iam",
    name,
    action: `iam:${name}`,
    target: holderTarget(of),
    resources: holderResource(of),
  }) as const;

/** What policies can ask of a call that changes a holder's policies: his boundary and tags (contract 9.3). */
export const holderContext = (
  target: Holder | undefined,
  keys: NonNullable<OperationContext["keys"]> = {},
): OperationContext => ({
  resourceTags: target?.tags,
  keys: { ...keys, "iam:permissionsboundary": target?.boundaryArn },
});
