import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { test } from "node:test";
import { canonicalRequest, queryParameters, splitTarget } from "#wire/sigv4/canonical.ts";
import { readHeaders } from "#wire/sigv4/headers.ts";
import { attempt, DATE, SECRET, type SignedCase, toRaw, VECTORS } from "./vectors.ts";

for (const { name, normalize, token, header, query } of VECTORS) {
  for (const [form, signed] of [
    ["header", header],
    ["query", query],
  ] as const) {
    if (normalize) {
      test(`${name}, ${form} form: its canonical request`, () => {
        assert.equal(canonicalOf(signed, form), signed.canonical);
      });
    }

    test(`${name}, ${form} form: ${outcome(normalize, signed)}`, () => {
      const result = attempt(toRaw(signed));
      assert.equal(result.ok ? "accepted" : result.error.code, outcome(normalize, signed));
      if (result.ok) assert.equal(result.value.sessionToken ?? null, token);
    });

    test(`${name}, ${form} form: refused with another secret`, () => {
      const result = attempt(toRaw(signed), { secret: `${SECRET}x` });
      assert.equal(result.ok ? "accepted" : result.error.code, "SignatureDoesNotMatch");
    });
  }
}

test("all 38 cases are there", () => {
  assert.equal(VECTORS.length, 38);
  assert.equal(new Date(DATE).toISOString(), "2015-08-30T12:36:00.000Z");
});

/** A case for services that do not normalise is accepted where normalising changes nothing. */
function outcome(normalize: boolean, signed: SignedCase): string {
  const { path } = splitTarget(signed.target);
  return normalize || !/\/(\/|\.)/.test(path) ? "accepted" : "SignatureDoesNotMatch";
}

function canonicalOf(
  { method, target, rawHeaders, body, canonical }: SignedCase,
  form: string,
): string | undefined {
  const { path, query } = splitTarget(target);
  const signedToken = canonical.includes("X-Amz-Security-Token");
  const parameters = queryParameters(query).filter(
    ({ name }) =>
      form === "header" || (name !== "X-Amz-Signature" && (signedToken || name !== "X-Amz-Security-Token")),
  );
  const signedHeaders = canonical.split("\n").at(-2)?.split(";") ?? [];
  return canonicalRequest({
    method,
    path,
    parameters,
    headers: readHeaders(rawHeaders),
    signedHeaders,
    payloadHash: hash("sha256", body),
  });
}
