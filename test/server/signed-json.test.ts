import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AttachUserPolicyCommand } from "@aws-sdk/client-iam";
import type { RawResponse } from "#wire/raw.ts";
import { createUser, session } from "../operations/mfa-world.ts";
import { type SigningOptions, sign } from "../support/sign.ts";
import { type Keys, openWorld, type TestAccount, type World } from "../support/world.ts";

const JSON_1_1 = "application/x-amz-json-1.1";
const HOST = "id.example.com";

interface Sent {
  readonly operation?: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly target?: string;
  readonly signing?: Partial<SigningOptions>;
  /** Added, or changed, after signing. */
  readonly headers?: readonly string[];
}

async function call(world: World, keys: Keys, sent: Sent = {}): Promise<RawResponse> {
  const { operation = "GetConsoleContext", body = "{}", contentType = JSON_1_1, target = "/" } = sent;
  const name = operation.includes(".") ? operation : `Countersign_20261101.${operation}`;
  const unsigned = { method: "POST", target, host: HOST, contentType, body, operation: name };
  const headers = sign(unsigned, keys, { service: "countersign", at: world.now, ...sent.signing });
  return world.send({
    method: "POST",
    target,
    rawHeaders: [...headers, ...(sent.headers ?? [])],
    body: Buffer.from(body),
    peer: { address: "192.0.2.7", encrypted: false },
  });
}

let world: World;
let account: TestAccount;

before(async () => {
  world = await openWorld();
  account = await world.account();
});
after(() => world[Symbol.asyncDispose]());

const read = ({ body }: RawResponse) => JSON.parse(String(body));

test("a signed JSON call is answered in JSON, in any region, with its request id", async () => {
  const { accountId, admin, root } = await world.account();
  for (const region of ["us-east-1", "eu-central-1"]) {
    const answer = await call(world, admin, { signing: { region } });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["content-type"], JSON_1_1);
    assert.match(answer.headers["x-amzn-requestid"] ?? "", /^[0-9a-f-]{36}$/);
    assert.ok(Number.isFinite(Date.parse(answer.headers.date ?? "")));
    assert.equal(answer.headers["cache-control"], undefined);
    const { Account, Principal, Session, ServerTime } = read(answer);
    assert.deepEqual(
      [Account.AccountId, Principal.Type, Principal.UserName, Session, ServerTime],
      [accountId, "user", "admin", undefined, world.now],
    );
  }
  assert.equal(read(await call(world, root)).Principal.Type, "root");
  const events = await world.events(accountId);
  assert.deepEqual(
    events.map(({ eventName, record }) => [eventName, record.eventSource, record.awsRegion]).toSorted(),
    ["eu-central-1", "us-east-1", "us-east-1"].map((region) => ["GetConsoleContext", "countersign", region]),
  );
  assert.equal((await call(world, admin, { body: "" })).status, 200);
});

const REFUSED: Readonly<Record<string, readonly [sent: Sent, code: string]>> = {
  "another's scope": [{ signing: { service: "iam" } }, "InvalidSignatureException"],
  "no such region": [{ signing: { region: "nowhere" } }, "InvalidSignatureException"],
  "too old": [{ signing: { at: 0 } }, "InvalidSignatureException"],
  "a second target": [
    { headers: ["x-amz-target", "Countersign_20261101.RevokeSessions"] },
    "SerializationException",
  ],
  "an action in the query string": [
    { target: "/?Action=GetUser&Version=2010-05-08" },
    "SerializationException",
  ],
  "a form": [{ contentType: "application/x-www-form-urlencoded" }, "SerializationException"],
  "JSON 1.0": [{ contentType: "application/x-amz-json-1.0" }, "UnknownOperationException"],
  "an operator's operation": [{ operation: "CreateRootAccessKey" }, "UnknownOperationException"],
  "no operation": [{ operation: "constructor" }, "UnknownOperationException"],
  "a way to sign in": [
    { operation: "CountersignSignin_20261101.SubmitPassword" },
    "UnknownOperationException",
  ],
  CloudTrail: [
    { operation: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents" },
    "UnsupportedOperationException",
  ],
  "CloudWatch Logs": [{ operation: "Logs_20140328.DescribeLogGroups" }, "UnsupportedOperationException"],
  CloudWatch: [
    {
      operation: "GraniteServiceVersion20100801.PutMetricAlarm",
      contentType: "application/x-amz-json-1.0",
    },
    "UnsupportedOperationException",
  ],
  "no JSON": [{ body: "{" }, "SerializationException"],
  "an array": [{ body: "[]" }, "SerializationException"],
  "a member of another kind": [
    { operation: "ListSignIns", body: '{"MaxItems":"1"}' },
    "SerializationException",
  ],
  "half a number": [{ operation: "ListSignIns", body: '{"MaxItems":1.5}' }, "ValidationException"],
  "too many": [{ operation: "ListSignIns", body: '{"MaxItems":1001}' }, "ValidationException"],
  "a member left out": [{ operation: "RevokeSession" }, "ValidationException"],
  "the NUL character": [
    { operation: "RevokeSession", body: '{"SessionId":"\\u0000"}' },
    "ValidationException",
  ],
  "nobody's session": [{ operation: "RevokeSession", body: '{"SessionId":"x"}' }, "NoSuchEntity"],
};

for (const [name, [sent, code]] of Object.entries(REFUSED)) {
  test(`signed JSON: ${name} is ${code}`, async () => {
    const answer = await call(world, account.admin, sent);
    const { __type, message } = read(answer);
    assert.deepEqual([__type, answer.headers["x-amzn-errortype"]], [code, code]);
    assert.equal(answer.status, code === "NoSuchEntity" ? 404 : 400);
    assert.ok(typeof message === "string" && message !== "");
    assert.match(answer.headers["content-type"] ?? "", /^application\/x-amz-json-1\.[01]$/);
  });
}

test("signed JSON: what is signed is what is run", async () => {
  const unsigned = { method: "POST", target: "/", host: HOST, contentType: JSON_1_1, body: "{}" };
  const headers = sign(unsigned, account.admin, { service: "countersign", at: world.now });
  const raw = {
    method: "POST",
    target: "/",
    rawHeaders: [...headers, "x-amz-target", "Countersign_20261101.RevokeSessions"],
    body: Buffer.from("{}"),
    peer: { address: "192.0.2.7", encrypted: false },
  };
  // the target was put in after the signature
  const unsignedTarget = await world.send(raw);
  assert.deepEqual(
    [unsignedTarget.status, read(unsignedTarget).__type, read(unsignedTarget).message],
    [400, "InvalidSignatureException", "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization."],
  );
  const without = await world.send({
    ...raw,
    rawHeaders: ["host", HOST, "content-type", JSON_1_1, "x-amz-target", "Countersign_20261101.ListSessions"],
  });
  assert.deepEqual([without.status, read(without).__type], [400, "MissingAuthenticationTokenException"]);
  const stranger = { ...account.admin, accessKeyId: "AKIAIOSFODNN7EXAMPLE" };
  assert.equal(read(await call(world, stranger)).__type, "UnrecognizedClientException");
  const liar = { ...account.admin, secretAccessKey: "x" };
  assert.equal(read(await call(world, liar)).__type, "InvalidSignatureException");
});

test("signed JSON: policies decide, and a denial keeps its sentence and headers", async () => {
  const ana = await createUser(world, account.admin, "ana");
  const denied = await call(world, ana, { operation: "RevokeSessions", body: '{"UserName":"admin"}' });
  assert.deepEqual([denied.status, read(denied).__type], [400, "AccessDeniedException"]);
  assert.match(
    read(denied).message,
    /^User: arn:aws:iam::\d+:user\/ana is not authorized to perform: countersign:RevokeSessions on resource: arn:aws:iam::\d+:user\/admin because no identity-based policy allows/,
  );
  assert.ok(denied.headers["x-countersign-authorization-message"]);
  await world.clients(account.admin).iam.send(
    new AttachUserPolicyCommand({
      UserName: "ana",
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
  );
  assert.equal((await call(world, ana)).status, 200);
  const lasting = await session(world, ana);
  assert.equal((await call(world, lasting)).status, 200);
  const ended = await call(world, account.admin, { operation: "RevokeSessions", body: '{"UserName":"ana"}' });
  assert.deepEqual([ended.status, ended.body], [200, "{}"]);
  assert.equal(read(await call(world, lasting)).__type, "UnrecognizedClientException");
});
