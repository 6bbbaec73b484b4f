import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import {
  AttachUserPolicyCommand,
  ChangePasswordCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  EnableMFADeviceCommand,
  ListVirtualMFADevicesCommand,
  ResyncMFADeviceCommand,
  UpdateLoginProfileCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { Secret } from "otpauth";
import { authenticator, wrongCode } from "../support/authenticator.ts";
import { clients, refused, sessionOf } from "../support/sdk.ts";
import { ADMINISTRATOR_ACCESS } from "../support/sentences.ts";
import { countersign, createAccount, freshFolder, startServer, type TestServer } from "../support/server.ts";

/** Secrets by what they are. Codes are looked for apart: six digits stand everywhere. */
interface Secrets {
  readonly texts: Map<string, string>;
  readonly codes: Set<string>;
}

test("no secret is in the data folder, the log or a backup", async (t) => {
  const server = await startServer({ settings: { COUNTERSIGN_LOG_LEVEL: "debug" } });
  t.after(() => server.kill());
  const secrets = await leadALife(server);
  const backup = join(freshFolder("backup"), "backup");
  const { code, stderr } = await countersign(["backup", backup, ...server.place]);
  assert.equal(code, 0, stderr);
  await server.stop();

  const places = new Map([
    ["the log", Buffer.from(server.stderr())],
    ["the backup", readFileSync(backup)],
    ...filesIn(server.folder),
  ]);
  assert.ok(
    [...places.keys()].some((place) => place.endsWith(".db")),
    "the database was not looked at",
  );
  for (const [place, bytes] of places) assert.deepEqual(found(bytes, secrets), [], place);
  for (const [place] of places) {
    if (place.endsWith(".db")) assert.deepEqual(foundInRows(place, secrets), [], `the rows of ${place}`);
  }
});

test("the search finds what is there", () => {
  const secrets: Secrets = { texts: new Map([["a seed", "ABCDEFGH"]]), codes: new Set(["012345"]) };
  const search = (text: string) => found(Buffer.from(text), secrets);
  assert.deepEqual(search("x ABCDEFGH y"), ["a seed"]);
  assert.deepEqual(search('{"code":"012345"}'), ["the code 012345"]);
  assert.deepEqual(search("code=012345&"), ["the code 012345"]);
  assert.deepEqual(search("a0123456789 9012345 ABCDEFG"), []);
});

/** Uses every kind of secret that the server takes or makes, rightly and wrongly, and remembers them all. */
async function leadALife(server: TestServer): Promise<Secrets> {
  const secrets: Secrets = { texts: new Map(), codes: new Set() };
  const keep = (what: string, text: string): string => {
    secrets.texts.set(what, text);
    return text;
  };
  const account = await createAccount(server);
  keep("the root password", account.rootPassword);
  keep("the administrator's secret key", account.admin.secretAccessKey);
  using admin = clients(server, account.admin);
  await admin.iam.send(new CreateUserCommand({ UserName: "vera" }));
  await admin.iam.send(new AttachUserPolicyCommand({ UserName: "vera", PolicyArn: ADMINISTRATOR_ACCESS }));
  const { AccessKey } = await admin.iam.send(new CreateAccessKeyCommand({ UserName: "vera" }));
  assert.ok(AccessKey?.AccessKeyId && AccessKey.SecretAccessKey);
  using vera = clients(server, {
    accessKeyId: AccessKey.AccessKeyId,
    secretAccessKey: keep("a secret key", AccessKey.SecretAccessKey),
  });

  const [weak, first, wrong, second, third] = [
    keep("a weak password", "frailpassphrase"),
    keep("a first password", "First-secret-1-of-vera"),
    keep("a wrong password", "Wrong-secret-0-of-vera"),
    keep("a second password", "Second-secret-2-of-vera"),
    keep("a third password", "Third-secret-3-of-vera"),
  ];
  await refused(admin.iam.send(new CreateLoginProfileCommand({ UserName: "vera", Password: weak })));
  await admin.iam.send(new CreateLoginProfileCommand({ UserName: "vera", Password: first }));
  await refused(vera.iam.send(new ChangePasswordCommand({ OldPassword: wrong, NewPassword: second })));
  await vera.iam.send(new ChangePasswordCommand({ OldPassword: first, NewPassword: second }));
  await admin.iam.send(new UpdateLoginProfileCommand({ UserName: "vera", Password: third }));

  const { VirtualMFADevice } = await vera.iam.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "vera" }),
  );
  assert.ok(VirtualMFADevice?.Base32StringSeed && VirtualMFADevice.SerialNumber);
  const seed = Buffer.from(VirtualMFADevice.Base32StringSeed).toString("ascii");
  const raw = Buffer.from(Secret.fromBase32(seed).bytes);
  keep("the seed in base32", seed);
  keep("the seed's bytes", raw.toString("latin1"));
  keep("the seed in hexadecimal", raw.toString("hex"));
  keep("the seed in base64", raw.toString("base64"));
  keep("the seed as it is on the wire", Buffer.from(seed).toString("base64"));

  const device = authenticator(seed);
  const code = (offset: number): string => {
    secrets.codes.add(device.code(offset));
    return device.code(offset);
  };
  const mine = { UserName: "vera", SerialNumber: VirtualMFADevice.SerialNumber };
  const pair = (at: number) => ({ AuthenticationCode1: code(at), AuthenticationCode2: code(at + 1) });
  await refused(vera.iam.send(new EnableMFADeviceCommand({ ...mine, ...pair(3000) })));
  await vera.iam.send(new EnableMFADeviceCommand({ ...mine, ...pair(-1) }));
  const guess = wrongCode(device);
  secrets.codes.add(guess);
  const getSession = (TokenCode: string) =>
    vera.sts.send(new GetSessionTokenCommand({ SerialNumber: mine.SerialNumber, TokenCode }));
  await refused(getSession(guess));
  const session = sessionOf(await getSession(code(1)));
  await refused(getSession(code(1)));
  keep("a session's secret key", session.secretAccessKey);
  keep("a session's token", session.sessionToken);
  using inSession = clients(server, session);
  await inSession.sts.send(new GetCallerIdentityCommand({}));
  await inSession.iam.send(new ListVirtualMFADevicesCommand({}));
  await inSession.iam.send(new ResyncMFADeviceCommand({ ...mine, ...pair(7) }));
  await inSession.iam.send(new DeactivateMFADeviceCommand(mine));
  return secrets;
}

function filesIn(folder: string): readonly (readonly [string, Buffer])[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => [path, readFileSync(path)]);
}

/** What of the secrets stands in `bytes`. A code counts where neither digit nor letter stands beside it. */
function found(bytes: Buffer, { texts, codes }: Secrets): readonly string[] {
  const text = bytes.toString("latin1");
  const lower = text.toLowerCase();
  return [
    ...[...texts].filter(([, secret]) => lower.includes(secret.toLowerCase())).map(([what]) => what),
    ...[...codes].filter((code) => standsAlone(code).test(text)).map((code) => `the code ${code}`),
  ];
}

const standsAlone = (code: string): RegExp => new RegExp(`(?<![0-9A-Za-z])${code}(?![0-9A-Za-z])`);

/** Columns stand side by side in the file, so a code is looked for in each value by itself, numbers too. */
function foundInRows(path: string, secrets: Secrets): readonly string[] {
  using database = new DatabaseSync(path, { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  assert.ok(tables.length > 5, "hardly any tables");
  return tables.flatMap(({ name }) =>
    database
      .prepare(`SELECT * FROM "${name}"`)
      .all()
      .flatMap((row) => Object.entries(row))
      .flatMap(([column, value]) => {
        const bytes =
          value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value ?? ""), "latin1");
        return found(bytes, secrets).map((what) => `${name}.${column}: ${what}`);
      }),
  );
}
