/** A role that wants a fresh second factor, by the AWS CLI's own profiles: the CLI asks for the code, assumes the role, and goes on. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  CreateRoleCommand,
  CreateUserCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { accessKey, type Device, enabledDevice, mfaSession } from "../processes/people.ts";
import { authenticator } from "../support/authenticator.ts";
import { printed, refusal } from "../support/aws-cli.ts";
import { LONG } from "../support/long.ts";
import { clients } from "../support/sdk.ts";
import { SENTENCES } from "../support/sentences.ts";
import {
  type Credentials,
  cleanEnvironment,
  createAccount,
  type Finished,
  freshFolder,
  run,
  startServer,
  type TestAccount,
  type TestServer,
} from "../support/server.ts";
import { awsCommandLines, missing, tool, versionOf } from "../support/tools.ts";

/** Each start of the CLI takes a second of the machine's: what other tests ask as well is for the long form. */
const skip = missing("aws", "boto3", "oathtool");
const program = tool("aws") ?? "aws";

let server: TestServer;
let account: TestAccount;
let device: Device;
/** With the profiles below. */
let home: string;

/** The roles, by the greatest age in seconds that their trust leaves to a factor. */
const ROLES = { hourly: 3600, daily: 86_400, instant: 1 };
const roleArn = (name: string): string => `arn:aws:iam::${account.accountId}:role/${name}`;

before(async () => {
  if (skip !== false) return;
  server = await startServer();
  account = await createAccount(server);
  using admin = clients(server, account.admin);
  const { iam } = admin;
  await iam.send(new CreateUserCommand({ UserName: "ana" }));
  const assuming = policy({ Action: "sts:AssumeRole", Resource: "*" });
  await iam.send(new PutUserPolicyCommand({ UserName: "ana", PolicyName: "may", PolicyDocument: assuming }));
  for (const [name, seconds] of Object.entries(ROLES)) await createRole(iam, name, seconds);
  const keys = await accessKey(iam, "ana");
  const made = await enabledDevice(iam, "ana", "ana");
  device = { ...made, codes: authenticator(made.codes.seed, "oathtool") };
  using ana = clients(server, keys);
  home = homeWith(keys, await mfaSession(ana, device, -1));
});

after(() => server?.stop());

const policy = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

async function createRole(
  iam: ReturnType<typeof clients>["iam"],
  RoleName: string,
  seconds: number,
): Promise<void> {
  const AssumeRolePolicyDocument = policy({
    Principal: { AWS: account.accountId },
    Action: "sts:AssumeRole",
    Condition: {
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": String(seconds) },
    },
  });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const PolicyDocument = policy({ Action: "iam:ListUsers", Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "may", PolicyDocument }));
}

/**
 * A home as a person has it: `NAME` assumes a role with keys and a code, `keys-NAME` with the keys alone, and `session-NAME`
 * with a session that has MFA.
 */
function homeWith(keys: Credentials, session: Required<Credentials>): string {
  const folder = freshFolder("cli-profile");
  const aws = join(folder, ".aws");
  mkdirSync(aws);
  const profiles = Object.keys(ROLES).flatMap((name) => [
    section(`profile ${name}`, { role_arn: roleArn(name), source_profile: "ana", mfa_serial: device.serial }),
    section(`profile keys-${name}`, { role_arn: roleArn(name), source_profile: "ana" }),
    section(`profile session-${name}`, { role_arn: roleArn(name), source_profile: "ana-mfa" }),
  ]);
  writeFileSync(join(aws, "config"), profiles.join(""));
  const credentials = [
    section("ana", credentialsOf(keys)),
    section("ana-mfa", { ...credentialsOf(session), aws_session_token: session.sessionToken }),
  ];
  writeFileSync(join(aws, "credentials"), credentials.join(""), { mode: 0o600 });
  for (const [service, version] of [
    ["iam", "2010-05-08"],
    ["sts", "2011-06-15"],
  ] as const)
    sendHere(join(aws, "models", service, version));
  return folder;
}

const section = (name: string, members: Readonly<Record<string, string>>): string =>
  `[${name}]\n${Object.entries(members)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join("")}\n`;

const credentialsOf = (keys: Credentials) => ({
  aws_access_key_id: keys.accessKeyId,
  aws_secret_access_key: keys.secretAccessKey,
});

/** A CLI older than AWS_ENDPOINT_URL is told of the endpoint, for the call that assumes the role too, by rules of its own. */
function sendHere(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const Region = { builtIn: "AWS::Region", required: false, documentation: "", type: "String" };
  const endpoint = { url: server.url, properties: {}, headers: {} };
  const rules = [{ conditions: [], endpoint, type: "endpoint" }];
  const ruleSet = JSON.stringify({ version: "1.0", parameters: { Region }, rules });
  writeFileSync(join(folder, "endpoint-rule-set-1.json"), ruleSet);
}

/** `aws … --profile NAME`, at a terminal where `code` is typed when a code is asked for. */
function aws(profile: string, line: string, code = "", cli = program): Promise<Finished> {
  const terminal = join(import.meta.dirname, "../support/on-a-terminal.py");
  const env = cleanEnvironment({
    HOME: home,
    AWS_ENDPOINT_URL: server.url,
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "1",
    AWS_PAGER: "",
  });
  const args = [terminal, cli, ...line.split(" "), "--profile", profile, "--output", "json"];
  return run(tool("boto3") ?? "python3", args, { env, input: `${code}\n` });
}

const ASKED = /Enter MFA code for (\S+):/;

test("the CLI asks for the code and assumes the role; what it keeps asks for no second one", {
  skip,
}, async () => {
  const first = await aws("hourly", "iam list-users", device.codes.code(0));
  assert.equal(printed(first).Users.length, 2);
  assert.equal(ASKED.exec(first.stderr)?.[1], device.serial);
  if (!LONG) return;
  const second = await aws("hourly", "sts get-caller-identity");
  assert.match(printed(second).Arn, /:assumed-role\/hourly\//);
  assert.doesNotMatch(second.stderr, ASKED);
});

test("a code that was given is refused in AWS's words, and so is a call without one", { skip }, async () => {
  const again = await aws("daily", "sts get-caller-identity", device.codes.code(0));
  assert.deepEqual(refusal(again), { code: "AccessDenied", message: SENTENCES.wrongPassCode });
  if (!LONG) return;
  assert.equal(refusal(await aws("keys-daily", "sts get-caller-identity")).message, denial("daily"));
});

test("one session with MFA assumes role after role, but not one that wants a fresher factor", {
  skip,
}, async () => {
  for (const name of LONG ? ["hourly", "daily"] : ["daily"]) {
    const { Arn } = printed(await aws(`session-${name}`, "sts get-caller-identity"));
    assert.match(Arn, new RegExp(`:assumed-role/${name}/`));
  }
  assert.equal(refusal(await aws("session-instant", "sts get-caller-identity")).message, denial("instant"));
});

const denial = (role: string): string =>
  `User: arn:aws:iam::${account.accountId}:user/ana is not authorized to perform: sts:AssumeRole on resource: ${roleArn(role)}`;

for (const other of skip === false ? awsCommandLines().slice(1) : []) {
  test(`another AWS CLI: ${versionOf(other, "aws")}`, async () => {
    const answer = await aws("instant", "iam list-users", device.codes.code(1), other);
    assert.equal(printed(answer).Users.length, 2);
    assert.equal(ASKED.exec(answer.stderr)?.[1], device.serial);
  });
}
