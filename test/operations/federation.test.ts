import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Keys, openWorld, type TestAccount, type World } from "../support/world.ts";
import { asKeys } from "./keys.ts";
import { refusedAs, SENTENCES, session } from "./mfa-world.ts";
import { allow, arnOf, assume, assumed, createPerson, createRole, policy } from "./role-sessions.ts";

let world: World;
let account: TestAccount;
before(async () => {
  world = await openWorld();
  account = await world.account();
});
after(() => world[Symbol.asyncDispose]());

type Federating = Parameters<ReturnType<World["clients"]>["sts"]["getFederationToken"]>[0];
const federate = (keys: Keys, more: Partial<Federating> = {}) =>
  world.clients(keys).sts.getFederationToken({ Name: "fay", ...more });
const federated = async (keys: Keys, more: Partial<Federating> = {}) =>
  asKeys((await federate(keys, more)).Credentials);
const arn = () => `arn:aws:sts::${account.accountId}:federated-user/fay`;

test("a federated user is shown by his name and account (contract 2)", async () => {
  const answer = await federate(account.admin);
  const FederatedUserId = `${account.accountId}:fay`;
  assert.deepEqual(answer.FederatedUser, { FederatedUserId, Arn: arn() });
  // recorded from AWS: without a policy
  assert.equal(answer.PackedPolicySize, 0);
  const { PackedPolicySize } = await federate(account.admin, { Policy: allow("iam:ListUsers") });
  assert.ok(PackedPolicySize !== undefined && PackedPolicySize > 0 && PackedPolicySize < 20);
  const { sts } = world.clients(asKeys(answer.Credentials));
  const { UserId, Account, Arn } = await sts.getCallerIdentity({});
  assert.deepEqual([UserId, Account, Arn], [FederatedUserId, account.accountId, arn()]);
});

describe("the permission", () => {
  test("is of the federated user's ARN; nobody has it of himself", async () => {
    const nobody = await createPerson(world, account, "nobody", allow("iam:ListUsers"));
    const user = `arn:aws:iam::${account.accountId}:user/nobody`;
    await refusedAs(federate(nobody), [
      "AccessDenied",
      403,
      `User: ${user} is not authorized to perform: sts:GetFederationToken on resource: ${arn()} because no identity-based policy allows the sts:GetFederationToken action`,
    ]);
    const mayFay = await createPerson(world, account, "may-fay", allow("sts:GetFederationToken", arn()));
    await federate(mayFay);
    await assert.rejects(federate(mayFay, { Name: "guy" }), { name: "AccessDenied" });
    const Tags = [{ Key: "a", Value: "b" }];
    await assert.rejects(federate(mayFay, { Tags }), {
      message: /not authorized to perform: sts:TagSession /,
    });
    const both = allow(["sts:GetFederationToken", "sts:TagSession"], arn());
    await federate(await createPerson(world, account, "may-tag", both), { Tags });
  });

  test("is nothing to a session", async () => {
    const barred = ["AccessDenied", 403, "Cannot call GetFederationToken with session credentials"] as const;
    await refusedAs(federate(await session(world, account.admin)), barred);
    const role = await createRole(world, account, "Role", undefined, { may: allow("*") });
    await refusedAs(federate(await assumed(world, account.admin, role)), barred);
    await refusedAs(federate(await federated(account.admin)), barred);
  });
});

for (const [who, asked, given] of [
  ["admin", undefined, 43_200],
  ["admin", 900, 900],
  ["admin", 129_600, 129_600],
  ["root", undefined, 3_600],
  ["root", 43_200, 3_600],
] as const) {
  test(`${who} asks for ${asked} seconds and gets ${given}`, async () => {
    const { Credentials } = await federate(account[who], { DurationSeconds: asked });
    const end = Credentials?.Expiration?.getTime() ?? 0;
    assert.equal((end - Math.floor(world.now / 1000) * 1000) / 1000, given);
  });
}

test("IAM is closed to it, and STS but for its identity", async () => {
  const keys = await federated(account.admin, { Policy: allow("*") });
  const { iam, sts } = world.clients(keys);
  await refusedAs(iam.listUsers({}), SENTENCES.token);
  const cannot = (name: string) =>
    ["AccessDenied", 403, `Cannot call ${name} with session credentials`] as const;
  await refusedAs(assume(world, keys, await createRole(world, account, "Closed")), cannot("AssumeRole"));
  await refusedAs(sts.getSessionToken({}), cannot("GetSessionToken"));
  await refusedAs(
    sts.decodeAuthorizationMessage({ EncodedMessage: "x" }),
    cannot("DecodeAuthorizationMessage"),
  );
  assert.equal(await arnOf(world, keys), arn());
});

test("it dies with the user who made it", async () => {
  const keys = await createPerson(world, account, "maker", allow("sts:GetFederationToken"));
  const fay = await federated(keys);
  await arnOf(world, fay);
  const { iam } = world.clients(account.admin);
  await iam.deleteUserPolicy({ UserName: "maker", PolicyName: "may" });
  await iam.deleteAccessKey({ UserName: "maker", AccessKeyId: keys.accessKeyId });
  await iam.deleteUser({ UserName: "maker" });
  await refusedAs(arnOf(world, fay), SENTENCES.token);
});

test("what limits it is checked", async () => {
  await refusedAs(federate(account.admin, { Policy: "{" }), [
    "MalformedPolicyDocumentException",
    400,
    "Syntax errors in policy.",
  ]);
  const long = policy({ Effect: "Allow", Action: "iam:ListUsers", Resource: "*", Sid: "a".repeat(2048) });
  await assert.rejects(federate(account.admin, { Policy: long }), {
    name: "ValidationError",
    message: /'policy' failed to satisfy constraint: Member must have length less than or equal to 2048$/,
  });
  await assert.rejects(federate(account.admin, { Name: "a" }), { name: "ValidationError" });
});

test("its event and those of its session (contract 5.3, 5.4)", async () => {
  const own = await world.account();
  await arnOf(world, await federated(own.admin, { Policy: allow("iam:ListUsers") }));
  const { UserId } = await world.clients(own.admin).sts.getCallerIdentity({});
  const events = await world.events(own.accountId);
  const made = events.find(({ eventName }) => eventName === "GetFederationToken");
  assert.equal(made?.record.readOnly, false);
  assert.deepEqual(made?.record.requestParameters, { name: "fay", policy: allow("iam:ListUsers") });
  assert.match(JSON.stringify(made?.record.responseElements), /"federatedUserId":"\d{12}:fay"/);
  const [used] = events.filter(
    ({ eventName, decision }) => eventName === "GetCallerIdentity" && decision.mfa === "false",
  );
  const shown = JSON.stringify(used?.record.userIdentity);
  assert.match(shown, /"type":"FederatedUser"/);
  assert.ok(shown.includes(`"sessionIssuer":{"type":"IAMUser","principalId":"${UserId}"`));
});
