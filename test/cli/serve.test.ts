import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import test from "node:test";
import { countersign, freshFolder, startServer } from "../support/server.ts";
import { inProcess } from "./in-process.ts";

const base = freshFolder("serve");

function newFolder(name: string): string {
  const path = join(base, name);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return mkdtempSync(join(path, "x"));
}

/** Runs `serve` where it must not start: exit 1, nothing on stdout. It ends before there is a server to start. */
async function refusedStart(flags: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await inProcess(["serve", "--listen", "127.0.0.1:0", ...flags], "", env);
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" }, stderr);
  return stderr;
}

test("a first start makes its place; the answer is the one line `ready URL`; a signal ends it with 0", async () => {
  const folder = join(newFolder("start"), "a/b");
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    const server = await startServer({ folder });
    if (signal === "SIGTERM") await server.stop();
    else {
      process.kill(server.pid, signal);
      while (isAlive(server.pid)) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    // a person is told where the set-up link is; everything else is the log's
    assert.match(
      server.stderr(),
      /^(\{.*\}\n)*countersign: there is no account yet: open the link in `\S+set-up-link` .*\n(\{.*\}\n)*$/,
    );
  }
  assert.deepEqual(
    ["countersign.db", "root.key"].map((name) => existsSync(join(folder, name))),
    [true, true],
  );
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("a port that is in use", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const address = other.address();
  assert.ok(address !== null && typeof address === "object");
  const folder = newFolder("port");
  const listen = `127.0.0.1:${address.port}`;
  const { code, stdout, stderr } = await countersign(["serve", "--data", folder, "--listen", listen]);
  other.close();
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
  assert.match(
    stderr,
    new RegExp(`countersign: \`127.0.0.1:${address.port}\` is in use\nhint: name another with \`--listen`),
  );
});

test("a folder that cannot be made or written", async () => {
  const file = join(newFolder("unwritable"), "file");
  writeFileSync(file, "");
  assert.match(
    await refusedStart(["--data", file]),
    /countersign: cannot make the folder `.*file` \(EEXIST\)\nhint: /,
  );
  assert.match(
    await refusedStart(["--data", join(file, "x")]),
    /cannot make the folder `.*file\/x` \(ENOTDIR\)/,
  );
});

test("a folder of somebody else's", {
  skip: process.getuid?.() === 0 && "root may write everywhere",
}, async () => {
  const folder = newFolder("readonly");
  chmodSync(folder, 0o500);
  assert.match(await refusedStart(["--data", folder]), /cannot write in the folder/);
});

/** Key files that end the start, before anything is made. */
const KEY_FILES: readonly (readonly [text: string, mode: number, said: RegExp])[] = [
  ["active csk1_AAAA\n", 0o600, /the key file `.*root.key` holds no root key: line 1 of the key file/],
  ["", 0o600, /holds no root key/],
  [
    `active csk1_${"A".repeat(43)}\n`,
    0o604,
    /is open to others \(mode 604\)\nhint: .*`chmod 600 .*root.key`/,
  ],
  [`active csk1_${"A".repeat(43)}\n`, 0o602, /is open to others/],
];

for (const [text, mode, said] of KEY_FILES) {
  test(`a key file of mode ${mode.toString(8)} with ${JSON.stringify(text)}`, async () => {
    const folder = newFolder("key-file");
    writeFileSync(join(folder, "root.key"), text);
    chmodSync(join(folder, "root.key"), mode);
    const stderr = await refusedStart(["--data", folder]);
    assert.match(stderr, said);
    assert.doesNotMatch(stderr, /AAAA/, "a key is not quoted");
    assert.equal(existsSync(join(folder, "countersign.db")), false);
  });
}

test("a key file that is no file, which a pipe is not either", async () => {
  const folder = newFolder("key-no-file");
  const path = join(folder, "root.key");
  execFileSync("mkfifo", ["-m", "600", path]);
  const said = /the key file `.*root.key` is no file\nhint: .*`--key-command`/;
  assert.match(await refusedStart(["--data", folder]), said);
  rmSync(path);
  mkdirSync(path, { mode: 0o700 });
  assert.match(await refusedStart(["--data", folder]), said);
});

test("settings that end the start, each named", async () => {
  const folder = newFolder("settings");
  const file = join(folder, "countersign.conf");
  writeFileSync(file, "data = d\nlisten = everywhere\n");
  const place = ["--data", join(folder, "data")];
  assert.match(await refusedStart(place, { COUNTERSIGN_ISUER: "x" }), /unknown setting `COUNTERSIGN_ISUER`/);
  assert.match(
    await refusedStart(place, { COUNTERSIGN_METRICS: "on" }),
    /`COUNTERSIGN_METRICS` takes `true` or `false`/,
  );
  assert.match(
    await refusedStart([...place, "--config", join(folder, "none")]),
    /cannot read the settings file `.*none` \(ENOENT\)/,
  );
  const { code, stderr } = await inProcess(["serve", ...place, "--config", file]);
  assert.equal(code, 1);
  assert.match(stderr, /`listen in .*countersign.conf` takes `HOST:PORT`, .* not `everywhere`/);
  assert.match(
    await refusedStart([...place, "--listen", "0.0.0.0:0"]),
    /other machines can reach this address.*\nhint: .*--unsafe-plain-http/,
  );
  assert.equal(existsSync(join(folder, "data")), false, "nothing was made");
});

test("a certificate that cannot be read or used", async () => {
  const file = join(newFolder("tls"), "file");
  writeFileSync(file, "no certificate");
  const serve = (cert: string) =>
    countersign(["serve", "--data", newFolder("tls"), "--tls-cert", cert, "--tls-key", file]);
  const [absent, useless] = await Promise.all([serve(`${file}-none`), serve(file)]);
  assert.deepEqual([absent.code, useless.code], [1, 1]);
  assert.match(absent.stderr, /^countersign: cannot read `.*none` \(ENOENT\)$/m);
  assert.match(useless.stderr, /^countersign: `tls-cert` and `tls-key` are no certificate and its key$/m);
});

test("a warned-of setting starts, and says so on standard error", async () => {
  const server = await startServer({ flags: ["--unsafe-plain-http"] });
  await server.stop();
  assert.match(server.stderr(), /warning: `unsafe-plain-http` is on/);
});

test("another key, no key, a newer database, a clock that is behind", async () => {
  const folder = newFolder("doors");
  await (await startServer({ folder })).stop();
  const path = join(folder, "root.key");
  const key = readFileSync(path, "utf8");

  writeFileSync(path, `active csk1_${"B".repeat(42)}A\n`);
  assert.match(
    await refusedStart(["--data", folder]),
    /the database was sealed under root key `[0-9a-f]{8}`, which is not among/,
  );
  const empty = join(newFolder("empty"), "root.key");
  assert.match(
    await refusedStart(["--data", folder, "--key-file", empty]),
    /is sealed under root key .* no key file/,
  );
  assert.equal(existsSync(empty), false, "no new key is made for a database that has one");
  writeFileSync(path, key);

  const hour = 3_600_000;
  change(folder, "update clock set highest = ?", Date.now() + hour);
  const behind = await refusedStart(["--data", folder]);
  assert.match(
    behind,
    /the clock is behind: it says .*Z, but .*Z was seen before\nhint: .*countersign clock accept/,
  );
  const accept = ["clock", "accept", "--data", folder];
  const unsaid = await inProcess(accept);
  assert.equal(unsaid.code, 2);
  assert.match(unsaid.stderr, /has to be confirmed/);
  await refusedStart(["--data", folder]);
  assert.equal((await inProcess([...accept, "--yes"])).code, 0);
  await (await startServer({ folder })).stop();

  change(folder, "update schema_version set version = ?", 99);
  assert.match(await refusedStart(["--data", folder]), /the database is of version 99, this program knows/);
});

function change(folder: string, statement: string, value: number): void {
  const database = new DatabaseSync(join(folder, "countersign.db"));
  database.prepare(statement).run(value);
  database.close();
}

test("a key from the environment or from a command makes no key file", async () => {
  const key = `csk1_${"C".repeat(42)}A`;
  const folder = newFolder("key-env");
  const server = await startServer({ folder, settings: { COUNTERSIGN_KEY: key } });
  await server.stop();
  assert.equal(existsSync(join(folder, "root.key")), false);
  const file = join(folder, "elsewhere");
  writeFileSync(file, key);
  const list = ["account", "list", "--data", folder, "--key-command", `cat '${file}'`];
  assert.equal((await inProcess(list)).code, 0);
  assert.match(
    await refusedStart(["--data", folder, "--key-command", "false"]),
    /the key command `false` failed/,
  );
  assert.match(await refusedStart(["--data", folder, "--key-command", "echo"]), /prints holds no root key/);
  const both = await refusedStart(["--data", folder, "--key-command", "false"], { COUNTERSIGN_KEY: key });
  assert.match(both, /the root key comes from one place, not several/);
});
