import assert from "node:assert/strict";
import { test } from "node:test";
import { type EpochMs, epochMs, HOUR, MINUTE, SECOND } from "#base/clock.ts";
import { type ClockRow, openClockGuard } from "../../src/server/clock-guard.ts";

const NOW = 1_795_500_000_000;
const YEARS = 5 * 365 * 24 * HOUR;

/** A guard over a row that another process and the operator can reach, by a clock that the test sets. */
async function guarded(highest = NOW) {
  const world = { now: NOW, highest };
  const row: ClockRow = {
    highest: async () => epochMs(world.highest),
    raise: async (at: EpochMs) => {
      world.highest = Math.max(world.highest, at);
    },
  };
  const guard = await openClockGuard(row, () => epochMs(world.now));
  return { world, tick: () => guard.tick(), behind: () => guard.behind(epochMs(world.now)) };
}

test("a clock may lie behind what was seen by two steps, and by no more", async () => {
  const { world, behind } = await guarded();
  assert.equal(behind(), false);
  world.now = NOW - MINUTE;
  assert.equal(behind(), false);
  world.now -= 1;
  assert.equal(behind(), true);
});

test("the row follows the clock, now and then, and never falls by itself", async () => {
  const { world, tick, behind } = await guarded();
  world.now += SECOND;
  await tick();
  assert.equal(world.highest, NOW);
  world.now = NOW + 10 * SECOND;
  await tick();
  assert.equal(world.highest, world.now);
  world.now -= HOUR;
  for (let round = 0; round < 3; round++) await tick();
  assert.equal(world.highest, NOW + 10 * SECOND);
  assert.equal(behind(), true);
});

test("a clock that ran ahead between two rounds has been seen by the calls of that moment", async () => {
  const { world, tick, behind } = await guarded();
  world.now = NOW + YEARS;
  assert.equal(behind(), false);
  world.now = NOW;
  assert.equal(behind(), true);
  await tick();
  assert.equal(behind(), true);
  assert.equal(world.highest, NOW + YEARS);
});

test("what another process has seen counts here", async () => {
  const { world, tick, behind } = await guarded();
  world.highest = NOW + HOUR;
  await tick();
  assert.equal(behind(), true);
});

test("the operator lowers the row: the present is right again, and goes on from there", async () => {
  const { world, tick, behind } = await guarded(NOW + YEARS);
  await tick();
  assert.equal(behind(), true);
  world.highest = NOW;
  await tick();
  assert.equal(behind(), false);
  world.now += MINUTE;
  await tick();
  assert.equal(world.highest, world.now);
  world.now -= 2 * MINUTE;
  assert.equal(behind(), true);
});
