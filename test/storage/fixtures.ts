import { randomBytes as bytes } from "node:crypto";
import type { EventRow } from "#audit/event.ts";
import { type EpochMs, epochMs } from "#base/clock.ts";
import { managedPolicyArn } from "#identity/arns.ts";
import type {
  AccessKeyId,
  AccountId,
  PrincipalId,
  RandomBytes,
  SeedId,
  SerialNumber,
  UserName,
} from "#identity/ids.ts";
import {
  issueAccessKeyId,
  issueAccountId,
  issuePolicyId,
  issuePrincipalId,
  issueSeedId,
} from "#identity/ids.ts";
import type { DeviceRow } from "#ports/devices.ts";
import type { NewPolicy } from "#ports/policies.ts";
import type { NewRole } from "#ports/roles.ts";
import type { Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { OpenStore } from "#storage/open.ts";
import type { Rivals } from "./rivals.ts";

export const randomBytes: RandomBytes = (size) => bytes(size);

export const NOW: EpochMs = epochMs(Date.UTC(2026, 10, 1, 12));

/** One case's own account, in a database that it shares with the other cases. */
export interface Bench {
  readonly store: OpenStore;
  readonly rivals: Rivals;
  readonly account: AccountId;
}

type Place = Pick<Bench, "store" | "account">;

/** Cases by name; each gets an account of its own. */
export type Cases = Readonly<Record<string, (bench: Bench) => Promise<void>>>;

// Names of tests need no parser.
export const userName = (text: string): UserName => text as UserName;
export const serialOf = (account: AccountId, name: string): SerialNumber =>
  `arn:aws:iam::${account}:mfa/${name}` as SerialNumber;

export async function makeAccount(store: OpenStore): Promise<AccountId> {
  const accountId = issueAccountId(randomBytes);
  const rootEmail = `root@${accountId}.example`;
  await store.write((tx) => tx.accounts.create({ accountId, rootEmail, alias: undefined, createdAt: NOW }));
  return accountId;
}

export const newUser = (account: AccountId, name: string, path = "/"): UserParts => ({
  accountId: account,
  userId: issuePrincipalId("user", randomBytes),
  userName: userName(name),
  path,
  createdAt: NOW,
  tags: [],
});

type UserParts = Pick<UserRow, "accountId" | "userId" | "userName" | "path" | "createdAt" | "tags">;

export async function makeUser({ store, account }: Place, name: string, path = "/"): Promise<PrincipalId> {
  const user = newUser(account, name, path);
  if (!(await store.write((tx) => tx.users.create(user)))) throw new Error(`${name} is taken`);
  return user.userId;
}

export const newGroup = (account: AccountId, name: string, path = "/") => ({
  accountId: account,
  groupId: issuePrincipalId("group", randomBytes),
  groupName: name,
  path,
  createdAt: NOW,
});

export async function makeGroup({ store, account }: Place, name: string, path = "/"): Promise<PrincipalId> {
  const group = newGroup(account, name, path);
  if (!(await store.write((tx) => tx.groups.create(group)))) throw new Error(`${name} is taken`);
  return group.groupId;
}

export const newRole = (account: AccountId, name: string, path = "/"): NewRole => ({
  accountId: account,
  roleId: issuePrincipalId("role", randomBytes),
  roleName: name,
  path,
  createdAt: NOW,
  description: undefined,
  maxSessionSeconds: 3600,
  trustDocument: '{ "é": 1 }',
  trustBindings: {},
  tags: [],
});

export async function makeRole({ store, account }: Place, name: string, path = "/"): Promise<PrincipalId> {
  const role = newRole(account, name, path);
  if (!(await store.write((tx) => tx.roles.create(role)))) throw new Error(`${name} is taken`);
  return role.roleId;
}

export const newPolicy = (account: AccountId, name: string, path = "/"): NewPolicy => ({
  accountId: account,
  policyId: issuePolicyId(randomBytes),
  policyName: name,
  path,
  arn: managedPolicyArn(account, path, name),
  description: undefined,
  createdAt: NOW,
  tags: [],
});

/** Its first version's document is its name. */
export async function makePolicy({ store, account }: Place, name: string, path = "/"): Promise<NewPolicy> {
  const policy = newPolicy(account, name, path);
  if (!(await store.write((tx) => tx.policies.create(policy, name)))) throw new Error(`${name} is taken`);
  return policy;
}

let made = 0;

/** Seed ids rise with each call, as they do with time. */
export const newDevice = (account: AccountId, name: string, by: PrincipalId): Omit<DeviceRow, "owner"> => ({
  accountId: account,
  serialNumber: serialOf(account, name),
  path: "/",
  name,
  seedId: issueSeedId(NOW + ++made, randomBytes),
  createdAt: NOW,
  createdBy: by,
  enrolUntil: undefined,
  enrolmentId: undefined,
  tags: [],
});

export const SEALED = Uint8Array.of(1, 2, 3, 0, 255);

export async function makeDevice(bench: Place, name: string, by: PrincipalId): Promise<SeedId> {
  const device = newDevice(bench.account, name, by);
  if (!(await bench.store.write((tx) => tx.devices.create(device, SEALED)))) throw new Error("taken");
  return device.seedId;
}

export const newKeyId = (account: AccountId): AccessKeyId =>
  issueAccessKeyId("longTermKey", account, randomBytes);

export async function makeKey(tx: Transaction, account: AccountId, user: PrincipalId): Promise<AccessKeyId> {
  const accessKeyId = newKeyId(account);
  await tx.users.count(account, user, "accessKeyCount", 1);
  const row = { accessKeyId, accountId: account, userId: user, sealedSecret: SEALED, createdAt: NOW };
  if (!(await tx.accessKeys.create(row))) throw new Error("taken");
  return accessKeyId;
}

export const eventOf = (account: AccountId, eventId: string, more: Partial<EventRow> = {}): EventRow => ({
  accountId: account,
  eventId,
  eventTime: NOW,
  eventSource: "iam.amazonaws.com",
  eventName: "GetUser",
  readOnly: true,
  userName: undefined,
  accessKeyId: undefined,
  errorCode: undefined,
  principalId: undefined,
  record: "{}",
  decision: "{}",
  ...more,
});

/** The rows of one table, by way of a dump: what is really there. */
export async function rowsOf(store: OpenStore, table: string, account?: AccountId) {
  const rows = [];
  for await (const { table: name, row } of store.backup.dump())
    if (name === table && (account === undefined || row.account_id === account)) rows.push({ ...row });
  return rows;
}
