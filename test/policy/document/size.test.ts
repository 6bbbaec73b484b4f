import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { documentSize } from "#policy/document/size.ts";

for (const [text, size] of [
  ["", 0],
  [" \t\r\n", 0],
  ['{\n  "a": "b c"\r\n}', 10],
  ["\u00a0\u3000", 2],
  ["\u{1f511}", 2],
] as const) {
  test(`${JSON.stringify(text)} counts ${size}`, () => assert.equal(documentSize(text), size));
}

test("indentation costs nothing", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(documentSize(JSON.stringify(value, null, 2)), documentSize(JSON.stringify(value)));
    }),
  );
});
