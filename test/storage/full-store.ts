import { epochMs } from "#base/clock.ts";
import type { AccountId, Arn, PrincipalId } from "#identity/ids.ts";
import type { Transaction } from "#ports/store.ts";
import type { OpenStore } from "#storage/open.ts";
import {
  eventOf,
  makeAccount,
  makeKey,
  NOW,
  newDevice,
  newGroup,
  newPolicy,
  newRole,
  newUser,
  SEALED,
} from "./fixtures.ts";

const USERS = 30;
const DEVICES = 500;

/** At least a row in every table, and more sealed values than a page or two hold. */
export async function fillStore(store: OpenStore): Promise<void> {
  await store.rootKeys.found("key", Uint8Array.of(7), NOW);
  await store.clock.raise(NOW);
  for (let at = 0; at < 2; at += 1) await fillAccount(store, at);
}

async function fillAccount(store: OpenStore, which: number): Promise<void> {
  const account = await makeAccount(store);
  await store.write(async (tx) => {
    if (which === 0) await tx.accounts.setAlias(account, `full-${account}`);
    await tx.events.append(eventOf(account, `event-${which}`, { record: '{"a":"é\u{1f510}"}' }));
    await tx.budgets.save({ ...(await tx.budgets.lock(account, "person:x")), run: 3 });
    await tx.passwordPolicies.put(account, POLICY);
    const owner = newUser(account, "owner");
    await tx.users.create(owner);
    for (let at = 0; at < DEVICES / 2; at += 1) {
      const device = newDevice(account, `device-${at}`, owner.userId);
      await tx.devices.create(device, SEALED);
      if (at === 0) await useDevice(tx, device, owner.userId);
    }
    for (let at = 0; at < USERS; at += 1) await fillUser(tx, newUser(account, `user-${at}`));
    await fillPolicies(tx, account, owner.userId);
    await fillSignIns(tx, account, owner.userId);
  });
}

async function useDevice(
  tx: Transaction,
  device: ReturnType<typeof newDevice>,
  owner: typeof device.createdBy,
) {
  const { accountId, serialNumber, seedId } = device;
  await tx.devices.assign(accountId, serialNumber, owner, NOW);
  await tx.seeds.claim(accountId, seedId, 59);
  const seed = await tx.seeds.lock(accountId, seedId);
  if (seed === undefined) throw new Error("no seed");
  await tx.seeds.save({ ...seed, drift: 2, floorStep: 5_000, highestClaim: 5_001, leanAt: NOW });
}

async function fillUser(tx: Transaction, user: ReturnType<typeof newUser>): Promise<void> {
  const { accountId, userId } = user;
  await tx.users.create({ ...user, tags: [{ Key: "k", Value: "é" }] });
  await makeKey(tx, accountId, userId);
  // An AWS managed policy's own ARN.
  await tx.attachments.attach(accountId, userId, "arn:aws:iam::aws:policy/AdministratorAccess" as Arn, NOW);
  await tx.loginProfiles.create({
    ...{ accountId, userId, passwordHash: "h", createdAt: NOW, changedAt: epochMs(NOW + 1) },
    ...{ resetRequired: false, earlierHashes: ["g"] },
  });
}

async function fillSignIns(tx: Transaction, account: AccountId, user: PrincipalId): Promise<void> {
  const expiresAt = epochMs(NOW + 1);
  await tx.mfaReminders.note(account, NOW);
  await fillContacts(tx, account, user);
  await tx.signInDays.add(account, NOW, "virtual", 1);
  await tx.setUpLinks.put("link", expiresAt);
  await tx.throttles.lock(account, "password/principal/x");
  const browser = {
    accountId: account,
    principalId: user,
    tokenHash: "b",
    formerHash: undefined,
    usedAt: NOW,
  };
  await tx.browsers.remember({ ...browser, expiresAt, most: 1 });
  await tx.signIns.create({
    ...{ accountId: account, tokenHash: "s", principalId: user, step: "factor", passwordChangedAt: NOW },
    ...{ mfa: undefined, createdAt: NOW, expiresAt, failures: 0 },
  });
}

async function fillContacts(tx: Transaction, account: AccountId, user: PrincipalId): Promise<void> {
  const contact = { accountId: account, principalId: user, address: "é@b.example", changedAt: NOW };
  await tx.contacts.put(contact, { tokenHash: "c", expiresAt: epochMs(NOW + 1) });
  await tx.notices.add([
    {
      ...{ accountId: account, noticeId: `notice-${account}`, about: user, userName: "owner", at: NOW },
      ...{ kind: "confirm-contact", details: {}, address: "é@b.example", sealedToken: SEALED },
    },
  ]);
}

/** Each way in which a policy comes to somebody. */
async function fillPolicies(tx: Transaction, account: AccountId, user: PrincipalId): Promise<void> {
  const [policy, group, role] = [
    newPolicy(account, "policy"),
    newGroup(account, "group"),
    newRole(account, "role"),
  ];
  await tx.policies.create({ ...policy, description: "é", tags: [{ Key: "k", Value: "v" }] }, "{}");
  await tx.policies.addVersion(
    account,
    policy.policyId,
    { document: "[]", createdAt: NOW, asDefault: true },
    5,
  );
  await tx.groups.create(group);
  await tx.groups.addMember(account, group.groupId, user, NOW);
  await tx.roles.create({ ...role, description: "é", trustBindings: { a: user } });
  await tx.users.setBoundary(account, user, policy.arn);
  await tx.roles.setBoundary(account, role.roleId, policy.arn);
  for (const holder of [
    { kind: "user", id: user },
    { kind: "group", id: group.groupId },
    { kind: "role", id: role.roleId },
  ] as const) {
    const inline = { policyName: "inline", document: "{}", size: 2, createdAt: NOW };
    await tx.inlinePolicies.put({ ...holder, accountId: account }, inline, 9);
    await tx.attachments.attach(account, holder.id, policy.arn, NOW);
  }
}

const POLICY = {
  minimumPasswordLength: 14,
  requireSymbols: true,
  requireNumbers: false,
  requireUppercaseCharacters: true,
  requireLowercaseCharacters: false,
  allowUsersToChangePassword: true,
  maxPasswordAge: 90,
  passwordReusePrevention: 24,
  hardExpiry: false,
};
