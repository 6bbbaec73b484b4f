import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { DAY, epochMs, HOUR, MINUTE } from "#base/clock.ts";
import { createPasswordHasher } from "#crypto/password.ts";
import { randomBytes } from "#crypto/random.ts";
import { passwordGrant } from "#operations/compiled-policies.ts";
import { type CallChange, callOf, DEPS, NOW } from "./calls.ts";
import { OPERATOR, openWorld, ROOT, userId, type World } from "./world.ts";

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

const FIRST = "TestPassword123!";
const SECOND = "NewPassword456!";
const THIRD = "OtherPassword789!";

let number = 0;
let UserName = "";
let self: CallChange = {};
beforeEach(async () => {
  await world.call("DeleteAccountPasswordPolicy");
  UserName = `person-${++number}`;
  await world.done("CreateUser", { UserName });
  self = {
    ...(await world.as(UserName)),
    policies: { identity: [passwordGrant()], boundary: undefined, session: undefined },
  };
});

const noProfile = (name: string) =>
  ["NoSuchEntity", 404, `Login Profile for User ${name} cannot be found.`] as const;
const violation = (sentence: string) => ["PasswordPolicyViolation", 400, sentence] as const;
const REUSED = violation(
  "Policy constraint violation with password reuse prevention during password change.",
);
const WRONG = ["AccessDenied", 403, "The old password was incorrect."] as const;

const change = (OldPassword: string, NewPassword: string) => ({ OldPassword, NewPassword });

async function isPassword(password: string): Promise<boolean> {
  const profile = await world.store.reader.loginProfiles.load(
    callOf().caller.accountId,
    await userId(world, UserName),
  );
  assert.ok(profile);
  assert.ok(!JSON.stringify(profile).includes(password));
  const right = await DEPS.passwords.verify(password, profile.passwordHash);
  return right.ok && right.value;
}

test("a login profile is made, shown, changed and deleted (recorded from AWS)", async () => {
  const CreateDate = new Date(NOW).toISOString();
  const LoginProfile = { UserName, CreateDate, PasswordResetRequired: false };
  const input = { UserName, Password: FIRST, PasswordResetRequired: false };
  assert.deepEqual(await world.done("CreateLoginProfile", input), { LoginProfile });
  assert.deepEqual(await world.done("GetLoginProfile", { UserName: UserName.toUpperCase() }), {
    LoginProfile,
  });
  assert.ok(await isPassword(FIRST));
  const later = { ...ROOT, now: epochMs(NOW + DAY) };
  const update = { UserName, Password: SECOND, PasswordResetRequired: true };
  assert.deepEqual(await world.done("UpdateLoginProfile", update, later), {});
  const shown = { LoginProfile: { ...LoginProfile, PasswordResetRequired: true } };
  assert.deepEqual(await world.done("GetLoginProfile", { UserName }), shown);
  assert.ok(await isPassword(SECOND));
  assert.deepEqual(await world.done("DeleteLoginProfile", { UserName }), {});
  await world.refused(noProfile(UserName), "GetLoginProfile", { UserName });
  await world.refused(noProfile(UserName), "DeleteLoginProfile", { UserName });
  await world.refused(noProfile(UserName), "UpdateLoginProfile", { UserName, Password: FIRST });
});

test("what an update leaves out stays", async () => {
  await world.done("CreateLoginProfile", { UserName, Password: FIRST, PasswordResetRequired: true });
  await world.done("UpdateLoginProfile", { UserName, Password: SECOND });
  const { LoginProfile } = await world.done("GetLoginProfile", { UserName });
  assert.equal((LoginProfile as { PasswordResetRequired: boolean }).PasswordResetRequired, true);
  await world.done("UpdateLoginProfile", { UserName, PasswordResetRequired: false });
  assert.ok(await isPassword(SECOND));
});

test("refusals (recorded from AWS)", async () => {
  const nobody = ["NoSuchEntity", 404, "The user with name nonexistent-user cannot be found."] as const;
  const input = { UserName: "nonexistent-user", Password: "x" };
  for (const operation of ["Create", "Get", "Update", "Delete"]) {
    await world.refused(nobody, `${operation}LoginProfile`, input);
  }
  await world.done("CreateLoginProfile", { UserName, Password: FIRST });
  const twice = ["EntityAlreadyExists", 409, `Login Profile for user ${UserName} already exists.`] as const;
  await world.refused(twice, "CreateLoginProfile", { UserName, Password: "x" });
  await world.done("DeleteLoginProfile", { UserName });
  const none =
    "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null";
  await world.refused(["ValidationError", 400, none], "CreateLoginProfile", { UserName });
  const short = violation("Password should have a minimum length of 8");
  await world.refused(short, "CreateLoginProfile", { UserName, Password: "Ab1!" });
  const mustSay = [
    "ValidationError",
    400,
    "Must specify userName when calling with non-User credentials",
  ] as const;
  for (const operation of ["Create", "Get", "Delete"]) {
    await world.refused(mustSay, `${operation}LoginProfile`, { Password: FIRST }, ROOT);
  }
});

test("the default policy knows the account's alias and its root's e-mail", async () => {
  await world.done("CreateAccountAlias", { AccountAlias: "our-alias-1" });
  const same = violation("Password should not be the account name or email address");
  await world.refused(same, "CreateLoginProfile", { UserName, Password: "OUR-alias-1" });
  await world.refused(same, "CreateLoginProfile", { UserName, Password: "Root@123456789012.example" });
  await world.done("UpdateAccountPasswordPolicy", {});
  await world.done("CreateLoginProfile", { UserName, Password: "OUR-alias-1" });
});

test("a user changes his own password when he knows it", async () => {
  await world.refused(noProfile(UserName), "ChangePassword", change(FIRST, SECOND), self);
  await world.done("CreateLoginProfile", { UserName, Password: FIRST, PasswordResetRequired: true });
  await world.refused(WRONG, "ChangePassword", change("not it", SECOND), self);
  const weak = violation("Password should have a minimum length of 8");
  await world.refused(weak, "ChangePassword", change(FIRST, "Ab1!"), self);
  await world.refused(WRONG, "ChangePassword", change("not it", "Ab1!"), self);
  // recorded from AWS: also where used passwords are not barred
  const same = ["AccessDenied", 403, "The new password must be different from the old password."] as const;
  await world.refused(same, "ChangePassword", change(FIRST, FIRST), self);
  assert.ok(await isPassword(FIRST));
  assert.deepEqual(await world.done("ChangePassword", change(FIRST, SECOND), self), {});
  assert.ok(await isPassword(SECOND));
  const { LoginProfile } = await world.done("GetLoginProfile", { UserName });
  assert.equal((LoginProfile as { PasswordResetRequired: boolean }).PasswordResetRequired, false);
});

test("only IAM users have a password to change here", async () => {
  const error = ["InvalidUserType", 400, "Only IAM Users can change their own password"] as const;
  await world.refused(error, "ChangePassword", change(FIRST, SECOND), ROOT);
  await world.refused(error, "ChangePassword", change(FIRST, SECOND), OPERATOR);
});

test("reuse: the last two, the current one included, whoever sets it; the third is free again", async () => {
  await world.done("CreateLoginProfile", { UserName, Password: FIRST });
  await world.done("UpdateAccountPasswordPolicy", { PasswordReusePrevention: 2 });
  await world.refused(REUSED, "ChangePassword", change(FIRST, FIRST), self);
  await world.done("ChangePassword", change(FIRST, SECOND), self);
  await world.refused(REUSED, "ChangePassword", change(SECOND, FIRST), self);
  await world.refused(REUSED, "UpdateLoginProfile", { UserName, Password: FIRST });
  await world.done("ChangePassword", change(SECOND, THIRD), self);
  await world.done("ChangePassword", change(THIRD, FIRST), self);
  assert.ok(await isPassword(FIRST));
});

test("what was used before there was a policy counts once there is one", async () => {
  await world.done("CreateLoginProfile", { UserName, Password: FIRST });
  await world.done("ChangePassword", change(FIRST, SECOND), self);
  await world.done("UpdateLoginProfile", { UserName, Password: THIRD });
  await world.done("UpdateAccountPasswordPolicy", { PasswordReusePrevention: 24 });
  for (const used of [FIRST, SECOND, THIRD]) {
    await world.refused(REUSED, "ChangePassword", change(THIRD, used), self);
  }
});

test("expired is still his to change; hard-expired is an administrator's to reset", async () => {
  await world.done("CreateLoginProfile", { UserName, Password: FIRST });
  await world.done("UpdateAccountPasswordPolicy", { MaxPasswordAge: 1 });
  const late = { ...self, now: epochMs(NOW + 2 * DAY) };
  await world.done("ChangePassword", change(FIRST, SECOND), late);
  await world.done("UpdateAccountPasswordPolicy", { MaxPasswordAge: 1, HardExpiry: true });
  const later = epochMs(NOW + 4 * DAY);
  const expired = ["AccessDenied", 403, "The password has expired. An administrator must reset it."] as const;
  await world.refused(expired, "ChangePassword", change(SECOND, THIRD), { ...self, now: later });
  await world.done("UpdateLoginProfile", { UserName, Password: THIRD }, { ...ROOT, now: later });
  await world.done("ChangePassword", change(THIRD, FIRST), { ...self, now: later });
});

test("two changes at once with one old password: one of them", async () => {
  await world.done("CreateLoginProfile", { UserName, Password: FIRST });
  const answers = await Promise.all(
    [SECOND, THIRD].map((next) => world.call("ChangePassword", change(FIRST, next), self)),
  );
  const busy = `Login Profile for User ${UserName} cannot be modified while it is being changed.`;
  const refusals = answers.flatMap((answer) => ("error" in answer ? [answer.error] : []));
  assert.deepEqual(refusals, [["EntityTemporarilyUnmodifiable", 409, busy]]);
});

test("a full queue of hashes is Throttling, before any work", async () => {
  const params = { memoryKiB: 64, passes: 1, lanes: 1 };
  const passwords = createPasswordHasher({ concurrency: 1, queue: 0, params, random: randomBytes });
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      world.call("CreateLoginProfile", { UserName, Password: FIRST }, { ...ROOT, deps: { passwords } }),
    ),
  );
  const refusals = answers.flatMap((answer) => ("error" in answer ? [answer.error] : []));
  assert.ok(refusals.length >= 1);
  for (const refusal of refusals) assert.deepEqual(refusal, ["Throttling", 400, "Rate exceeded"]);
});

test("the account's policy: none, defaults, replaced whole, none again (recorded from AWS)", async () => {
  const account = callOf().caller.accountId;
  const none = `The Password Policy with domain name ${account} cannot be found.`;
  await world.refused(["NoSuchEntity", 404, none], "GetAccountPasswordPolicy");
  const nothing = "The account policy with name PasswordPolicy cannot be found.";
  await world.refused(["NoSuchEntity", 404, nothing], "DeleteAccountPasswordPolicy");
  const custom = {
    AllowUsersToChangePassword: true,
    HardExpiry: true,
    MaxPasswordAge: 60,
    MinimumPasswordLength: 10,
    PasswordReusePrevention: 3,
    RequireLowercaseCharacters: true,
    RequireNumbers: true,
    RequireSymbols: true,
    RequireUppercaseCharacters: true,
  };
  assert.deepEqual(await world.done("UpdateAccountPasswordPolicy", custom), {});
  const shown = { PasswordPolicy: { ...custom, ExpirePasswords: true } };
  assert.deepEqual(await world.done("GetAccountPasswordPolicy"), shown);
  await world.done("UpdateAccountPasswordPolicy", {});
  assert.deepEqual(await world.done("GetAccountPasswordPolicy"), {
    PasswordPolicy: {
      AllowUsersToChangePassword: false,
      ExpirePasswords: false,
      MinimumPasswordLength: 6,
      RequireLowercaseCharacters: false,
      RequireNumbers: false,
      RequireSymbols: false,
      RequireUppercaseCharacters: false,
    },
  });
  assert.deepEqual(await world.done("DeleteAccountPasswordPolicy"), {});
  await world.refused(["NoSuchEntity", 404, none], "GetAccountPasswordPolicy");
});

test("wrong old passwords in a row bring waits, whatever the windows say; a right one after them ends the row", async () => {
  await world.done("CreateLoginProfile", { UserName, Password: FIRST });
  const withheld = ["Throttling", 400, "Rate exceeded"] as const;
  const at = (ms: number): CallChange => ({ ...self, now: epochMs(NOW + ms) });
  for (let nth = 0; nth < 59; nth++) {
    await world.refused(WRONG, "ChangePassword", change(`guess ${nth}`, SECOND), at(nth * MINUTE));
  }
  await world.refused(WRONG, "ChangePassword", change("guess 60", SECOND), at(60 * MINUTE));
  await world.refused(withheld, "ChangePassword", change(FIRST, SECOND), at(64 * MINUTE));
  await world.done("ChangePassword", change(FIRST, SECOND), at(65 * MINUTE));
  await world.refused(WRONG, "ChangePassword", change("guess 61", THIRD), at(66 * MINUTE));
  await world.done("ChangePassword", change(SECOND, THIRD), at(66 * MINUTE));
});

test("waits from wrong old passwords are told once a stage, to the owner and to administrators; a try during one is not", async () => {
  await world.done("CreateLoginProfile", { UserName, Password: FIRST });
  const { accountId } = callOf().caller;
  const about = await userId(world, UserName);
  const told = async () =>
    (await world.store.reader.notices.waitingFor(accountId, about, 99))
      .filter(({ kind }) => kind === "password-waits-reached")
      .map(({ details }) => details.failures)
      .toReversed();
  let now: number = NOW;
  const guess = () => {
    now += HOUR;
    return world.refused(WRONG, "ChangePassword", change(`guess at ${now}`, SECOND), {
      ...self,
      now: epochMs(now),
    });
  };
  for (let nth = 0; nth < 39; nth++) await guess();
  assert.deepEqual(await told(), []);
  await guess();
  assert.deepEqual(await told(), ["40"]);
  const during = { ...self, now: epochMs(now + 1) };
  await world.refused(["Throttling", 400, "Rate exceeded"], "ChangePassword", change("x", SECOND), during);
  for (let nth = 40; nth < 130; nth++) await guess();
  assert.deepEqual(await told(), ["40", "60", "80", "100", "120"]);
  const [notice] = await world.store.reader.notices.waitingIn(accountId, 1);
  assert.deepEqual(
    [notice?.kind, notice?.about, notice?.details.by],
    ["password-waits-reached", about, `arn:aws:iam::${accountId}:user/${UserName}`],
  );
  // whoever knows it ends the row, and another one is told anew
  await world.done("ChangePassword", change(FIRST, SECOND), { ...self, now: epochMs(now + HOUR) });
  now += HOUR;
  for (let nth = 0; nth < 40; nth++) await guess();
  assert.equal((await told()).length, 6);
});

test("a try that will be withheld hashes nothing", async () => {
  await world.done("CreateLoginProfile", { UserName, Password: FIRST });
  for (let nth = 0; nth < 9; nth++) {
    await world.refused(WRONG, "ChangePassword", change(`guess ${nth}`, SECOND), self);
  }
  let hashed = 0;
  const passwords: typeof DEPS.passwords = {
    ...DEPS.passwords,
    hash: (password) => DEPS.passwords.hash(password).finally(() => ++hashed),
    verify: (password, encoded) => DEPS.passwords.verify(password, encoded).finally(() => ++hashed),
  };
  const withheld = ["Throttling", 400, "Rate exceeded"] as const;
  await world.refused(withheld, "ChangePassword", change(FIRST, SECOND), { ...self, deps: { passwords } });
  assert.equal(hashed, 0);
});

test("nine tries in three minutes, right or wrong; then the answer is withheld, and nothing changes", async () => {
  await world.done("CreateLoginProfile", { UserName, Password: FIRST });
  for (let nth = 0; nth < 9; nth++) {
    await world.refused(WRONG, "ChangePassword", change(`guess ${nth}`, SECOND), self);
  }
  const withheld = ["Throttling", 400, "Rate exceeded"] as const;
  await world.refused(withheld, "ChangePassword", change(FIRST, SECOND), self);
  await world.refused(withheld, "ChangePassword", change("guess 10", "Ab1!"), self);
  assert.ok(await isPassword(FIRST));
  await world.done("ChangePassword", change(FIRST, SECOND), { ...self, now: epochMs(NOW + 180_000) });
});
