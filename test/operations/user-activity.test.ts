import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "#base/clock.ts";
import { ApiError } from "#client/error.ts";
import type { Activity } from "#model/countersign/activity-types.ts";
import { openPage, type Page } from "../support/page.ts";
import type { TestAccount, World } from "../support/world.ts";
import { advance, createDevice, enable, STEP } from "./mfa-world.ts";
import { asUser, makePerson, openSignInWorld } from "./signin-world.ts";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const pageOf = (world: World): Page => openPage((raw) => world.browse(raw), "http://localhost:8400");

async function signIn(world: World, { accountId }: TestAccount, name: string): Promise<Page> {
  const page = pageOf(world);
  assert.equal((await page.client.signin.SubmitPassword(asUser(accountId, name))).Step, "session");
  return page;
}

/** An administrator's console session. */
async function administrator(world: World, account: TestAccount): Promise<Page> {
  await makePerson(world, account, "zoe");
  await world.clients(account.admin).iam.attachUserPolicy({ UserName: "zoe", PolicyArn: ADMINISTRATOR });
  return signIn(world, account, "zoe");
}

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "answered",
    (error: unknown) => (error instanceof ApiError ? `${error.code}: ${error.message}` : String(error)),
  );

const told = (event: Activity) => [event.Name, event.Error, event.MfaUsed, event.ReadOnly];

test("what a user did and how he signed in, the newest first, with what went wrong", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  const zoe = await administrator(world, account);
  const keys = await makePerson(world, account, "ana");
  await makePerson(world, account, "ben");
  const phone = await createDevice(world, account.admin, "phone");
  await enable(world, account.admin, "ana", phone);
  const step = async (work: () => Promise<unknown>) => {
    advance(world, 2 * STEP);
    await refusal(work());
    await world.env.deps.recorder.flush();
  };
  const page = pageOf(world);
  await step(() => page.client.signin.SubmitPassword(asUser(account.accountId, "ana", "wrong-password")));
  await step(() => page.client.signin.SubmitPassword(asUser(account.accountId, "ana")));
  await step(() => page.client.signin.SubmitCode({ DeviceId: phone.serial, Code: phone.code() }));
  await step(() => page.client.countersign.ListSessions({}));
  await step(() => world.clients(keys).iam.createUser({ UserName: "new" }));
  await step(() => signIn(world, account, "ben"));
  const { Events, IsTruncated, Marker } = await zoe.client.countersign.ListUserActivity({ UserName: "ANA" });
  assert.deepEqual(Events.map(told), [
    ["CreateUser", "AccessDenied", undefined, false],
    ["ListSessions", undefined, true, true],
    ["ConsoleLogin", undefined, true, false],
    ["CheckMfa", undefined, false, false],
    ["ConsoleLogin", "Failed authentication", false, false],
  ]);
  assert.deepEqual([IsTruncated, Marker], [false, undefined]);
  const { EventId, ...last } = Events[2] ?? assert.fail();
  assert.match(EventId, /^[\da-f-]{36}$/);
  assert.deepEqual(last, {
    Time: world.now - 6 * STEP,
    Name: "ConsoleLogin",
    Source: "signin.amazonaws.com",
    SourceIp: "192.0.2.7",
    UserAgent: "Mozilla/5.0 (test)",
    MfaUsed: true,
    ReadOnly: false,
  });
});

test("it follows the user through a rename, and whoever has the name after him has none of it", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  const zoe = await administrator(world, account);
  await makePerson(world, account, "ana");
  await signIn(world, account, "ana");
  await world.clients(account.admin).iam.updateUser({ UserName: "ana", NewUserName: "anna" });
  await makePerson(world, account, "ana");
  const count = async (UserName: string) =>
    (await zoe.client.countersign.ListUserActivity({ UserName })).Events.length;
  assert.deepEqual([await count("anna"), await count("ana")], [1, 0]);
  advance(world, MINUTE);
  await signIn(world, account, "ana");
  assert.deepEqual([await count("anna"), await count("ana")], [1, 1]);
});

test("pages are whole, and a marker opens nobody else's", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  const zoe = await administrator(world, account);
  for (const name of ["ana", "ben"]) await makePerson(world, account, name);
  // all in one moment
  for (let at = 0; at < 5; at += 1) await signIn(world, account, "ana");
  const { countersign } = zoe.client;
  const all = (await countersign.ListUserActivity({ UserName: "ana" })).Events;
  const seen: Activity[] = [];
  let Marker: string | undefined;
  do {
    const page = await countersign.ListUserActivity({
      UserName: "ana",
      MaxItems: 2,
      ...(Marker === undefined ? {} : { Marker }),
    });
    seen.push(...page.Events);
    ({ Marker } = page);
    if (Marker !== undefined) {
      const foreign = refusal(countersign.ListUserActivity({ UserName: "ben", Marker }));
      assert.equal(await foreign, "ValidationException: Invalid Marker.");
    }
  } while (Marker !== undefined);
  assert.equal(seen.length, 5);
  assert.deepEqual(seen, all);
});

test("it is decided about like any other call, about the user himself", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  for (const name of ["ana", "ben"]) await makePerson(world, account, name);
  const page = await signIn(world, account, "ana");
  const ask = (UserName: string) => refusal(page.client.countersign.ListUserActivity({ UserName }));
  assert.match(await ask("ana"), /countersign:ListUserActivity/);
  const Statement = {
    Effect: "Allow",
    Action: "countersign:ListUserActivity",
    Resource: `arn:aws:iam::${account.accountId}:user/ana`,
  };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await world
    .clients(account.admin)
    .iam.putUserPolicy({ UserName: "ana", PolicyName: "own", PolicyDocument });
  assert.equal(await ask("ana"), "answered");
  assert.match(await ask("ben"), /AccessDenied/);
  assert.match(await ask("nobody"), /AccessDenied/);
});
