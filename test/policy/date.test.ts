import assert from "node:assert/strict";
import { test } from "node:test";
import { isDate } from "#policy/conditions/date.ts";

for (const [text, expected] of [
  // recorded 2026
  ["2017-07-01T00:00:00Z", true],
  ["2016-12-13T21:20:37.593194+00:00", true],
  ["01T", true],
  ["sdfdsf", false],
  ["234-13", false],
  ["2016-12-13t2:00:00.1999999999+10:59", false],
  ["9223372036854775808", false],
  // 64 bits of seconds
  ["0", true],
  ["-1", true],
  ["+1", true],
  ["9223372036854775807", true],
  ["-9223372036854775808", true],
  ["-9223372036854775809", false],
  ["1.5", false],
  ["9".repeat(131_072), false],
  // as much of a date as there is
  ["2026", true],
  ["2026-02", true],
  ["2026-2-9", true],
  ["2026-02-28t2:00:00.199999999+10:59", true],
  ["2026-11-24T07", true],
  ["2026-11-24T07:54", true],
  ["2026-11-24T07,5", true],
  ["2026-11-24TZ", true],
  ["2026-328", true],
  ["2026-W48-2", true],
  ["-0044-03-15", true],
  // no day of the calendar, no time of the day
  ["2026-02-29", false],
  ["2024-02-29", true],
  ["2026-04-31", false],
  ["2026-00-01", false],
  ["2026-366", false],
  ["2026-W54", false],
  ["2026-11-24T24:00", false],
  ["2026-11-24T07:60", false],
  ["2026-11-24T07:54:60", false],
  // other forms
  ["", false],
  [" 2026", false],
  ["2026-", false],
  ["2026-11-24 07:54", false],
  ["2026/11/24", false],
  ["Tue, 24 Nov 2026 07:54:00 GMT", false],
] as const) {
  test(`${text.slice(0, 40)} is ${expected ? "a date" : "none"}`, () => assert.equal(isDate(text), expected));
}
