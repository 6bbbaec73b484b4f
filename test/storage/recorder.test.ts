import assert from "node:assert/strict";
import { mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { epochMs, MINUTE } from "#base/clock.ts";
import type { AccessKeyId, AccountId } from "#identity/ids.ts";
import type { KeyUse } from "#ports/recorder.ts";
import { StorageError } from "#storage/errors.ts";
import { type OpenStore, openStore, type StoreConfig } from "#storage/open.ts";
import { openRecorder } from "#storage/recorder.ts";
import { freshFolder } from "../support/server.ts";
import { onBothDatabases } from "./databases.ts";
import { eventOf, makeAccount, makeKey, makeRole, makeUser, NOW, rowsOf } from "./fixtures.ts";

onBothDatabases((fresh) => {
  let config: StoreConfig;
  let store: OpenStore;
  let account: AccountId;
  let key: AccessKeyId;
  before(async () => {
    config = await fresh();
    store = await openStore(config);
    account = await makeAccount(store);
    const user = await makeUser({ store, account }, "u");
    key = await store.write((tx) => makeKey(tx, account, user));
  });
  after(() => store.close());

  const idsOf = async (): Promise<readonly unknown[]> =>
    (await rowsOf(store, "events", account)).map((row) => row.event_id);

  test("what was handed in before a flush is on disk after it", async () => {
    const recorder = openRecorder(config);
    const ids = Array.from({ length: 5_000 }, (_, at) => `a-${String(at).padStart(5, "0")}`);
    for (const id of ids) recorder.event(eventOf(account, id));
    await recorder.flush();
    assert.deepEqual((await idsOf()).toSorted(), ids);
    await recorder.close();
  });

  test("what is read after a flush is newer than it, whatever was read in the same turn before", async () => {
    const recorder = openRecorder(config);
    await recorder.flush();
    const seen = await new Promise<number>((resolve, reject) => {
      setTimeout(async () => {
        try {
          await store.reader.accessKeys.load(key);
          recorder.keyUse({ accountId: account, accessKeyId: key, at: NOW, service: "sts", region: "r" });
          const flushed = recorder.flush();
          // the worker is done before this turn goes on
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
          await flushed;
          resolve((await store.reader.accessKeys.load(key))?.lastUsedAt ?? 0);
        } catch (error) {
          reject(error);
        }
      });
    });
    assert.equal(seen, NOW);
    await recorder.close();
  });

  test("closing loses nothing, and what comes after is refused", async () => {
    const recorder = openRecorder(config);
    recorder.event(eventOf(account, "b-1", { userName: "u", errorCode: "AccessDenied", readOnly: false }));
    await recorder.close();
    assert.ok((await idsOf()).includes("b-1"));
    assert.throws(() => recorder.event(eventOf(account, "b-2")), /closed/);
    await recorder.close();
  });

  test("events go to disk without a flush", async () => {
    const recorder = openRecorder(config);
    recorder.event(eventOf(account, "c-1"));
    while (!(await idsOf()).includes("c-1")) await new Promise(setImmediate);
    await recorder.close();
  });

  test("whoever makes too many waits, whoever does not wait is refused", async () => {
    const recorder = openRecorder(config, { capacity: 10 });
    for (let at = 0; at < 10; at += 1) recorder.event(eventOf(account, `d-${at}`));
    const pressure = recorder.pressure();
    assert.ok(pressure);
    for (let at = 10; at < 20; at += 1) recorder.event(eventOf(account, `d-${at}`));
    assert.throws(() => recorder.event(eventOf(account, "d-20")), /does not keep up/);
    await pressure;
    await recorder.flush();
    assert.equal(recorder.pressure(), undefined);
    const ids = (await idsOf()).filter((id) => String(id).startsWith("d-"));
    assert.equal(ids.length, 20);
    await recorder.close();
  });

  test("a key's use is noted once in fifteen minutes and service", async () => {
    // Two recorders, as two processes have: the rule holds in the database.
    const recorders = [openRecorder(config), openRecorder(config)];
    const use = async (minutes: number, service: string): Promise<void> => {
      const at = (NOW + minutes * MINUTE) as KeyUse["at"];
      for (const recorder of recorders) {
        recorder.keyUse({ accountId: account, accessKeyId: key, at, service, region: `r${minutes}` });
        await recorder.flush();
      }
    };
    const seen = async () => {
      const row = await store.reader.accessKeys.load(key);
      return [(Number(row?.lastUsedAt) - NOW) / MINUTE, row?.lastUsedService, row?.lastUsedRegion];
    };
    const steps = [
      [1, "iam", 1, "iam"],
      [15, "iam", 1, "iam"],
      [16, "iam", 16, "iam"],
      [17, "sts", 17, "sts"],
      [3, "iam", 17, "sts"],
      [31, "sts", 17, "sts"],
      [33, "sts", 33, "sts"],
    ] as const;
    for (const [minutes, service, at, last] of steps) {
      await use(minutes, service);
      assert.deepEqual(await seen(), [at, last, `r${at}`], `after ${service} at ${minutes}`);
    }
    for (const recorder of recorders) await recorder.close();
  });

  test("a role's use is noted once in fifteen minutes", async () => {
    const role = await makeRole({ store, account }, "r");
    const recorders = [openRecorder(config), openRecorder(config)];
    const steps = [
      [1, 1],
      [15, 1],
      [16, 16],
      [3, 16],
      [30, 16],
      [33, 33],
    ] as const;
    for (const [minutes, last] of steps) {
      const at = epochMs(NOW + minutes * MINUTE);
      for (const recorder of recorders) {
        recorder.roleUse({ accountId: account, roleId: role, at, region: `r${minutes}` });
        await recorder.flush();
      }
      const expected = { at: NOW + last * MINUTE, region: `r${last}` };
      const row = await store.reader.roles.byId(account, role);
      assert.deepEqual(row?.lastUsed, expected, `after ${minutes} minutes`);
    }
    for (const recorder of recorders) await recorder.close();
  });

  test("a batch that is sent twice is there once", async () => {
    const recorder = openRecorder(config);
    for (let times = 0; times < 2; times += 1) {
      recorder.event(eventOf(account, "e-1"));
      await recorder.flush();
    }
    await recorder.close();
    assert.equal((await idsOf()).filter((id) => id === "e-1").length, 1);
  });
});

test("a worker that is lost is heard of, by everyone", async () => {
  const lost: Error[] = [];
  const config = { kind: "sqlite", path: "/no/such/folder/store.db" } as const;
  const recorder = openRecorder(config, { failed: (error) => lost.push(error) });
  const event = eventOf("111122223333" as AccountId, "f-1"); // any id: nothing is written
  recorder.event(event);
  await assert.rejects(recorder.flush(), StorageError);
  await assert.rejects(recorder.flush(), /event log cannot be written/);
  assert.throws(() => recorder.event(event), /event log cannot be written/);
  assert.equal(lost.length, 1);
});

test("while the database is away nothing is taken; when it is back, what was on its way is written, once, and all goes on", async () => {
  const folder = freshFolder("away");
  const [path, away] = [join(folder, "db", "store.db"), join(folder, "elsewhere")];
  mkdirSync(dirname(path));
  const before = await openStore({ kind: "sqlite", path });
  const account = await makeAccount(before);
  await before.close();
  renameSync(dirname(path), away);

  const told: string[] = [];
  const back = Promise.withResolvers<void>();
  const recorder = openRecorder(
    { kind: "sqlite", path },
    {
      retryMs: 20,
      failed: () => told.push("failed"),
      recovered: () => {
        told.push("recovered");
        back.resolve();
      },
    },
  );
  recorder.event(eventOf(account, "g-1"));
  await assert.rejects(recorder.flush(), /event log cannot be written/);
  assert.throws(() => recorder.event(eventOf(account, "g-2")), /event log cannot be written/);
  renameSync(away, dirname(path));
  // the recorder alone keeps no process up, as the server's socket does
  const socket = setInterval(() => {}, MINUTE);
  await back.promise;
  clearInterval(socket);
  recorder.event(eventOf(account, "g-3"));
  await recorder.flush();
  await recorder.close();
  assert.deepEqual(told, ["failed", "recovered"]);
  const store = await openStore({ kind: "sqlite", path });
  const ids = (await rowsOf(store, "events", account)).map((row) => row.event_id);
  await store.close();
  assert.deepEqual(ids.toSorted(), ["g-1", "g-3"]);
});
