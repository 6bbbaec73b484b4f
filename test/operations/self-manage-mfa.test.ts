/** The documented self-management policy, unmodified, on the live server: from a new user's keys to a session with MFA (contract 3). */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { named, readScenarios } from "../policy/scenarios/read.ts";
import { type Keys, openWorld, type TestAccount, type World } from "../support/world.ts";
import {
  AT_WINDOW_START,
  createDevice,
  createUser,
  enable,
  type Phone,
  SENTENCES,
  session,
} from "./mfa-world.ts";
import { type Refusal, refusalOf } from "./wire-call.ts";

let world: World;
let account: TestAccount;
before(async () => {
  world = await openWorld({ now: AT_WINDOW_START });
});
after(() => world[Symbol.asyncDispose]());

const PASSWORD = "A-first-password-1";

/** A fresh account with bob, and with ana, who has keys, a password, and the policy of that scenario alone. */
async function newcomer(form: string, path = "/"): Promise<Keys> {
  account = await world.account();
  const scenario = readScenarios().find(({ file }) => file === form) ?? assert.fail(`no scenario ${form}`);
  const { iam } = world.clients(account.admin);
  const PolicyDocument = JSON.stringify(named(scenario, scenario.policies, "SelfManageMFA"));
  const { Policy } = await iam.createPolicy({ PolicyName: "SelfManageMFA", PolicyDocument });
  await iam.createUser({ UserName: "bob" });
  const keys = await createUser(world, account.admin, "ana");
  await iam.updateUser({ UserName: "ana", NewPath: path });
  await iam.createLoginProfile({ UserName: "ana", Password: PASSWORD });
  await iam.attachUserPolicy({ UserName: "ana", PolicyArn: Policy?.Arn });
  return keys;
}

const arn = (rest: string): string => `arn:aws:iam::${account.accountId}:${rest}`;

const done = undefined;

/** What ana, of that path, is told of a call that the policy denies in so many words, and of one that it does not speak of. */
const deniedTo = (path: string, operation: string, resource: string, reason: string): Refusal => [
  "AccessDenied",
  403,
  `User: ${arn(`user${path}ana`)} is not authorized to perform: iam:${operation} on resource: ${resource}${reason}`,
];
const explicitly = (operation: string, resource: string, path = "/"): Refusal =>
  deniedTo(path, operation, resource, " with an explicit deny in an identity-based policy");
const implicitly = (operation: string, resource: string, path = "/"): Refusal =>
  deniedTo(path, operation, resource, ` because no identity-based policy allows the iam:${operation} action`);

async function expect(
  keys: Keys,
  operation: string,
  input: object,
  outcome: Refusal | undefined,
): Promise<void> {
  assert.deepEqual(
    await refusalOf(world, keys, operation, input),
    outcome,
    `${operation} ${JSON.stringify(input)}`,
  );
}

const self = { UserName: "ana" };
const phoneOf = ({ serial }: Phone) => ({ ...self, SerialNumber: serial });
const pair = (phone: Phone, first = -1) => ({
  ...phoneOf(phone),
  AuthenticationCode1: phone.code(first),
  AuthenticationCode2: phone.code(first + 1),
});

for (const form of ["self-manage-mfa-classic", "self-manage-mfa-newer"] as const) {
  describe(form, () => {
    let keys: Keys;
    let phone: Phone;
    let mfa: Keys;
    const classic = form === "self-manage-mfa-classic";
    const named = { VirtualMFADeviceName: "ana" };
    before(async () => {
      keys = await newcomer(form);
    });

    test("with his keys a new user sees himself and his devices, and nothing else", async () => {
      await expect(keys, "GetUser", self, done);
      await expect(keys, "GetUser", {}, done);
      await expect(keys, "ListMFADevices", self, done);
      await expect(keys, "ListVirtualMFADevices", {}, done);
      await expect(keys, "GetUser", { UserName: "bob" }, implicitly("GetUser", "user bob"));
      await expect(keys, "ListAccessKeys", self, explicitly("ListAccessKeys", "user ana"));
      await expect(keys, "CreateAccessKey", self, explicitly("CreateAccessKey", "user ana"));
      await expect(keys, "ListUsers", {}, explicitly("ListUsers", arn("user/")));
      await expect(keys, "GetAccountPasswordPolicy", {}, explicitly("GetAccountPasswordPolicy", "*"));
    });

    test("nor does he change his password, even where the account lets its users do so", async () => {
      const { iam } = world.clients(account.admin);
      await iam.updateAccountPasswordPolicy({ AllowUsersToChangePassword: true });
      const passwords = { OldPassword: PASSWORD, NewPassword: "A-second-password-2" };
      await expect(keys, "ChangePassword", passwords, explicitly("ChangePassword", "user ana"));
    });

    test("what an abandoned wizard leaves is in his way, and only an administrator takes it away", async () => {
      await expect(keys, "CreateVirtualMFADevice", named, done);
      const exists: Refusal = ["EntityAlreadyExistsException", 409, "MFA device already exists."];
      await expect(keys, "CreateVirtualMFADevice", named, exists);
      const leftover = { SerialNumber: arn("mfa/ana") };
      await expect(
        keys,
        "DeleteVirtualMFADevice",
        leftover,
        explicitly("DeleteVirtualMFADevice", arn("mfa/ana")),
      );
      // the classic form has the device bear his name
      const other = { VirtualMFADeviceName: "ana-2" };
      const denied = implicitly("CreateVirtualMFADevice", arn("mfa/ana-2"));
      await expect(keys, "CreateVirtualMFADevice", other, classic ? denied : done);
      await expect(account.admin, "DeleteVirtualMFADevice", leftover, done);
    });

    test("with his keys he makes and enables his first device, on himself alone", async () => {
      phone = await createDevice(world, keys, "ana");
      const bobs = { ...pair(phone), UserName: "bob" };
      await expect(keys, "EnableMFADevice", bobs, implicitly("EnableMFADevice", "user bob"));
      await expect(keys, "EnableMFADevice", pair(phone), done);
    });

    test("his keys may no more than before; a session without MFA may nothing of IAM", async () => {
      await expect(keys, "ListAccessKeys", self, explicitly("ListAccessKeys", "user ana"));
      await expect(
        keys,
        "DeactivateMFADevice",
        phoneOf(phone),
        explicitly("DeactivateMFADevice", "user ana"),
      );
      await expect(keys, "ResyncMFADevice", pair(phone, 1), done);
      const plain = await session(world, keys);
      await expect(plain, "GetUser", self, SENTENCES.token);
      await expect(plain, "GetCallerIdentity", {}, done);
    });

    test("in a session with MFA he does what else he is allowed, and no more", async () => {
      mfa = await session(world, keys, phone);
      await expect(mfa, "ListAccessKeys", self, done);
      await expect(mfa, "GetAccountPasswordPolicy", {}, done);
      await expect(
        mfa,
        "ChangePassword",
        { OldPassword: PASSWORD, NewPassword: "A-second-password-2" },
        done,
      );
      await expect(mfa, "ListUsers", {}, implicitly("ListUsers", arn("user/")));
      const bob = { UserName: "bob" };
      await expect(mfa, "ListAccessKeys", bob, implicitly("ListAccessKeys", "user bob"));
      await expect(mfa, "CreateAccessKey", bob, implicitly("CreateAccessKey", "user bob"));
    });

    test("a second device needs that session too, whatever the policy allows his keys", async () => {
      if (classic)
        await expect(account.admin, "CreateVirtualMFADevice", { VirtualMFADeviceName: "second" }, done);
      const second = classic
        ? { ...phone, serial: arn("mfa/second") }
        : await createDevice(world, keys, "second");
      await expect(keys, "EnableMFADevice", pair(second), SENTENCES.self);
      if (!classic) await expect(mfa, "EnableMFADevice", pair(second), done);
    });

    test("he gives his devices back in it, and starts again with his keys", async () => {
      const { MFADevices = [] } = await world.clients(mfa).iam.listMFADevices({});
      assert.equal(MFADevices.length, classic ? 1 : 2);
      for (const { SerialNumber } of MFADevices)
        await expect(mfa, "DeactivateMFADevice", { ...self, SerialNumber }, done);
      const denied = implicitly("DeleteVirtualMFADevice", arn("mfa/ana"));
      await expect(mfa, "DeleteVirtualMFADevice", { SerialNumber: phone.serial }, classic ? done : denied);
      const again = classic ? await createDevice(world, keys, "ana") : phone;
      await enable(world, keys, "ana", again, classic ? -1 : 9);
    });
  });
}

describe("a user with a path", () => {
  test("is not whom the policy's resource names, until he is moved to the root of paths", async () => {
    const keys = await newcomer("self-manage-mfa-newer", "/team/");
    const ana = "user ana";
    await expect(keys, "GetUser", self, implicitly("GetUser", ana, "/team/"));
    await expect(keys, "ListMFADevices", self, implicitly("ListMFADevices", ana, "/team/"));
    await expect(keys, "ListAccessKeys", self, explicitly("ListAccessKeys", ana, "/team/"));
    const phone = await createDevice(world, keys, "ana");
    await expect(keys, "EnableMFADevice", pair(phone), implicitly("EnableMFADevice", ana, "/team/"));
    await world.clients(account.admin).iam.updateUser({ UserName: "ana", NewPath: "/" });
    await expect(keys, "EnableMFADevice", pair(phone), done);
    await expect(await session(world, keys, phone), "ListAccessKeys", self, done);
  });
});
