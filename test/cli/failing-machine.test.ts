import assert from "node:assert/strict";
import {
  cpSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { knownFailure } from "#cli/terminal/known-failures.ts";
import { createAccount, freshFolder } from "../support/server.ts";
import { inProcess } from "./in-process.ts";

const placeWith = async (name: string): Promise<string> => {
  const folder = freshFolder(name);
  await createAccount({ place: ["--data", folder] }, { command: inProcess });
  return folder;
};

const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
};

function fullDatabase(): void {
  using database = new DatabaseSync(":memory:");
  database.exec("create table filled (bytes blob); pragma max_page_count = 2");
  database.exec("insert into filled values (zeroblob(100000))");
}

function readOnlyDatabase(): void {
  const path = join(freshFolder("read-only"), "db");
  new DatabaseSync(path).close();
  using database = new DatabaseSync(path, { readOnly: true });
  database.exec("create table filled (bytes blob)");
}

for (const [what, work, said] of [
  ["a full database", fullDatabase, /no room left/],
  ["a full disk", () => writeSync(openSync("/dev/full", "w"), "x"), /no room left/],
  ["a database that may only be read", readOnlyDatabase, /cannot be written/],
] as const) {
  test(`${what} is told in a sentence, also as the cause of another error`, () => {
    const error = thrownBy(work);
    for (const seen of [error, new Error("the write failed", { cause: error })]) {
      const { message, hint, status } = knownFailure(seen) ?? assert.fail();
      assert.match(message, said);
      assert.ok(hint);
      assert.equal(status, 1);
    }
  });
}

test("a bug is none of the machine's failures", () => {
  for (const bug of [new TypeError("x is not a function"), "text", undefined, null])
    assert.equal(knownFailure(bug), undefined);
});

test("a damaged database is called damaged, and what to do is said", async () => {
  const folder = await placeWith("damaged");
  const path = join(folder, "countersign.db");
  truncateSync(path, lstatSync(path).size >> 1);
  const { code, stdout, stderr } = await inProcess(["account", "list", "--data", folder]);
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
  assert.match(stderr, /^countersign: the database is damaged\nhint: .*`countersign restore`\n$/);
});

test("a key file that is a link stays one when the keys rotate: the file it leads to has the new key", async () => {
  const folder = await placeWith("linked");
  const [link, file] = [join(folder, "root.key"), join(freshFolder("secrets"), "the.key")];
  cpSync(link, file);
  rmSync(link);
  symlinkSync(file, link);
  const before = readFileSync(file, "utf8");
  const { code, stderr } = await inProcess(["keys", "rotate", "--data", folder]);
  assert.equal(code, 0, stderr);
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.notEqual(readFileSync(file, "utf8"), before);
});

test("a key file that is a link to nothing is no free place", async () => {
  const folder = freshFolder("dangling");
  symlinkSync(join(folder, "elsewhere", "root.key"), join(folder, "root.key"));
  const password = "correct-Horse-7-battery\n";
  const args = ["account", "create", "--data", folder, "--email", "a@example.com", "--password-stdin"];
  const { code, stderr } = await inProcess(args, password);
  assert.equal(code, 1);
  assert.match(stderr, /the key file `.*root.key` is a link to a file that is not there\nhint: /);
  assert.deepEqual(readdirSync(folder), ["root.key"], "nothing was made");
});

test("what a secret is missing on standard input names the option that takes it", async () => {
  const folder = await placeWith("secretless");
  for (const [args, option] of [
    [["key", "export"], "--passphrase-stdin"],
    [["account", "create", "--email", "b@example.com"], "--password-stdin"],
  ] as const) {
    const { code, stderr } = await inProcess([...args, "--data", folder]);
    assert.equal(code, 2);
    assert.ok(stderr.includes(`add \`${option}\``), stderr);
  }
});
