import assert from "node:assert/strict";
import { epochMs } from "#base/clock.ts";
import type { LoginProfileRow, PasswordPolicyRow } from "#ports/passwords.ts";
import { type Cases, makeKey, makeUser, NOW, newKeyId, SEALED } from "../fixtures.ts";

export const credentialCases: Cases = {
  "an access key is found by its id, with its sealed secret": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "keys");
    const id = await store.write((tx) => makeKey(tx, account, user));
    assert.deepEqual(await store.reader.accessKeys.load(id), {
      accessKeyId: id,
      accountId: account,
      userId: user,
      sealedSecret: SEALED,
      status: "Active",
      createdAt: NOW,
      lastUsedAt: undefined,
      lastUsedService: undefined,
      lastUsedRegion: undefined,
    });
    assert.equal(await store.reader.accessKeys.load(newKeyId(account)), undefined);
    const again = {
      accessKeyId: id,
      accountId: account,
      userId: user,
      sealedSecret: SEALED,
      createdAt: NOW,
    };
    assert.equal(await store.write((tx) => tx.accessKeys.create(again)), false);
  },

  "only its owner's key is changed": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "owner");
    const other = await makeUser(bench, "other");
    const id = await store.write((tx) => makeKey(tx, account, user));
    const set = (owner: typeof user) =>
      store.write((tx) => tx.accessKeys.setStatus(account, owner, id, "Inactive"));
    assert.equal(await set(other), false);
    assert.equal((await store.reader.accessKeys.load(id))?.status, "Active");
    assert.equal(await set(user), true);
    assert.equal((await store.reader.accessKeys.load(id))?.status, "Inactive");
    assert.equal(await store.write((tx) => tx.accessKeys.remove(account, other, id)), false);
    assert.equal(await store.write((tx) => tx.accessKeys.remove(account, user, id)), true);
    assert.equal(await store.write((tx) => tx.accessKeys.remove(account, user, id)), false);
  },

  "keys come in order of creation, then id": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "lister");
    const ids = [newKeyId(account), newKeyId(account), newKeyId(account)].toSorted();
    const [low, middle, high] = ids;
    assert.ok(low && middle && high);
    const moments = [
      [low, 20],
      [middle, 10],
      [high, 10],
    ] as const;
    for (const [accessKeyId, at] of moments)
      await store.write((tx) =>
        tx.accessKeys.create({
          ...{ accessKeyId, accountId: account, userId: user },
          ...{ sealedSecret: SEALED, createdAt: epochMs(at) },
        }),
      );
    const list = async (after?: string, limit = 9) =>
      (await store.reader.accessKeys.listFor(account, user, { after, limit })).map((row) => row.accessKeyId);
    assert.deepEqual(await list(), [middle, high, low]);
    assert.deepEqual(await list(middle, 1), [high]);
    assert.deepEqual(await list(low), []);
  },

  "one login profile a user; a change needs the hash it saw": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "profile");
    const row: LoginProfileRow = {
      accountId: account,
      userId: user,
      passwordHash: "hash-1",
      createdAt: NOW,
      changedAt: NOW,
      resetRequired: true,
      earlierHashes: [],
    };
    assert.equal(await store.write((tx) => tx.loginProfiles.create(row)), true);
    assert.equal(await store.write((tx) => tx.loginProfiles.create(row)), false);
    assert.deepEqual(await store.reader.loginProfiles.load(account, user), row);
    const next = {
      ...row,
      passwordHash: "hash-2",
      resetRequired: false,
      earlierHashes: ["hash-1", "hash-0"],
    };
    assert.equal(await store.write((tx) => tx.loginProfiles.replace(next, "hash-0")), false);
    assert.equal(await store.write((tx) => tx.loginProfiles.replace(next, "hash-1")), true);
    assert.equal(await store.write((tx) => tx.loginProfiles.replace(next, "hash-1")), false);
    assert.deepEqual(await store.reader.loginProfiles.load(account, user), next);
    assert.equal(await store.write((tx) => tx.loginProfiles.remove(account, user)), true);
    assert.equal(await store.write((tx) => tx.loginProfiles.remove(account, user)), false);
    assert.equal(await store.reader.loginProfiles.load(account, user), undefined);
    assert.equal(await store.write((tx) => tx.loginProfiles.create(row)), true);
  },

  "a password policy is replaced whole": async ({ store, account }) => {
    assert.equal(await store.reader.passwordPolicies.load(account), undefined);
    assert.equal(await store.write((tx) => tx.passwordPolicies.remove(account)), false);
    const strict: PasswordPolicyRow = {
      minimumPasswordLength: 14,
      requireSymbols: true,
      requireNumbers: true,
      requireUppercaseCharacters: true,
      requireLowercaseCharacters: true,
      allowUsersToChangePassword: true,
      maxPasswordAge: 90,
      passwordReusePrevention: 24,
      hardExpiry: true,
    };
    const lax: PasswordPolicyRow = {
      minimumPasswordLength: 6,
      requireSymbols: false,
      requireNumbers: false,
      requireUppercaseCharacters: false,
      requireLowercaseCharacters: false,
      allowUsersToChangePassword: false,
      maxPasswordAge: 0,
      passwordReusePrevention: 0,
      hardExpiry: false,
    };
    for (const policy of [strict, lax]) {
      await store.write((tx) => tx.passwordPolicies.put(account, policy));
      assert.deepEqual(await store.reader.passwordPolicies.load(account), policy);
    }
    assert.equal(await store.write((tx) => tx.passwordPolicies.remove(account)), true);
    assert.equal(await store.reader.passwordPolicies.load(account), undefined);
  },
};
