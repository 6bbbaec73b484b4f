import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Keys, openWorld, type TestAccount, type World } from "../support/world.ts";
import { createUser, refusedAs, SENTENCES, session } from "./mfa-world.ts";
import {
  allow,
  answered,
  arnOf,
  assume,
  assumed,
  createPerson,
  createPhone,
  createRole,
  header,
  policy,
  refusedRole,
  trust,
} from "./role-sessions.ts";

let world: World;
let home: TestAccount;
let abroad: TestAccount;
let user: Keys;
before(async () => {
  world = await openWorld();
  home = await world.account();
  abroad = await world.account();
  user = await createPerson(world, home, "traveller");
});
after(() => world[Symbol.asyncDispose]());

const MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

test("both sides must allow, and the session is of the role's account", async () => {
  const lacking = await createUser(world, home.admin, "lacking");
  const role = await createRole(world, abroad, "Trusting", [trust(home)], { may: allow("iam:ListRoles") });
  const named = await createRole(world, abroad, "Naming", [
    trust(home, { Principal: { AWS: `arn:aws:iam::${home.accountId}:user/lacking` } }),
  ]);
  const own = await createRole(world, abroad, "Own", [trust(abroad)]);
  await refusedRole(world, lacking, role);
  // inside one account that would do (contract 9.3)
  await refusedRole(world, lacking, named);
  await refusedRole(world, user, own);
  await refusedRole(world, home.admin, own);
  const { Credentials, AssumedRoleUser } = await assume(world, user, role);
  assert.equal(AssumedRoleUser?.Arn, `arn:aws:sts::${abroad.accountId}:assumed-role/Trusting/session`);
  const AccessKeyId = Credentials?.AccessKeyId ?? "";
  const info = await world.clients(home.admin).sts.getAccessKeyInfo({ AccessKeyId });
  assert.equal(info.Account, abroad.accountId);
  const { Roles } = await world.clients(await assumed(world, user, role)).iam.listRoles({});
  assert.ok(Roles?.every(({ Arn }) => Arn?.includes(abroad.accountId)));
});

test("the second factor is the caller's own, of his account", async () => {
  const phone = await createPhone(world, home, "traveller");
  const role = await createRole(world, abroad, "Wants-mfa", [trust(home, { Condition: MFA })]);
  await refusedRole(world, user, role);
  const given = { SerialNumber: phone.serial, TokenCode: phone.code(0) };
  await assume(world, user, role, given);
  await refusedAs(assume(world, user, role, given), SENTENCES.wrong);
  await assume(world, await session(world, user, phone, phone.code(1)), role);
});

test("a denial across accounts tells nothing of the other's policies, but that a factor is missing", async () => {
  const role = await createRole(world, abroad, "Secretive", [
    trust(home, { Condition: { ...MFA, StringEquals: { "sts:ExternalId": "x-1" } } }),
    { ...trust(home), Effect: "Deny", Condition: { StringEquals: { "sts:RoleSessionName": "banned" } } },
  ]);
  const denied = (more: object) => answered(world, () => assume(world, user, role, more));
  const plain = await denied({});
  assert.equal(header(plain, "x-countersign-authorization-message"), undefined);
  assert.equal(header(plain, "x-countersign-hint"), undefined);
  const missing = await denied({ ExternalId: "x-1" });
  assert.match(header(missing, "x-countersign-hint") ?? "", /^allowed with a second factor/);
  await denied({ RoleSessionName: "banned" });
  const events = (await world.events(home.accountId)).filter(
    ({ decision }) => String(decision.resources) === role,
  );
  assert.equal(events.length, 3);
  for (const { decision } of events) {
    assert.equal(decision.asked, undefined);
    assert.equal(decision.by, "resource");
  }
});

test("the role's account has an event of its own, of what came about and of nothing else", async () => {
  const [mine, theirs] = [await world.account(), await world.account()];
  const role = await createRole(world, theirs, "Watched", [trust(mine)]);
  const unwilling = await createRole(world, theirs, "Unwilling", [trust(theirs)]);
  await assume(world, mine.admin, role);
  await refusedRole(world, mine.admin, unwilling);
  const of = async (account: TestAccount) =>
    (await world.events(account.accountId)).filter(({ eventName }) => eventName === "AssumeRole");
  const [caller] = (await of(mine)).filter(({ errorCode }) => errorCode === undefined);
  const [owner, ...others] = await of(theirs);
  assert.deepEqual(others, []);
  assert.ok(caller && owner);
  const { UserId } = await world.clients(mine.admin).sts.getCallerIdentity({});
  const AWSAccount = { type: "AWSAccount", principalId: UserId, accountId: mine.accountId };
  assert.deepEqual(owner.record.userIdentity, AWSAccount);
  assert.equal(owner.record.recipientAccountId, theirs.accountId);
  assert.equal(owner.record.sharedEventID, caller.record.sharedEventID);
  assert.notEqual(owner.record.eventID, caller.record.eventID);
  assert.deepEqual(owner.record.requestParameters, caller.record.requestParameters);
  assert.deepEqual(owner.record.responseElements, caller.record.responseElements);
  assert.deepEqual(owner.decision, {
    action: "sts:AssumeRole",
    resources: [role],
    verdict: "allowed",
    by: "identity",
  });
  assert.match(String(caller.decision.by), /^identity: .*AdministratorAccess #0$/);
});

test("inside one account there is one event, without a shared id", async () => {
  const own = await world.account();
  await assume(world, own.admin, await createRole(world, own, "Inside"));
  const events = (await world.events(own.accountId)).filter(({ eventName }) => eventName === "AssumeRole");
  assert.deepEqual(
    events.map(({ record }) => record.sharedEventID),
    [undefined],
  );
});

test("a session abroad dies with its user at home", async () => {
  const keys = await createPerson(world, home, "leaver");
  const first = await createRole(world, abroad, "Host", [trust(home)], { may: allow("sts:AssumeRole") });
  const back = await createRole(world, home, "Back", [trust(abroad)]);
  const there = await assumed(world, keys, first);
  const again = await assumed(world, there, back);
  await arnOf(world, again);
  const { iam } = world.clients(home.admin);
  await iam.deleteUserPolicy({ UserName: "leaver", PolicyName: "may" });
  await iam.deleteAccessKey({ UserName: "leaver", AccessKeyId: keys.accessKeyId });
  await iam.deleteUser({ UserName: "leaver" });
  for (const session of [there, again]) await refusedAs(arnOf(world, session), SENTENCES.token);
});

test("the managed policies of a session are of the role's account", async () => {
  const role = await createRole(world, abroad, "Limits", [trust(home)], { may: allow("iam:*") });
  const make = (account: TestAccount) =>
    world.clients(account.admin).iam.createPolicy({ PolicyName: "few", PolicyDocument: policy(SOME) });
  const [mine, theirs] = [await make(home), await make(abroad)];
  const arn = mine.Policy?.Arn ?? "";
  await refusedAs(assume(world, user, role, { PolicyArns: [{ arn }] }), [
    "ValidationError",
    400,
    `Policy ${arn} does not exist or is not attachable.`,
  ]);
  await assume(world, user, role, { PolicyArns: [{ arn: theirs.Policy?.Arn ?? "" }] });
});
const SOME = { Effect: "Allow", Action: "iam:ListUsers", Resource: "*" };
