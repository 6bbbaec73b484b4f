import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isPlain } from "#storage/lease.ts";
import { successorOfPrefix } from "#storage/rows.ts";

const cases: readonly (readonly [prefix: string, successor: string | undefined])[] = [
  ["/", "0"],
  ["/a/", "/a0"],
  ["é", "ê"],
  ["\ud7ff", "\ue000"],
  ["\uffff", "\u{10000}"],
  ["a\u{10ffff}", "b"],
  ["\u{10ffff}\u{10ffff}", undefined],
  ["", undefined],
];
for (const [prefix, successor] of cases)
  test(`what comes after every text with ${JSON.stringify(prefix)}`, () => {
    assert.equal(successorOfPrefix(prefix), successor);
  });

const text = fc.string({ unit: "binary", maxLength: 4 });
const bytes = (value: string) => Buffer.from(value, "utf8");

test("a text has a prefix exactly when it lies in the prefix's range", () => {
  fc.assert(
    fc.property(text, fc.oneof(text, fc.constant("")), fc.boolean(), (prefix, rest, joined) => {
      const value = joined ? prefix + rest : rest;
      const end = successorOfPrefix(prefix);
      const above = Buffer.compare(bytes(value), bytes(prefix)) >= 0;
      const below = end === undefined || Buffer.compare(bytes(value), bytes(end)) < 0;
      assert.equal(above && below, value.startsWith(prefix));
    }),
  );
});

test("plain values", () => {
  const plain = [null, "", 0, -1, Number.MAX_SAFE_INTEGER, new Uint8Array(2)];
  const others = [undefined, true, 0.5, 2 ** 53, Number.NaN, 1n, {}, [], new Date(0), Symbol.iterator];
  assert.deepEqual(
    plain.map(isPlain),
    plain.map(() => true),
  );
  assert.deepEqual(
    others.map(isPlain),
    others.map(() => false),
  );
});
