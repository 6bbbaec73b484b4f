import assert from "node:assert/strict";
import { epochMs } from "#base/clock.ts";
import type { PrincipalId, SerialNumber } from "#identity/ids.ts";
import {
  type Bench,
  type Cases,
  makeAccount,
  makeDevice,
  makeGroup,
  makePolicy,
  makeUser,
  newDevice,
  SEALED,
} from "../fixtures.ts";
import type { JobName } from "../rival-jobs.ts";

const sum = (answers: readonly unknown[]): number => answers.map(Number).reduce((a, b) => a + b, 0);

/** Rules over several rows, asked of two processes at once: each hangs on one row (DESIGN 5). */
export const rivalCases: Cases = {
  "a hundred claims from two processes: one": async (bench) => {
    const seed = await makeDevice(bench, "phone", await makeUser(bench, "u"));
    const answers = await bench.rivals.both("claim", () => ({
      account: bench.account,
      seed,
      step: 77,
    }));
    assert.equal(sum(answers), 1);
  },

  "the first device from two processes: one": async (bench) => {
    const user = await makeUser(bench, "u");
    const job = { account: bench.account, user, below: 1, times: 20 };
    assert.equal(sum(await bench.rivals.both("count", () => job)), 1);
  },

  "eight devices and no more": async (bench) => {
    const user = await makeUser(bench, "u");
    const job = { account: bench.account, user, below: 8, times: 20 };
    assert.equal(sum(await bench.rivals.both("count", () => job)), 8);
    assert.equal((await bench.store.reader.users.byId(bench.account, user))?.mfaCount, 8);
  },

  "two keys, decided by the locked row": async (bench) => {
    const user = await makeUser(bench, "u");
    const job = { account: bench.account, user, quota: 2, times: 20 };
    assert.equal(sum(await bench.rivals.both("lockThenCount", () => job)), 2);
  },

  "one alias for many accounts": async ({ store, rivals, account }) => {
    const mine = [account, await makeAccount(store)];
    const others = [await makeAccount(store), await makeAccount(store)];
    const job = (which: 0 | 1) => ({ accounts: which === 0 ? mine : others, alias: `race-${account}` });
    assert.equal(sum(await rivals.both("alias", job)), 1);
  },

  "one name for many users": async ({ rivals, account }) => {
    const names = ["Same", "same", "SAME", "sAmE"];
    assert.equal(sum(await rivals.both("sameUser", () => ({ account, names }))), 1);
  },

  "a policy is attached or deleted": async (bench) => {
    for (let round = 0; round < 5; round += 1) {
      const policy = await makePolicy(bench, `raced-${round}`);
      const users = await makeUsers(bench, round);
      await useXorDelete(bench, "attachOrDelete", users, { policy });
    }
  },

  "a policy is a boundary or deleted": async (bench) => {
    for (let round = 0; round < 5; round += 1) {
      const policy = await makePolicy(bench, `raced-${round}`);
      const users = await makeUsers(bench, round);
      await useXorDelete(bench, "boundOrDelete", users, { policy });
    }
  },

  "a group has members or is deleted": async (bench) => {
    for (let round = 0; round < 5; round += 1) {
      const group = await makeGroup(bench, `raced-${round}`);
      const users = await makeUsers(bench, round);
      await useXorDelete(bench, "joinOrDelete", users, { account: bench.account, group });
    }
  },

  "what waits in a wizard is enabled or forgotten": async (bench) => {
    const user = await makeUser(bench, "u");
    const job = { account: bench.account, serials: await makeWaiting(bench, user) };
    const [enabled, forgotten] = await both(bench, (which) => ({ ...job, user: which === 0 ? user : null }));
    assert.deepEqual(
      enabled.map((one) => !one),
      forgotten,
    );
  },

  "what two processes forget at once goes once": async (bench) => {
    const serials = await makeWaiting(bench, await makeUser(bench, "u"));
    const [one, other] = await both(bench, () => ({ account: bench.account, serials, user: null }));
    assert.deepEqual(
      one.map((gone) => !gone),
      other,
    );
  },

  "five versions and no more, each number once": async (bench) => {
    const { store, account, rivals } = bench;
    const { policyId: policy } = await makePolicy(bench, "versions");
    assert.equal(sum(await rivals.both("addVersions", () => ({ account, policy, below: 5 }))), 4);
    const versions = await store.reader.policies.versions(account, policy, { limit: 9 });
    assert.deepEqual(
      versions.map(({ version }) => version),
      [5, 4, 3, 2, 1],
    );
  },

  "the default version is always there": async (bench) => {
    const { store, account, rivals } = bench;
    const { policyId: policy, arn } = await makePolicy(bench, "default");
    await rivals.both("addVersions", () => ({ account, policy, below: 5 }));
    const gone = sum(
      await rivals.both("moveDefault", () => ({ account, policy, versions: [1, 2, 3, 4, 5] })),
    );
    const row = await store.reader.policies.byArn(account, arn);
    assert.ok(row);
    assert.equal(row.versionCount, 5 - gone);
    const versions = await store.reader.policies.versions(account, policy, { limit: 9 });
    assert.equal(versions.length, row.versionCount);
    assert.ok(versions.some(({ version }) => version === row.defaultVersion));
  },

  "inline policies never pass their holder's quota together": async (bench) => {
    const { store, account, rivals } = bench;
    const user = await makeUser(bench, "u");
    const holder = { kind: "user", accountId: account, id: user } as const;
    const names = (which: 0 | 1) => ["same", "same", ...["a", "b", "c", "d"].map((name) => name + which)];
    await rivals.both("putInline", (which) => ({ holder, names: names(which), size: 30, quota: 100 }));
    const row = await store.reader.users.byId(account, user);
    const inline = await store.reader.inlinePolicies.list(holder, { limit: 9 });
    assert.deepEqual([inline.length, row?.inlineCount, row?.inlineSize], [3, 3, 90]);
  },
};

async function makeWaiting({ store, account }: Bench, maker: PrincipalId): Promise<readonly SerialNumber[]> {
  const devices = Array.from({ length: 20 }, (_, at) => newDevice(account, `waits-${at}`, maker));
  for (const device of devices)
    await store.write((tx) => tx.devices.create({ ...device, enrolUntil: epochMs(1) }, SEALED));
  return devices.map(({ serialNumber }) => serialNumber);
}

/** For each device, whether the one and whether the other process got it. */
async function both({ rivals }: Bench, argumentsOf: (which: 0 | 1) => object) {
  // what the job answers
  const [one = [], other = []] = (await rivals.both("enableOrForget", argumentsOf)) as readonly boolean[][];
  assert.equal(one.length, 20);
  return [one, other] as const;
}

const makeUsers = async (bench: Bench, round: number): Promise<readonly PrincipalId[]> => {
  const users: PrincipalId[] = [];
  for (let at = 0; at < 5; at += 1) users.push(await makeUser(bench, `u-${round}-${at}`));
  return users;
};

/** One process uses what the other deletes: either all of the one took effect, or the other once. */
async function useXorDelete({ rivals }: Bench, job: JobName, users: readonly PrincipalId[], args: object) {
  const [used, deleted] = await rivals.both(job, (which) => ({
    ...args,
    users: which === 0 ? users : null,
  }));
  assert.deepEqual([used, deleted], deleted === 1 ? [0, 1] : [users.length, 0]);
}
