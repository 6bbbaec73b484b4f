import assert from "node:assert/strict";
import { test } from "node:test";
import { epochMs, HOUR, MINUTE, SECOND } from "#base/clock.ts";
import { sourceOf } from "#signin/source.ts";
import {
  afterFailure,
  afterLookedAt,
  afterSuccess,
  afterTurnedAway,
  expiryOf,
  isWaiting,
  NEW_THROTTLE,
  type ThrottleKind,
} from "#signin/throttle.ts";

const NOW = epochMs(Date.UTC(2026, 10, 24));

/** The wait in seconds that each of so many failures in a row starts. */
function waits(kind: ThrottleKind, failures: number): readonly number[] {
  let throttle = NEW_THROTTLE;
  return Array.from({ length: failures }, () => {
    throttle = afterFailure(kind, throttle, NOW);
    return (throttle.waitUntil - NOW) / SECOND;
  });
}

const doubling = (steps: number, longest: number) =>
  Array.from({ length: steps }, (_, at) => Math.min(2 ** at, longest));

const PACES = { principal: [10, 300], browser: [10, 300], source: [30, 3600] } as const;

for (const [kind, [free, longest]] of Object.entries(PACES)) {
  test(`failures of a ${kind}: ${free} cost nothing, then waits double from a second to ${longest}`, () => {
    const all = waits(kind as ThrottleKind, free + 60);
    assert.deepEqual(all.slice(0, free), Array(free).fill(0));
    assert.deepEqual(all.slice(free), doubling(60, longest));
  });
}

test("a wait is over at its moment", () => {
  const throttle = { ...NEW_THROTTLE, waitUntil: NOW };
  assert.deepEqual([isWaiting(throttle, epochMs(NOW - 1)), isWaiting(throttle, NOW)], [true, false]);
});

test("a run that is long past begins anew", () => {
  const run = { ...NEW_THROTTLE, failures: 50, failedAt: NOW };
  assert.equal(afterFailure("principal", run, epochMs(NOW + 24 * HOUR - 1)).failures, 51);
  assert.equal(afterFailure("principal", run, epochMs(NOW + 24 * HOUR)).failures, 1);
  assert.equal(afterFailure("source", run, epochMs(NOW + 2 * HOUR)).failures, 1);
});

test("a success ends a person's and a browser's run, never a source's", () => {
  const run = { ...NEW_THROTTLE, failures: 12, failedAt: NOW, waitUntil: epochMs(NOW + 9), untold: 3 };
  for (const kind of ["principal", "browser"] as const) {
    assert.deepEqual(afterSuccess(kind, run), { ...run, failures: 0, waitUntil: 0 });
  }
  assert.equal(afterSuccess("source", run), run);
});

test("rows end when nothing in them counts", () => {
  const run = { ...NEW_THROTTLE, failures: 1, failedAt: NOW };
  assert.equal(expiryOf("source", run, NOW), NOW + 2 * HOUR);
  assert.equal(expiryOf("principal", { ...run, waitUntil: epochMs(NOW + 99 * HOUR) }, NOW), NOW + 99 * HOUR);
  assert.equal(expiryOf("source", NEW_THROTTLE, NOW), NOW);
  assert.equal(expiryOf("source", { ...NEW_THROTTLE, untold: 1, failedAt: NOW }, NOW), NOW + 2 * HOUR);
});

test("attempts that are turned away are told once a minute, all of them", () => {
  let throttle = NEW_THROTTLE;
  const told: (number | undefined)[] = [];
  for (const at of [0, 1, 2, MINUTE - 1, MINUTE, MINUTE + 1]) {
    const next = afterTurnedAway(throttle, epochMs(NOW + at));
    throttle = next.throttle;
    told.push(next.attempts);
  }
  assert.deepEqual(told, [1, undefined, undefined, undefined, 4, undefined]);
  assert.deepEqual(afterLookedAt(throttle), { throttle: { ...throttle, untold: 0 }, attempts: 2 });
});

const SOURCES: Readonly<Record<string, string>> = {
  "192.0.2.7": "192.0.2.7",
  "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
  "2001:db8:1:2::": "2001:db8:1:2::/64",
  "2001:DB8:1:2::ffff": "2001:db8:1:2::/64",
  "2001:db8::1": "2001:db8:0:0::/64",
  "::1": "0:0:0:0::/64",
  "/run/socket": "/run/socket",
  "": "",
};

for (const [address, source] of Object.entries(SOURCES)) {
  test(`attempts from \`${address}\` are counted as \`${source}\``, () =>
    assert.equal(sourceOf(address), source));
}
