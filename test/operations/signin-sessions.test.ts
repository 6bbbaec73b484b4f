import assert from "node:assert/strict";
import { test } from "node:test";
import type { PrincipalCaller } from "#operations/call.ts";
import { endOtherSessions, endOwnSession, ownSessions } from "#operations/console-sessions.ts";
import type { TestAccount } from "../support/world.ts";
import { advance, createDevice, enable, STEP, session } from "./mfa-world.ts";
import {
  asUser,
  type Browser,
  makePerson,
  openBrowser,
  openSignInWorld,
  type SignInWorld,
} from "./signin-world.ts";

async function signedIn(): Promise<{ world: SignInWorld; account: TestAccount; browser: Browser }> {
  const world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  await world.clients(account.admin).iam.attachUserPolicy({
    UserName: "ana",
    PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  });
  const browser = openBrowser(world);
  await browser.do("SubmitPassword", asUser(account.accountId, "ana"));
  return { world, account, browser };
}

async function callOf(world: SignInWorld, browser: Browser) {
  const caller = await browser.caller();
  assert.ok(typeof caller !== "string");
  return {
    caller: caller satisfies PrincipalCaller,
    now: world.now,
    requestId: "r",
    region: "us-east-1",
    sourceIp: browser.ip,
    userAgent: "test",
    secureTransport: true,
    clockBehind: false,
    deps: world.env.deps,
  };
}

test("no cookie that was there before is worth anything after: each raise of privilege has a new one", async () => {
  const { world, account, browser } = await signedIn();
  await using _ = world;
  const phone = await createDevice(world, account.admin, "phone");
  await enable(world, account.admin, "ana", phone);
  advance(world, 2 * STEP);
  const planted = `${account.accountId}.${"A".repeat(43)}`;
  const victim = openBrowser(world, "192.0.2.9", {
    session: planted,
    signin: planted,
    browser: "B".repeat(43),
  });
  const seen = new Set(Object.values(victim.cookies));
  const fresh = () => {
    for (const value of Object.values(victim.cookies)) assert.ok(value === undefined || !seen.has(value));
  };
  await victim.do("SubmitPassword", asUser(account.accountId, "ana"));
  assert.notEqual(victim.cookies.signin, planted);
  const halfWay = victim.cookies.signin;
  await victim.do("SubmitCode", { DeviceId: phone.serial, Code: phone.code() });
  fresh();
  assert.equal(victim.cookies.signin, undefined);
  const attacker = openBrowser(world, "198.51.100.1", { session: planted, signin: planted });
  assert.equal(await attacker.caller(), "NotSignedIn");
  assert.equal(await attacker.step("GetSignIn", {}), "password");
  // a half-way cookie is no session, was good for one step, and a session's is no half-way one
  assert.ok(halfWay);
  assert.equal(await openBrowser(world, "192.0.2.9", { session: halfWay }).caller(), "NotSignedIn");
  assert.equal(await openBrowser(world, "192.0.2.9", { signin: halfWay }).step("GetSignIn", {}), "password");
  const swapped = openBrowser(world, "192.0.2.9", { signin: victim.cookies.session ?? "" });
  assert.equal(await swapped.step("GetSignIn", {}), "password");
  // signing in as somebody else leaves the session that the browser had
  const former = victim.copy();
  await makePerson(world, account, "eve");
  await victim.do("SubmitPassword", asUser(account.accountId, "eve"));
  assert.equal(await former.caller(), "NotSignedIn");
  assert.notEqual(await browser.caller(), "NotSignedIn");
});

test("what is no cookie of ours signs nobody in", async () => {
  const { world, account, browser } = await signedIn();
  await using _ = world;
  const token = browser.cookies.session ?? assert.fail();
  const other = await world.account();
  for (const value of [
    "",
    "x",
    token.slice(0, -1),
    `${token}A`,
    token.replace(account.accountId, other.accountId),
    token.toUpperCase(),
    ` ${token}`,
    `${token}\0`,
    "__proto__",
  ]) {
    assert.equal(await openBrowser(world, "192.0.2.7", { session: value }).caller(), "NotSignedIn", value);
  }
});

test("one's own sessions: listed, ended one by one and all but one; nobody else's", async () => {
  const { world, account, browser } = await signedIn();
  await using _ = world;
  advance(world, 1000);
  const [second, third] = [openBrowser(world, "198.51.100.2"), openBrowser(world, "198.51.100.3")];
  for (const each of [second, third]) await each.do("SubmitPassword", asUser(account.accountId, "ana"));
  await makePerson(world, account, "eve");
  const eve = openBrowser(world);
  await eve.do("SubmitPassword", asUser(account.accountId, "eve"));
  const call = await callOf(world, browser);
  const listed = await ownSessions(world.store.reader, call);
  assert.deepEqual(listed.map(({ current, sourceIp }) => [current, sourceIp]).toSorted(), [
    [false, "198.51.100.2"],
    [false, "198.51.100.3"],
    [true, "192.0.2.7"],
  ]);
  const [named] = listed.filter(({ sourceIp }) => sourceIp === second.ip);
  assert.ok(named);
  const evesCall = await callOf(world, eve);
  assert.equal(await world.store.write((tx) => endOwnSession(tx, evesCall, named.sessionId)), false);
  assert.equal(await world.store.write((tx) => endOwnSession(tx, call, named.sessionId)), true);
  assert.equal(await second.caller(), "NotSignedIn");
  assert.equal(await world.store.write((tx) => endOtherSessions(tx, call, false)), 1);
  assert.equal(await third.caller(), "NotSignedIn");
  assert.notEqual(await browser.caller(), "NotSignedIn");
  assert.notEqual(await eve.caller(), "NotSignedIn");
});

test("with temporary credentials every session token of his ends too, but not the session that asks", async () => {
  const { world, account, browser } = await signedIn();
  await using _ = world;
  const { AccessKey } = (await browser.iam("CreateAccessKey", {})) as {
    AccessKey: { AccessKeyId: string; SecretAccessKey: string };
  };
  const keys = { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
  const token = await session(world, keys);
  const call = await callOf(world, browser);
  await world.store.write(async (tx) => {
    await endOtherSessions(tx, call, true);
    await tx.bumpRevision(account.accountId);
  });
  world.env.changed(account.accountId);
  await assert.rejects(session(world, token));
  advance(world, 1000);
  assert.notEqual(await browser.caller(), "NotSignedIn");
  assert.equal(typeof (await browser.iam("ListUsers", {})), "object");
});

test("a session without MFA may call IAM; changing one's own password keeps the session and ends the others", async () => {
  const { world, account, browser } = await signedIn();
  await using _ = world;
  assert.equal(typeof (await browser.iam("ListUsers", {})), "object");
  const other = openBrowser(world);
  await other.do("SubmitPassword", asUser(account.accountId, "ana"));
  const change = (NewPassword: string) =>
    browser.iam("ChangePassword", { OldPassword: "correct-Horse-7-battery", NewPassword });
  // in the console the commonest are refused; IAM's API for keys does not ask
  assert.equal(await change("Password123!"), "PasswordPolicyViolation");
  const before = browser.copy();
  assert.deepEqual(await change("better-Horse-9-battery"), {});
  assert.notEqual(await browser.caller(), "NotSignedIn");
  assert.equal(await other.caller(), "NotSignedIn");
  assert.equal(await before.caller(), "NotSignedIn");
});

test("who sets his own password as an administrator has a new cookie too; who takes it away has none", async () => {
  const { world, account, browser } = await signedIn();
  await using _ = world;
  const other = openBrowser(world);
  await other.do("SubmitPassword", asUser(account.accountId, "ana"));
  const before = browser.copy();
  const set = (change: object) => browser.iam("UpdateLoginProfile", { UserName: "ana", ...change });
  assert.deepEqual(await set({ PasswordResetRequired: false }), {});
  assert.notEqual(await before.caller(), "NotSignedIn");
  assert.deepEqual(await set({ Password: "better-Horse-9-battery" }), {});
  assert.notEqual(await browser.caller(), "NotSignedIn");
  for (const gone of [before, other]) assert.equal(await gone.caller(), "NotSignedIn");
  assert.deepEqual(await browser.iam("DeleteLoginProfile", { UserName: "ana" }), {});
  assert.equal(await browser.caller(), "NotSignedIn");
});

test("who sets another's password keeps his own cookie; temporary credentials live on with a new password, as on AWS", async () => {
  const { world, account, browser } = await signedIn();
  await using _ = world;
  const eve = await makePerson(world, account, "eve");
  const token = await session(world, eve);
  const hers = openBrowser(world);
  await hers.do("SubmitPassword", asUser(account.accountId, "eve"));
  const cookie = browser.cookies.session;
  const set = { UserName: "eve", Password: "better-Horse-9-battery" };
  assert.deepEqual(await browser.iam("UpdateLoginProfile", set), {});
  assert.equal(browser.cookies.session, cookie);
  assert.notEqual(await browser.caller(), "NotSignedIn");
  assert.equal(await hers.caller(), "NotSignedIn");
  await world.clients(token).sts.getCallerIdentity({});
});

test("changes of one's own factors, keys and password want a factor of the last five minutes; others' do not", async () => {
  const { world, account, browser } = await signedIn();
  await using _ = world;
  await makePerson(world, account, "eve");
  assert.equal(typeof (await browser.iam("CreateAccessKey", {})), "object");
  const phone = await createDevice(world, account.admin, "phone");
  await enable(world, account.admin, "ana", phone);
  const own = [
    ["CreateAccessKey", {}],
    ["CreateAccessKey", { UserName: "ANA" }],
    ["UpdateAccessKey", { AccessKeyId: "AKIA", Status: "Inactive" }],
    ["DeleteAccessKey", { AccessKeyId: "AKIA" }],
    ["ChangePassword", { OldPassword: "x", NewPassword: "y" }],
    [
      "EnableMFADevice",
      { UserName: "ana", SerialNumber: "s", AuthenticationCode1: "1", AuthenticationCode2: "2" },
    ],
    ["DeactivateMFADevice", { SerialNumber: phone.serial }],
    [
      "ResyncMFADevice",
      { UserName: "ana", SerialNumber: phone.serial, AuthenticationCode1: "1", AuthenticationCode2: "2" },
    ],
  ] as const;
  for (const [operation, input] of own)
    assert.equal(await browser.iam(operation, input), "StepUpRequired", operation);
  assert.equal(typeof (await browser.iam("CreateAccessKey", { UserName: "eve" })), "object");
  advance(world, 2 * STEP);
  await browser.do("ProveFactor", { DeviceId: phone.serial, Code: phone.code() });
  assert.deepEqual(
    await browser.iam("DeactivateMFADevice", { UserName: "ana", SerialNumber: phone.serial }),
    {},
  );
});
