import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  CreateLoginProfileCommand,
  CreateUserCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
} from "@aws-sdk/client-iam";
import pg from "pg";
import { fromBase32 } from "#base/base32.ts";
import { epochMs, MINUTE } from "#base/clock.ts";
import { parseKeyFile } from "#crypto/key-file.ts";
import { openKeyring } from "#crypto/keyring.ts";
import { randomBytes } from "#crypto/random.ts";
import type { RootKey } from "#crypto/root-key.ts";
import { inProcess } from "../cli/in-process.ts";
import { LONG } from "../support/long.ts";
import { clients, refused } from "../support/sdk.ts";
import { SENTENCES } from "../support/sentences.ts";
import { type Credentials, countersign, type Finished, freshFolder, startServer } from "../support/server.ts";
import { openWorld } from "../support/world.ts";
import { notedThings, storedThings } from "./changes.ts";
import { administrator, type Device, enabledDevice, mfaSession, signingIn } from "./people.ts";
import {
  accountIn,
  configOf,
  type DatabaseKind,
  type FreshPlace,
  flagsOf,
  type Place,
  rowsIn,
} from "./places.ts";

const PASSWORD = "A-password-9-of-the-user";
const WRITER_PAUSE_MS = 10;
const PASSPHRASE = "the passphrase of the exported key";

type Way = readonly [from: DatabaseKind, to: DatabaseKind];

/** From one database to the other; the command line's own tests go from each to its like. */
const WAYS: readonly Way[] = [
  ["sqlite", "postgres"],
  ["postgres", "sqlite"],
  ...(LONG ? ([["sqlite", "sqlite"]] satisfies Way[]) : []),
];

/** A deployment that was backed up while it served, and went on afterwards. */
interface Original {
  readonly place: Place;
  readonly backup: string;
  /** The root key under a passphrase. */
  readonly sealedKey: string;
  readonly keys: Credentials;
  readonly device: Device;
  /** A session with MFA from before the backup. */
  readonly session: Credentials;
  /** Every secret that was seen by then. */
  readonly secrets: readonly string[];
}

export function restores(places: Readonly<Record<DatabaseKind, FreshPlace>>): void {
  let originals: Readonly<Record<DatabaseKind, Original>>;
  const fresh = (kind: DatabaseKind) => places[kind]();
  before(async () => {
    const [sqlite, postgres] = await Promise.all([
      backedUp(await fresh("sqlite")),
      backedUp(await fresh("postgres")),
    ]);
    originals = { sqlite, postgres };
  });

  for (const [from, to] of WAYS) {
    test(`restored from ${from} to ${to}: users, keys and devices work, and nothing that may have been used`, async () => {
      const original = originals[from];
      const place = await fresh(to);
      await succeed(importKey(original, place));
      await succeed(restoring(original.backup, place));
      await proveRestored(place, original);
      await proveFreshCode(place, original);
    });
  }

  test("it holds no key and no secret", () => {
    for (const { place, backup, secrets, device } of Object.values(originals)) {
      const text = gunzipSync(readFileSync(backup)).toString("latin1");
      const key = keysOf(place)[0]?.bytes;
      const seed = fromBase32(device.codes.seed);
      assert.ok(key !== undefined && seed !== undefined);
      for (const secret of [key, seed, ...secrets.map((text) => Buffer.from(text))]) {
        for (const form of ["latin1", "base64", "base64url", "hex"] as const)
          assert.ok(!text.includes(Buffer.from(secret).toString(form)), `a secret lies open, as ${form}`);
      }
    }
  });

  test("without its key, under another key, or where something is, it is refused", async () => {
    const original = originals.sqlite;
    const empty = await fresh("sqlite");
    await failed(
      restoring(original.backup, empty),
      /is not here\nhint: bring it with `countersign key import`/,
    );
    assert.ok(!existsSync(join(empty.folder, "countersign.db")));

    const foreign = await fresh("postgres");
    writeFileSync(
      join(foreign.folder, "root.key"),
      readFileSync(join(originals.postgres.place.folder, "root.key")),
      { mode: 0o600 },
    );
    await failed(restoring(original.backup, foreign), /was sealed under root key `\w+`, which is not here/);
    assert.deepEqual(await tablesIn(foreign), []);

    for (const { place, backup } of Object.values(originals)) {
      const before = await usersIn(place);
      await failed(restoring(backup, place), /the database is not empty/);
      assert.deepEqual(await usersIn(place), before);
    }
  });

  test("cut or altered, it is refused before anything is written", async () => {
    const original = originals.sqlite;
    const place = await fresh("sqlite");
    await succeed(importKey(original, place));
    const whole = readFileSync(original.backup);
    const text = gunzipSync(whole).toString("utf8");
    const altered: Readonly<Record<string, Uint8Array>> = {
      "cut short": whole.subarray(0, whole.length - 100),
      "a bit flipped": whole.map((byte, at) => (at === whole.length >> 1 ? byte ^ 1 : byte)),
      "a user renamed": gzipSync(text.replace('"user_name":"user"', '"user_name":"eve"')),
      "a row left out": gzipSync(text.replace(/^\["attached_policies".*\n/m, "")),
      "rows without their end": gzipSync(text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1)),
    };
    for (const [how, bytes] of Object.entries(altered)) {
      const path = join(place.folder, "altered.backup");
      writeFileSync(path, bytes);
      await failed(restoring(path, place), /is damaged/, how);
      assert.ok(!existsSync(join(place.folder, "countersign.db")), how);
    }
  });
}

async function backedUp(place: Place): Promise<Original> {
  const server = await startServer(place);
  const account = await accountIn(place);
  using admin = clients(server, account.admin);
  const keys = await administrator(admin.iam, "user");
  await admin.iam.send(new CreateLoginProfileCommand({ UserName: "user", Password: PASSWORD }));
  const device = await enabledDevice(admin.iam, "user", "user");
  using own = clients(server, keys);
  const session = await mfaSession(own, device, -1);

  let writing = true;
  const write = async (name: string) => {
    for (let at = 0; writing; at++) {
      await admin.iam.send(new CreateUserCommand({ UserName: `${name}-${at}` }));
      await sleep(WRITER_PAUSE_MS);
    }
  };
  const writers = ["a", "b", "c"].map(write);
  const backup = join(freshFolder("backup"), "all.backup");
  const made = await Promise.race([
    succeed(countersign(["backup", backup, ...flagsOf(place), "--output", "json"])),
    Promise.all(writers).then(() => assert.fail("nobody stops the writers")),
  ]);
  assert.ok(JSON.parse(made).Rows > 10);
  writing = false;
  await Promise.all(writers);

  // used after the backup was taken: an authenticator that is right, and one that is two steps ahead
  for (const offset of [0, 2]) await mfaSession(own, device, offset);
  const sealedKey = await succeed(
    inProcess(["key", "export", "--passphrase-stdin", ...flagsOf(place)], `${PASSPHRASE}\n`),
  );
  await server.stop();
  const secrets = [account.admin, keys, session].map(({ secretAccessKey }) => secretAccessKey);
  return {
    place,
    backup,
    sealedKey,
    keys,
    device,
    session,
    secrets: [...secrets, device.codes.seed, account.rootPassword, PASSWORD],
  };
}

async function proveRestored(place: Place, { backup, keys, device, session }: Original): Promise<void> {
  const server = await startServer(place);
  using own = clients(server, keys);
  const { User } = await own.iam.send(new GetUserCommand({}));
  assert.equal(User?.UserName, "user");
  assert.equal((await own.iam.send(new ListAccessKeysCommand({}))).AccessKeyMetadata?.length, 1);
  const { MFADevices } = await own.iam.send(new ListMFADevicesCommand({}));
  assert.deepEqual(
    MFADevices?.map(({ SerialNumber }) => SerialNumber),
    [device.serial],
  );
  for (const offset of [0, 1, 2]) {
    const { message } = await refused(own.sts.send(signingIn(device, offset)));
    assert.equal(message, SENTENCES.wrongPassCode, `the code of ${offset}`);
  }
  using over = clients(server, session);
  assert.equal((await refused(over.iam.send(new GetUserCommand({})))).message, SENTENCES.invalidToken);
  await server.stop();

  const rows = await rowsIn(place);
  // of one moment: each event of the time when users were being made has its user, and each user his event
  assert.deepEqual(storedThings(rows), notedThings(rows));
  const dumped = gunzipSync(readFileSync(backup)).toString("utf8").split("\n");
  const inBackup = dumped.filter((line) => line.startsWith('["users",'));
  assert.equal(rows("users").length, inBackup.length);
  assert.equal(rows("events").filter(({ event_name }) => event_name === "RestoreBackup").length, 1);
}

/** By a clock that is set: whoever restores waits until the window has passed what it showed. */
async function proveFreshCode(place: Place, { keys, device }: Original): Promise<void> {
  await using world = await openWorld({
    config: configOf(place),
    keyring: openKeyring(keysOf(place), randomBytes),
  });
  world.now = epochMs(world.now + 5 * MINUTE);
  const offset = Math.floor(world.now / 30_000) - device.codes.start;
  const { sts } = world.clients(keys);
  await sts.send(signingIn(device, offset));
  assert.equal((await refused(sts.send(signingIn(device, offset)))).message, SENTENCES.wrongPassCode);
}

function keysOf({ folder }: Place): readonly RootKey[] {
  const keys = parseKeyFile(readFileSync(join(folder, "root.key"), "utf8"));
  assert.ok(keys.ok);
  return keys.value;
}

const importKey = ({ sealedKey }: Original, place: Place): Promise<Finished> =>
  inProcess(["key", "import", "--passphrase-stdin", ...flagsOf(place)], `${PASSPHRASE}\n${sealedKey}`);

/** Runs in this process, which is quicker; the command as a process is tried with the command line's own tests. */
const restoring = (path: string, place: Place): Promise<Finished> =>
  inProcess(["restore", path, ...flagsOf(place)]);

async function succeed(command: Promise<Finished>): Promise<string> {
  const { code, stdout, stderr } = await command;
  assert.equal(code, 0, stderr);
  return stdout;
}

async function failed(command: Promise<Finished>, sentence: RegExp, what?: string): Promise<void> {
  const { code, stderr } = await command;
  assert.equal(code, 1, `${what}: ${stderr}`);
  assert.match(stderr, sentence, what ?? stderr);
}

async function usersIn(place: Place): Promise<readonly unknown[]> {
  return (await rowsIn(place))("users").map(({ user_id }) => user_id);
}

/** What a PostgreSQL database has of ours. */
async function tablesIn({ database }: Place): Promise<readonly unknown[]> {
  const client = new pg.Client(database === undefined ? {} : { connectionString: database });
  await client.connect();
  try {
    return (await client.query("select tablename from pg_tables where schemaname = 'public'")).rows;
  } finally {
    await client.end();
  }
}
