import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ServiceError } from "#model/service-error.ts";
import { COUNTERSIGN, SIGNIN } from "#model/services.ts";
import { decodeInput } from "#wire/json/decode.ts";
import { encodeError, encodeSuccess } from "#wire/json/encode.ts";
import { modelOf } from "./schemas.ts";

const text = fc.string({ unit: "binary", maxLength: 12 }).filter((value) => !value.includes("\0"));
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Any value of `everything`, three deep at most. */
const { value: anything } = fc.letrec<{ value: object }>((tie) => ({
  value: fc.record(
    {
      Text: optional(text),
      Flag: optional(fc.boolean()),
      Number: optional(fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0)),
      // to milliseconds, of any year that anybody means
      Moment: optional(fc.integer({ min: -1e14, max: 1e14 }).map((at) => new Date(at))),
      Bytes: optional(fc.uint8Array({ maxLength: 8 })),
      Names: optional(fc.array(text, { maxLength: 3 })),
      Counts: optional(fc.dictionary(fc.oneof(text, fc.constant("__proto__")), fc.integer(), { maxKeys: 3 })),
      Inner: optional(fc.oneof({ depthSize: "small", maxDepth: 3 }, fc.constant({}), tie("value"))),
      Inners: optional(fc.array(fc.oneof({ maxDepth: 3 }, fc.constant({}), tie("value")), { maxLength: 2 })),
    },
    { requiredKeys: [] },
  ),
}));

/** Without what is undefined; maps by their entries, bytes as numbers. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return [...value];
  if (value instanceof Date) return value.getTime();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => [name, plain(member)])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

test("json: what is written is what is read", () => {
  const model = modelOf();
  fc.assert(
    fc.property(anything, (value) => {
      const decoded = decodeInput(model, Buffer.from(encodeSuccess(model, value)));
      assert.ok(decoded.ok, decoded.ok ? "" : decoded.error.message);
      assert.deepEqual(plain(decoded.value), plain(value));
    }),
    { numRuns: 2000 },
  );
});

test("json: an output has the members of its schema and no others", () => {
  const model = modelOf();
  assert.equal(
    encodeSuccess(model, {
      Text: "a",
      Secret: "b",
      Flag: null,
      Moment: new Date(1500),
      Bytes: Buffer.from("a"),
    }),
    '{"Text":"a","Moment":1.5,"Bytes":"YQ=="}',
  );
  assert.equal(encodeSuccess(modelOf("unit", "unit"), { a: 1 }), "{}");
});

test("json: an error names its code, and a long sentence is cut", () => {
  assert.equal(
    encodeError("Code", new ServiceError("x", 400, 'a "b"')),
    '{"__type":"Code","message":"a \\"b\\""}',
  );
  assert.ok(encodeError("Code", new ServiceError("x", 400, "x".repeat(1e6))).length < 40_000);
});

for (const service of [COUNTERSIGN, SIGNIN]) {
  test(`json: every operation of ${service.name} compiles`, async () => {
    for (const model of Object.values((await service.load()).operations)) {
      assert.deepEqual(decodeInput(model, Buffer.from("")), { ok: true, value: {} });
      assert.equal(encodeSuccess(model, {}), "{}");
    }
  });
}
