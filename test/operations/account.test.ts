import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { rootPrincipalId } from "#identity/ids.ts";
import { ADMINISTRATOR_ACCESS } from "#policy/managed/managed.ts";
import { QUOTAS } from "../support/quotas.ts";
import { ACCOUNT, type CallChange, callOf, NOW } from "./calls.ts";
import { OTHER_ACCOUNT, openWorld, ROOT, userId, type World } from "./world.ts";

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

const summary = async (who: CallChange = ROOT) =>
  (await world.done("GetAccountSummary", {}, who)).SummaryMap as Readonly<Record<string, number>>;

/** Every key that AWS answers with (recorded in 2026; contract 1.6), in an account that has nothing. */
const EMPTY = {
  AccessKeysPerUserQuota: 2,
  AccountAccessKeysPresent: 0,
  AccountMFAEnabled: 0,
  AccountPasswordPresent: 0,
  AccountSigningCertificatesPresent: 0,
  AssumeRolePolicySizeQuota: 2048,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  AttachedPoliciesPerUserQuota: 10,
  GlobalEndpointTokenVersion: 1,
  GroupPolicySizeQuota: 5120,
  Groups: 0,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfiles: 0,
  InstanceProfilesQuota: 1000,
  MFADevices: 0,
  MFADevicesInUse: 0,
  Policies: 0,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUse: 0,
  PolicyVersionsInUseQuota: 10000,
  Providers: 0,
  RolePolicySizeQuota: 10240,
  Roles: 0,
  RolesQuota: 1000,
  ServerCertificates: 0,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2048,
  Users: 0,
  UsersQuota: 5000,
  VersionsPerPolicyQuota: 5,
};

test("the summary counts what there is, and this account's alone", async () => {
  assert.deepEqual(await summary(), EMPTY);
  for (const UserName of ["one", "two"]) await world.done("CreateUser", { UserName });
  await world.done("AttachUserPolicy", { UserName: "one", PolicyArn: ADMINISTRATOR_ACCESS });
  await world.done("AttachUserPolicy", { UserName: "two", PolicyArn: ADMINISTRATOR_ACCESS });
  assert.deepEqual(await summary(), { ...EMPTY, Users: 2, PolicyVersionsInUse: 1 });
  await world.done("DetachUserPolicy", { UserName: "two", PolicyArn: ADMINISTRATOR_ACCESS });
  await world.done("DeleteUser", { UserName: "two" });
  assert.deepEqual(await summary(), { ...EMPTY, Users: 1, PolicyVersionsInUse: 1 });
  assert.deepEqual(await summary({ kind: "root", accountId: OTHER_ACCOUNT }), EMPTY);
});

test("the summary's flags are root's, its counts of devices the account's", async () => {
  const root = rootPrincipalId(ACCOUNT);
  await world.store.write(async (tx) => {
    await tx.users.count(ACCOUNT, root, "mfaCount", 1);
    await tx.users.count(ACCOUNT, root, "mfaCount", 1);
    await tx.users.count(ACCOUNT, root, "accessKeyCount", 1);
    for (const count of ["virtualMfaCount", "virtualMfaCount", "mfaInUseCount"] as const) {
      await tx.accounts.count(ACCOUNT, count, 1);
    }
    const profile = { accountId: ACCOUNT, passwordHash: "x", createdAt: NOW, changedAt: NOW };
    await tx.loginProfiles.create({ ...profile, userId: root, resetRequired: false, earlierHashes: [] });
  });
  const { AccountMFAEnabled, AccountAccessKeysPresent, AccountPasswordPresent, MFADevices, MFADevicesInUse } =
    await summary();
  assert.deepEqual([AccountMFAEnabled, AccountAccessKeysPresent, AccountPasswordPresent], [1, 1, 1]);
  assert.deepEqual([MFADevices, MFADevicesInUse], [2, 1]);
});

test("the summary shows the quotas that are set", async () => {
  const quotas = { ...QUOTAS, users: 7, accessKeysPerUser: 3, attachedPoliciesPerUser: 20 };
  const shown = await summary({ ...ROOT, deps: { quotas } });
  assert.deepEqual(
    [shown.UsersQuota, shown.AccessKeysPerUserQuota, shown.AttachedPoliciesPerUserQuota],
    [7, 3, 20],
  );
});

test("an alias: one an account, in the whole deployment once", async () => {
  const aliases = async () => (await world.done("ListAccountAliases")).AccountAliases;
  assert.deepEqual(await world.done("ListAccountAliases"), { AccountAliases: [], IsTruncated: false });
  assert.deepEqual(await world.done("CreateAccountAlias", { AccountAlias: "first-alias" }), {});
  await world.done("CreateAccountAlias", { AccountAlias: "second-alias" });
  assert.deepEqual(await aliases(), ["second-alias"]);
  const neighbour = { kind: "root", accountId: OTHER_ACCOUNT } as const;
  const taken = ["EntityAlreadyExists", 409, "The account alias second-alias already exists."] as const;
  await world.refused(taken, "CreateAccountAlias", { AccountAlias: "second-alias" }, neighbour);
  await world.done("CreateAccountAlias", { AccountAlias: "first-alias" }, neighbour);
  const missing = ["NoSuchEntity", 404, "The account alias first-alias cannot be found."] as const;
  await world.refused(missing, "DeleteAccountAlias", { AccountAlias: "first-alias" });
  assert.deepEqual(await world.done("DeleteAccountAlias", { AccountAlias: "second-alias" }), {});
  assert.deepEqual(await aliases(), []);
});

const UNKNOWN = `arn:aws:iam::${ACCOUNT}:policy/nonexistent`;
const noPolicy = (arn: string) =>
  ["NoSuchEntity", 404, `Policy ${arn} does not exist or is not attachable.`] as const;
const notFound = (arn: string) => ["NoSuchEntity", 404, `Policy ${arn} was not found.`] as const;

test("AdministratorAccess is attached, listed and detached (recorded from AWS)", async () => {
  const UserName = "admin-to-be";
  await world.done("CreateUser", { UserName });
  const none = { AttachedPolicies: [], IsTruncated: false };
  const attached = { PolicyName: "AdministratorAccess", PolicyArn: ADMINISTRATOR_ACCESS };
  assert.deepEqual(await world.done("ListAttachedUserPolicies", { UserName }), none);
  for (let times = 0; times < 2; times++) {
    assert.deepEqual(await world.done("AttachUserPolicy", { UserName, PolicyArn: ADMINISTRATOR_ACCESS }), {});
  }
  const user = await world.store.reader.users.byName(ACCOUNT, UserName);
  assert.equal(user?.policyCount, 1);
  const listed = { AttachedPolicies: [attached], IsTruncated: false };
  assert.deepEqual(await world.done("ListAttachedUserPolicies", { UserName }), listed);
  assert.deepEqual(await world.done("ListAttachedUserPolicies", { UserName, PathPrefix: "/" }), listed);
  assert.deepEqual(await world.done("ListAttachedUserPolicies", { UserName, PathPrefix: "/job/" }), none);
  assert.deepEqual(await world.done("DetachUserPolicy", { UserName, PolicyArn: ADMINISTRATOR_ACCESS }), {});
  await world.refused(notFound(ADMINISTRATOR_ACCESS), "DetachUserPolicy", {
    UserName,
    PolicyArn: ADMINISTRATOR_ACCESS,
  });
});

test("policies that there are not (recorded from AWS), and users that there are not", async () => {
  const UserName = "plain";
  await world.done("CreateUser", { UserName });
  for (const PolicyArn of [UNKNOWN, "arn:aws:iam::aws:policy/ReadOnlyAccess", `${ADMINISTRATOR_ACCESS}x`]) {
    await world.refused(noPolicy(PolicyArn), "AttachUserPolicy", { UserName, PolicyArn });
  }
  await world.refused(notFound(UNKNOWN), "DetachUserPolicy", { UserName, PolicyArn: UNKNOWN });
  const nobody = ["NoSuchEntity", 404, "The user with name nobody cannot be found."] as const;
  for (const operation of ["AttachUserPolicy", "DetachUserPolicy", "ListAttachedUserPolicies"]) {
    await world.refused(nobody, operation, { UserName: "nobody", PolicyArn: UNKNOWN });
  }
});

test("the quota of attached policies; a refused one is not attached", async () => {
  const UserName = "full";
  await world.done("CreateUser", { UserName });
  const who = { ...ROOT, deps: { quotas: { ...callOf().deps.quotas, attachedPoliciesPerUser: 0 } } };
  const full = ["LimitExceeded", 409, "Cannot exceed quota for PoliciesPerUser: 0"] as const;
  await world.refused(full, "AttachUserPolicy", { UserName, PolicyArn: ADMINISTRATOR_ACCESS }, who);
  const attached = await world.store.reader.attachments.listFor(ACCOUNT, await userId(world, UserName), {
    limit: 9,
  });
  assert.deepEqual(attached, []);
});
