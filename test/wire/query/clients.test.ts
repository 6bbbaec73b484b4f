import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeInput } from "#wire/query/decode.ts";
import { readQueryRequest } from "#wire/query/request.ts";
import { routeQuery } from "#wire/query/route.ts";

const FORM = "application/x-www-form-urlencoded";
const SERIAL = "arn:aws:iam::123456789012:mfa/x";
const ESCAPED = "arn%3Aaws%3Aiam%3A%3A123456789012%3Amfa%2Fx";

/** Bodies as the clients sent them: aws-cli 2.9 and 1.45, boto3 1.26 and the SDK for JavaScript 3.1168, which writes no charset. */
const CASES = [
  {
    body: "Action=CreateVirtualMFADevice&Version=2010-05-08&VirtualMFADeviceName=x",
    input: { VirtualMFADeviceName: "x" },
  },
  {
    type: FORM,
    body: "Action=CreateVirtualMFADevice&Version=2010-05-08&VirtualMFADeviceName=x&Tags.member.1.Key=a&Tags.member.1.Value=b%20c",
    input: { VirtualMFADeviceName: "x", Tags: [{ Key: "a", Value: "b c" }] },
  },
  {
    body: "Action=CreateVirtualMFADevice&Version=2010-05-08&VirtualMFADeviceName=x&Tags.member.1.Key=a&Tags.member.1.Value=b+c",
    input: { VirtualMFADeviceName: "x", Tags: [{ Key: "a", Value: "b c" }] },
  },
  {
    body: `Action=EnableMFADevice&Version=2010-05-08&UserName=alice&SerialNumber=${ESCAPED}&AuthenticationCode1=123456&AuthenticationCode2=654321`,
    input: {
      UserName: "alice",
      SerialNumber: SERIAL,
      AuthenticationCode1: "123456",
      AuthenticationCode2: "654321",
    },
  },
  { body: "Action=ListMFADevices&Version=2010-05-08&UserName=alice", input: { UserName: "alice" } },
  {
    body: `Action=GetSessionToken&Version=2011-06-15&DurationSeconds=3600&SerialNumber=${ESCAPED}&TokenCode=123456`,
    input: { DurationSeconds: 3600, SerialNumber: SERIAL, TokenCode: "123456" },
  },
  {
    type: FORM,
    body: `Action=GetSessionToken&Version=2011-06-15&SerialNumber=${ESCAPED}&TokenCode=123456&DurationSeconds=3600`,
    input: { SerialNumber: SERIAL, TokenCode: "123456", DurationSeconds: 3600 },
  },
  { body: "Action=GetCallerIdentity&Version=2011-06-15", input: {} },
];

for (const { type = `${FORM}; charset=utf-8`, body, input } of CASES) {
  test(`recorded: ${body.slice(0, 120)}`, async () => {
    const request = readQueryRequest({
      method: "POST",
      target: "/",
      rawHeaders: ["Host", "127.0.0.1:8099", "Content-Type", type, "Content-Length", String(body.length)],
      body: Buffer.from(body),
      peer: { address: "127.0.0.1", encrypted: false },
    });
    assert.ok(request.ok);
    const route = await routeQuery(request.value, undefined);
    assert.ok(route.ok);
    const decoded = decodeInput(route.value.operation, request.value.params);
    assert.deepEqual(decoded.ok && decoded.value, input);
  });
}
