import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { jsonFault } from "#base/json-fault.ts";

const CASES: readonly (readonly [text: string, offset: number, expected: string])[] = [
  ["", 0, "a value"],
  ["  ", 2, "a value"],
  ["{", 1, 'a name in `"…"`, or `}`'],
  ['{"a"', 4, "`:`"],
  ['{"a" 1}', 5, "`:`"],
  ['{"a":}', 5, "a value"],
  ['{"a":1', 6, "`,` or `}`"],
  ['{"a":1 "b"', 7, "`,` or `}`"],
  ['{"a":1,}', 7, 'a name in `"…"`'],
  ["[1,]", 3, "a value"],
  ["[1 2]", 3, "`,` or `]`"],
  ["[}", 1, "a value, or `]`"],
  ["01", 0, "a value"],
  ["[tru]", 1, "a value, or `]`"],
  ['["a\nb"]', 1, "a value, or `]`"],
  ['["\\x"]', 1, "a value, or `]`"],
  ["{} x", 3, "nothing more"],
  ["{'a': 1}", 1, 'a name in `"…"`, or `}`'],
];

for (const [text, offset, expected] of CASES) {
  test(`where ${JSON.stringify(text)} stops being JSON`, () => {
    assert.deepEqual(jsonFault(text), { offset, expected });
  });
}

test("a fault is found in what JSON.parse refuses, and in nothing else", () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const pieces = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"a"',
    '"',
    "1",
    "-",
    "1e5",
    ".5",
    "true",
    "nul",
    " ",
    "\n",
    "\\",
  );
  const texts = fc.oneof(
    fc.json(),
    fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join("")),
    fc.tuple(fc.json(), fc.nat(), pieces).map(([text, at, piece]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + piece + text.slice(cut);
    }),
    fc.string(),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const fault = jsonFault(text);
      assert.equal(fault === undefined, isJson(text));
      if (fault !== undefined) assert.ok(fault.offset >= 0 && fault.offset <= text.length);
    }),
    { numRuns: 5000 },
  );
});
