import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Authenticator, authenticator } from "../support/authenticator.ts";
import { awsCli, type LoadedAwsCli, loadAwsCli, printed, refusal } from "../support/aws-cli.ts";
import { LONG } from "../support/long.ts";
import { readQrCode } from "../support/qr.ts";
import { ADMINISTRATOR_ACCESS, SENTENCES } from "../support/sentences.ts";
import {
  type Credentials,
  createAccount,
  freshFolder,
  startServer,
  type TestAccount,
  type TestServer,
} from "../support/server.ts";
import { awsCommandLines, missing, tool, versionOf } from "../support/tools.ts";

const skip = missing("aws", "oathtool");
const program = tool("aws") ?? "aws";
const folder = freshFolder("cli");

let server: TestServer;
let account: TestAccount;
let loaded: LoadedAwsCli;

before(async () => {
  if (skip !== false) return;
  loaded = loadAwsCli(program);
  server = await startServer();
  account = await createAccount(server);
});

after(async () => {
  loaded?.end();
  await server?.stop();
});

/** What the CLI's `create-access-key` and `get-session-token` print of keys. */
interface PrintedKeys {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken?: string;
}

const credentials = (keys: PrintedKeys): Credentials => ({
  accessKeyId: keys.AccessKeyId,
  secretAccessKey: keys.SecretAccessKey,
  ...(keys.SessionToken === undefined ? {} : { sessionToken: keys.SessionToken }),
});

/** `call("iam list-users --max-items 1")`: the words of a command line, split at blanks. */
const caller =
  (by: () => Credentials) =>
  (line: string, ...more: readonly string[]) =>
    loaded.run(server, by(), [...line.split(" "), ...more]);

/** The same, each in a process of its own. */
const started =
  (by: () => Credentials, cli: string = program) =>
  (line: string) =>
    awsCli(cli, server, by(), line.split(" "));

const codes = (device: Authenticator, first: number): string =>
  `--authentication-code1 ${device.code(first)} --authentication-code2 ${device.code(first + 1)}`;

test("a second factor through the AWS CLI, from nothing to nothing", { skip }, async (t) => {
  const admin = caller(() => account.admin);
  let keys = account.admin;
  let session = account.admin;
  const ana = caller(() => keys);
  const withMfa = caller(() => session);
  const arn = `arn:aws:iam::${account.accountId}:user/team/ana`;
  const serials = {
    app: `arn:aws:iam::${account.accountId}:mfa/ana-app`,
    picture: `arn:aws:iam::${account.accountId}:mfa/ana-picture`,
  };
  const devices: { app?: Authenticator; picture?: Authenticator } = {};
  const app = (): Authenticator => devices.app ?? assert.fail("no device yet");
  const picture = (): Authenticator => devices.picture ?? assert.fail("no device yet");

  await t.test("a user with keys", async () => {
    const { User } = printed(
      await admin("iam create-user --user-name ana --path /team/ --tags Key=team,Value=blue"),
    );
    assert.equal(User.Arn, arn);
    printed(await admin(`iam attach-user-policy --user-name ana --policy-arn ${ADMINISTRATOR_ACCESS}`));
    keys = credentials(printed(await admin("iam create-access-key --user-name ana")).AccessKey);
  });

  await t.test("a device, its seed in a file and nowhere else", async () => {
    const file = join(folder, "seed");
    const out = await ana(
      `iam create-virtual-mfa-device --virtual-mfa-device-name ana-app --bootstrap-method Base32StringSeed --outfile ${file}`,
    );
    assert.deepEqual(printed(out), { VirtualMFADevice: { SerialNumber: serials.app } });
    devices.app = authenticator(readFileSync(file, "ascii"), "oathtool");
    assert.match(devices.app.seed, /^[A-Z2-7]{64}$/);
  });

  await t.test("a device, its seed in a picture", async () => {
    const file = join(folder, "picture.png");
    printed(
      await ana(
        `iam create-virtual-mfa-device --virtual-mfa-device-name ana-picture --bootstrap-method QRCodePNG --outfile ${file}`,
      ),
    );
    const uri = new URL(readQrCode(readFileSync(file)));
    assert.equal(decodeURIComponent(uri.pathname), `/Countersign:ana-picture@${account.accountId}`);
    devices.picture = authenticator(uri.searchParams.get("secret") ?? "", "oathtool");
  });

  await t.test("two codes in a row enable it", async () => {
    printed(
      await ana(`iam enable-mfa-device --user-name ana --serial-number ${serials.app} ${codes(app(), -1)}`),
    );
  });

  await t.test("a code gives a session, once", async () => {
    const line = `sts get-session-token --serial-number ${serials.app} --token-code ${app().code(1)}`;
    session = credentials(printed(await ana(line)).Credentials);
    assert.deepEqual(refusal(await ana(line)), { code: "AccessDenied", message: SENTENCES.wrongPassCode });
  });

  await t.test("the session is hers", async () => {
    const me = printed(await withMfa("sts get-caller-identity"));
    assert.deepEqual([me.Account, me.Arn], [account.accountId, arn]);
    assert.equal(printed(await withMfa("iam get-user")).User.UserId, me.UserId);
  });

  await t.test("a second device, by the first", async () => {
    const line = `iam enable-mfa-device --user-name ana --serial-number ${serials.picture} ${codes(picture(), -1)}`;
    assert.deepEqual(refusal(await ana(line)), { code: "AccessDenied", message: SENTENCES.needsMfa });
    printed(await withMfa(line));
  });

  await t.test("both are listed", async () => {
    const { MFADevices } = printed(await ana("iam list-mfa-devices --page-size 1"));
    const listed = MFADevices.map((row: { SerialNumber: string }) => row.SerialNumber);
    assert.deepEqual(listed, [serials.app, serials.picture]);
    const first = printed(
      await ana("iam list-virtual-mfa-devices --assignment-status Assigned --max-items 1"),
    );
    assert.equal(first.VirtualMFADevices.length, 1);
    assert.ok(first.NextToken);
  });

  await t.test("resync", async () => {
    printed(
      await ana(`iam resync-mfa-device --user-name ana --serial-number ${serials.app} ${codes(app(), 10)}`),
    );
    printed(await ana(`sts get-session-token --serial-number ${serials.app} --token-code ${app().code(12)}`));
  });

  await t.test("a session without a second factor may not call IAM", () => plainSession(ana));
  await t.test("nothing goes that is in use", () => conflicts(admin, serials.app));

  await t.test("devices go, then the user", async () => {
    for (const serial of Object.values(serials)) {
      printed(await withMfa(`iam deactivate-mfa-device --user-name ana --serial-number ${serial}`));
    }
    printed(await withMfa(`iam delete-virtual-mfa-device --serial-number ${serials.app}`));
    printed(await admin(`iam detach-user-policy --user-name ana --policy-arn ${ADMINISTRATOR_ACCESS}`));
    printed(await admin(`iam delete-access-key --user-name ana --access-key-id ${keys.accessKeyId}`));
    printed(await admin("iam delete-user --user-name ana"));
    assert.deepEqual(refusal(await admin("iam get-user --user-name ana")), {
      code: "NoSuchEntity",
      message: SENTENCES.noSuchUser("ana"),
    });
  });
});

async function plainSession(by: ReturnType<typeof caller>): Promise<void> {
  const plain = credentials(printed(await by("sts get-session-token --duration-seconds 900")).Credentials);
  assert.deepEqual(refusal(await caller(() => plain)("iam get-user")), {
    code: "InvalidClientTokenId",
    message: SENTENCES.invalidToken,
  });
}

async function conflicts(by: ReturnType<typeof caller>, serial: string): Promise<void> {
  assert.deepEqual(refusal(await by("iam delete-user --user-name ana")), {
    code: "DeleteConflict",
    message: SENTENCES.removeTokensFirst,
  });
  assert.deepEqual(refusal(await by(`iam delete-virtual-mfa-device --serial-number ${serial}`)), {
    code: "DeleteConflict",
    message: SENTENCES.deviceInUse,
  });
}

test("settings of the account, by command lines that are started as people start them", {
  skip,
}, async () => {
  const admin = started(() => account.admin);
  printed(await admin("iam update-account-password-policy --minimum-password-length 12 --require-numbers"));
  const { PasswordPolicy } = printed(await admin("iam get-account-password-policy"));
  assert.deepEqual([PasswordPolicy.MinimumPasswordLength, PasswordPolicy.RequireNumbers], [12, true]);
});

test("the rest of the account through the AWS CLI", { skip }, async () => {
  const admin = caller(() => account.admin);
  printed(await admin("iam create-user --user-name ben"));
  const { LoginProfile } = printed(
    await admin(
      "iam create-login-profile --user-name ben --password Strong-enough-1 --password-reset-required",
    ),
  );
  assert.equal(LoginProfile.PasswordResetRequired, true);
  assert.equal(
    refusal(await admin("iam update-account-password-policy --minimum-password-length 129")).message,
    "1 validation error detected: Value at 'minimumPasswordLength' failed to satisfy constraint: Member must have value less than or equal to 128",
  );
  printed(await admin(`iam create-account-alias --account-alias cli-${process.pid}`));
  assert.deepEqual(printed(await admin("iam list-account-aliases")).AccountAliases, [`cli-${process.pid}`]);
  printed(await admin("iam tag-user --user-name ben --tags Key=a,Value=1 Key=b,Value=2"));
  printed(await admin("iam untag-user --user-name ben --tag-keys a"));
  assert.deepEqual(printed(await admin("iam list-user-tags --user-name ben")).Tags, [
    { Key: "b", Value: "2" },
  ]);
  assert.equal(printed(await admin("iam get-account-summary")).SummaryMap.UsersQuota, 5000);
});

test("policies through the AWS CLI: made, attached, simulated, obeyed", { skip }, async () => {
  const admin = caller(() => account.admin);
  printed(await admin("iam create-user --user-name cleo"));
  const keys = credentials(printed(await admin("iam create-access-key --user-name cleo")).AccessKey);
  const cleo = caller(() => keys);
  const policy = `arn:aws:iam::${account.accountId}:policy/listing`;
  const made = await admin("iam create-policy --policy-name listing --policy-document", LISTING);
  assert.equal(printed(made).Policy.Arn, policy);
  printed(await admin(`iam attach-user-policy --user-name cleo --policy-arn ${policy}`));
  const document = printed(await admin(`iam get-policy-version --policy-arn ${policy} --version-id v1`));
  assert.deepEqual(document.PolicyVersion.Document, JSON.parse(LISTING));

  const self = `arn:aws:iam::${account.accountId}:user/cleo`;
  const simulation = `iam simulate-principal-policy --policy-source-arn ${self} --action-names iam:ListUsers iam:ListRoles`;
  const decisions = async (...more: readonly string[]) =>
    printed(await admin(simulation, ...more)).EvaluationResults.map(
      (each: { EvalDecision: string }) => each.EvalDecision,
    );
  const mfa = "ContextKeyName=aws:MultiFactorAuthPresent,ContextKeyType=boolean,ContextKeyValues=true";
  assert.deepEqual(await decisions(), ["allowed", "implicitDeny"]);
  assert.deepEqual(await decisions("--context-entries", mfa), ["allowed", "allowed"]);
  const { ContextKeyNames } = printed(
    await admin(`iam get-context-keys-for-principal-policy --policy-source-arn ${self}`),
  );
  assert.deepEqual(ContextKeyNames, ["aws:MultiFactorAuthPresent"]);

  assert.ok(printed(await cleo("iam list-users")).Users.length > 1);
  assert.deepEqual(refusal(await cleo("iam list-roles")), {
    code: "AccessDenied",
    message: `User: ${self} is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::${account.accountId}:role/ because no identity-based policy allows the iam:ListRoles action`,
  });
  printed(await admin(`iam detach-user-policy --user-name cleo --policy-arn ${policy}`));
  assert.equal(refusal(await cleo("iam list-users")).code, "AccessDenied");
  printed(await admin(`iam delete-policy --policy-arn ${policy}`));
});

/** Users are listed by anybody, roles by who has shown a second factor. */
const LISTING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "iam:ListUsers", Resource: "*" },
    {
      Effect: "Allow",
      Action: "iam:ListRoles",
      Resource: "*",
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    },
  ],
});

/** Its start alone takes a second, so its whole way is for the long form. */
for (const other of skip === false ? awsCommandLines().slice(1) : []) {
  test(`another AWS CLI: ${versionOf(other, "aws")}`, async () => {
    const admin = started(() => account.admin, other);
    if (!LONG) {
      assert.equal(printed(await admin("sts get-caller-identity")).Account, account.accountId);
      return;
    }
    const file = join(folder, "other-seed");
    printed(await admin("iam create-user --user-name otto"));
    const keys = credentials(printed(await admin("iam create-access-key --user-name otto")).AccessKey);
    const { VirtualMFADevice } = printed(
      await admin(
        `iam create-virtual-mfa-device --virtual-mfa-device-name otto --bootstrap-method Base32StringSeed --outfile ${file}`,
      ),
    );
    const serial = VirtualMFADevice.SerialNumber;
    const device = authenticator(readFileSync(file, "ascii"), "oathtool");
    printed(
      await admin(`iam enable-mfa-device --user-name otto --serial-number ${serial} ${codes(device, -1)}`),
    );
    const otto = started(() => keys, other);
    const line = `sts get-session-token --serial-number ${serial} --token-code ${device.code(1)}`;
    const session = credentials(printed(await otto(line)).Credentials);
    assert.equal(refusal(await otto(line)).message, SENTENCES.wrongPassCode);
    const { Arn } = printed(await started(() => session, other)("sts get-caller-identity"));
    assert.equal(Arn, `arn:aws:iam::${account.accountId}:user/otto`);
  });
}
