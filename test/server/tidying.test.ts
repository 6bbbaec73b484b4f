import assert from "node:assert/strict";
import { test } from "node:test";
import { type EpochMs, HOUR, MINUTE } from "#base/clock.ts";
import { tidyingRound } from "#server/tidying.ts";
import { advance } from "../operations/mfa-world.ts";
import { makeUser, newDevice, SEALED } from "../storage/fixtures.ts";
import { openWorld } from "../support/world.ts";

async function openScene() {
  const world = await openWorld();
  const { store } = world;
  const { accountId: account } = await world.account();
  const maker = await makeUser({ store, account }, "ana");
  return {
    world,
    round: tidyingRound(store, store.signInTidying, () => world.now),
    /** As wizards have made them, which wait until `enrolUntil`. */
    make: (names: readonly string[], enrolUntil: EpochMs) =>
      store.write(async (tx) => {
        for (const name of names) {
          await tx.devices.create({ ...newDevice(account, name, maker), enrolUntil }, SEALED);
          await tx.accounts.count(account, "virtualMfaCount", 1);
        }
      }),
    devices: async () => {
      const { length } = await store.reader.devices.list(account, "Any", { limit: 1000 });
      assert.equal((await store.reader.accounts.load(account))?.virtualMfaCount, length);
      return length;
    },
    removals: async () =>
      (await world.events(account)).filter(({ eventName }) => eventName === "DeleteVirtualMFADevice").length,
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

test("a round of the server removes what was forgotten in wizards, at most once a minute", async () => {
  await using scene = await openScene();
  const { world, round } = scene;
  await scene.make(["phone"], (world.now + HOUR) as EpochMs);
  await round();
  assert.equal(await scene.devices(), 1);
  advance(world, HOUR);
  await round();
  assert.deepEqual([await scene.devices(), await scene.removals()], [0, 1]);
  await scene.make(["phone"], world.now);
  advance(world, MINUTE - 1);
  await round();
  assert.equal(await scene.devices(), 1);
  advance(world, 1);
  await round();
  assert.deepEqual([await scene.devices(), await scene.removals()], [0, 2]);
});

test("one round removes a hundred, and the next one goes on", async () => {
  await using scene = await openScene();
  const names = Array.from({ length: 103 }, (_, at) => `phone-${at}`);
  await scene.make(names, scene.world.now);
  const left: number[] = [];
  for (let rounds = 0; rounds < 2; rounds++) {
    await scene.round();
    left.push(await scene.devices());
    advance(scene.world, MINUTE);
  }
  assert.deepEqual([...left, await scene.removals()], [3, 0, 103]);
});
