import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, test } from "node:test";
import { CreateAccessKeyCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { parseKeyFile } from "#crypto/key-file.ts";
import { clients, refused, sessionOf } from "../support/sdk.ts";
import { createAccount, freshFolder, startServer } from "../support/server.ts";
import { inProcess } from "./in-process.ts";

const keysIn = (folder: string) => {
  const keys = parseKeyFile(readFileSync(join(folder, "root.key"), "utf8"));
  assert.ok(keys.ok);
  return keys.value;
};

const rotate = async (folder: string, ...more: string[]) => {
  const { code, stdout, stderr } = await inProcess([
    "keys",
    "rotate",
    "--data",
    folder,
    "--output",
    "json",
    ...more,
  ]);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
};

/** The ids of the keys that sealed values say they lie under. */
function sealedUnder(folder: string): Set<string> {
  const database = new DatabaseSync(join(folder, "countersign.db"), { readOnly: true });
  const rows = database.prepare("select sealed_secret as sealed from access_keys").all();
  database.close();
  return new Set(
    rows.map(({ sealed }) =>
      Buffer.from(sealed as Uint8Array)
        .subarray(1, 5)
        .toString("hex"),
    ),
  );
}

/** Beside each other: a rotation waits for every process that may still hold the old key alone. */
describe("root keys", { concurrency: true }, () => {
  test("a rotation under a serving server: secrets, sessions and new secrets live on, also when it starts again", async () => {
    const folder = freshFolder("rotate");
    const server = await startServer({ folder });
    const { admin } = await createAccount(server, { command: inProcess });
    using before = clients(server, admin);
    const session = sessionOf(await before.sts.send(new GetSessionTokenCommand({})));
    const [old] = keysIn(folder);

    const report = await rotate(folder);
    assert.deepEqual(report, {
      KeyId: keysIn(folder)[0]?.id,
      Resealed: 1,
      Unopened: 0,
      OldKeysDropped: false,
    });
    assert.deepEqual(
      keysIn(folder).map(({ state }) => state),
      ["active", "retired"],
    );
    assert.equal(keysIn(folder)[1]?.id, old?.id);
    assert.equal(statSync(join(folder, "root.key")).mode & 0o777, 0o600);
    await before.sts.send(new GetCallerIdentityCommand({}));
    using inSession = clients(server, session);
    await inSession.sts.send(new GetCallerIdentityCommand({}));

    // what the server seals now lies under the new key: nothing is left to re-seal but under a third
    await before.iam.send(new CreateAccessKeyCommand({ UserName: "admin" }));
    assert.deepEqual(sealedUnder(folder), new Set([report.KeyId]));
    await server.stop();
    const again = await startServer({ folder });
    using after = clients(again, admin);
    await after.sts.send(new GetCallerIdentityCommand({}));
    await again.stop();
  });

  test("after `--compromised` no session lives, the old key is gone, and access keys work", async () => {
    const folder = freshFolder("compromised");
    const server = await startServer({ folder });
    const { admin } = await createAccount(server, { command: inProcess });
    using long = clients(server, admin);
    using session = clients(server, sessionOf(await long.sts.send(new GetSessionTokenCommand({}))));
    const report = await rotate(folder, "--compromised");
    assert.equal(report.OldKeysDropped, true);
    assert.deepEqual(
      keysIn(folder).map(({ id, state }) => [id, state]),
      [[report.KeyId, "active"]],
    );
    assert.equal(
      (await refused(session.sts.send(new GetCallerIdentityCommand({})))).name,
      "InvalidClientTokenId",
    );
    await long.sts.send(new GetCallerIdentityCommand({}));
    await server.stop();
  });

  test("an old key goes when the last session under it is over", async () => {
    const folder = freshFolder("spent");
    await createAccount({ place: ["--data", folder] }, { command: inProcess });
    await rotate(folder);
    const path = join(folder, "root.key");
    const twoDaysAgo = new Date(Date.now() - 48 * 3_600_000).toISOString().replace(/\.\d+/, "");
    writeFileSync(path, readFileSync(path, "utf8").replace(/^retired \S+/m, `retired ${twoDaysAgo}`));
    const spent = keysIn(folder)[1];
    await rotate(folder);
    assert.equal(keysIn(folder).length, 2);
    assert.ok(keysIn(folder).every(({ id }) => id !== spent?.id));
  });

  test("a key that this program cannot write is rotated by hand, and re-sealed by the command", async () => {
    const folder = freshFolder("by-hand");
    await createAccount({ place: ["--data", folder] }, { command: inProcess });
    const [key] = keysIn(folder);
    const ring = join(folder, "ring");
    const today = readFileSync(join(folder, "root.key"), "utf8").split("\n")[1] ?? "";
    writeFileSync(ring, `${today}\n`);
    const command = ["keys", "rotate", "--data", folder, "--key-command", `cat ${ring}`, "--output", "json"];
    const told = await inProcess(command);
    assert.equal(told.code, 1);
    assert.match(told.stderr, /cannot put a new one\nhint: put the new key under today's/);

    writeFileSync(
      ring,
      `active csk1_${"D".repeat(42)}A\n${today.replace("active", "retired 2026-01-01T00:00:00Z")}\n`,
    );
    const { code, stdout, stderr } = await inProcess(command);
    assert.equal(code, 0, stderr);
    assert.notEqual(JSON.parse(stdout).KeyId, key?.id);
    assert.equal(sealedUnder(folder).has(JSON.parse(stdout).KeyId), true);
  });

  test("a key goes out under a passphrase and comes in with it, once, and never over another", async () => {
    const [folder, other] = [freshFolder("export"), join(freshFolder("import"), "new")];
    await createAccount({ place: ["--data", folder] }, { command: inProcess });
    const exported = await inProcess(
      ["key", "export", "--data", folder, "--passphrase-stdin"],
      "open sesame\n",
    );
    assert.equal(exported.code, 0, exported.stderr);
    assert.match(exported.stdout, /^countersign-sealed-1\.\S+\n$/);
    const file = join(folder, "exported");
    writeFileSync(file, exported.stdout);

    const bring = (input: string, ...more: string[]) =>
      inProcess(["key", "import", "--data", other, "--passphrase-stdin", ...more], input);
    const wrong = await bring("open barley\n", file);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /the passphrase is wrong or the text was altered/);
    assert.equal((await bring("open sesame\n", join(folder, "none"))).code, 1);
    assert.equal((await bring(`open sesame\n${exported.stdout}`)).code, 0);
    assert.equal(
      readFileSync(join(other, "root.key"), "utf8"),
      readFileSync(join(folder, "root.key"), "utf8"),
    );
    assert.equal(statSync(join(other, "root.key")).mode & 0o777, 0o600);
    assert.equal((await bring("open sesame\n", file)).code, 0, "the same key again changes nothing");

    writeFileSync(join(other, "root.key"), `active csk1_${"E".repeat(42)}A\n`, { mode: 0o600 });
    const over = await bring("open sesame\n", file);
    assert.equal(over.code, 1);
    assert.match(over.stderr, /there is another root key in/);
  });
});
