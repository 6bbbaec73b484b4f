import assert from "node:assert/strict";
import { test } from "node:test";
import { eventDate } from "#operations/event-date.ts";

const CASES: readonly (readonly [string, string])[] = [
  ["2021-01-22T00:46:28Z", "Jan 22, 2021 12:46:28 AM"],
  ["2026-12-01T12:00:05Z", "Dec 1, 2026 12:00:05 PM"],
  ["2026-07-09T23:59:59.999Z", "Jul 9, 2026 11:59:59 PM"],
  ["2024-02-29T01:02:03Z", "Feb 29, 2024 1:02:03 AM"],
];

for (const [iso, shown] of CASES) {
  test(`CloudTrail writes ${iso} as ${shown} (contract 5.3)`, () => {
    assert.equal(eventDate(new Date(iso)), shown);
  });
}
