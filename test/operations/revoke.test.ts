import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { RevokeSessions } from "#operations/countersign/RevokeSessions.ts";
import { type Keys, openWorld, type TestAccount, type World } from "../support/world.ts";
import { asKeys } from "./keys.ts";
import { advance, refusedAs, SENTENCES, session } from "./mfa-world.ts";
import { allow, arnOf, assumed, createPerson, createRole, trust } from "./role-sessions.ts";

let world: World;
let account: TestAccount;
let abroad: TestAccount;
let ana: Keys;
let bob: Keys;
/** Every kind of session, made anew for each test. */
let sessions: Readonly<Record<(typeof KINDS)[number], Keys>>;

const KINDS = [
  "root",
  "ana",
  "bob",
  "anaAsRole",
  "bobAsRole",
  "anaChained",
  "anaAbroad",
  "anaFederated",
] as const;

before(async () => {
  world = await openWorld();
  account = await world.account();
  abroad = await world.account();
  const may = allow(["sts:AssumeRole", "sts:GetFederationToken"]);
  ana = await createPerson(world, account, "ana", may);
  bob = await createPerson(world, account, "bob", may);
  await createRole(world, account, "First", undefined, { may: allow("sts:AssumeRole") });
  await createRole(world, account, "Second");
  await createRole(world, abroad, "Abroad", [trust(account)]);
});
after(() => world[Symbol.asyncDispose]());

beforeEach(async () => {
  advance(world, 10);
  const role = (name: string, { accountId } = account) => `arn:aws:iam::${accountId}:role/${name}`;
  const anaAsRole = await assumed(world, ana, role("First"));
  const federation = await world.clients(ana).sts.getFederationToken({ Name: "fay" });
  sessions = {
    root: await session(world, account.root),
    ana: await session(world, ana),
    bob: await session(world, bob),
    anaAsRole,
    bobAsRole: await assumed(world, bob, role("First")),
    anaChained: await assumed(world, anaAsRole, role("Second")),
    anaAbroad: await assumed(world, ana, role("Abroad", abroad)),
    anaFederated: asKeys(federation.Credentials),
  };
  for (const keys of Object.values(sessions)) await arnOf(world, keys);
});

/** Revokes as the operator, and says which sessions are over. */
async function ended(where: TestAccount, input: object): Promise<readonly string[]> {
  assert.ok((await world.operator(where.accountId, RevokeSessions, input)).ok);
  // the operator's process is another: this one notices within half a second
  world.env.changed(where.accountId);
  const over: string[] = [];
  for (const kind of KINDS) {
    const alive = await arnOf(world, sessions[kind]).catch(() => undefined);
    if (alive !== undefined) continue;
    await refusedAs(arnOf(world, sessions[kind]), SENTENCES.token);
    over.push(kind);
  }
  return over;
}

for (const [name, input, expected] of [
  ["a user's, with the roles he assumed anywhere and whom he federated", { UserName: "ANA" }, ANAS()],
  ["a role's, whoever assumed it", { RoleName: "first" }, ["anaAsRole", "bobAsRole"]],
  ["a whole account's, root's among them", {}, KINDS],
] as const) {
  test(name, async () => {
    // those of the very same millisecond are over too
    assert.deepEqual(await ended(account, input), expected);
    for (const keys of [ana, bob, account.root]) await arnOf(world, keys);
    advance(world, 1);
    await arnOf(world, await session(world, ana));
  });
}

function ANAS(): readonly string[] {
  return ["ana", "anaAsRole", "anaChained", "anaAbroad", "anaFederated"];
}

test("an account's end its roles' sessions of others' users", async () => {
  assert.deepEqual(await ended(abroad, {}), ["anaAbroad"]);
});

for (const [name, input, code, message] of [
  ["an unknown user", { UserName: "absent" }, "NoSuchEntity", "The user with name absent cannot be found."],
  ["an unknown role", { RoleName: "absent" }, "NoSuchEntity", "The role with name absent cannot be found."],
  ["both", { UserName: "ana", RoleName: "First" }, "ValidationError", "Name a user or a role, not both."],
] as const) {
  test(`${name}: refused, and nothing ends`, async () => {
    const result = await world.operator(account.accountId, RevokeSessions, input);
    assert.ok(!result.ok);
    assert.deepEqual([result.error.code, result.error.message], [code, message]);
    world.env.changed(account.accountId);
    for (const keys of Object.values(sessions)) await arnOf(world, keys);
  });
}

test("it is an event, about whose sessions they were", async () => {
  await ended(account, { UserName: "ana" });
  const event = (await world.events(account.accountId)).findLast(
    ({ eventName, errorCode }) => eventName === "RevokeSessions" && errorCode === undefined,
  );
  assert.equal(event?.record.readOnly, false);
  assert.deepEqual(event?.record.requestParameters, { userName: "ana" });
  assert.deepEqual(event?.decision.action, "countersign:RevokeSessions");
  assert.deepEqual(event?.decision.resources, [`arn:aws:iam::${account.accountId}:user/ana`]);
});
