import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Keys, openWorld, type TestAccount, type World } from "../support/world.ts";
import { refusedAs, session } from "./mfa-world.ts";
import {
  allow,
  answered,
  assume,
  assumed,
  createPerson,
  createPhone,
  createRole,
  header,
  policy,
  trust,
} from "./role-sessions.ts";

const MESSAGE = "x-countersign-authorization-message";
const HINT = "x-countersign-hint";

let world: World;
let account: TestAccount;
let user: Keys;
before(async () => {
  world = await openWorld();
  account = await world.account();
  user = await createPerson(world, account, "asker", allow("iam:ListRoles"));
});
after(() => world[Symbol.asyncDispose]());

const messageOf = async (call: () => Promise<unknown>) =>
  header(await answered(world, call), MESSAGE) ?? assert.fail("no message");
const decode = async (EncodedMessage: string, keys = account.admin) => {
  const answer = await world.clients(keys).sts.decodeAuthorizationMessage({ EncodedMessage });
  return JSON.parse(answer.DecodedMessage ?? "");
};
const arn = () => `arn:aws:iam::${account.accountId}:user/asker`;

test("a denial is told in AWS's shape, beside AWS's own sentence", async () => {
  const { iam, sts } = world.clients(user);
  const { UserId } = await sts.getCallerIdentity({});
  await assert.rejects(iam.listUsers({}), {
    message: `User: ${arn()} is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${account.accountId}:user/ because no identity-based policy allows the iam:ListUsers action`,
  });
  const message = await messageOf(() => iam.listUsers({}));
  assert.match(message, /^[\w-]+$/);
  assert.ok(message.length < 4_096);
  assert.deepEqual(await decode(message), {
    allowed: false,
    explicitDeny: false,
    matchedStatements: { items: [] },
    failures: { items: [] },
    context: {
      principal: { id: UserId, arn: arn() },
      action: "iam:ListUsers",
      resource: `arn:aws:iam::${account.accountId}:user/`,
      conditions: { items: [] },
    },
    countersign: { decidedBy: "identity", mfa: "not proved" },
  });
});

test("a statement that denies is named, with the keys that were asked for", async () => {
  const Condition = { StringNotEquals: { "aws:SourceIp": "192.0.2.1", "aws:PrincipalTag/absent": "x" } };
  const may = policy(
    { Effect: "Allow", Action: "iam:*", Resource: "*" },
    { Sid: "NotFromHere", Effect: "Deny", Action: "iam:ListUsers", Resource: "*", Condition },
  );
  const denied = await createPerson(world, account, "denied", may);
  const told = await decode(await messageOf(() => world.clients(denied).iam.listUsers({})));
  assert.equal(told.explicitDeny, true);
  assert.deepEqual(told.matchedStatements.items, [{ statementId: "NotFromHere", effect: "DENY" }]);
  assert.deepEqual(told.context.conditions.items, [
    { key: "aws:sourceip", values: { items: [{ value: "127.0.0.1" }] } },
  ]);
  assert.deepEqual(told.countersign.decidedBy, {
    layer: "identity",
    policy: "may",
    statement: 1,
    sid: "NotFromHere",
  });
});

describe("a second factor that is missing is said in the clear (DESIGN 3.3)", () => {
  const Condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
  const needsMfa = policy({ Effect: "Allow", Action: "sts:GetAccessKeyInfo", Resource: "*", Condition });
  const ask = (keys: Keys) => () =>
    world.clients(keys).sts.getAccessKeyInfo({ AccessKeyId: user.accessKeyId });

  test("to a user: how he gets one", async () => {
    const keys = await createPerson(world, account, "without", needsMfa);
    const denial = await answered(world, ask(keys));
    const hint =
      "allowed with a second factor: call sts get-session-token with --serial-number and --token-code";
    assert.equal(header(denial, HINT), hint);
    assert.equal((await decode(header(denial, MESSAGE) ?? "")).countersign.mfa, hint);
    const event = (await world.events(account.accountId)).find(
      ({ eventName }) => eventName === "GetAccessKeyInfo",
    );
    assert.equal(event?.decision.reason, hint);
  });

  test("to a role's session: where the condition belongs", async () => {
    const role = await createRole(world, account, "Without", undefined, {
      may: policy({ Effect: "Allow", Action: "iam:ListUsers", Resource: "*", Condition }),
    });
    const { iam } = world.clients(await assumed(world, account.admin, role));
    const denial = await answered(world, () => iam.listUsers({}));
    assert.match(
      header(denial, HINT) ?? "",
      /never carry one: put the condition in the role's trust policy$/,
    );
  });

  test("to nobody whose factor would change nothing", async () => {
    const both = policy({
      Effect: "Allow",
      Action: "iam:ListUsers",
      Resource: "*",
      Condition: { ...Condition, StringEquals: { "aws:username": "somebody" } },
    });
    const keys = await createPerson(world, account, "otherwise", both);
    const phone = await createPhone(world, account, "otherwise");
    for (const who of [keys, await session(world, keys, phone)]) {
      const denial = await answered(world, () => world.clients(who).iam.listUsers({}));
      assert.equal(header(denial, HINT), undefined);
    }
  });

  test("nothing of it stands where a call is allowed, or refused for another reason", async () => {
    const { iam } = world.clients(account.admin);
    for (const call of [() => iam.listUsers({}), () => iam.getUser({ UserName: "absent" })]) {
      const answer = await answered(world, call);
      assert.deepEqual([header(answer, HINT), header(answer, MESSAGE)], [undefined, undefined]);
    }
  });
});

describe("a message", () => {
  const invalid = ["InvalidAuthorizationMessageException", 400, "Message is not valid"] as const;

  test("is read with the permission alone", async () => {
    const message = await messageOf(() => world.clients(user).iam.listUsers({}));
    const sentence = `User: ${arn()} is not authorized to perform: sts:DecodeAuthorizationMessage because no identity-based policy allows the sts:DecodeAuthorizationMessage action`;
    await refusedAs(decode(message, user), ["AccessDenied", 403, sentence]);
    const role = await createRole(world, account, "Reader", undefined, {
      may: allow("sts:DecodeAuthorizationMessage"),
    });
    assert.equal((await decode(message, await assumed(world, account.admin, role))).allowed, false);
  });

  test("of another account, altered, cut or of another kind is none", async () => {
    const message = await messageOf(() => world.clients(user).iam.listUsers({}));
    const other = await world.account();
    await refusedAs(decode(message, other.admin), invalid);
    const { sessionToken = "" } = await session(world, account.admin);
    for (const wrong of [
      "x",
      `${message}AAAA`,
      message.slice(0, -4),
      `${message.slice(0, 60)}${message[60] === "A" ? "B" : "A"}${message.slice(61)}`,
      sessionToken,
      Buffer.from(sessionToken, "base64").toString("base64url"),
      "A".repeat(10_240),
    ]) {
      await refusedAs(decode(wrong), invalid);
    }
    await assert.rejects(decode("A".repeat(10_241)), { name: "ValidationError" });
  });

  test("of a role's trust is as long as any other", async () => {
    const role = await createRole(world, account, "Bounded", [trust(account, { Effect: "Deny" })]);
    const RoleArn = `arn:aws:iam::${account.accountId}:role/${"p/".repeat(300)}${"r".repeat(1_000)}`;
    const small = await messageOf(() => assume(world, account.admin, role));
    const large = await messageOf(() => assume(world, account.admin, RoleArn));
    assert.equal(small.length, large.length);
    assert.ok(large.length < 4_096);
    assert.equal((await decode(large)).context.resource, RoleArn);
  });

  test("is bounded: the keys go first, and what is larger still is none", async () => {
    const keys = ["a", "b", "c", "d", "e", "f"];
    const StringLike = Object.fromEntries(keys.map((key) => [`aws:RequestTag/${key}`, "*"]));
    const Condition = { StringLike, StringEquals: { "sts:ExternalId": "never" } };
    const role = await createRole(world, account, "Keys", [trust(account, { Condition })]);
    const asking = (length: number) => () =>
      assume(world, account.admin, role, {
        ExternalId: "x".repeat(1_224),
        Tags: keys.map((Key) => ({ Key, Value: "v".repeat(length) })),
      });
    const told = async (length: number) =>
      (await decode(await messageOf(asking(length)))).context.conditions.items.length;
    assert.equal(await told(10), 7);
    assert.equal(await told(256), 0);
    const absent = `arn:aws:iam::${account.accountId}:role/${"é".repeat(1_400)}`;
    const denial = await answered(world, () => assume(world, account.admin, absent));
    assert.equal(header(denial, MESSAGE), undefined);
  });

  test("of a role's trust tells the account's own people why", async () => {
    const Condition = { StringEquals: { "sts:ExternalId": "right" } };
    const role = await createRole(world, account, "Why", [trust(account, { Condition })]);
    const told = await decode(
      await messageOf(() => assume(world, account.admin, role, { ExternalId: "wrong" })),
    );
    assert.equal(told.countersign.decidedBy, "resource");
    assert.deepEqual(told.context.conditions.items, [
      { key: "sts:externalid", values: { items: [{ value: "wrong" }] } },
    ]);
  });
});
