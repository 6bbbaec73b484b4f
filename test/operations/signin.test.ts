import assert from "node:assert/strict";
import { test } from "node:test";
import { UpdateAccountPasswordPolicyCommand, UpdateLoginProfileCommand } from "@aws-sdk/client-iam";
import { DAY, HOUR, MINUTE } from "#base/clock.ts";
import { advance, createDevice, enable, STEP, session, wrongCode } from "./mfa-world.ts";
import { asUser, makePerson, openBrowser, openSignInWorld, PASSWORD } from "./signin-world.ts";

test("a user without a device: the password alone, by account id and by alias, in any letter case of name and alias", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  await world.store.write((tx) => tx.accounts.setAlias(account.accountId, "acme"));
  for (const named of [account.accountId, "acme", "ACME"]) {
    const browser = openBrowser(world);
    assert.deepEqual(await browser.do("GetSignIn", {}), { Step: "password", ServerTime: world.now });
    const answer = await browser.do("SubmitPassword", asUser(named, "Ana"));
    assert.deepEqual(answer, {
      Step: "session",
      ServerTime: world.now,
      Account: { AccountId: account.accountId, Alias: "acme" },
      UserName: "ana",
      Root: false,
    });
    const caller = await browser.caller();
    assert.ok(typeof caller !== "string" && caller.credential.type === "session-token");
    assert.deepEqual(
      [caller.userName, caller.credential.madeBy, caller.credential.mfa],
      ["ana", "SignIn", undefined],
    );
    assert.equal(await browser.step("GetSignIn", {}), "session");
    assert.deepEqual(await browser.do("SignOut", {}), {});
    assert.equal(await browser.caller(), "NotSignedIn");
  }
  const user = await world.store.reader.users.byName(account.accountId, "ana");
  assert.equal(user?.passwordLastUsed, world.now);
});

test("a user with devices: one guess tests one device, resync signs nobody in, and each code signs in once", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  const keys = await makePerson(world, account, "ana");
  const [phone, tablet] = [
    await createDevice(world, account.admin, "phone"),
    await createDevice(world, account.admin, "tablet"),
  ];
  await enable(world, account.admin, "ana", phone);
  await enable(world, account.admin, "ana", tablet);
  advance(world, 2 * STEP);
  const browser = openBrowser(world);
  const first = await browser.do("SubmitPassword", asUser(account.accountId, "ana"));
  assert.equal(first.Step, "factor");
  assert.deepEqual(
    first.Devices?.map(({ DeviceId, Kind, Name }) => [DeviceId, Kind, Name]),
    [
      [phone.serial, "virtual", "phone"],
      [tablet.serial, "virtual", "tablet"],
    ],
  );
  assert.equal(await browser.caller(), "NotSignedIn");
  assert.deepEqual(await browser.do("GetSignIn", {}), first);
  // the other device's code is no code of this one
  assert.equal(
    await browser.step("SubmitCode", { DeviceId: phone.serial, Code: tablet.code() }),
    "InvalidCode",
  );
  const pair = { DeviceId: phone.serial, Code1: phone.code(0), Code2: phone.code(1) };
  assert.equal(await browser.step("ResyncDevice", pair), "factor");
  assert.equal(await browser.caller(), "NotSignedIn");
  for (const Code of [pair.Code1, pair.Code2]) {
    assert.equal(await browser.step("SubmitCode", { DeviceId: phone.serial, Code }), "InvalidCode");
  }
  assert.equal(await browser.step("SubmitCode", { DeviceId: phone.serial, Code: phone.code(2) }), "session");
  const caller = await browser.caller();
  assert.ok(typeof caller !== "string" && caller.credential.type === "session-token");
  assert.deepEqual(caller.credential.mfa, { at: world.now, method: "virtual", serialNumber: phone.serial });
  // what let somebody in here lets nobody in anywhere else, and the other way round
  await assert.rejects(session(world, keys, phone, phone.code(2)));
  advance(world, 4 * STEP);
  await session(world, keys, phone);
  const other = openBrowser(world);
  await other.do("SubmitPassword", asUser(account.accountId, "ana"));
  assert.equal(await other.step("SubmitCode", { DeviceId: phone.serial, Code: phone.code() }), "InvalidCode");
  // for STS the pair of an enrolment is not spent
  assert.equal(await other.step("SubmitCode", { DeviceId: tablet.serial, Code: tablet.code() }), "session");
});

test("the codes that enabled a device open no console, though they open STS", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  const keys = await makePerson(world, account, "ana");
  const phone = await createDevice(world, account.admin, "phone");
  await enable(world, account.admin, "ana", phone);
  const browser = openBrowser(world);
  await browser.do("SubmitPassword", asUser(account.accountId, "ana"));
  for (const Code of [phone.code(-1), phone.code(0)]) {
    assert.equal(await browser.step("SubmitCode", { DeviceId: phone.serial, Code }), "InvalidCode");
  }
  await session(world, keys, phone, phone.code(0));
  assert.equal(await browser.step("SubmitCode", { DeviceId: phone.serial, Code: phone.code(1) }), "session");
});

test("a code that two requests give at once lets one in", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  const phone = await createDevice(world, account.admin, "phone");
  await enable(world, account.admin, "ana", phone);
  advance(world, 2 * STEP);
  const browser = openBrowser(world);
  await browser.do("SubmitPassword", asUser(account.accountId, "ana"));
  const tabs = [browser.copy(), browser.copy(), browser.copy()];
  const code = { DeviceId: phone.serial, Code: phone.code() };
  const steps = await Promise.all(tabs.map((tab) => tab.step("SubmitCode", code)));
  assert.deepEqual(steps.filter((step) => step === "session").length, 1);
  // and two codes of one step of signing in make one session
  const again = openBrowser(world);
  await again.do("SubmitPassword", asUser(account.accountId, "ana"));
  advance(world, STEP);
  const codes = [phone.code(0), phone.code(1)];
  const both = await Promise.all(
    codes.map((Code) => again.copy().step("SubmitCode", { DeviceId: phone.serial, Code })),
  );
  assert.deepEqual(both.toSorted(), ["SignInExpired", "session"]);
});

test("a half-way sign-in lives five minutes, in its own browser, and dies with the password and the user's sessions", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  const phone = await createDevice(world, account.admin, "phone");
  await enable(world, account.admin, "ana", phone);
  const code = () => ({ DeviceId: phone.serial, Code: phone.code() });
  const begin = async () => {
    advance(world, 2 * STEP);
    const browser = openBrowser(world);
    await browser.do("SubmitPassword", asUser(account.accountId, "ana"));
    return browser;
  };
  assert.equal(await openBrowser(world).step("SubmitCode", code()), "SignInExpired");
  const late = await begin();
  advance(world, 5 * MINUTE);
  assert.equal(await late.step("SubmitCode", code()), "SignInExpired");
  assert.equal(late.cookies.signin, undefined);
  const changed = await begin();
  const change = { UserName: "ana", Password: "another-Horse-8-battery" };
  advance(world, 1);
  await world.clients(account.admin).iam.send(new UpdateLoginProfileCommand(change));
  assert.equal(await changed.step("SubmitCode", code()), "SignInExpired");
  await world
    .clients(account.admin)
    .iam.send(new UpdateLoginProfileCommand({ UserName: "ana", Password: PASSWORD }));
  const ended = await begin();
  await world.store.write(async (tx) => {
    const user = await tx.users.byName(account.accountId, "ana");
    if (user !== undefined) await tx.users.endSessions(account.accountId, user.userId, world.now);
  });
  assert.equal(await ended.step("SubmitCode", code()), "SignInExpired");
  const tired = await begin();
  for (let at = 0; at < 9; at += 1) {
    assert.equal(
      await tired.step("SubmitCode", { DeviceId: phone.serial, Code: wrongCode(phone, at) }),
      "InvalidCode",
    );
  }
  assert.equal(await tired.step("SubmitCode", { DeviceId: "nobody's", Code: "000000" }), "InvalidCode");
  assert.equal(await tired.step("SubmitCode", code()), "SignInExpired");
});

test("a forced change: after the factor, by the rules, with a fresh session; the old password is over", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana", true);
  await world.clients(account.admin).iam.send(
    new UpdateAccountPasswordPolicyCommand({
      MinimumPasswordLength: 10,
      AllowUsersToChangePassword: true,
      PasswordReusePrevention: 3,
    }),
  );
  const phone = await createDevice(world, account.admin, "phone");
  await enable(world, account.admin, "ana", phone);
  advance(world, 2 * STEP);
  const browser = openBrowser(world);
  assert.equal(await browser.step("SubmitPassword", asUser(account.accountId, "ana")), "factor");
  const change = (NewPassword: string, OldPassword = PASSWORD) =>
    browser.step("ChangePassword", { OldPassword, NewPassword });
  assert.equal(await change("better-Horse-9-battery"), "SignInExpired");
  await browser.do("SubmitPassword", asUser(account.accountId, "ana"));
  const asked = await browser.do("SubmitCode", { DeviceId: phone.serial, Code: phone.code() });
  assert.deepEqual(
    [asked.Step, asked.PasswordReason, asked.PasswordRules],
    [
      "change-password",
      "reset",
      {
        MinimumLength: 10,
        RequireSymbols: false,
        RequireNumbers: false,
        RequireUppercaseCharacters: false,
        RequireLowercaseCharacters: false,
        ReusePrevention: 3,
      },
    ],
  );
  assert.equal(await browser.caller(), "NotSignedIn");
  assert.deepEqual(await browser.do("GetSignIn", {}), asked);
  assert.equal(await change("short"), "PasswordPolicyViolation");
  assert.equal(await change(PASSWORD), "PasswordPolicyViolation");
  assert.equal(await change("password1234"), "PasswordRefused");
  assert.equal(await change(`Ana-${account.accountId}`), "PasswordRefused");
  assert.equal(await change("better-Horse-9-battery", "wrong"), "SignInFailed");
  assert.equal(await change("better-Horse-9-battery"), "session");
  const caller = await browser.caller();
  assert.ok(typeof caller !== "string" && caller.credential.type === "session-token");
  assert.equal(caller.credential.mfa?.serialNumber, phone.serial);
  const later = openBrowser(world);
  assert.equal(await later.step("SubmitPassword", asUser(account.accountId, "ana")), "SignInFailed");
  assert.equal(
    await later.step("SubmitPassword", asUser(account.accountId, "ana", "better-Horse-9-battery")),
    "factor",
  );
});

test("whom policies do not let change his password cannot, also when he must", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana", true);
  const browser = openBrowser(world);
  assert.equal(await browser.step("SubmitPassword", asUser(account.accountId, "ana")), "change-password");
  const change = { OldPassword: PASSWORD, NewPassword: "better-Horse-9-battery" };
  assert.equal(await browser.step("ChangePassword", change), "AccessDenied");
});

test("an expired password is changed at sign-in; with hard expiry it opens nothing", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  const policy = { AllowUsersToChangePassword: true, MaxPasswordAge: 30 };
  await world.clients(account.admin).iam.send(new UpdateAccountPasswordPolicyCommand(policy));
  advance(world, 30 * DAY);
  const answer = await openBrowser(world).do("SubmitPassword", asUser(account.accountId, "ana"));
  assert.deepEqual([answer.Step, answer.PasswordReason], ["change-password", "expired"]);
  await world
    .clients(account.admin)
    .iam.send(new UpdateAccountPasswordPolicyCommand({ ...policy, HardExpiry: true }));
  assert.equal(
    await openBrowser(world).step("SubmitPassword", asUser(account.accountId, "ana")),
    "SignInFailed",
  );
});

test("with a clock that is behind nobody signs in", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  world.clockBehind = true;
  assert.equal(
    await openBrowser(world).step("SubmitPassword", asUser(account.accountId, "ana")),
    "ServiceUnavailable",
  );
});

test("a session ends when idle, when old, when its user's password changes, and with its user", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  const begin = async (password = PASSWORD) => {
    const browser = openBrowser(world);
    await browser.do("SubmitPassword", asUser(account.accountId, "ana", password));
    return browser;
  };
  const idle = await begin();
  advance(world, 29 * MINUTE);
  assert.notEqual(await idle.caller(), "NotSignedIn");
  advance(world, 29 * MINUTE);
  assert.notEqual(await idle.caller(), "NotSignedIn");
  advance(world, 30 * MINUTE);
  assert.equal(await idle.caller(), "NotSignedIn");
  const busy = await begin();
  for (let at = 0; at < 12 * HOUR - 20 * MINUTE; at += 20 * MINUTE) {
    advance(world, 20 * MINUTE);
    assert.notEqual(await busy.caller(), "NotSignedIn");
  }
  advance(world, 20 * MINUTE);
  assert.equal(await busy.caller(), "NotSignedIn");
  const changed = await begin();
  await world
    .clients(account.admin)
    .iam.updateLoginProfile({ UserName: "ana", Password: "another-Horse-8-battery" });
  assert.equal(await changed.caller(), "NotSignedIn");
  const gone = await begin("another-Horse-8-battery");
  await world.clients(account.admin).iam.deleteLoginProfile({ UserName: "ana" });
  assert.equal(await gone.caller(), "NotSignedIn");
});
