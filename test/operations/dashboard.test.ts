import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, MINUTE } from "#base/clock.ts";
import { ApiError } from "#client/error.ts";
import { openPage, type Page } from "../support/page.ts";
import type { TestAccount, World } from "../support/world.ts";
import { advance, createDevice, enable, STEP } from "./mfa-world.ts";
import { asUser, makePerson, openSignInWorld } from "./signin-world.ts";

/** No minute of a test leads into another day, whenever it runs. */
const midday = () => openSignInWorld({ now: new Date().setUTCHours(12) });

const pageOf = (world: World): Page => openPage((raw) => world.browse(raw), "http://localhost:8400");

async function signIn(world: World, { accountId }: TestAccount, name: string): Promise<Page> {
  const page = pageOf(world);
  assert.equal((await page.client.signin.SubmitPassword(asUser(accountId, name))).Step, "session");
  return page;
}

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "answered",
    (error: unknown) => (error instanceof ApiError ? `${error.code}: ${error.message}` : String(error)),
  );

async function allow(world: World, account: TestAccount, name: string, ...Action: readonly string[]) {
  const Statement = { Effect: "Allow", Action, Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await world
    .clients(account.admin)
    .iam.putUserPolicy({ UserName: name, PolicyName: "allow", PolicyDocument });
}

const wrongly = (world: World, { accountId }: TestAccount, name: string) =>
  refusal(pageOf(world).client.signin.SubmitPassword(asUser(accountId, name, "wrong-password")));

test("sign-ins of fourteen days by factor, failures beside them, for who may read the account's summary", async () => {
  await using world = await midday();
  const account = await world.account();
  const other = await world.account();
  for (const name of ["ana", "ben"]) await makePerson(world, account, name);
  await makePerson(world, other, "eve");
  await wrongly(world, account, "ana");
  await wrongly(world, account, "nobody-of-this-name");
  await signIn(world, account, "ben");
  advance(world, 13 * DAY);
  await signIn(world, other, "eve");
  const phone = await createDevice(world, account.admin, "phone");
  await enable(world, account.admin, "ben", phone);
  advance(world, 2 * STEP);
  const ben = pageOf(world);
  await ben.client.signin.SubmitPassword(asUser(account.accountId, "ben"));
  await ben.client.signin.SubmitCode({ DeviceId: phone.serial, Code: phone.code() });
  const page = await signIn(world, account, "ana");
  assert.equal((await page.client.countersign.GetDashboard({})).SignInsByDay, undefined);
  await allow(world, account, "ana", "iam:GetAccountSummary");
  const { SignInsByDay = [], LackingMfa } = await page.client.countersign.GetDashboard({});
  assert.equal(LackingMfa, undefined);
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  assert.deepEqual(
    SignInsByDay.map(({ Day }) => Day),
    Array.from({ length: 14 }, (_, at) => dayOf(world.now - (13 - at) * DAY)),
  );
  assert.deepEqual(SignInsByDay[0], {
    Day: dayOf(world.now - 13 * DAY),
    Factors: [{ Method: "none", Count: 1 }],
    Failures: 2,
  });
  assert.deepEqual(SignInsByDay[1], { Day: dayOf(world.now - 12 * DAY), Factors: [], Failures: 0 });
  assert.deepEqual(SignInsByDay[13], {
    Day: dayOf(world.now),
    Factors: [
      { Method: "none", Count: 1 },
      { Method: "virtual", Count: 1 },
    ],
    Failures: 0,
  });
  advance(world, DAY);
  const next = await signIn(world, account, "ana");
  const later = (await next.client.countersign.GetDashboard({})).SignInsByDay;
  assert.deepEqual([later?.[0]?.Failures, later?.[12]?.Factors.length], [0, 2]);
});

test("attempts that were turned away count as many as they were", async () => {
  await using world = await midday();
  const account = await world.account();
  await makePerson(world, account, "ana");
  const attempts = 12;
  for (let at = 0; at < attempts; at += 1) await wrongly(world, account, "ana");
  advance(world, 20 * MINUTE);
  const page = await signIn(world, account, "ana");
  await allow(world, account, "ana", "iam:GetAccountSummary");
  const { SignInsByDay = [] } = await page.client.countersign.GetDashboard({});
  assert.equal(SignInsByDay.at(-1)?.Failures, attempts);
});

test("coverage counts who has console access; who lacks a factor is named to who may list users", async () => {
  await using world = await midday();
  const account = await world.account();
  for (const name of ["ana", "ben", "cleo"]) await makePerson(world, account, name);
  await world.clients(account.admin).iam.createUser({ UserName: "keys-only" });
  await enable(world, account.admin, "ben", await createDevice(world, account.admin, "phone"));
  const page = await signIn(world, account, "ana");
  const signedInAt = world.now;
  await allow(world, account, "ana", "countersign:ListUserSummaries");
  const named = await page.client.countersign.GetDashboard({});
  assert.deepEqual(named.LackingMfa, [
    { UserName: "ana", PasswordLastUsed: signedInAt },
    { UserName: "cleo" },
  ]);
  assert.deepEqual([named.Coverage, named.SignInsByDay], [undefined, undefined]);
  await allow(world, account, "ana", "iam:GetAccountSummary");
  const counted = await page.client.countersign.GetDashboard({});
  assert.deepEqual(counted.Coverage, { PhishingResistant: 0, Other: 1, None: 2 });
  assert.equal(counted.LackingMfa, undefined);
});
