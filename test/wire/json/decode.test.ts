import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeInput } from "#wire/json/decode.ts";
import { modelOf } from "./schemas.ts";

const model = modelOf();
const decode = (body: string | Uint8Array) => decodeInput(model, Buffer.from(body));

const READ: readonly [body: string, want: unknown][] = [
  ["", {}],
  ["{}", {}],
  [' \n{ "Text" : "a" } ', { Text: "a" }],
  ['{"Text":""}', { Text: "" }],
  ['{"Text":"\\u00e9\\ud83d\\ude00"}', { Text: "é\u{1f600}" }],
  ['{"Flag":true,"Number":-1.5e3}', { Flag: true, Number: -1500 }],
  ['{"Number":-0}', { Number: 0 }],
  ['{"Moment":1.5}', { Moment: new Date(1500) }],
  ['{"Moment":1767323045}', { Moment: new Date("2026-01-02T03:04:05Z") }],
  ['{"Bytes":"AAE="}', { Bytes: Buffer.from([0, 1]) }],
  [
    '{"Names":["a","b"],"Counts":{"a":1}}',
    { Names: ["a", "b"], Counts: Object.assign(Object.create(null), { a: 1 }) },
  ],
  ['{"Names":[null]}', { Names: [null] }],
  ['{"Inner":{"Inners":[{"Text":"deep"}]}}', { Inner: { Inners: [{ Text: "deep" }] } }],
  // null is absent, and what the schema does not know is passed over
  ['{"Text":null,"Inner":null,"Other":{"deep":[1]},"text":"b"}', {}],
  ['{"__proto__":{"Text":"a"},"constructor":1}', {}],
];

for (const [body, want] of READ) {
  test(`json: ${body} is read`, () => {
    const decoded = decode(body);
    assert.ok(decoded.ok, decoded.ok ? "" : decoded.error.message);
    assert.deepEqual(decoded.value, want);
    assert.equal(Object.getPrototypeOf(decoded.value), Object.prototype);
  });
}

const deep = (levels: number) => `${`{"Inner":`.repeat(levels)}{}${"}".repeat(levels)}`;

const REFUSED: readonly [body: string | Uint8Array, code: string][] = [
  ["null", "SerializationException"],
  ["[]", "SerializationException"],
  ['"a"', "SerializationException"],
  ["{", "SerializationException"],
  ["{}{}", "SerializationException"],
  ["{'Text':'a'}", "SerializationException"],
  ['{"Text":"a",}', "SerializationException"],
  ["\ufeff{}", "SerializationException"],
  [Buffer.from([0x7b, 0xff, 0x7d]), "SerializationException"],
  ['{"Text":1}', "SerializationException"],
  ['{"Text":true}', "SerializationException"],
  ['{"Text":["a"]}', "SerializationException"],
  ['{"Text":"\\ud800"}', "SerializationException"],
  ['{"Flag":"true"}', "SerializationException"],
  ['{"Flag":1}', "SerializationException"],
  ['{"Number":"1"}', "SerializationException"],
  ['{"Number":1e400}', "SerializationException"],
  ['{"Number":NaN}', "SerializationException"],
  ['{"Moment":"2026-01-02T03:04:05Z"}', "SerializationException"],
  ['{"Moment":1e300}', "SerializationException"],
  ['{"Bytes":"AAE"}', "SerializationException"],
  ['{"Bytes":[0,1]}', "SerializationException"],
  ['{"Names":{"0":"a"}}', "SerializationException"],
  ['{"Names":"a"}', "SerializationException"],
  ['{"Counts":[]}', "SerializationException"],
  ['{"Counts":{"a":null}}', "SerializationException"],
  ['{"Counts":{"\\ud800":1}}', "SerializationException"],
  ['{"Inner":[]}', "SerializationException"],
  ['{"Inner":"a"}', "SerializationException"],
  // the second could mean what the first was checked for
  ['{"Text":"a","Text":"b"}', "SerializationException"],
  ['{"Other":{"a":1,"\\u0061":2}}', "SerializationException"],
  [deep(16), "SerializationException"],
  ["[".repeat(100_000), "SerializationException"],
  ['{"Text":"a\\u0000"}', "ValidationError"],
  ['{"Counts":{"\\u0000":1}}', "ValidationError"],
];

for (const [body, code] of REFUSED) {
  test(`json: ${String(body).slice(0, 40)} is refused`, () => {
    const decoded = decode(body);
    assert.equal(decoded.ok, false);
    assert.equal(decoded.error.code, code);
  });
}

test("json: the deepest nesting that is read", () => {
  assert.ok(decode(deep(15)).ok);
});

test("json: keys of maps are keys like any other", () => {
  const decoded = decode('{"Counts":{"__proto__":1,"constructor":2}}');
  assert.ok(decoded.ok);
  const { Counts } = decoded.value as { Counts: object };
  assert.deepEqual(Object.entries(Counts), [
    ["__proto__", 1],
    ["constructor", 2],
  ]);
  assert.equal(Object.getPrototypeOf(Counts), null);
});

test("json: an operation without input takes whatever is an object", () => {
  assert.deepEqual(decodeInput(modelOf("unit"), Buffer.from('{"a":1}')), { ok: true, value: {} });
});
