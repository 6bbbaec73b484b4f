import assert from "node:assert/strict";
import { test } from "node:test";
import { serviceError } from "#model/errors.ts";
import { COUNTERSIGN, SIGNIN } from "#model/services.ts";
import { jsonError } from "#wire/json/errors.ts";
import { readJsonRequest, speaksJson } from "#wire/json/request.ts";
import { routeJson } from "#wire/json/route.ts";
import type { RawRequest } from "#wire/raw.ts";

const JSON_1_1 = "application/x-amz-json-1.1";
const OPERATION = "Countersign_20261101.ListSessions";

const rawOf = (
  headers: readonly (readonly [string, string])[],
  more: Partial<RawRequest> = {},
): RawRequest => ({
  method: "POST",
  target: "/",
  rawHeaders: headers.flat(),
  body: Buffer.from("{}"),
  peer: { address: "127.0.0.1", encrypted: false },
  ...more,
});
const well = [
  ["X-Amz-Target", OPERATION],
  ["Content-Type", JSON_1_1],
] as const;

const REQUESTS: readonly [name: string, raw: RawRequest, want: "read" | "refused" | "other"][] = [
  ["as the SDKs send it", rawOf(well), "read"],
  ["a charset", rawOf([well[0], ["Content-Type", "application/x-amz-json-1.1; charset=utf-8"]]), "read"],
  ["JSON 1.0", rawOf([well[0], ["Content-Type", "application/x-amz-json-1.0"]]), "read"],
  ["a presigned URL", rawOf(well, { target: "/?X-Amz-Algorithm=a&X-Amz-Date=b" }), "read"],
  ["no target", rawOf([well[1]]), "refused"],
  ["two targets", rawOf([well[0], well[0], well[1]]), "refused"],
  ["no content type", rawOf([well[0]]), "refused"],
  ["two content types", rawOf([...well, well[1]]), "refused"],
  ["a form", rawOf([well[0], ["Content-Type", "application/x-www-form-urlencoded"]]), "refused"],
  ["a GET", rawOf(well, { method: "GET" }), "refused"],
  ["an action beside it", rawOf(well, { target: "/?Action=GetUser&Version=2010-05-08" }), "refused"],
  ["an action behind the signature", rawOf(well, { target: "/?X-Amz-Date=b&Action=GetUser" }), "refused"],
  ["no JSON at all", rawOf([["Content-Type", "application/json"]]), "other"],
];

for (const [name, raw, want] of REQUESTS) {
  test(`json request: ${name} is ${want}`, () => {
    assert.equal(speaksJson(raw), want !== "other");
    if (want === "other") return;
    const request = readJsonRequest(raw);
    assert.equal(request.ok, want === "read");
    if (request.ok) assert.equal(request.value.target, OPERATION);
    else assert.equal(request.error.code, "SerializationException");
  });
}

const ROUTES: readonly [target: string, type: string, want: string][] = [
  [OPERATION, JSON_1_1, "countersign ListSessions"],
  ["CountersignSignin_20261101.SignOut", JSON_1_1, "signin SignOut"],
  [OPERATION, "application/x-amz-json-1.0", "UnknownOperationException"],
  ["Countersign_20261101.CreateAccount", JSON_1_1, "UnknownOperationException"],
  ["Countersign_20261101.listSessions", JSON_1_1, "UnknownOperationException"],
  ["Countersign_20261101.__proto__", JSON_1_1, "UnknownOperationException"],
  ["Countersign_20261101.", JSON_1_1, "UnknownOperationException"],
  ["Countersign_20261101", JSON_1_1, "UnknownOperationException"],
  ["ListSessions", JSON_1_1, "UnknownOperationException"],
  [".ListSessions", JSON_1_1, "UnknownOperationException"],
  ["", JSON_1_1, "UnknownOperationException"],
  ["Logs_20140328.PutMetricFilter", JSON_1_1, "UnsupportedOperation"],
  ["GraniteServiceVersion20100801.PutMetricAlarm", "application/x-amz-json-1.0", "UnsupportedOperation"],
  ["com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", JSON_1_1, "UnsupportedOperation"],
];

for (const [target, contentType, want] of ROUTES) {
  test(`json route: ${target} as ${contentType} is ${want}`, async () => {
    const route = await routeJson({ target, contentType }, [COUNTERSIGN, SIGNIN]);
    assert.equal(
      route.ok ? `${route.value.service.name} ${route.value.operation.name}` : route.error.code,
      want,
    );
    assert.ok(route.ok || !route.error.message.includes(target || "\0"));
  });
}

test("json route: a signature does not lead to sign-in", async () => {
  const target = "CountersignSignin_20261101.SubmitPassword";
  const route = await routeJson({ target, contentType: JSON_1_1 }, [COUNTERSIGN]);
  assert.equal(route.ok ? "" : route.error.code, "UnknownOperationException");
});

const NAMED: readonly [code: Parameters<typeof serviceError>[0], name: string, status: number][] = [
  ["AccessDenied", "AccessDeniedException", 400],
  ["InvalidClientTokenId", "UnrecognizedClientException", 400],
  ["SignatureDoesNotMatch", "InvalidSignatureException", 400],
  ["MissingAuthenticationToken", "MissingAuthenticationTokenException", 400],
  ["ExpiredToken", "ExpiredTokenException", 400],
  ["IncompleteSignature", "IncompleteSignatureException", 400],
  ["Throttling", "ThrottlingException", 400],
  ["ValidationError", "ValidationException", 400],
  ["NoSuchEntity", "NoSuchEntity", 404],
  ["StepUpRequired", "StepUpRequired", 403],
  ["NotSignedIn", "NotSignedIn", 401],
  ["InternalFailure", "InternalFailure", 500],
  ["ServiceUnavailable", "ServiceUnavailable", 503],
];

for (const [code, name, status] of NAMED) {
  test(`json: ${code} is told as ${name}, ${status}`, () => {
    assert.deepEqual(jsonError(serviceError(code, "")), { code: name, status });
  });
}
