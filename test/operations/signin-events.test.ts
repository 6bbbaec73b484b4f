import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccountId } from "#identity/ids.ts";
import { advance, createDevice, enable, STEP, wrongCode } from "./mfa-world.ts";
import {
  asRoot,
  asUser,
  giveRootPassword,
  makePerson,
  openBrowser,
  openSignInWorld,
  PASSWORD,
  type SignInWorld,
} from "./signin-world.ts";

type Members = Readonly<Record<string, unknown>>;

/** The events of signing in since the last look, without what differs from one to the next. */
function watch(world: SignInWorld, account: AccountId) {
  let seen = new Set<unknown>();
  return async (): Promise<readonly Members[]> => {
    const all = (await world.events(account)).map(({ record }) => record);
    const fresh = all.filter(({ eventID }) => !seen.has(eventID));
    seen = new Set(all.map(({ eventID }) => eventID));
    return fresh.map(({ eventID, requestID, eventTime, ...rest }) => {
      assert.ok([eventID, requestID, eventTime].every((text) => typeof text === "string" && text !== ""));
      return rest;
    });
  };
}

const envelope = (account: string, eventName: string) => ({
  eventVersion: "1.08",
  eventSource: "signin.amazonaws.com",
  eventName,
  awsRegion: "us-east-1",
  sourceIPAddress: "192.0.2.7",
  userAgent: "Mozilla/5.0 (test)",
  requestParameters: null,
  readOnly: false,
  eventType: "AwsConsoleSignIn",
  managementEvent: true,
  recipientAccountId: account,
  eventCategory: "Management",
});

const login = (account: string, outcome: "Success" | "Failure", data: object) => ({
  ...envelope(account, "ConsoleLogin"),
  responseElements: { ConsoleLogin: outcome },
  additionalEventData: { LoginTo: "http://localhost:8400/", MobileVersion: "No", ...data },
});

test("sign-ins are events in CloudTrail's shape: who, with which factor, and why not is nobody's to know", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  const { accountId } = account;
  await makePerson(world, account, "ana");
  const fresh = watch(world, accountId);
  await fresh();
  const user = (await world.store.reader.users.byName(accountId, "ana")) ?? assert.fail();
  const ana = { type: "IAMUser", principalId: user.userId, accountId, userName: "ana" };
  const arn = `arn:aws:iam::${accountId}:user/ana`;
  const browser = openBrowser(world);

  await browser.do("SubmitPassword", asUser(accountId, "ana"));
  assert.deepEqual(await fresh(), [
    { ...login(accountId, "Success", { MFAUsed: "No" }), userIdentity: { ...ana, arn } },
  ]);

  await browser.try("SubmitPassword", asUser(accountId, "ana", "hunter2-hunter2"));
  const failure = { errorMessage: "Failed authentication", userIdentity: { ...ana, accessKeyId: "" } };
  assert.deepEqual(await fresh(), [{ ...login(accountId, "Failure", { MFAUsed: "No" }), ...failure }]);

  await browser.try("SubmitPassword", asUser(accountId, "my-secret-Passw0rd"));
  assert.deepEqual(await fresh(), [
    {
      ...login(accountId, "Failure", { MFAUsed: "No" }),
      errorMessage: "No username found in supplied account",
      userIdentity: {
        type: "IAMUser",
        accountId,
        accessKeyId: "",
        userName: "HIDDEN_DUE_TO_SECURITY_REASONS",
      },
    },
  ]);

  const phone = await createDevice(world, account.admin, "phone");
  await enable(world, account.admin, "ana", phone);
  advance(world, 2 * STEP);
  await fresh();
  await browser.do("SubmitPassword", asUser(accountId, "ana"));
  assert.deepEqual(await fresh(), [
    {
      ...envelope(accountId, "CheckMfa"),
      responseElements: { CheckMfa: "Success" },
      additionalEventData: { MfaType: "Virtual MFA" },
      userIdentity: ana,
    },
  ]);
  await browser.try("SubmitCode", { DeviceId: phone.serial, Code: wrongCode(phone) });
  assert.deepEqual(await fresh(), [{ ...login(accountId, "Failure", { MFAUsed: "Yes" }), ...failure }]);
  await browser.do("SubmitCode", { DeviceId: phone.serial, Code: phone.code() });
  assert.deepEqual(await fresh(), [
    {
      ...login(accountId, "Success", { MFAIdentifier: phone.serial, MFAUsed: "Yes" }),
      userIdentity: { ...ana, arn },
    },
  ]);
  await browser.do("SignOut", {});
  assert.deepEqual(
    (await fresh()).map(({ eventName }) => eventName),
    ["SignOut"],
  );
});

test("root's sign-ins and its new password; with an alias root has a name", async () => {
  await using world = await openSignInWorld();
  const { accountId } = await world.account();
  await giveRootPassword(world, accountId);
  const fresh = watch(world, accountId);
  const root = {
    type: "Root",
    principalId: accountId,
    arn: `arn:aws:iam::${accountId}:root`,
    accountId,
    accessKeyId: "",
  };
  const browser = openBrowser(world);
  await browser.do("SubmitPassword", asRoot(accountId));
  assert.deepEqual(await fresh(), [
    { ...login(accountId, "Success", { MFAUsed: "No" }), userIdentity: root },
  ]);
  await world.store.write((tx) => tx.accounts.setAlias(accountId, "acme"));
  await browser.try("SubmitPassword", asRoot(accountId, "wrong-Horse-7-battery"));
  assert.deepEqual(await fresh(), [
    {
      ...login(accountId, "Failure", { MFAUsed: "No" }),
      errorMessage: "Failed authentication",
      userIdentity: { ...root, userName: "acme" },
    },
  ]);
  await browser.do("ChangePassword", { OldPassword: PASSWORD, NewPassword: "better-Horse-9-battery" });
  const [updated, ...others] = await fresh();
  assert.deepEqual(
    [updated?.eventName, updated?.responseElements, others],
    ["PasswordUpdated", { PasswordUpdated: "Success" }, []],
  );
});

test("a user's forced change is IAM's ChangePassword, by the session-to-be, with the policies that let him", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana", true);
  await world.clients(account.admin).iam.updateAccountPasswordPolicy({ AllowUsersToChangePassword: true });
  const fresh = watch(world, account.accountId);
  await fresh();
  const browser = openBrowser(world);
  await browser.do("SubmitPassword", asUser(account.accountId, "ana"));
  await browser.do("ChangePassword", { OldPassword: PASSWORD, NewPassword: "better-Horse-9-battery" });
  const events = await fresh();
  assert.deepEqual(events.map(({ eventName, eventSource }) => [eventName, eventSource]).toSorted(), [
    ["ChangePassword", "iam.amazonaws.com"],
    ["ConsoleLogin", "signin.amazonaws.com"],
    ["PasswordChangeRequired", "signin.amazonaws.com"],
  ]);
});

test("no password, code or typed name is in any row of the database", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana", true);
  await world.clients(account.admin).iam.updateAccountPasswordPolicy({ AllowUsersToChangePassword: true });
  const phone = await createDevice(world, account.admin, "phone");
  await enable(world, account.admin, "ana", phone);
  advance(world, 2 * STEP);
  const browser = openBrowser(world);
  const [typed, wrong, fresh] = ["a-typed-N4me", "a-wrong-P4ssword", "a-fresh-P4ssword"];
  const [code, bad] = [phone.code(), wrongCode(phone)];
  await browser.try("SubmitPassword", asUser(account.accountId, typed, wrong));
  await browser.try("SubmitPassword", asUser(typed, typed, wrong));
  await browser.try("SubmitPassword", { Type: "root", Email: typed, Password: wrong });
  await browser.do("SubmitPassword", asUser(account.accountId, "ana"));
  await browser.try("SubmitCode", { DeviceId: typed, Code: bad });
  await browser.do("SubmitCode", { DeviceId: phone.serial, Code: code });
  await browser.do("ChangePassword", { OldPassword: PASSWORD, NewPassword: fresh });
  await world.env.deps.recorder.flush();
  let text = "";
  for await (const { row } of world.store.backup.dump()) text += `${JSON.stringify(Object.values(row))}\n`;
  const tokens = Object.values(browser.cookies).filter((token) => token !== undefined);
  for (const secret of [PASSWORD, typed, wrong, fresh, `"${code}"`, `"${bad}"`, ...tokens]) {
    assert.ok(!text.includes(secret), secret);
  }
});
