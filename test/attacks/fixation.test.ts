import assert from "node:assert/strict";
import { test } from "node:test";
import { issueSetUpLink } from "#operations/signin/set-up-link.ts";
import { advance, STEP } from "../operations/mfa-world.ts";
import { secretPhone } from "../operations/signin-phone.ts";
import { asUser, makePerson, PASSWORD } from "../operations/signin-world.ts";
import type { Page } from "../support/page.ts";
import {
  ask,
  COOKIES,
  type CookieName,
  codeOf,
  holding,
  makeGuarded,
  openStage,
  type Stage,
  step,
  told,
} from "./stage.ts";

const NEW_PASSWORD = "better-Horse-9-battery";

/** What each step of a ladder does to the browser's cookies; what is not named stays as it was. */
type Changes = Readonly<Partial<Record<CookieName, "new" | "cleared">>>;

interface Rung {
  readonly name: string;
  readonly act: () => Promise<unknown>;
  readonly changes: Changes;
}

/** The attributes of a cookie's line, by what becomes of it; nobody's may have others. */
const lineOf = (name: CookieName, value: string, age: number): string =>
  `${COOKIES[name]}=${value}; Path=/; Max-Age=${age}; Secure; HttpOnly; SameSite=Strict`;

/** How long each lives, in seconds: root's session an hour, and a renewed one no longer than the one before. */
const AGES: Readonly<Record<CookieName, number>> = { session: 43_200, signin: 300, browser: 7_776_000 };

/** Climbs: each rung gives the cookies it should and no others, and whatever was out before is worth nothing after. */
async function climb(stage: Stage, page: Page, rungs: readonly Rung[], ages = AGES): Promise<void> {
  const dead: [CookieName, string][] = [];
  const began = stage.world.now;
  for (const { name, act, changes } of rungs) {
    const before = new Map(page.cookies);
    const seen = page.answers.length;
    await act();
    const lines = page.answers.slice(seen).flatMap(({ cookies = [] }) => cookies);
    const expected = Object.entries(changes).map(([cookie, change]) => {
      // the table's own keys
      const kind = cookie as CookieName;
      const value = page.cookies.get(COOKIES[kind]);
      const passed = kind === "session" ? (stage.world.now - began) / 1000 : 0;
      assert.equal(value !== undefined, change === "new", `${name}: ${kind}`);
      assert.notEqual(value ?? "", before.get(COOKIES[kind]), `${name}: ${kind} was kept`);
      return value === undefined ? lineOf(kind, "", 0) : lineOf(kind, value, ages[kind] - passed);
    });
    assert.deepEqual(lines.toSorted(), expected.toSorted(), name);
    for (const kind of Object.keys(changes) as CookieName[]) {
      const former = before.get(COOKIES[kind]);
      if (former !== undefined) dead.push([kind, former]);
    }
    for (const [kind, value] of dead)
      await isDead(stage, kind, value, `${name}: the ${kind} cookie before it`);
  }
}

async function isDead(stage: Stage, kind: CookieName, value: string, message: string): Promise<void> {
  const thief = holding(stage, [[COOKIES[kind], value]]);
  assert.equal(await step(thief, "GetSignIn"), "password", message);
  assert.equal(told(await ask(thief, "ListSessions", {}, {}, "countersign")), "NotSignedIn", message);
}

test("a user's ladder: password, factor, new password, session, step-up, change of password", async () => {
  await using stage = await openStage();
  const { world } = stage;
  const account = await world.account();
  const ana = await makeGuarded(world, account, "ana", true);
  await world.clients(account.admin).iam.updateAccountPasswordPolicy({ AllowUsersToChangePassword: true });
  advance(world, 1000);
  const page = stage.visitor();
  const { signin } = page.client;
  const renewing = { session: "new", browser: "new" } as const;
  await climb(stage, page, [
    { name: "looking", act: () => signin.GetSignIn({}), changes: {} },
    {
      name: "the password",
      act: () => signin.SubmitPassword(asUser(account.accountId, "ana")),
      changes: { signin: "new" },
    },
    {
      name: "the password again",
      act: () => signin.SubmitPassword(asUser(account.accountId, "ana")),
      changes: { signin: "new" },
    },
    { name: "the code", act: () => signin.SubmitCode(codeOf(ana)), changes: { signin: "new" } },
    {
      name: "the new password",
      act: () => signin.ChangePassword({ OldPassword: PASSWORD, NewPassword: NEW_PASSWORD }),
      changes: { session: "new", browser: "new", signin: "cleared" },
    },
    {
      name: "the step-up",
      act: () => {
        advance(world, STEP);
        return signin.ProveFactor(codeOf(ana));
      },
      changes: renewing,
    },
    {
      name: "another step-up",
      act: () => {
        advance(world, STEP);
        return signin.ProveFactor(codeOf(ana));
      },
      changes: renewing,
    },
    {
      name: "a change of password",
      act: () => signin.ChangePassword({ OldPassword: NEW_PASSWORD, NewPassword: `${NEW_PASSWORD}!` }),
      changes: { session: "new" },
    },
    {
      name: "a change of password by IAM's own call",
      act: () =>
        page.iam.changePassword({ OldPassword: `${NEW_PASSWORD}!`, NewPassword: `${NEW_PASSWORD}?` }),
      changes: { session: "new" },
    },
    {
      name: "a wrong old password",
      act: () =>
        assert.rejects(page.iam.changePassword({ OldPassword: PASSWORD, NewPassword: `${NEW_PASSWORD}-` })),
      changes: {},
    },
    { name: "a look", act: () => signin.Continue({}), changes: {} },
    {
      name: "signing out",
      act: () => signin.SignOut({}),
      changes: { session: "cleared", signin: "cleared" },
    },
  ]);
});

test("root's ladder: set-up, enrolling, the new device's code; the link is spent by the first rung", async () => {
  await using stage = await openStage();
  const { world } = stage;
  const Token = (await issueSetUpLink(world.store, world.env.deps.random, world.now)) ?? assert.fail();
  const input = { Token, Email: "ada@example.com", Password: PASSWORD };
  const page = stage.visitor();
  const { signin } = page.client;
  let phone: ReturnType<typeof secretPhone> | undefined;
  const enrol = async () => {
    phone = secretPhone(world, await page.iam.createVirtualMFADevice({ VirtualMFADeviceName: "p" }));
    const codes = { AuthenticationCode1: phone.code(-1), AuthenticationCode2: phone.code(0) };
    // root has no user name, which the client's type does not know
    await page.iam.enableMFADevice({ SerialNumber: phone.serial, ...codes } as never);
  };
  const code = () => ({ DeviceId: phone?.serial ?? "", Code: phone?.code(1) ?? "" });
  await climb(
    stage,
    page,
    [
      { name: "the set-up", act: () => signin.SetUp(input), changes: { session: "new", signin: "cleared" } },
      {
        name: "the link again",
        act: async () => assert.equal(await step(page, "SetUp", input), "SetUpLinkInvalid"),
        changes: {},
      },
      { name: "enrolling", act: enrol, changes: {} },
      { name: "going on", act: () => signin.Continue({}), changes: { session: "cleared", signin: "new" } },
      {
        name: "the code",
        act: () => signin.SubmitCode(code()),
        changes: { session: "new", signin: "cleared", browser: "new" },
      },
    ],
    { ...AGES, session: 3600 },
  );
  assert.equal(await step(stage.visitor(), "SetUp", input), "SetUpLinkInvalid");
});

test("cookies that an attacker holds himself, planted before a sign-in, are nobody's after it", async () => {
  await using stage = await openStage();
  const { world } = stage;
  const account = await world.account();
  const ana = await makeGuarded(world, account, "ana");
  const eve = await makeGuarded(world, account, "eve");
  // a whole session, and a half-way sign-in beside it
  const attacker = stage.visitor({ ip: "198.51.100.1" });
  await attacker.client.signin.SubmitPassword(asUser(account.accountId, "eve"));
  await attacker.client.signin.SubmitCode(codeOf(eve));
  await attacker.client.signin.SubmitPassword(asUser(account.accountId, "eve"));
  assert.deepEqual(new Set(attacker.cookies.keys()), new Set(Object.values(COOKIES)));
  const planted = new Map(attacker.cookies);

  const victim = holding(stage, planted);
  advance(world, STEP);
  await victim.client.signin.SubmitPassword(asUser(account.accountId, "ana"));
  assert.equal(await step(attacker, "SubmitCode", codeOf(eve)), "SignInExpired");
  await victim.client.signin.SubmitCode(codeOf(ana));
  for (const [name, value] of planted) assert.notEqual(victim.cookies.get(name), value, name);
  const thief = holding(stage, planted, { ip: "198.51.100.1" });
  assert.equal(await step(thief, "GetSignIn"), "password");
  assert.equal(told(await ask(thief, "GetConsoleContext", {}, {}, "countersign")), "NotSignedIn");
  const { Principal } = await victim.client.countersign.GetConsoleContext({});
  assert.equal(Principal.UserName, "ana");

  // nor has the planted device cookie become one of hers: strangers have used up what is free, and the thief is one of them
  for (let at = 0; at < 12; at += 1) {
    await step(
      stage.visitor({ ip: `203.0.113.${at}` }),
      "SubmitPassword",
      asUser(account.accountId, "ana", "wrong"),
    );
  }
  assert.equal(await step(thief, "SubmitPassword", asUser(account.accountId, "ana")), "SignInFailed");
  assert.equal(await step(victim, "SubmitPassword", asUser(account.accountId, "ana")), "factor");
});

test("a session that another user had in this browser ends when the next one is signed in, not before", async () => {
  await using stage = await openStage();
  const { world } = stage;
  const account = await world.account();
  const ana = await makeGuarded(world, account, "ana");
  await makePerson(world, account, "eve");
  const page = stage.visitor();
  await page.client.signin.SubmitPassword(asUser(account.accountId, "eve"));
  const eves = holding(stage, page.cookies);
  await page.client.signin.SubmitPassword(asUser(account.accountId, "ana"));
  assert.equal((await eves.client.countersign.GetConsoleContext({})).Principal.UserName, "eve");
  await page.client.signin.SubmitCode(codeOf(ana));
  assert.equal(told(await ask(eves, "GetConsoleContext", {}, {}, "countersign")), "NotSignedIn");
  assert.equal((await page.client.countersign.GetConsoleContext({})).Principal.UserName, "ana");
});
