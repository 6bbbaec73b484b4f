import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { SERVICES } from "#model/services.ts";
import type { RawRequest } from "#wire/raw.ts";
import { deriveSigningKey, sign } from "#wire/sigv4/signing-key.ts";
import { handSigned, NOW, presign } from "./signing.ts";
import { attempt, SECRET } from "./vectors.ts";

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom(
    "*",
    "http://a/b?c",
    "//",
    "/..",
    "/%",
    "/%zz?%=%&&=&=",
    "\0",
    "\ud800",
    "?",
    "__proto__",
    "constructor",
  ),
);
const anyName = fc.oneof(
  anyText,
  fc.constantFrom("Authorization", "X-Amz-Date", "Date", "Host", "X-Amz-Security-Token", "__proto__"),
);
const anyParameter = fc.tuple(
  fc.constantFrom(
    "Algorithm",
    "Credential",
    "Date",
    "Expires",
    "SignedHeaders",
    "Signature",
    "Security-Token",
  ),
  fc.oneof(
    anyText,
    fc.constantFrom(
      "AWS4-HMAC-SHA256",
      "20261124T120000Z",
      "host",
      "a/20261124/us-east-1/sts/aws4_request",
      "60",
    ),
  ),
);

test("whatever bytes come, the answer is a refusal and never an exception", () => {
  fc.assert(
    fc.property(
      anyText,
      anyText,
      fc.array(fc.tuple(anyName, anyText)),
      fc.array(anyParameter),
      anyText,
      (method, path, headers, parameters, body) => {
        const query = parameters.map(([name, value]) => `X-Amz-${name}=${value}`).join("&");
        const raw = {
          method,
          target: `${path}?${query}`,
          rawHeaders: headers.flat(),
          body: Buffer.from(body),
          peer: PEER,
        };
        refused(raw);
      },
    ),
    { numRuns: 1000 },
  );
});

test("whatever bytes stand in a signed request's place for one part, it is refused or means the same", () => {
  const raw = handSigned({});
  fc.assert(
    fc.property(anyText, fc.nat(raw.rawHeaders.length - 1), (text, at) => {
      // the key id is free: whose secret it has is looked up later
      if (text !== raw.rawHeaders[at]) refused({ ...raw, rawHeaders: raw.rawHeaders.with(at, text) });
    }),
    { numRuns: 500 },
  );
});

for (const [name, target] of [
  [
    "100,000 parameters",
    `/?${Array.from({ length: 100_000 }, (_, at) => `%4${at % 10}${at}=${at}`).join("&")}`,
  ],
  ["100,000 equal parameters", `/?${"a=b&".repeat(100_000)}`],
  ["a path of 100,000 segments", `/${"../a/".repeat(100_000)}`],
  ["a long run of broken escapes", `/?${"%".repeat(200_000)}`],
] as const) {
  test(`${name} are no burden`, { timeout: 20_000 }, () => refused({ ...handSigned({}), target }));
}

test("long headers are no burden", { timeout: 20_000 }, () => {
  const raw = handSigned({});
  const long = [" ".repeat(200_000), `${"a  ".repeat(100_000)}b`, ";".repeat(200_000), "=,".repeat(100_000)];
  for (const text of long) refused({ ...raw, rawHeaders: ["Host", text, ...raw.rawHeaders.slice(2)] });
  for (const text of long)
    refused({ ...raw, rawHeaders: [...raw.rawHeaders.slice(0, -1), `AWS4-HMAC-SHA256 ${text}`] });
  const names = `AWS4-HMAC-SHA256 Credential=a/b/c/d/e, Signature=a, SignedHeaders=${"host;".repeat(50_000)}`;
  refused({ ...raw, rawHeaders: [...raw.rawHeaders.slice(0, -1), names] });
});

test("a presigned request is refused with each of its parameters taken away", async () => {
  const raw = await presign({ query: { Action: "GetCallerIdentity" } });
  const [path, query = ""] = raw.target.split("?");
  const pieces = query.split("&");
  assert.equal(pieces.length, 7);
  for (const piece of pieces) {
    refused({ ...raw, target: `${path}?${pieces.filter((other) => other !== piece).join("&")}` });
  }
});

test("the derived key is kept for its secret alone: a key id given anew has another", () => {
  const env = { service: SERVICES.iam, now: NOW };
  assert.ok(attempt(handSigned({}), env).ok);
  assert.ok(attempt(handSigned({}), env).ok);
  assert.ok(!attempt(handSigned({}), { ...env, secret: "another" }).ok);
  assert.ok(attempt(handSigned({}), env).ok);
});

test("more keys than are kept still verify, the first of them included", () => {
  // 26 * 26 * 20 places that could be regions
  const regions = Array.from(
    { length: 10_500 },
    (_, at) => `${letter(at)}${letter(at / 26)}-east-${1 + Math.floor(at / 676)}`,
  );
  for (const region of [...regions, ...regions.slice(0, 3)]) {
    const raw = handSigned({ scope: `20261124/${region}/sts/aws4_request` });
    assert.ok(attempt(raw, { service: SERVICES.sts, now: NOW }).ok, region);
  }
});

test("the HMAC is node's", () => {
  const scope = { accessKeyId: "a", date: "20261124", region: "us-east-1", service: "iam" };
  const parts = ["20261124", "us-east-1", "iam", "aws4_request"];
  const key = parts.reduce<Buffer>(
    (sofar, part) => createHmac("sha256", sofar).update(part).digest(),
    Buffer.from(`AWS4${SECRET}`),
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
      assert.equal(
        sign(deriveSigningKey(scope, SECRET), text),
        createHmac("sha256", key).update(text).digest("hex"),
      );
    }),
  );
});

const PEER = { address: "127.0.0.1", encrypted: false };

function letter(at: number): string {
  return String.fromCharCode(97 + (Math.floor(at) % 26));
}

function refused(raw: RawRequest): void {
  for (const service of [SERVICES.iam, SERVICES.sts]) {
    const result = attempt(raw, { service, now: NOW });
    assert.ok(!result.ok);
    assert.equal(result.error.status, 403);
  }
}
