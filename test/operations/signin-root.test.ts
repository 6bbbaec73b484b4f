import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, epochMs, HOUR, MINUTE } from "#base/clock.ts";
import { issueSetUpLink } from "#operations/signin/set-up-link.ts";
import { SIGN_IN_LIMITS } from "#signin/limits.ts";
import type { TestAccount } from "../support/world.ts";
import { advance, STEP } from "./mfa-world.ts";
import { secretPhone } from "./signin-phone.ts";
import {
  asRoot,
  type Browser,
  giveRootPassword,
  openBrowser,
  openSignInWorld,
  PASSWORD,
  type SignInWorld,
} from "./signin-world.ts";

async function rootWorld(): Promise<{ world: SignInWorld; account: TestAccount }> {
  const world = await openSignInWorld();
  const account = await world.account();
  await giveRootPassword(world, account.accountId);
  return { world, account };
}

const begin = async (world: SignInWorld, { accountId }: TestAccount) => {
  const browser = openBrowser(world);
  return { browser, answer: await browser.do("SubmitPassword", asRoot(accountId)) };
};

/** Enrols a device by the calls that the console makes. */
async function enrol(world: SignInWorld, browser: Browser, name = "phone") {
  const made = await browser.iam("CreateVirtualMFADevice", { VirtualMFADeviceName: name });
  const phone = secretPhone(world, made);
  const codes = { AuthenticationCode1: phone.code(-1), AuthenticationCode2: phone.code(0) };
  assert.deepEqual(await browser.iam("EnableMFADevice", { SerialNumber: phone.serial, ...codes }), {});
  return phone;
}

test("root without MFA is reminded at each sign-in for 35 days from the first, then must enrol", async () => {
  const { world, account } = await rootWorld();
  await using _ = world;
  const first = await begin(world, account);
  assert.deepEqual(
    [first.answer.Step, first.answer.Root, first.answer.UserName, first.answer.Enrolment],
    ["enrol", true, undefined, { Required: false, MaySkip: true, DaysLeft: 35 }],
  );
  assert.deepEqual((await first.browser.do("GetSignIn", {})).Enrolment, first.answer.Enrolment);
  // reminded is not restricted
  assert.equal(typeof (await first.browser.iam("ListUsers", {})), "object");
  assert.equal(await first.browser.step("SkipEnrolment", {}), "session");
  assert.equal(await first.browser.step("GetSignIn", {}), "session");
  advance(world, 34 * DAY + HOUR);
  const later = await begin(world, account);
  assert.deepEqual(later.answer.Enrolment, { Required: false, MaySkip: true, DaysLeft: 1 });
  advance(world, DAY);
  const last = await begin(world, account);
  assert.deepEqual(last.answer.Enrolment, { Required: true, MaySkip: false });
  assert.equal(await last.browser.step("SkipEnrolment", {}), "enrol");
});

test("who must enrol does that and nothing else; its code makes another session", async () => {
  const { world, account } = await rootWorld();
  await using _ = world;
  Object.assign(world.env.deps, { signIn: { ...SIGN_IN_LIMITS, rootMfaGrace: 0 } });
  const { browser, answer } = await begin(world, account);
  assert.deepEqual(answer.Enrolment, { Required: true, MaySkip: false });
  for (const [operation, input] of [
    ["ListUsers", {}],
    ["CreateUser", { UserName: "mallory" }],
    ["CreateAccessKey", {}],
    ["DeactivateMFADevice", { SerialNumber: "x" }],
    // nor does that for others
    ["GetUser", { UserName: "admin" }],
    ["ListMFADevices", { UserName: "admin" }],
    [
      "EnableMFADevice",
      { UserName: "admin", SerialNumber: "a-serial", AuthenticationCode1: "1", AuthenticationCode2: "2" },
    ],
  ] as const) {
    assert.equal(await browser.iam(operation, input), "AccessDenied", operation);
  }
  const change = { OldPassword: PASSWORD, NewPassword: "better-Horse-9-battery" };
  assert.equal(await browser.step("ChangePassword", change), "SignInExpired");
  assert.equal(await browser.step("Continue", {}), "enrol");
  const phone = await enrol(world, browser);
  const enrolling = browser.copy();
  assert.equal(await browser.step("Continue", {}), "factor");
  // the session that was for enrolling is over
  assert.equal(await enrolling.caller(), "NotSignedIn");
  assert.equal(browser.cookies.session, undefined);
  assert.equal(
    await browser.step("SubmitCode", { DeviceId: phone.serial, Code: phone.code(0) }),
    "InvalidCode",
  );
  assert.equal(await browser.step("SubmitCode", { DeviceId: phone.serial, Code: phone.code(1) }), "session");
  assert.equal(typeof (await browser.iam("ListUsers", {})), "object");
  assert.equal(await browser.step("Continue", {}), "session");
});

test("root's devices change in a console session, with a factor proved in the last five minutes", async () => {
  const { world, account } = await rootWorld();
  await using _ = world;
  const { browser } = await begin(world, account);
  const phone = await enrol(world, browser);
  // the session has proved no factor: with a device there is one to prove
  const remove = { SerialNumber: phone.serial };
  assert.equal(await browser.iam("DeactivateMFADevice", remove), "StepUpRequired");
  advance(world, 2 * STEP);
  const before = browser.cookies.session;
  assert.deepEqual(await browser.do("ProveFactor", { DeviceId: phone.serial, Code: phone.code() }), {
    ProvedAt: world.now,
  });
  assert.notEqual(browser.cookies.session, before);
  assert.equal(await openBrowser(world, "192.0.2.7", { session: before ?? "" }).caller(), "NotSignedIn");
  advance(world, 5 * MINUTE);
  const tablet = await enrol(world, browser, "tablet");
  advance(world, 1);
  assert.equal(await browser.iam("DeactivateMFADevice", { SerialNumber: tablet.serial }), "StepUpRequired");
  assert.equal(await browser.iam("CreateAccessKey", {}), "StepUpRequired");
  const wrong = { DeviceId: tablet.serial, Code: phone.code() };
  assert.equal(await browser.step("ProveFactor", wrong), "InvalidCode");
  await browser.do("ProveFactor", { DeviceId: tablet.serial, Code: tablet.code(1) });
  assert.deepEqual(await browser.iam("DeactivateMFADevice", remove), {});
});

test("root's sessions are short", async () => {
  const { world, account } = await rootWorld();
  await using _ = world;
  const idle = await begin(world, account);
  advance(world, 15 * MINUTE);
  assert.equal(await idle.browser.caller(), "NotSignedIn");
  const busy = await begin(world, account);
  for (let at = 0; at < 5; at += 1) {
    advance(world, 10 * MINUTE);
    assert.notEqual(await busy.browser.caller(), "NotSignedIn");
  }
  advance(world, 10 * MINUTE);
  assert.equal(await busy.browser.caller(), "NotSignedIn");
});

test("root changes its password in a session: the rules, the other sessions, the new cookie", async () => {
  const { world, account } = await rootWorld();
  await using _ = world;
  const other = await begin(world, account);
  const { browser } = await begin(world, account);
  const change = (NewPassword: string, OldPassword = PASSWORD) =>
    browser.step("ChangePassword", { OldPassword, NewPassword });
  assert.equal(await change("P@ssw0rd123"), "PasswordRefused");
  assert.equal(await change(`Root1@${account.accountId}.test`), "PasswordRefused");
  assert.equal(await change("better-Horse-9-battery", "wrong-Horse-9-battery"), "SignInFailed");
  const before = browser.cookies.session;
  assert.equal(await change("better-Horse-9-battery"), "enrol");
  assert.notEqual(browser.cookies.session, before);
  assert.notEqual(await browser.caller(), "NotSignedIn");
  assert.equal(await other.browser.caller(), "NotSignedIn");
  assert.equal(await openBrowser(world).step("SubmitPassword", asRoot(account.accountId)), "SignInFailed");
});

test("the set-up link makes the account and root once, within the hour, and only where there is none", async () => {
  await using world = await openSignInWorld();
  const { store, env } = world;
  const input = { Email: "ada@example.com", Alias: "ada-corp", Password: PASSWORD };
  const browser = openBrowser(world);
  assert.equal((await browser.do("GetSignIn", {})).SetUpNeeded, true);
  const replaced = await issueSetUpLink(store, env.deps.random, world.now);
  const Token = await issueSetUpLink(store, env.deps.random, world.now);
  assert.ok(replaced !== undefined && Token !== undefined);
  for (const bad of [replaced, "x", Token.slice(1), `${Token}A`]) {
    assert.equal(await browser.step("SetUp", { ...input, Token: bad }), "SetUpLinkInvalid");
  }
  assert.equal(
    await browser.step("SetUp", { ...input, Token, Password: "short" }),
    "PasswordPolicyViolation",
  );
  assert.equal(await browser.step("SetUp", { ...input, Token, Password: "ada-corp-123" }), "PasswordRefused");
  assert.equal(await browser.step("SetUp", { ...input, Token, Alias: "Not An Alias" }), "ValidationError");
  const rivals = [openBrowser(world), openBrowser(world)];
  const steps = await Promise.all(rivals.map((rival) => rival.step("SetUp", { ...input, Token })));
  assert.deepEqual(steps.toSorted(), ["SetUpLinkInvalid", "enrol"]);
  const [winner] = rivals.filter(({ cookies }) => cookies.session !== undefined);
  const answer = await winner?.do("GetSignIn", {});
  assert.deepEqual(
    [answer?.Account?.Alias, answer?.Root, answer?.Enrolment],
    ["ada-corp", true, { Required: false, MaySkip: true, DaysLeft: 35 }],
  );
  assert.equal(await issueSetUpLink(store, env.deps.random, world.now), undefined);
  assert.equal((await openBrowser(world).do("GetSignIn", {})).SetUpNeeded, undefined);
  assert.equal(
    await openBrowser(world).step("SubmitPassword", {
      Type: "root",
      Email: "ADA@example.com",
      Password: PASSWORD,
    }),
    "enrol",
  );
  const account = await store.reader.accounts.byAlias("ada-corp");
  const names = (await world.events(account?.accountId ?? assert.fail())).map(({ eventName }) => eventName);
  assert.deepEqual(names.toSorted(), ["ConsoleLogin", "ConsoleLogin", "CreateAccount"]);
});

test("an old set-up link is no good, nor one where an account was made meanwhile", async () => {
  await using world = await openSignInWorld();
  const input = { Email: "ada@example.com", Password: PASSWORD };
  const { store, env } = world;
  const old = (await issueSetUpLink(store, env.deps.random, world.now)) ?? assert.fail();
  advance(world, HOUR);
  assert.equal(await openBrowser(world).step("SetUp", { ...input, Token: old }), "SetUpLinkInvalid");
  const Token = (await issueSetUpLink(store, env.deps.random, epochMs(world.now))) ?? assert.fail();
  await world.account();
  assert.equal(await openBrowser(world).step("SetUp", { ...input, Token }), "SetUpLinkInvalid");
});
