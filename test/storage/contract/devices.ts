import assert from "node:assert/strict";
import { type EpochMs, epochMs, HOUR } from "#base/clock.ts";
import type { PrincipalId, SeedId } from "#identity/ids.ts";
import type { Transaction } from "#ports/store.ts";
import {
  type Bench,
  type Cases,
  makeDevice,
  makeUser,
  NOW,
  newDevice,
  SEALED,
  serialOf,
} from "../fixtures.ts";

const listed = async ({ store, account }: Bench, status: "Assigned" | "Unassigned" | "Any") =>
  (await store.reader.devices.list(account, status, { limit: 99 })).map((row) => row.name);

type Only = NonNullable<Parameters<Transaction["devices"]["remove"]>[2]>;

async function makeWaiting(
  { store, account }: Bench,
  name: string,
  maker: PrincipalId,
  enrolUntil: EpochMs,
): Promise<SeedId> {
  const device = { ...newDevice(account, name, maker), enrolUntil, enrolmentId: `made-${name}` };
  assert.equal(await store.write((tx) => tx.devices.create(device, SEALED)), true);
  return device.seedId;
}

export const deviceCases: Cases = {
  "a serial is matched exactly and unique without regard to case": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "u");
    const device = newDevice(account, "Phone", user);
    assert.equal(await store.write((tx) => tx.devices.create(device, SEALED)), true);
    assert.deepEqual(await store.reader.devices.load(account, serialOf(account, "Phone")), {
      ...device,
      owner: undefined,
    });
    assert.equal(await store.reader.devices.load(account, serialOf(account, "phone")), undefined);
    const twin = newDevice(account, "PHONE", user);
    assert.equal(await store.write((tx) => tx.devices.create(twin, SEALED)), false);
    // The refused device left no seed behind.
    assert.equal(await store.write((tx) => tx.seeds.lock(account, twin.seedId)), undefined);
    assert.equal(await store.write((tx) => tx.devices.remove(account, serialOf(account, "phone"))), false);
  },

  "assign, release and remove are conditional": async (bench) => {
    const { store, account } = bench;
    const [user, other] = [await makeUser(bench, "u"), await makeUser(bench, "o")];
    const serial = serialOf(account, "d");
    const seed = await makeDevice(bench, "d", user);
    const assign = (owner: typeof user) =>
      store.write((tx) => tx.devices.assign(account, serial, owner, NOW));
    const release = (owner: typeof user) => store.write((tx) => tx.devices.release(account, serial, owner));
    const remove = () => store.write((tx) => tx.devices.remove(account, serial));
    assert.equal(await release(user), false);
    assert.equal(await assign(user), true);
    assert.equal(await assign(other), false);
    const locked = await store.write((tx) => tx.devices.lock(account, serial));
    assert.deepEqual(locked?.owner, { userId: user, enabledAt: NOW });
    assert.equal(await remove(), false);
    assert.equal(await release(other), false);
    assert.equal(await store.write((tx) => tx.seeds.claim(account, seed, 7)), true);
    assert.equal(await release(user), true);
    // Claims outlive the assignment (DESIGN 3.2), and go with the device.
    assert.equal(await store.write((tx) => tx.seeds.claim(account, seed, 7)), false);
    assert.equal(await remove(), true);
    assert.equal(await remove(), false);
    assert.equal(await store.write((tx) => tx.seeds.lock(account, seed)), undefined);
    assert.equal(await store.write((tx) => tx.devices.lock(account, serial)), undefined);
  },

  "lists: by owner in order of enabling, by account in order of creation": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "u");
    for (const name of ["x", "b", "a", "free"]) await makeDevice(bench, name, user);
    const enabled = [
      ["x", 10],
      ["b", 30],
      ["a", 10],
    ] as const;
    for (const [name, at] of enabled)
      await store.write((tx) => tx.devices.assign(account, serialOf(account, name), user, epochMs(at)));
    const owned = async (after?: string, limit = 99) =>
      (await store.reader.devices.listFor(account, user, { after, limit })).map((row) => row.name);
    assert.deepEqual(await owned(), ["a", "x", "b"]);
    assert.deepEqual(await owned(serialOf(account, "a"), 1), ["x"]);
    assert.deepEqual(await owned(serialOf(account, "b")), []);
    assert.deepEqual(await listed(bench, "Any"), ["x", "b", "a", "free"]);
    assert.deepEqual(await listed(bench, "Assigned"), ["x", "b", "a"]);
    assert.deepEqual(await listed(bench, "Unassigned"), ["free"]);
    const [first] = await store.reader.devices.list(account, "Any", { limit: 1 });
    const rest = await store.reader.devices.list(account, "Any", { after: first?.seedId, limit: 2 });
    assert.deepEqual(
      rest.map((row) => row.name),
      ["b", "a"],
    );
    assert.equal(await store.write((tx) => tx.devices.countUnassignedBy(account, user)), 1);
  },

  "what a wizard has made waits until it is enabled, cancelled by its maker, or forgotten": async (bench) => {
    const { store, account } = bench;
    const [maker, other] = [await makeUser(bench, "u"), await makeUser(bench, "o")];
    const until = epochMs(NOW + 60);
    const remove = (name: string, only: Only) =>
      store.write((tx) => tx.devices.remove(account, serialOf(account, name), only));
    const waiting = await makeWaiting(bench, "w", maker, until);
    await makeDevice(bench, "plain", maker);
    assert.equal((await store.reader.devices.load(account, serialOf(account, "w")))?.enrolUntil, until);
    for (const [name, only] of [
      ["w", { waitingFor: other }],
      ["w", { until: epochMs(until - 1) }],
      ["w", { waitingFor: maker, until: epochMs(until - 1) }],
      ["w", { waitingFor: maker, enrolmentId: "another" }],
      ["w", { waitingFor: other, enrolmentId: "made-w" }],
      ["plain", { waitingFor: maker, enrolmentId: "made-plain" }],
      ["plain", { waitingFor: maker }],
      ["plain", { until: epochMs(until + HOUR) }],
    ] satisfies [string, Only][])
      assert.equal(await remove(name, only), false, `${name} ${JSON.stringify(only)}`);
    assert.equal(await remove("w", { waitingFor: maker }), true);
    assert.equal(await remove("w", { waitingFor: maker }), false);
    assert.equal(await store.write((tx) => tx.seeds.lock(account, waiting)), undefined);
    await makeWaiting(bench, "w", maker, until);
    assert.equal(await remove("w", { waitingFor: maker, enrolmentId: "made-w" }), true);
    await makeWaiting(bench, "w", maker, until);
    assert.equal(await remove("w", { until }), true);

    // once enabled it waits no longer, also when its owner gives it back
    await makeWaiting(bench, "w", maker, until);
    const serial = serialOf(account, "w");
    assert.equal(await store.write((tx) => tx.devices.assign(account, serial, maker, NOW)), true);
    assert.equal(await remove("w", { until }), false);
    assert.equal(await store.write((tx) => tx.devices.release(account, serial, maker)), true);
    assert.equal(await remove("w", { waitingFor: maker }), false);
    assert.equal(await remove("w", { waitingFor: maker, enrolmentId: "made-w" }), false);
    assert.equal(await remove("w", { until }), false);
    assert.equal((await store.reader.devices.load(account, serial))?.enrolmentId, undefined);
  },

  "the forgotten ones are listed by how long they have waited, and none else": async (bench) => {
    const { store, account } = bench;
    const maker = await makeUser(bench, "u");
    // before all that other cases leave: the list is of every account
    for (const [name, until] of [
      ["second", 20],
      ["first", 10],
      ["enabled", 15],
      ["waits", 31],
    ] as const)
      await makeWaiting(bench, name, maker, epochMs(until));
    await makeDevice(bench, "plain", maker);
    await store.write((tx) => tx.devices.assign(account, serialOf(account, "enabled"), maker, NOW));
    const forgotten = async (until: number, limit = 9) =>
      (await store.reader.devices.listForgotten(epochMs(until), limit)).map((row) => row.name);
    assert.deepEqual(await forgotten(30), ["first", "second"]);
    assert.deepEqual(await forgotten(30, 1), ["first"]);
    assert.deepEqual(await forgotten(10), ["first"]);
    assert.deepEqual(await forgotten(9), []);
  },

  "tags are replaced": async (bench) => {
    const { store, account } = bench;
    await makeDevice(bench, "t", await makeUser(bench, "u"));
    const tags = [{ Key: "k", Value: "" }];
    await store.write((tx) => tx.devices.setTags(account, serialOf(account, "t"), tags));
    assert.deepEqual((await store.reader.devices.load(account, serialOf(account, "t")))?.tags, tags);
  },

  "a seed's floor and highest claim only rise": async (bench) => {
    const { store, account } = bench;
    const seedId = await makeDevice(bench, "s", await makeUser(bench, "u"));
    const fresh = await store.write((tx) => tx.seeds.lock(account, seedId));
    assert.ok(fresh);
    assert.deepEqual(fresh.sealedSeed, SEALED);
    const state = { drift: -3, floorStep: 50, lastPairStep: 40, highestClaim: 60, lean: -2, leanAt: NOW };
    await store.write((tx) => tx.seeds.save({ ...fresh, ...state, sealedSeed: new Uint8Array(1) }));
    assert.deepEqual(await store.write((tx) => tx.seeds.lock(account, seedId)), { ...fresh, ...state });
    const back = { ...state, drift: 4, floorStep: 49, highestClaim: 59 };
    await store.write((tx) => tx.seeds.save({ ...fresh, ...back }));
    const kept = await store.write((tx) => tx.seeds.lock(account, seedId));
    assert.deepEqual([kept?.drift, kept?.floorStep, kept?.highestClaim], [4, 50, 60]);
  },

  "a step is claimed once; pruning forgets what lies at or below the floor": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "u");
    const [one, two] = [await makeDevice(bench, "one", user), await makeDevice(bench, "two", user)];
    const claim = (seed: typeof one, step: number) =>
      store.write((tx) => tx.seeds.claim(account, seed, step));
    assert.deepEqual([await claim(one, 5), await claim(one, 5), await claim(two, 5)], [true, false, true]);
    assert.deepEqual([await claim(one, 4), await claim(one, 6)], [true, true]);
    await store.write((tx) => tx.seeds.prune(account, one, 5));
    assert.deepEqual([await claim(one, 6), await claim(one, 5), await claim(two, 5)], [false, true, false]);
  },

  "of fifty claims at once one is the first": async (bench) => {
    const { store, account } = bench;
    const seed = await makeDevice(bench, "c", await makeUser(bench, "u"));
    const claims = Array.from({ length: 50 }, () => store.write((tx) => tx.seeds.claim(account, seed, 9)));
    assert.equal((await Promise.all(claims)).filter(Boolean).length, 1);
  },

  "a budget is made at its first lock and outlives all": async ({ store, account }) => {
    const lock = () => store.write((tx) => tx.budgets.lock(account, "device:x"));
    const fresh = await lock();
    assert.deepEqual([fresh.checks, fresh.run, fresh.locked, fresh.subject], [0, 0, false, "device:x"]);
    const counts = { window: 7, checks: 9, pairWindow: 6, pairFailures: 5, pairHour: 4, pairHourFailures: 3 };
    const spent = { ...fresh, ...counts, run: 100, waitUntil: NOW, locked: true };
    await store.write((tx) => tx.budgets.save(spent));
    assert.deepEqual(await lock(), spent);
    assert.equal((await store.write((tx) => tx.budgets.lock(account, "person:x"))).run, 0);
    const load = (subject: string) => store.reader.budgets.load(account, subject);
    assert.deepEqual(await load("device:x"), await lock());
    assert.equal(await load("device:never"), undefined);
  },

  "checks counted at once are all counted": async ({ store, account }) => {
    const count = () =>
      store.write(async (tx) => {
        const budget = await tx.budgets.lock(account, "device:busy");
        await tx.budgets.save({ ...budget, checks: budget.checks + 1 });
      });
    await Promise.all(Array.from({ length: 30 }, count));
    assert.equal((await store.write((tx) => tx.budgets.lock(account, "device:busy"))).checks, 30);
  },
};
