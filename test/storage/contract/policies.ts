import assert from "node:assert/strict";
import { epochMs } from "#base/clock.ts";
import { managedPolicyArn } from "#identity/arns.ts";
import { type Arn, issuePolicyId, type PolicyId } from "#identity/ids.ts";
import {
  type Bench,
  type Cases,
  makeAccount,
  makeGroup,
  makePolicy,
  makeRole,
  makeUser,
  NOW,
  newPolicy,
  randomBytes,
} from "../fixtures.ts";

const LATER = epochMs(NOW + 5);

const versionsOf = async ({ store, account }: Bench, policy: PolicyId, after?: string, limit = 9) =>
  (await store.reader.policies.versions(account, policy, { after, limit })).map(({ version }) => version);

export const policyCases: Cases = {
  "a policy is kept as it was made, with its first version": async (bench) => {
    const { store, account } = bench;
    const policy = {
      ...newPolicy(account, "Made", "/x/"),
      description: "é",
      tags: [{ Key: "k", Value: "v" }],
    };
    const document = '{ "as": "given" }\r\n';
    assert.equal(await store.write((tx) => tx.policies.create(policy, document)), true);
    const row = await store.reader.policies.byArn(account, policy.arn);
    assert.deepEqual(row, {
      ...policy,
      defaultVersion: 1,
      versionCount: 1,
      attachmentCount: 0,
      boundaryCount: 0,
      updatedAt: NOW,
    });
    const first = { version: 1, document, createdAt: NOW };
    assert.deepEqual(await store.reader.policies.version(account, policy.policyId, 1), first);
    assert.equal(await store.reader.policies.version(account, policy.policyId, 2), undefined);
    assert.deepEqual(await store.write((tx) => tx.policies.lock(account, policy.policyId)), row);
    await store.write((tx) => tx.policies.setTags(account, policy.policyId, []));
    assert.deepEqual((await store.reader.policies.byName(account, "made"))?.tags, []);
    assert.equal(await store.reader.policies.byArn(await makeAccount(store), policy.arn), undefined);
    assert.equal(
      await store.reader.policies.byArn(account, managedPolicyArn(account, "/", "Made")),
      undefined,
    );
  },

  "versions are numbered once, bounded, and the default stays": async (bench) => {
    const { store, account } = bench;
    const { policyId: id, arn } = await makePolicy(bench, "p");
    const add = (document: string, asDefault: boolean) =>
      store.write((tx) => tx.policies.addVersion(account, id, { document, createdAt: LATER, asDefault }, 3));
    const remove = (version: number) => store.write((tx) => tx.policies.removeVersion(account, id, version));
    const setDefault = (version: number) =>
      store.write((tx) => tx.policies.setDefault(account, id, version, LATER));
    const state = async () => {
      const row = await store.reader.policies.byArn(account, arn);
      return [row?.defaultVersion, row?.versionCount, row?.updatedAt];
    };
    assert.equal(await add("second", true), 2);
    assert.deepEqual(await state(), [2, 2, LATER]);
    assert.equal(await add("third", false), 3);
    assert.deepEqual(await state(), [2, 3, LATER]);
    assert.equal(await add("too many", true), undefined);
    assert.deepEqual(await state(), [2, 3, LATER]);
    assert.deepEqual(await versionsOf(bench, id), [3, 2, 1]);
    assert.deepEqual(await versionsOf(bench, id, "3", 1), [2]);
    assert.equal(await remove(2), false);
    assert.equal(await remove(3), true);
    assert.equal(await remove(3), false);
    assert.equal(await setDefault(3), false);
    assert.equal(await add("fourth", false), 4);
    assert.deepEqual(await versionsOf(bench, id), [4, 2, 1]);
    assert.equal(await setDefault(4), true);
    assert.equal(await remove(4), false);
    assert.deepEqual(await state(), [4, 3, LATER]);
    const none = issuePolicyId(randomBytes);
    const version = { document: "", createdAt: NOW, asDefault: true };
    assert.equal(await store.write((tx) => tx.policies.addVersion(account, none, version, 5)), undefined);
    assert.equal(await store.write((tx) => tx.policies.setDefault(account, none, 1, NOW)), false);
    assert.equal(await store.write((tx) => tx.policies.removeVersion(account, none, 1)), false);
  },

  "only a policy that nobody uses, and that has one version, is deleted": async (bench) => {
    const { store, account } = bench;
    const { policyId: id, arn } = await makePolicy(bench, "p");
    const [user, group] = [await makeUser(bench, "u"), await makeGroup(bench, "g")];
    const remove = () => store.write((tx) => tx.policies.remove(account, id));
    await store.write(async (tx) => {
      await tx.attachments.attach(account, group, arn, NOW);
      await tx.users.setBoundary(account, user, arn);
      await tx.policies.addVersion(account, id, { document: "", createdAt: NOW, asDefault: false }, 5);
    });
    assert.equal(await remove(), false);
    await store.write((tx) => tx.attachments.detach(account, group, arn));
    assert.equal(await remove(), false);
    await store.write((tx) => tx.users.setBoundary(account, user, undefined));
    assert.equal(await remove(), false);
    await store.write((tx) => tx.policies.removeVersion(account, id, 2));
    assert.equal(await remove(), true);
    assert.equal(await remove(), false);
    assert.deepEqual(await versionsOf(bench, id), []);
    await makePolicy(bench, "P");
  },

  "attachments of users, groups and roles are counted on the policy": async (bench) => {
    const { store, account } = bench;
    const { arn } = await makePolicy(bench, "p");
    const holders = [await makeUser(bench, "u"), await makeGroup(bench, "g"), await makeRole(bench, "r")];
    const attach = (holder: (typeof holders)[number], policy: Arn = arn) =>
      store.write((tx) => tx.attachments.attach(account, holder, policy, NOW));
    const count = async () => (await store.reader.policies.byArn(account, arn))?.attachmentCount;
    for (const holder of holders) assert.equal(await attach(holder), "attached");
    for (const holder of holders) assert.equal(await attach(holder), "already-there");
    assert.equal(await count(), 3);
    const [user] = holders;
    assert.ok(user);
    assert.equal(await store.write((tx) => tx.attachments.detach(account, user, arn)), true);
    assert.equal(await store.write((tx) => tx.attachments.detach(account, user, arn)), false);
    assert.equal(await count(), 2);
    assert.equal(await attach(user, managedPolicyArn(account, "/", "none")), "no-such-policy");
    const elsewhere = { store, account: await makeAccount(store) };
    assert.equal(await attach(user, (await makePolicy(elsewhere, "p")).arn), "no-such-policy");
    assert.deepEqual(await store.reader.attachments.listFor(account, user, { limit: 9 }), []);
  },

  "the list shows what is attached, a boundary, or either": async (bench) => {
    const { store, account } = bench;
    const names = async (use?: "attached" | "boundary" | "either") =>
      (await store.reader.policies.list(account, { pathPrefix: "/", use }, { limit: 9 })).map(
        (row) => row.policyName,
      );
    const [both, attached, boundary] = [
      await makePolicy(bench, "both"),
      await makePolicy(bench, "attached"),
      await makePolicy(bench, "boundary"),
    ];
    await makePolicy(bench, "unused");
    const [user, role] = [await makeUser(bench, "u"), await makeRole(bench, "r")];
    await store.write(async (tx) => {
      await tx.attachments.attach(account, user, both.arn, NOW);
      await tx.attachments.attach(account, user, attached.arn, NOW);
      await tx.users.setBoundary(account, user, both.arn);
      await tx.roles.setBoundary(account, role, boundary.arn);
    });
    assert.deepEqual(await names(), ["attached", "both", "boundary", "unused"]);
    assert.deepEqual(await names("attached"), ["attached", "both"]);
    assert.deepEqual(await names("boundary"), ["both", "boundary"]);
    assert.deepEqual(await names("either"), ["attached", "both", "boundary"]);
  },
};
