import assert from "node:assert/strict";
import { test } from "node:test";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import { render, voiceOf } from "#wire/protocol.ts";
import { wantsJson } from "#wire/query/encode-json.ts";
import type { RawRequest } from "#wire/raw.ts";
import { modelOf } from "./sdk.ts";

const asking = (...accepted: readonly string[]): RawRequest => ({
  method: "GET",
  target: "/?Action=GetCallerIdentity&Version=2011-06-15",
  rawHeaders: accepted.flatMap((value) => ["Accept", value]),
  body: new Uint8Array(),
  peer: { address: "192.0.2.1", encrypted: false },
});

for (const [accepted, json] of [
  [["application/json"], true],
  [[" Application/JSON "], true],
  [[], false],
  [["*/*"], false],
  [["application/json, text/plain, */*"], false],
  [["application/json;q=0.5"], false],
  [["application/json", "text/xml"], false],
  [["text/xml"], false],
] as const) {
  test(`Accept ${JSON.stringify(accepted)} asks for ${json ? "JSON" : "XML"}`, () => {
    assert.equal(wantsJson(asking(...accepted)), json);
    const { contentType } = told(asking(...accepted));
    assert.equal(contentType, json ? "application/json" : "text/xml");
  });
}

const moment = { requestId: "11111111-2222-3333-4444-555555555555", now: 0 };
const ResponseMetadata = { RequestId: moment.requestId };

function told(raw: RawRequest): { readonly contentType: string | undefined; readonly body: string } {
  const refusal = refuse(serviceError("InvalidAction", "Could not find operation <x> for version y"));
  const { headers, body } = render(voiceOf(raw), refusal, moment);
  return { contentType: headers["content-type"], body: String(body) };
}

test("a refusal as JSON: code, sentence, type and request id, and no sign of XML", () => {
  const { body } = told(asking("application/json"));
  assert.deepEqual(JSON.parse(body), {
    Error: {
      Code: "InvalidAction",
      Message: "Could not find operation <x> for version y",
      Type: "Sender",
    },
    RequestId: moment.requestId,
  });
  assert.doesNotMatch(body, /[<>]/);
});

test("answers as JSON have the envelope of the XML ones; times are epoch seconds", async () => {
  const caller = { UserId: "AIDA1", Account: "111122223333", Arn: "arn:aws:iam::111122223333:user/a" };
  const Expiration = new Date("2026-01-02T03:04:05Z");
  for (const [service, name, output, want] of [
    ["sts", "GetCallerIdentity", caller, { GetCallerIdentityResult: caller, ResponseMetadata }],
    [
      "sts",
      "GetSessionToken",
      { Credentials: { AccessKeyId: "ASIA1", Expiration } },
      {
        GetSessionTokenResult: {
          Credentials: { AccessKeyId: "ASIA1", Expiration: Expiration.getTime() / 1000 },
        },
        ResponseMetadata,
      },
    ],
    ["iam", "EnableMFADevice", {}, { ResponseMetadata }],
  ] as const) {
    const operation = await modelOf(service, name);
    const { body } = render(voiceOf(asking("application/json")), accept({ operation, output }), moment);
    assert.deepEqual(JSON.parse(String(body)), { [`${name}Response`]: want });
  }
});
