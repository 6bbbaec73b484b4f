import assert from "node:assert/strict";
import { test } from "node:test";
import { renderEvent } from "#audit/event.ts";
import { withoutSecrets } from "#audit/redaction.ts";
import { epochMs } from "#base/clock.ts";
import type { AccountId } from "#identity/ids.ts";

const FACTS = {
  eventId: "e-1",
  requestId: "r-1",
  time: epochMs(Date.parse("2026-01-02T03:04:05.678Z")),
  accountId: "123456789012" as AccountId,
  identity: { type: "IAMUser", accountId: "123456789012", accessKeyId: "AKIA1", userName: "alice" },
  eventSource: "iam.amazonaws.com",
  eventName: "EnableMFADevice",
  region: "us-east-1",
  sourceIp: "192.0.2.1",
  userAgent: "aws-cli",
  readOnly: false,
  requestParameters: { userName: "alice", serialNumber: "s", authenticationCode1: "111111" },
  responseElements: null,
  error: undefined,
  decision: { action: "iam:EnableMFADevice" },
} as const;

test("an event has CloudTrail's members, whole seconds in UTC, and null for no response", () => {
  const record = JSON.parse(renderEvent(FACTS).record);
  assert.deepEqual(record, {
    eventVersion: "1.11",
    userIdentity: FACTS.identity,
    eventTime: "2026-01-02T03:04:05Z",
    eventSource: "iam.amazonaws.com",
    eventName: "EnableMFADevice",
    awsRegion: "us-east-1",
    sourceIPAddress: "192.0.2.1",
    userAgent: "aws-cli",
    requestParameters: { userName: "alice", serialNumber: "s" },
    responseElements: null,
    requestID: "r-1",
    eventID: "e-1",
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: "123456789012",
    eventCategory: "Management",
  });
});

test("members that hold secrets are dropped at any depth, in any letter case", () => {
  const given = {
    userName: "a",
    Password: "p",
    nested: [{ tokenCode: "1", accessKey: { secretAccessKey: "s", status: "Active" } }],
  };
  assert.deepEqual(withoutSecrets.members(given), {
    userName: "a",
    nested: [{ accessKey: { status: "Active" } }],
  });
});

for (const [sentence, shown] of [
  ["Value '12' at 'tokenCode' failed", "Value at 'tokenCode' failed"],
  ["Value 'x' at 'tokenCode' y' at 'tokenCode' failed", "Value at 'tokenCode' failed"],
  ["Value '1\n2' at 'authenticationCode1' failed", "Value at 'authenticationCode1' failed"],
  ["Value 'abc' at 'userName' failed", "Value 'abc' at 'userName' failed"],
] as const) {
  test(`a sentence that quotes a code loses it: ${JSON.stringify(sentence)}`, () => {
    assert.equal(withoutSecrets.message(sentence), shown);
  });
}

test("what a person typed cannot break out of the record", () => {
  const row = renderEvent({ ...FACTS, userAgent: '"}\n{"eventName":"Forged' });
  assert.equal(row.record.split("\n").length, 1);
  assert.equal(JSON.parse(row.record).eventName, "EnableMFADevice");
});
