import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { authenticator } from "../support/authenticator.ts";
import { LONG } from "../support/long.ts";
import { startPostgres, type TestPostgres } from "../support/postgres.ts";
import { clients, refused, sessionOf } from "../support/sdk.ts";
import { countersign, createAccount, freshFolder, startServer } from "../support/server.ts";
import { inProcess } from "./in-process.ts";

/** A place that commands and servers open alike: a folder for the key, and a database in it or elsewhere. */
interface Place {
  readonly folder: string;
  readonly flags: readonly string[];
  readonly database: string | undefined;
}

describe("on each database", { concurrency: true }, () => {
  describe("sqlite", () => suite(async () => placeOf(freshFolder("backup")), countersign));

  // what goes from and to PostgreSQL is in the tests of processes, by the same commands
  if (!LONG) return;
  describe("postgres", () => {
    let server: TestPostgres | undefined;
    before(async () => {
      server = await startPostgres();
    });
    after(() => server?.stop());
    suite(async () => {
      assert.ok(server !== undefined);
      return placeOf(freshFolder("backup"), await server.url("backup"));
    }, inProcess);
  });
});

function placeOf(folder: string, database?: string): Place {
  const flags = ["--data", folder, ...(database === undefined ? [] : ["--database", database])];
  return { folder, flags, database };
}

const serverOf = ({ folder, database }: Place) =>
  startServer({
    folder,
    ...(database === undefined ? {} : { flags: ["--database", database, "--data", folder] }),
  });

async function succeed(command: Command, args: readonly string[], input?: string): Promise<string> {
  const { code, stdout, stderr } = await command(args, input);
  assert.equal(code, 0, stderr);
  return stdout;
}

/** A process of its own, or this one, which is quicker. */
type Command = typeof countersign;

function suite(fresh: () => Promise<Place>, command: Command): void {
  test("a backup of a serving server, restored onto an empty place with the key brought in", async () => {
    const [from, to] = [await fresh(), await fresh()];
    const file = join(from.folder, "all.backup");
    const { admin, session, app, passed } = await backUpWhileServing(from, file);
    assert.equal(statSync(file).mode & 0o777, 0o600);

    const early = await inProcess(["restore", file, ...to.flags]);
    assert.equal(early.code, 1);
    assert.match(early.stderr, /sealed under root key `\w+`, which is not here\nhint: .*key import/);
    const sealed = await succeed(command, ["key", "export", ...from.flags, "--passphrase-stdin"], "pass\n");
    await succeed(command, ["key", "import", ...to.flags, "--passphrase-stdin"], `pass\n${sealed}`);
    await succeed(command, ["restore", file, ...to.flags]);
    const twice = await inProcess(["restore", file, ...to.flags]);
    assert.equal(twice.code, 1);
    assert.match(twice.stderr, /the database is not empty/);

    const server = await serverOf(to);
    using keys = clients(server, admin);
    await keys.sts.send(new GetCallerIdentityCommand({}));
    const device = (code: string) =>
      keys.sts.send(new GetSessionTokenCommand({ ...app.device, TokenCode: code }));
    // used after the backup was made, or as well usable then: only the floor knows
    for (const code of [passed, authenticator(app.seed).code(1)])
      assert.match((await refused(device(code))).message, /MultiFactorAuthentication failed/);
    using over = clients(server, session);
    assert.equal(
      (await refused(over.sts.send(new GetCallerIdentityCommand({})))).name,
      "InvalidClientTokenId",
    );
    await server.stop();
  });
}

/** Makes an administrator with a device, backs up while users are being made, and uses a code after that. */
async function backUpWhileServing(place: Place, file: string) {
  const server = await serverOf(place);
  const { accountId, admin } = await createAccount({ place: place.flags }, { command: inProcess });
  using keys = clients(server, admin);
  const made = await keys.iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "phone" }));
  const seed = Buffer.from(made.VirtualMFADevice?.Base32StringSeed ?? []).toString("utf8");
  const device = { SerialNumber: `arn:aws:iam::${accountId}:mfa/phone` };
  const phone = authenticator(seed);
  const pair = { AuthenticationCode1: phone.code(-1), AuthenticationCode2: phone.code(0) };
  await keys.iam.send(new EnableMFADeviceCommand({ UserName: "admin", ...device, ...pair }));
  let writing = true;
  const writer = (async () => {
    for (let at = 0; writing; at++) await keys.iam.send(new CreateUserCommand({ UserName: `user-${at}` }));
  })();
  await succeed(countersign, ["backup", file, ...place.flags]);
  writing = false;
  await writer;
  const passed = phone.code(0);
  const session = sessionOf(
    await keys.sts.send(new GetSessionTokenCommand({ ...device, TokenCode: passed })),
  );
  await server.stop();
  return { admin, session, app: { seed, device }, passed };
}

test("a backup holds no key, and what is not whole or not one is restored in no part", async () => {
  const from = placeOf(freshFolder("damage"));
  await createAccount({ place: from.flags }, { command: inProcess });
  const file = join(from.folder, "good.backup");
  assert.equal((await inProcess(["backup", file, ...from.flags])).code, 0);
  assert.match(
    (await inProcess(["backup", file, ...from.flags])).stderr,
    /there is a file `.*good.backup` already/,
  );
  assert.match(
    (await inProcess(["backup", "/nowhere/x", ...from.flags])).stderr,
    /cannot write `\/nowhere\/x` \(ENOENT\)/,
  );

  const packed = readFileSync(file);
  const lines = gunzipSync(packed).toString("utf8");
  const key = /csk1_(\S+)/.exec(readFileSync(join(from.folder, "root.key"), "utf8"))?.[1] ?? "";
  for (const form of [key, Buffer.from(key, "base64url").toString("base64")])
    assert.equal(lines.includes(form), false);

  const middle = lines.indexOf("root_account");
  const damages: Readonly<Record<string, readonly [bytes: Uint8Array, said: RegExp]>> = {
    "cut in the middle": [packed.subarray(0, packed.length - 40), /is damaged: it does not unpack/],
    "a byte of the packing": [flip(packed, packed.length >> 1), /is damaged/],
    "without its trailer": [
      gzipSync(lines.slice(0, lines.trimEnd().lastIndexOf("\n") + 1)),
      /its end is missing/,
    ],
    "cut after a row": [gzipSync(lines.slice(0, lines.indexOf('["users"'))), /its end is missing/],
    "a letter of a row": [
      gzipSync(flip(Buffer.from(lines), middle)),
      /its bytes are not those that were written/,
    ],
    "a row taken out": [
      gzipSync(lines.replace(/^\["login_profiles".*\n/m, "")),
      /it has \d+ rows where there were \d+/,
    ],
    "a newer form": [
      gzipSync(lines.replace('"formVersion":1', '"formVersion":2')),
      /was made by a newer program/,
    ],
    "a newer database": [
      repacked(lines, /"schemaVersion":\d+/, '"schemaVersion":99'),
      /was made by a newer program/,
    ],
    "another file": [Buffer.from("hello\n"), /is damaged: it does not unpack/],
    "another file, packed": [gzipSync("hello\n"), /is no backup of Countersign/],
    nothing: [gzipSync(""), /is no backup of Countersign/],
  };
  const to = join(from.folder, "new");
  for (const [what, [bytes, said]] of Object.entries(damages)) {
    const damaged = join(from.folder, "damaged.backup");
    writeFileSync(damaged, bytes);
    const args = ["restore", damaged, "--data", to, "--key-file", join(from.folder, "root.key")];
    const { code, stdout, stderr } = await inProcess(args);
    assert.deepEqual({ what, code, stdout }, { what, code: 1, stdout: "" });
    assert.match(stderr, said, what);
  }
  assert.equal(existsSync(to), false, "nothing was made");
});

function flip(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** With a trailer that fits: the change is in what the file says, not in how it came through. */
function repacked(lines: string, from: string | RegExp, to: string): Buffer {
  const body = lines.slice(0, lines.trimEnd().lastIndexOf("\n") + 1).replace(from, to);
  const { rows } = JSON.parse(lines.trimEnd().split("\n").at(-1) ?? "");
  return gzipSync(
    `${body}${JSON.stringify({ rows, sha256: createHash("sha256").update(body).digest("hex") })}\n`,
  );
}
