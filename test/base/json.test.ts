import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Json, readJson } from "#base/json.ts";

for (const [text, error] of [
  ["", "invalid"],
  ["{", "invalid"],
  ['{"a":1,}', "invalid"],
  ["{'a':1}", "invalid"],
  ["[1] 2", "invalid"],
  ["\ufeff{}", "invalid"],
  ["\u00a0{}", "invalid"],
  ["NaN", "invalid"],
  ["01", "invalid"],
  ['"\u0001"', "invalid"],
  ['{"a":1,"a":1}', "duplicate"],
  ['{"a":1,"\\u0061":1}', "duplicate"],
  ['[{"x":{"__proto__":1,"__proto__":2}}]', "duplicate"],
  [`${"[".repeat(17)}${"]".repeat(17)}`, "deep"],
  [`${'{"a":'.repeat(60_000)}1${"}".repeat(60_000)}`, "deep"],
] as const) {
  test(`${text.slice(0, 40)} is refused: ${error}`, () => {
    assert.deepEqual(readJson(text), { ok: false, error });
  });
}

test("sixteen levels are read, and the same name in different objects", () => {
  assert.ok(readJson(`${"[".repeat(16)}${"]".repeat(16)}`).ok);
  assert.ok(readJson('[{"a":1},{"a":{"a":1}}]').ok);
});

/** Back to what JSON.parse makes, to compare with it. */
function plain(json: Json): unknown {
  if (json.type === "array") return json.items.map(plain);
  if (json.type === "object") {
    return Object.fromEntries([...json.members].map(([name, value]) => [name, plain(value)]));
  }
  if (json.type === "null") return null;
  return json.type === "string" ? json.value : JSON.parse(json.value);
}

test("what is read is what JSON.parse reads", () => {
  const values = fc.jsonValue({ maxDepth: 8, noUnicodeString: false });
  fc.assert(
    fc.property(values, fc.constantFrom(undefined, 1, "\t"), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const read = readJson(text);
      assert.ok(read.ok);
      assert.deepEqual(plain(read.value), JSON.parse(text));
    }),
    { numRuns: 2_000 },
  );
});

test("numbers keep their text, and members their order", () => {
  const read = readJson('{"b":1.0,"2":-1E+2,"1":true}');
  assert.ok(read.ok && read.value.type === "object");
  assert.deepEqual(
    [...read.value.members].map(([name, value]) => [
      name,
      value.type === "number" ? value.value : value.type,
    ]),
    [
      ["b", "1.0"],
      ["2", "-1E+2"],
      ["1", "boolean"],
    ],
  );
});
