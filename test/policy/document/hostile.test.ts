import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { test } from "node:test";
import fc from "fast-check";
import { type PolicyKind, parsePolicy } from "#policy/document/parse.ts";
import { LONG } from "../../support/long.ts";
import { arbitraryPolicy, render } from "./arbitrary.ts";

const KINDS: readonly PolicyKind[] = ["identity", "trust", "session", "resource"];
const MODEL_MAX = 131_072;

const names = fc.oneof(
  fc.constantFrom(
    "Version",
    "Id",
    "Statement",
    "Sid",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "Principal",
  ),
  fc.constantFrom("Condition", "StringEquals", "DateLessThan", "AWS", "__proto__", "constructor", "toString"),
);
const leaves = fc.oneof(
  fc.constantFrom(
    "2012-10-17",
    "2008-10-17",
    "Allow",
    "Deny",
    "*",
    "iam:*",
    "arn:aws:iam::1:user/a",
    "::::::",
  ),
  fc.string({ unit: "binary" }),
  fc.constantFrom("\ud800", "\0", "arn:aws:s3:\udfff"),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const { document: likeDocuments } = fc.letrec<{ document: unknown; value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: "medium" }, leaves, fc.array(tie("value"), { maxLength: 3 }), tie("document")),
  document: fc.dictionary(names, tie("value"), { maxKeys: 6 }),
}));

test("no text makes the parser throw", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    likeDocuments.map((document) => JSON.stringify(document)),
    arbitraryPolicy
      .map(render)
      .chain((text) => fc.nat(text.length).map((at) => text.slice(0, at) + text.slice(at + 1))),
  );
  fc.assert(
    fc.property(texts, fc.constantFrom(...KINDS), (text, kind) => {
      const parsed = parsePolicy(text, kind);
      assert.equal(typeof (parsed.ok ? "" : parsed.error), "string");
    }),
    { numRuns: LONG ? 200_000 : 4_000 },
  );
});

test("what is parsed is parsed again from its rendering", () => {
  fc.assert(
    fc.property(arbitraryPolicy, (document) => {
      assert.deepEqual(parsePolicy(render(document), "identity"), { ok: true, value: document });
    }),
    { numRuns: LONG ? 100_000 : 2_000 },
  );
});

const statement = '{"Effect":"Allow","Action":"a:b","Resource":"*"}';
const fill = (before: string, piece: string, after: string): string =>
  before + piece.repeat((MODEL_MAX - before.length - after.length) / piece.length) + after;
const inResource = (piece: string): string =>
  fill('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"', piece, '"}}');
const inDate = (piece: string): string =>
  fill(
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"DateEquals":{"a":"',
    piece,
    '"}}}}',
  );
const inPrincipal = (type: string, piece: string): string =>
  fill(`{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"${type}":"`, piece, '"}}}');

for (const [what, text] of [
  ["open lists", "[".repeat(MODEL_MAX)],
  ["nested objects", fill("", '{"a":', "")],
  ["escapes", inResource("\\n")],
  ["quotes", inResource('\\"')],
  ["colons", inResource(":")],
  ["wildcards", inResource("arn:aws:a:*")],
  ["hyphens in a region", inResource("arn:aws:a:a-a-a-a-")],
  ["one long region", inResource("-a").replace('"-a', '"arn:aws:a:a-a')],
  ["digits of a date", inDate("1")],
  ["fractions of a date", inDate("1T1.1")],
  ["statements", fill('{"Version":"2012-10-17","Statement":[', `${statement},`, `${statement}]}`)],
  ["members", `{${Array.from({ length: 10_000 }, (_, at) => `"a${at}":1`).join(",")}}`],
  ["labels of a service", inPrincipal("Service", "a.")],
  ["hyphens of a service", inPrincipal("Service", "-")],
  ["labels of a provider", inPrincipal("Federated", "a-.")],
  ["principals", inPrincipal("AWS", "arn:aws:iam::123456789012:user/")],
] as const) {
  test(`${MODEL_MAX} characters of ${what} take no time`, () => {
    const started = performance.now();
    for (const kind of KINDS) parsePolicy(text, kind);
    const took = performance.now() - started;
    assert.ok(took < 1_000, `took ${took} ms`);
  });
}
