import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  AttachUserPolicyCommand,
  ChangePasswordCommand,
  CreateAccessKeyCommand,
  CreateAccountAliasCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteAccountAliasCommand,
  DeleteAccountPasswordPolicyCommand,
  DeleteConflictException,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  DeleteVirtualMFADeviceCommand,
  DetachUserPolicyCommand,
  EnableMFADeviceCommand,
  EntityAlreadyExistsException,
  GetAccessKeyLastUsedCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  InvalidAuthenticationCodeException,
  LimitExceededException,
  ListAccessKeysCommand,
  ListAccountAliasesCommand,
  ListAttachedUserPoliciesCommand,
  ListMFADevicesCommand,
  ListMFADeviceTagsCommand,
  ListUserTagsCommand,
  ListVirtualMFADevicesCommand,
  NoSuchEntityException,
  PasswordPolicyViolationException,
  paginateListMFADevices,
  paginateListUsers,
  ResyncMFADeviceCommand,
  TagMFADeviceCommand,
  TagUserCommand,
  UntagMFADeviceCommand,
  UntagUserCommand,
  UpdateAccessKeyCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateLoginProfileCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import {
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from "@aws-sdk/client-sts";
import { type Authenticator, authenticator, wrongCode } from "../support/authenticator.ts";
import { readQrCode } from "../support/qr.ts";
import { type Clients, clients, refused, sessionOf } from "../support/sdk.ts";
import { ADMINISTRATOR_ACCESS, SENTENCES } from "../support/sentences.ts";
import {
  type Credentials,
  createAccount,
  startServer,
  type TestAccount,
  type TestServer,
} from "../support/server.ts";
import { policies } from "./jssdk-policies.ts";

let server: TestServer;
let account: TestAccount;
let admin: Clients;

before(async () => {
  server = await startServer();
  account = await createAccount(server);
  admin = clients(server, account.admin);
});

after(async () => {
  admin[Symbol.dispose]();
  await server.stop();
});

/** A user with keys and AdministratorAccess. */
async function makeUser(name: string): Promise<Credentials> {
  await admin.iam.send(new CreateUserCommand({ UserName: name }));
  await admin.iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn: ADMINISTRATOR_ACCESS }));
  return makeKey(name);
}

async function makeKey(name: string): Promise<Credentials> {
  const { AccessKey } = await admin.iam.send(new CreateAccessKeyCommand({ UserName: name }));
  assert.ok(AccessKey?.AccessKeyId && AccessKey.SecretAccessKey);
  return { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
}

async function makeDevice(by: Clients, name: string): Promise<{ serial: string; device: Authenticator }> {
  const { VirtualMFADevice } = await by.iam.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name }),
  );
  assert.ok(VirtualMFADevice?.SerialNumber && VirtualMFADevice.Base32StringSeed);
  const seed = Buffer.from(VirtualMFADevice.Base32StringSeed).toString("ascii");
  return { serial: VirtualMFADevice.SerialNumber, device: authenticator(seed) };
}

const pair = (device: Authenticator, first: number) => ({
  AuthenticationCode1: device.code(first),
  AuthenticationCode2: device.code(first + 1),
});

test("a person takes a second factor into use and proves it", async (t) => {
  const keys = await makeUser("alice");
  using alice = clients(server, keys);
  const { serial, device } = await makeDevice(alice, "alice-phone");
  const getSession = (by: Clients, code: string) =>
    by.sts.send(new GetSessionTokenCommand({ SerialNumber: serial, TokenCode: code }));
  let session: Credentials = keys;

  await t.test("the serial number is the account's and the device's", () => {
    assert.equal(serial, `arn:aws:iam::${account.accountId}:mfa/alice-phone`);
  });
  await t.test("a device of nobody's gives no session", async () => {
    const error = await refused(getSession(alice, device.code(0)));
    assert.deepEqual(error, { name: "AccessDenied", status: 403, message: SENTENCES.unableToValidate });
  });
  await t.test("codes in the wrong order enable nothing", async () => {
    const codes = { AuthenticationCode1: device.code(0), AuthenticationCode2: device.code(-1) };
    const attempt = alice.iam.send(
      new EnableMFADeviceCommand({ UserName: "alice", SerialNumber: serial, ...codes }),
    );
    await assert.rejects(attempt, InvalidAuthenticationCodeException);
  });
  await t.test("two codes in a row do, by long-term keys, as it is the first", async () => {
    await alice.iam.send(
      new EnableMFADeviceCommand({ UserName: "alice", SerialNumber: serial, ...pair(device, -1) }),
    );
    const { MFADevices } = await alice.iam.send(new ListMFADevicesCommand({}));
    assert.deepEqual(
      MFADevices?.map(({ UserName, SerialNumber }) => ({ UserName, SerialNumber })),
      [{ UserName: "alice", SerialNumber: serial }],
    );
  });
  await t.test("a wrong code gives no session", async () => {
    const error = await refused(getSession(alice, wrongCode(device)));
    assert.deepEqual(error, { name: "AccessDenied", status: 403, message: SENTENCES.wrongPassCode });
  });
  await t.test("a good code gives one, and names the user as himself", async () => {
    session = sessionOf(await getSession(alice, device.code(1)));
    using withMfa = clients(server, session);
    const me = await withMfa.sts.send(new GetCallerIdentityCommand({}));
    assert.equal(me.Arn, `arn:aws:iam::${account.accountId}:user/alice`);
    assert.match(me.UserId ?? "", /^AIDA[A-Z2-7]{17}$/);
    const { User } = await withMfa.iam.send(new GetUserCommand({}));
    assert.equal(User?.UserId, me.UserId);
  });
  await t.test("the same code gives no second", async () => {
    const error = await refused(getSession(alice, device.code(1)));
    assert.deepEqual(error, { name: "AccessDenied", status: 403, message: SENTENCES.wrongPassCode });
  });
  await t.test("an unused code of the window may come out of order", async () => {
    sessionOf(await getSession(alice, device.code(0)));
  });
  await t.test("half a proof is none", async () => {
    const error = await refused(alice.sts.send(new GetSessionTokenCommand({ SerialNumber: serial })));
    assert.deepEqual(error, { name: "AccessDenied", status: 403, message: SENTENCES.onlyHalf });
  });
  await t.test("a session makes no session", async () => {
    using withMfa = clients(server, session);
    const error = await refused(withMfa.sts.send(new GetSessionTokenCommand({})));
    assert.deepEqual(error, { name: "AccessDenied", status: 403, message: SENTENCES.sessionCredentials });
  });
  await t.test("a session without a second factor may not call IAM", async () => {
    using plain = clients(server, sessionOf(await alice.sts.send(new GetSessionTokenCommand({}))));
    await plain.sts.send(new GetCallerIdentityCommand({}));
    const error = await refused(plain.iam.send(new GetUserCommand({})));
    assert.deepEqual(error, {
      name: "InvalidClientTokenId",
      status: 403,
      message: SENTENCES.invalidToken,
    });
  });
  await t.test("with a device in use, long-term keys change no device of one's own", async () => {
    for (const UserName of ["alice", "ALICE"]) {
      const error = await refused(
        alice.iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber: serial })),
      );
      assert.deepEqual(error, { name: "AccessDenied", status: 403, message: SENTENCES.needsMfa });
    }
  });
  await t.test("what is in use is not deleted, nor its user", async () => {
    const device = admin.iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: serial }));
    await assert.rejects(device, (error) => {
      assert.ok(error instanceof DeleteConflictException);
      assert.equal(error.message, SENTENCES.deviceInUse);
      return true;
    });
  });
  await t.test("resync takes two later codes, and the window follows", async () => {
    const stale = { UserName: "alice", SerialNumber: serial, ...pair(device, 0) };
    const error = await refused(alice.iam.send(new ResyncMFADeviceCommand(stale)));
    assert.deepEqual(error, {
      name: "InvalidAuthenticationCodeException",
      status: 403,
      message: SENTENCES.invalidPair,
    });
    await alice.iam.send(
      new ResyncMFADeviceCommand({ UserName: "alice", SerialNumber: serial, ...pair(device, 10) }),
    );
    session = sessionOf(await getSession(alice, device.code(12)));
  });
  await t.test("the session takes the device away, and it can be deleted", async () => {
    using withMfa = clients(server, session);
    await withMfa.iam.send(new DeactivateMFADeviceCommand({ SerialNumber: serial }));
    const again = await refused(
      admin.iam.send(new DeactivateMFADeviceCommand({ UserName: "alice", SerialNumber: serial })),
    );
    assert.deepEqual(again, {
      name: "NoSuchEntityException",
      status: 404,
      message: SENTENCES.notThisUsers,
    });
    await withMfa.iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: serial }));
  });
});

test("the picture holds what an authenticator app reads", async () => {
  const { VirtualMFADevice } = await admin.iam.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "picture", Path: "/team/" }),
  );
  assert.ok(VirtualMFADevice?.QRCodePNG && VirtualMFADevice.Base32StringSeed);
  assert.equal(VirtualMFADevice.SerialNumber, `arn:aws:iam::${account.accountId}:mfa/team/picture`);
  const seed = Buffer.from(VirtualMFADevice.Base32StringSeed).toString("ascii");
  assert.match(seed, /^[A-Z2-7]{64}$/);
  const uri = new URL(readQrCode(VirtualMFADevice.QRCodePNG));
  assert.equal(`${uri.protocol}//${uri.host}`, "otpauth://totp");
  assert.equal(decodeURIComponent(uri.pathname), `/Countersign:picture@${account.accountId}`);
  assert.deepEqual(Object.fromEntries(uri.searchParams), { secret: seed, issuer: "Countersign" });
  const again = await refused(
    admin.iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "picture", Path: "/team/" })),
  );
  assert.deepEqual(again, {
    name: "EntityAlreadyExistsException",
    status: 409,
    message: SENTENCES.deviceExists,
  });
});

test("a device is one user's", async () => {
  const keys = await makeUser("bert");
  await makeUser("cleo");
  using bert = clients(server, keys);
  const { serial, device } = await makeDevice(bert, "bert-phone");
  const enable = (UserName: string, first: number) =>
    admin.iam.send(new EnableMFADeviceCommand({ UserName, SerialNumber: serial, ...pair(device, first) }));
  await enable("bert", -1);
  await assert.rejects(enable("bert", 1), (error) => {
    assert.ok(error instanceof EntityAlreadyExistsException);
    assert.equal(error.message, SENTENCES.alreadyOnUser("bert"));
    return true;
  });
  await assert.rejects(enable("cleo", 1), (error) => {
    assert.ok(error instanceof EntityAlreadyExistsException);
    assert.equal(error.message, "MFA Device is already in use.");
    return true;
  });
  const foreign = { UserName: "cleo", SerialNumber: serial, ...pair(device, 3) };
  const error = await refused(admin.iam.send(new ResyncMFADeviceCommand(foreign)));
  assert.equal(error.message, SENTENCES.notThisUsers);
});

test("nine checks in three minutes, then the other sentence", async () => {
  using dora = clients(server, await makeUser("dora"));
  const { serial, device } = await makeDevice(dora, "dora-phone");
  await dora.iam.send(
    new EnableMFADeviceCommand({ UserName: "dora", SerialNumber: serial, ...pair(device, -1) }),
  );
  const wrong = { SerialNumber: serial, TokenCode: wrongCode(device) };
  // the windows stand fixed on the clock: where one ends in between, the next starts a new count
  const window = () => Math.floor(Date.now() / 180_000);
  for (let attempt = 0; attempt < 2; attempt++) {
    const started = window();
    const seen: string[] = [];
    for (let check = 0; check < 10; check++) {
      seen.push((await refused(dora.sts.send(new GetSessionTokenCommand(wrong)))).message);
    }
    if (window() !== started) continue;
    assert.deepEqual(seen, [...Array<string>(9).fill(SENTENCES.wrongPassCode), SENTENCES.unableToValidate]);
    const good = { SerialNumber: serial, TokenCode: device.code(1) };
    if (window() !== started) continue;
    const { message } = await refused(dora.sts.send(new GetSessionTokenCommand(good)));
    assert.equal(message, SENTENCES.unableToValidate);
    return;
  }
  assert.fail("two windows ended in between");
});

test("lists come in pages", async () => {
  const names = ["page-a", "page-b", "page-c", "page-d", "page-e"];
  for (const name of names) {
    await admin.iam.send(new CreateUserCommand({ UserName: name, Path: "/pages/" }));
  }
  const seen: string[] = [];
  let pages = 0;
  for await (const page of paginateListUsers({ client: admin.iam, pageSize: 2 }, { PathPrefix: "/pages/" })) {
    pages++;
    seen.push(...(page.Users ?? []).map((user) => user.UserName ?? ""));
  }
  assert.deepEqual(seen, names);
  assert.equal(pages, 3);
  for await (const page of paginateListMFADevices({ client: admin.iam }, { UserName: "page-a" })) {
    assert.deepEqual(page.MFADevices, []);
    assert.equal(page.IsTruncated, false);
  }
  const { Marker } = await admin.iam.send(new ListVirtualMFADevicesCommand({ MaxItems: 1 }));
  assert.ok(Marker, "two devices stand, so a page of one has a next");
  const next = await admin.iam.send(new ListVirtualMFADevicesCommand({ Marker }));
  assert.equal(next.IsTruncated, false);
});

test("a user is deleted when he holds nothing", async () => {
  const keys = await makeUser("finn");
  using finn = clients(server, keys);
  const { serial, device } = await makeDevice(finn, "finn-phone");
  await finn.iam.send(
    new EnableMFADeviceCommand({ UserName: "finn", SerialNumber: serial, ...pair(device, -1) }),
  );
  await admin.iam.send(new CreateLoginProfileCommand({ UserName: "finn", Password: "Sunny-day-4-walks" }));
  const { AccessKeyMetadata } = await admin.iam.send(new ListAccessKeysCommand({ UserName: "finn" }));
  assert.equal(AccessKeyMetadata?.length, 1);
  const obstacles: readonly (readonly [sentence: string, remove: () => Promise<unknown>])[] = [
    [
      SENTENCES.removeTokensFirst,
      () => admin.iam.send(new DeactivateMFADeviceCommand({ UserName: "finn", SerialNumber: serial })),
    ],
    [
      SENTENCES.deleteLoginProfileFirst,
      () => admin.iam.send(new DeleteLoginProfileCommand({ UserName: "finn" })),
    ],
    [
      SENTENCES.deleteAccessKeysFirst,
      () => admin.iam.send(new DeleteAccessKeyCommand({ UserName: "finn", AccessKeyId: keys.accessKeyId })),
    ],
    [
      SENTENCES.detachPoliciesFirst,
      () =>
        admin.iam.send(new DetachUserPolicyCommand({ UserName: "finn", PolicyArn: ADMINISTRATOR_ACCESS })),
    ],
  ];
  // which obstacle is told first is not AWS's promise: each is told while it stands, and all are taken away in the end
  const standing = new Map(obstacles);
  while (standing.size > 0) {
    const { name, message } = await refused(admin.iam.send(new DeleteUserCommand({ UserName: "finn" })));
    assert.equal(name, "DeleteConflictException");
    const remove = standing.get(message);
    assert.ok(remove, `not an obstacle that stands: ${message}`);
    await remove();
    standing.delete(message);
  }
  await admin.iam.send(new DeleteUserCommand({ UserName: "finn" }));
  await assert.rejects(admin.iam.send(new GetUserCommand({ UserName: "finn" })), NoSuchEntityException);
  const { name, status } = await refused(finn.sts.send(new GetCallerIdentityCommand({})));
  assert.deepEqual({ name, status }, { name: "InvalidClientTokenId", status: 403 });
});

test("a rename keeps id, keys and device", async () => {
  using gina = clients(server, await makeUser("gina"));
  const { serial, device } = await makeDevice(gina, "gina-phone");
  await gina.iam.send(
    new EnableMFADeviceCommand({ UserName: "gina", SerialNumber: serial, ...pair(device, -1) }),
  );
  const before = await gina.sts.send(new GetCallerIdentityCommand({}));
  await admin.iam.send(
    new UpdateUserCommand({ UserName: "gina", NewUserName: "Georgina", NewPath: "/new/" }),
  );
  const afterwards = await gina.sts.send(new GetCallerIdentityCommand({}));
  assert.equal(afterwards.UserId, before.UserId);
  assert.equal(afterwards.Arn, `arn:aws:iam::${account.accountId}:user/new/Georgina`);
  const { MFADevices } = await gina.iam.send(new ListMFADevicesCommand({ UserName: "georgina" }));
  assert.deepEqual(
    MFADevices?.map((row) => [row.UserName, row.SerialNumber]),
    [["Georgina", serial]],
  );
  const error = await refused(
    gina.iam.send(new DeactivateMFADeviceCommand({ UserName: "GEORGINA", SerialNumber: serial })),
  );
  assert.equal(error.message, SENTENCES.needsMfa);
});

test("access keys: two a user, switched off and on, and when last used", async () => {
  const first = await makeUser("hugo");
  const { AccessKeyLastUsed: never } = await admin.iam.send(
    new GetAccessKeyLastUsedCommand({ AccessKeyId: first.accessKeyId }),
  );
  assert.deepEqual(never, { ServiceName: "N/A", Region: "N/A" });
  const second = await makeKey("hugo");
  await assert.rejects(makeKey("hugo"), (error) => {
    assert.ok(error instanceof LimitExceededException);
    assert.equal(error.message, SENTENCES.twoKeys);
    return true;
  });
  using hugo = clients(server, second);
  const key = { UserName: "hugo", AccessKeyId: second.accessKeyId };
  await hugo.iam.send(new UpdateAccessKeyCommand({ ...key, Status: "Inactive" }));
  assert.equal((await refused(hugo.iam.send(new GetUserCommand({})))).name, "InvalidClientTokenId");
  await admin.iam.send(new UpdateAccessKeyCommand({ ...key, Status: "Active" }));
  await hugo.iam.send(new GetUserCommand({}));
  const { Account } = await hugo.sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: first.accessKeyId }));
  assert.equal(Account, account.accountId);
  const used = await admin.iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: second.accessKeyId }));
  assert.equal(used.UserName, "hugo");
});

test("passwords obey the account's policy", async () => {
  using iris = clients(server, await makeUser("iris"));
  const create = (Password: string) =>
    admin.iam.send(new CreateLoginProfileCommand({ UserName: "iris", Password }));
  await assert.rejects(create("short"), PasswordPolicyViolationException);
  await create("Long-enough-1");
  const { LoginProfile } = await admin.iam.send(new GetLoginProfileCommand({ UserName: "iris" }));
  assert.equal(LoginProfile?.UserName, "iris");
  await admin.iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 14 }));
  const { PasswordPolicy } = await admin.iam.send(new GetAccountPasswordPolicyCommand({}));
  assert.deepEqual(PasswordPolicy, {
    AllowUsersToChangePassword: false,
    ExpirePasswords: false,
    MinimumPasswordLength: 14,
    RequireLowercaseCharacters: false,
    RequireNumbers: false,
    RequireSymbols: false,
    RequireUppercaseCharacters: false,
  });
  const change = (OldPassword: string, NewPassword: string) =>
    iris.iam.send(new ChangePasswordCommand({ OldPassword, NewPassword }));
  await assert.rejects(change("Long-enough-1", "Not-14-long-1"), PasswordPolicyViolationException);
  await change("Long-enough-1", "Fourteen-or-more-1");
  const error = await refused(change("Long-enough-1", "Fourteen-or-more-2"));
  assert.deepEqual({ name: error.name, status: error.status }, { name: "AccessDenied", status: 403 });
  await admin.iam.send(new UpdateLoginProfileCommand({ UserName: "iris", PasswordResetRequired: true }));
  await admin.iam.send(new DeleteAccountPasswordPolicyCommand({}));
  await assert.rejects(admin.iam.send(new GetAccountPasswordPolicyCommand({})), NoSuchEntityException);
});

test("alias, summary and tags", async () => {
  const alias = `crew-${process.pid}`;
  await admin.iam.send(new CreateAccountAliasCommand({ AccountAlias: alias }));
  const { AccountAliases } = await admin.iam.send(new ListAccountAliasesCommand({}));
  assert.deepEqual(AccountAliases, [alias]);
  await admin.iam.send(new CreateUserCommand({ UserName: "jane", Tags: [{ Key: "team", Value: "blue" }] }));
  await admin.iam.send(new TagUserCommand({ UserName: "jane", Tags: [{ Key: "floor", Value: "" }] }));
  await admin.iam.send(new UntagUserCommand({ UserName: "jane", TagKeys: ["team"] }));
  const { Tags } = await admin.iam.send(new ListUserTagsCommand({ UserName: "jane" }));
  assert.deepEqual(Tags, [{ Key: "floor", Value: "" }]);
  const { serial } = await makeDevice(admin, "tagged");
  const tags = [
    { Key: "b", Value: "2" },
    { Key: "a", Value: "1" },
  ];
  await admin.iam.send(new TagMFADeviceCommand({ SerialNumber: serial, Tags: tags }));
  await admin.iam.send(new UntagMFADeviceCommand({ SerialNumber: serial, TagKeys: ["b"] }));
  const deviceTags = await admin.iam.send(new ListMFADeviceTagsCommand({ SerialNumber: serial }));
  assert.deepEqual(deviceTags.Tags, [{ Key: "a", Value: "1" }]);
  const { SummaryMap: earlier } = await admin.iam.send(new GetAccountSummaryCommand({}));
  await admin.iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: serial }));
  const { SummaryMap: later } = await admin.iam.send(new GetAccountSummaryCommand({}));
  assert.equal((earlier?.MFADevices ?? 0) - (later?.MFADevices ?? 0), 1);
  assert.equal(later?.AccountMFAEnabled, 0);
  const attached = await admin.iam.send(new ListAttachedUserPoliciesCommand({ UserName: "admin" }));
  assert.deepEqual(attached.AttachedPolicies, [
    { PolicyName: "AdministratorAccess", PolicyArn: ADMINISTRATOR_ACCESS },
  ]);
  await admin.iam.send(new DeleteAccountAliasCommand({ AccountAlias: alias }));
});

test("who holds no policy is refused with AWS's sentence", async () => {
  await admin.iam.send(new CreateUserCommand({ UserName: "kim", Path: "/guests/" }));
  using kim = clients(server, await makeKey("kim"));
  const me = `arn:aws:iam::${account.accountId}:user/guests/kim`;
  assert.deepEqual(await refused(kim.iam.send(new CreateUserCommand({ UserName: "lou" }))), {
    name: "AccessDenied",
    status: 403,
    message: `User: ${me} is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::${account.accountId}:user/lou because no identity-based policy allows the iam:CreateUser action`,
  });
  await kim.sts.send(new GetCallerIdentityCommand({}));
  sessionOf(await kim.sts.send(new GetSessionTokenCommand({})));
});

policies(() => ({ server, account, admin }));
