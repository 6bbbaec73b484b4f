import assert from "node:assert/strict";
import { test } from "node:test";
import { NormalizedSchema } from "@smithy/core/schema";
import { renderEvent } from "#audit/event.ts";
import { withoutSecrets } from "#audit/redaction.ts";
import { epochMs } from "#base/clock.ts";
import type { AccountId } from "#identity/ids.ts";
import { SERVICES } from "#model/services.ts";

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

test("a sentence that quotes a megabyte is cut before its first quotation, in no time to speak of", () => {
  // each `Value '` is a place where the quotation of a code might begin
  const quoted = "Value '".repeat(150_000);
  const sentence = `1 validation error detected: ${quoted}' at 'roleArn' failed to satisfy constraint: …`;
  assert.equal(withoutSecrets.message(sentence), "1 validation error detected: Value…");
  const code = `1 validation error detected: Value '123456${"7".repeat(2000)}' at 'tokenCode' failed`;
  assert.equal(withoutSecrets.message(code), "1 validation error detected: Value…");
  const long = `Value at 'userName' failed; ${"x".repeat(2000)}`;
  assert.equal(withoutSecrets.message(long), `${long.slice(0, 1024)}…`);
});

test("a record does not grow with what was sent", () => {
  const anything = "x".repeat(1_000_000);
  const { record, decision } = renderEvent({
    ...FACTS,
    requestParameters: { anything },
    decision: { action: "iam:CreateVirtualMFADevice", resources: [anything] },
  });
  assert.ok(record.length + decision.length < 10_000, `${record.length} and ${decision.length} characters`);
  assert.equal(JSON.parse(record).requestParameters, null);
  assert.deepEqual(JSON.parse(decision), { action: "iam:CreateVirtualMFADevice" });
});

test("what the services' schemas call sensitive in an input is dropped, whether the operation is built or not", async () => {
  const names = new Set<string>();
  for (const service of Object.values(SERVICES)) {
    for (const { schema } of Object.values((await service.load()).operations)) {
      for (const name of sensitiveIn(NormalizedSchema.of(schema[4]))) names.add(name);
    }
  }
  assert.ok(names.size >= 7, `only ${[...names]}`);
  for (const name of names) assert.deepEqual(withoutSecrets.members({ [name]: "x" }), {}, name);
});

function sensitiveIn(schema: NormalizedSchema): readonly string[] {
  if (schema.isUnitSchema()) return [];
  if (schema.isListSchema()) return sensitiveIn(schema.getValueSchema());
  if (!schema.isStructSchema()) return [];
  return [...schema.structIterator()].flatMap(([name, member]) =>
    member.getMergedTraits().sensitive ? [name] : sensitiveIn(member),
  );
}
