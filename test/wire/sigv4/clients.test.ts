import assert from "node:assert/strict";
import { test } from "node:test";
import { SERVICES, type ServiceRow } from "#model/services.ts";
import requests from "./client-requests.json" with { type: "json" };
import { NOW, presign, signerFor, signInHeader, toRawRequest } from "./signing.ts";
import { attempt } from "./vectors.ts";

const STS = { service: SERVICES.sts, now: NOW };

for (const [at, { client, method, target, headers, body }] of requests.entries()) {
  const names = new Map(headers.map(([name, value]) => [name?.toLowerCase() ?? "", value ?? ""]));
  const authorization = names.get("authorization") ?? "";
  const signedNames = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(";") ?? [];
  const service = authorization.split("/")[3] ?? "";

  test(`${client} request ${at}, signed anew`, async () => {
    const kept = Object.fromEntries(
      [...names].filter(([name]) => name !== "authorization" && name !== "x-amz-date"),
    );
    const request = {
      method,
      protocol: "http:",
      hostname: "localhost",
      path: target,
      query: {},
      headers: kept,
      body,
    };
    const signed = await signerFor(service).sign(request, {
      signingDate: new Date(NOW),
      signableHeaders: new Set(signedNames),
    });
    const row: ServiceRow = { ...SERVICES.sts, signingName: service };
    const result = attempt(toRawRequest({ method, target, headers: signed.headers, body }), {
      service: row,
      now: NOW,
    });
    assert.ok(result.ok, result.ok ? "" : result.error.message);
    assert.equal(result.value.accessKeyId, "AKIDEXAMPLE");
    assert.equal(result.value.sessionToken, names.get("x-amz-security-token"));
  });
}

test("all 39 recorded requests are there", () => assert.equal(requests.length, 39));

const QUERY = { Action: "GetCallerIdentity", Version: "2011-06-15" };
const ACCEPTED = [
  ["a presigned GetCallerIdentity", presign({ query: QUERY }), undefined],
  ["presigned with a session token", presign({ query: QUERY }, { token: "FwoG/+=x" }), "FwoG/+=x"],
  [
    "presigned with a signed header of one's own",
    presign({ query: QUERY, headers: { host: "h", "x-k8s-aws-id": "c" } }),
    undefined,
  ],
  ["a signed session token", signInHeader({ query: QUERY }, "sts", "FwoG/+=x"), "FwoG/+=x"],
  [
    "a query with what must be encoded",
    signInHeader({ query: { ...QUERY, UserName: "a b+c/d=e&f~g*(h)é!'" } }),
    undefined,
  ],
  ["a path in need of normalising", signInHeader({ path: "//a/./b/../c%20d/é/" }), undefined],
  [
    "UTF-8 in a header, ending in the byte A0",
    signInHeader({ headers: { host: "h", "x-amz-note": "voilà" } }),
    undefined,
  ],
  ["blanks in a header", signInHeader({ headers: { host: "h", "x-amz-note": "a   b\tc" } }), undefined],
  [
    "a body",
    signInHeader({ method: "POST", body: "Action=GetCallerIdentity&Version=2011-06-15&x=é" }),
    undefined,
  ],
] as const;

for (const [name, request, token] of ACCEPTED) {
  test(`an independent signer: ${name}`, async () => {
    const result = attempt(await request, STS);
    assert.ok(result.ok, result.ok ? "" : result.error.message);
    assert.equal(result.value.sessionToken, token);
  });
}
