import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { StorageError } from "#storage/errors.ts";
import { openStore } from "#storage/open.ts";
import { openRecorder } from "#storage/recorder.ts";
import { onSqlite } from "./databases.ts";
import { eventOf, makeAccount, newUser, rowsOf } from "./fixtures.ts";

onSqlite((fresh) => {
  const freshFile = async () => {
    const config = await fresh();
    assert.equal(config.kind, "sqlite");
    return config;
  };

  test("another process's lock is waited for, and the event loop goes on", async () => {
    const config = await freshFile();
    const store = await openStore(config);
    const account = await makeAccount(store);
    const recorder = openRecorder(config);
    const other = new DatabaseSync(config.path);
    other.exec("begin immediate");
    // A blocked event loop would never let the other go.
    setTimeout(() => other.exec("commit"), 100);
    recorder.event(eventOf(account, "waited"));
    await Promise.all([store.write((tx) => tx.bumpRevision(account)), recorder.flush()]);
    assert.equal(await store.reader.accounts.revision(account), 1);
    assert.equal((await rowsOf(store, "events", account)).length, 1);
    other.close();
    await recorder.close();
    await store.close();
  });

  test("writes that share a commit do not share a failure", async () => {
    const store = await openStore(await freshFile());
    const account = await makeAccount(store);
    const twice = newUser(account, "twice");
    const results = await Promise.allSettled([
      store.write((tx) => tx.users.create(twice)),
      store.write(async (tx) => {
        await tx.users.create(newUser(account, "undone"));
        throw new Error("mine alone");
      }),
      store.write((tx) => tx.users.create({ ...newUser(account, "other"), userId: twice.userId })),
      store.write((tx) => tx.users.create(newUser(account, "last"))),
    ]);
    assert.deepEqual(
      results.map((result) => (result.status === "fulfilled" ? result.value : "failed")),
      [true, "failed", false, true],
    );
    const users = await store.reader.users.list(account, "/", { limit: 9 });
    assert.deepEqual(
      users.map((user) => user.userName),
      ["last", "twice"],
    );
    await store.close();
  });

  test("closing waits for what was handed in", async () => {
    const config = await freshFile();
    const store = await openStore(config);
    const account = await makeAccount(store);
    const writes = Array.from({ length: 20 }, () => store.write((tx) => tx.bumpRevision(account)));
    await store.close();
    await Promise.all(writes);
    const again = await openStore(config);
    assert.equal(await again.reader.accounts.revision(account), 20);
    await again.close();
  });

  test("the file is its owner's alone", async () => {
    const config = await freshFile();
    const store = await openStore(config);
    await makeAccount(store);
    for (const end of ["", "-wal", "-shm"]) assert.equal(statSync(config.path + end).mode & 0o077, 0);
    await store.close();
  });

  const unusable: Record<string, { path: (path: string) => string; sentence: RegExp }> = {
    "a folder that is not there": {
      path: (path) => `${path}/no/such.db`,
      sentence: /cannot open the database `/,
    },
    "a file that is no database": {
      path: (path) => {
        writeFileSync(path, "this is a text, and a long one, so that it cannot pass for an empty database");
        return path;
      },
      sentence: /is not a countersign database$/,
    },
  };
  for (const [name, { path, sentence }] of Object.entries(unusable))
    test(`${name} is refused in a sentence`, async () => {
      const config = await freshFile();
      await assert.rejects(openStore({ kind: "sqlite", path: path(config.path) }), (error) => {
        assert.ok(error instanceof StorageError);
        assert.match(error.message, sentence);
        return true;
      });
    });
});
