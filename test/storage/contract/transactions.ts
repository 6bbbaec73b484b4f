import assert from "node:assert/strict";
import { epochMs } from "#base/clock.ts";
import type { Transaction } from "#ports/store.ts";
import { type Bench, type Cases, eventOf, newUser, rowsOf } from "../fixtures.ts";

const names = async ({ store, account }: Bench) =>
  (await store.reader.users.list(account, "/", { limit: 99 })).map((row) => row.userName);

export const transactionCases: Cases = {
  "what resolves is committed, what throws is not": async (bench) => {
    const { store, account } = bench;
    assert.equal(
      await store.write(async (tx) => {
        await tx.users.create(newUser(account, "kept"));
        return "refused";
      }),
      "refused",
    );
    const bug = new Error("a bug");
    const failing = store.write(async (tx) => {
      await tx.users.create(newUser(account, "lost"));
      throw bug;
    });
    await assert.rejects(failing, bug);
    assert.deepEqual(await names(bench), ["kept"]);
  },

  "a transaction reads what it wrote, others do not": async (bench) => {
    const { store, account } = bench;
    await store.write(async (tx) => {
      await tx.users.create(newUser(account, "inside"));
      assert.ok(await tx.users.byName(account, "inside"));
      assert.equal(await store.reader.users.byName(account, "inside"), undefined);
    });
    assert.ok(await store.reader.users.byName(account, "inside"));
  },

  "a savepoint keeps or undoes, nested too": async (bench) => {
    const { store, account } = bench;
    const make = (tx: Transaction, name: string) => tx.users.create(newUser(account, name));
    await store.write(async (tx) => {
      await make(tx, "a");
      const undone = await tx.savepoint(
        async () => {
          await make(tx, "b");
          await tx.savepoint(
            () => make(tx, "c"),
            () => true,
          );
          return "no";
        },
        (result) => result !== "no",
      );
      assert.equal(undone, "no");
      await tx.savepoint(
        async () => {
          await make(tx, "d");
          await tx.savepoint(
            () => make(tx, "e"),
            () => false,
          );
          await make(tx, "f");
        },
        () => true,
      );
      await assert.rejects(
        tx.savepoint(
          async () => {
            await make(tx, "g");
            throw new Error("inside");
          },
          () => true,
        ),
      );
      await make(tx, "h");
    });
    assert.deepEqual(await names(bench), ["a", "d", "f", "h"]);
  },

  "a transaction is dead when it is over": async ({ store, account }) => {
    let kept: Transaction | undefined;
    await store.write(async (tx) => {
      kept = tx;
    });
    await assert.rejects(async () => kept?.bumpRevision(account), /after its end|already committed/);
  },

  "a revision rises with its own transaction": async ({ store, account }) => {
    const bump = () => store.write((tx) => tx.bumpRevision(account));
    await Promise.all([bump(), bump(), bump()]);
    const failing = store.write(async (tx) => {
      await tx.bumpRevision(account);
      throw new Error("undone");
    });
    await assert.rejects(failing);
    assert.equal(await store.reader.accounts.revision(account), 3);
  },

  "of those who raise a revision from the same one, one is let through": async ({ store, account }) => {
    const from = (revision: number) => store.write((tx) => tx.bumpRevision(account, revision));
    const passed = await Promise.all([from(0), from(0), from(0), from(0)]);
    assert.equal(passed.filter(Boolean).length, 1);
    assert.deepEqual([await from(0), await from(7), await from(1)], [false, false, true]);
    assert.equal(await store.reader.accounts.revision(account), 2);
  },

  "many writes at once, one of them failing": async (bench) => {
    const { store, account } = bench;
    const write = (at: number) =>
      store.write(async (tx) => {
        await tx.users.create(newUser(account, `u${at}`));
        if (at === 13) throw new Error("unlucky");
        return at;
      });
    const results = await Promise.allSettled(Array.from({ length: 40 }, (_, at) => write(at)));
    const failed = results.flatMap((result, at) => (result.status === "rejected" ? [at] : []));
    assert.deepEqual(failed, [13]);
    assert.equal((await names(bench)).length, 39);
  },

  "only plain values reach the database": async ({ store, account }) => {
    // What a hole in the types would let through.
    const wrong = [{ toString: () => account }, true, 1.5, Number.NaN, undefined, 10n] as unknown[];
    for (const value of wrong)
      await assert.rejects(store.reader.accounts.load(value as typeof account), /plain value/);
  },

  "an event commits with its change": async ({ store, account }) => {
    const event = eventOf(account, "event-1", {
      eventName: "CreateUser",
      readOnly: false,
      userName: "admin",
      accessKeyId: "AKIA",
      errorCode: "EntityAlreadyExists",
      principalId: "AIDAEXAMPLE",
      record: '{"é":"\u{1f510}"}',
    });
    await store.write((tx) => tx.events.append(event));
    await assert.rejects(
      store.write(async (tx) => {
        await tx.events.append({ ...event, eventId: "event-2" });
        throw new Error("undone");
      }),
    );
    assert.deepEqual(await rowsOf(store, "events", account), [
      {
        account_id: account,
        event_time: event.eventTime,
        event_id: "event-1",
        event_source: event.eventSource,
        event_name: "CreateUser",
        read_only: 0,
        user_name: "admin",
        access_key_id: "AKIA",
        error_code: "EntityAlreadyExists",
        principal_id: "AIDAEXAMPLE",
        record: event.record,
        decision: "{}",
      },
    ]);
  },

  "the clock's moments only rise": async ({ store }) => {
    const { clock } = store;
    const before = await clock.highest();
    await clock.raise(epochMs(before + 10));
    await clock.raise(epochMs(before + 5));
    assert.equal(await clock.highest(), before + 10);
    await clock.accept(epochMs(before + 20));
    assert.deepEqual([await clock.highest(), await clock.accepted()], [before + 20, before + 20]);
    await clock.accept(epochMs(before + 1));
    assert.deepEqual([await clock.highest(), await clock.accepted()], [before + 20, before + 20]);
  },

  "one root key is active": async ({ store }) => {
    const { rootKeys } = store;
    const check = (byte: number) => Uint8Array.of(byte);
    const founded = await Promise.all(
      ["k1", "k2", "k3"].map((id) => rootKeys.found(id, check(1), epochMs(1))),
    );
    assert.equal(founded.filter(Boolean).length, 1);
    const [first] = await rootKeys.list();
    assert.deepEqual({ ...first }, { keyId: first?.keyId, checkValue: check(1), state: "active", since: 1 });
    assert.equal(await rootKeys.activate("new", epochMs(2)), false);
    assert.equal(await rootKeys.remember("new", check(2), epochMs(2)), true);
    assert.equal(await rootKeys.remember("new", check(2), epochMs(2)), false);
    assert.equal(await rootKeys.retire(first?.keyId ?? ""), false);
    assert.equal(await rootKeys.activate("new", epochMs(3)), true);
    assert.equal(await rootKeys.activate("new", epochMs(4)), false);
    assert.deepEqual(
      (await rootKeys.list()).map(({ keyId, state, since }) => [keyId, state, since]),
      [
        ["new", "active", 3],
        [first?.keyId, "opening", 3],
      ],
    );
    assert.equal(await rootKeys.retire("new"), false);
    assert.equal(await rootKeys.retire(first?.keyId ?? ""), true);
    assert.equal((await rootKeys.list()).length, 1);
  },
};
