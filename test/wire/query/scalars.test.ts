import assert from "node:assert/strict";
import { test } from "node:test";
import { SCALARS } from "#wire/query/scalars.ts";

/** No input of IAM or STS holds a timestamp or blob yet; strict all the same. */
const TIMESTAMPS: readonly (readonly [string, string | undefined])[] = [
  ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z"],
  ["2026-01-02T03:04:05.25Z", "2026-01-02T03:04:05.250Z"],
  ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
  ["2026-02-29T00:00:00Z", undefined],
  ["2026-02-30T00:00:00Z", undefined],
  ["2026-13-01T00:00:00Z", undefined],
  ["2026-01-02T24:00:00Z", undefined],
  ["2026-01-02T03:04:60Z", undefined],
  ["2026-01-02T03:04:05", undefined],
  ["2026-01-02", undefined],
  ["1767323045", undefined],
  ["2026-01-02T03:04:05.1234Z", undefined],
  ["", undefined],
];

for (const [text, want] of TIMESTAMPS) {
  test(`timestamp: ${text}`, () => {
    const value = SCALARS.timestamp.parse(text);
    assert.equal(value instanceof Date ? value.toISOString() : value, want);
  });
}

const BLOBS: readonly (readonly [string, readonly number[] | undefined])[] = [
  ["AQI=", [1, 2]],
  ["", []],
  ["AQI", undefined],
  ["AQJ=", undefined],
  ["AQ I=", undefined],
  ["_-8=", undefined],
  ["AQI=\n", undefined],
];

for (const [text, want] of BLOBS) {
  test(`blob: ${JSON.stringify(text)}`, () => {
    const value = SCALARS.blob.parse(text);
    assert.deepEqual(value instanceof Uint8Array ? [...value] : value, want);
  });
}
