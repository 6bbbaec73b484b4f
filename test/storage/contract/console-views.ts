import assert from "node:assert/strict";
import type { EventRow } from "#audit/event.ts";
import { epochMs } from "#base/clock.ts";
import { rootPrincipalId } from "#identity/ids.ts";
import { type Bench, type Cases, eventOf, makeAccount, makeUser, NOW } from "../fixtures.ts";

const login = (account: Bench["account"], id: string, at: number, more: Partial<EventRow> = {}): EventRow =>
  eventOf(account, id, { eventName: "ConsoleLogin", eventTime: epochMs(NOW + at), userName: "ana", ...more });

export const consoleViewCases: Cases = {
  "sign-ins are found by account and name, the newest first": async ({ store, account }) => {
    const elsewhere = await makeAccount(store);
    const events = [
      login(account, "a", 1),
      login(account, "c", 3, { record: '{"é":1}', errorCode: "x", accessKeyId: "ASIA", readOnly: false }),
      login(account, "b", 2),
      login(account, "d", 4, { eventName: "CheckMfa" }),
      login(account, "e", 5, { userName: "Ana" }),
      login(account, "f", 6, { userName: undefined }),
      login(elsewhere, "g", 7),
    ];
    await store.write(async (tx) => {
      for (const event of events) await tx.events.append(event);
    });
    const found = await store.reader.events.signIns(account, "ana", 9);
    assert.deepEqual(found, [events[1], events[2], events[0]]);
    const newest = await store.reader.events.signIns(account, "ana", 1);
    assert.deepEqual(newest, [events[1]]);
    assert.deepEqual(await store.reader.events.signIns(account, undefined, 9), [events[5]]);
    assert.deepEqual(await store.reader.events.signIns(account, "nobody", 9), []);
    assert.deepEqual(await store.write((tx) => tx.events.signIns(elsewhere, "ana", 9)), [events[6]]);
  },

  "users with a device are counted, root and other accounts apart": async (bench) => {
    const { store, account } = bench;
    const ana = await makeUser(bench, "ana");
    await makeUser(bench, "ben");
    const other = { store, account: await makeAccount(store) };
    await makeUser(other, "ana");
    assert.equal(await store.reader.users.countWithMfa(account), 0);
    await store.write(async (tx) => {
      for (const id of [ana, ana]) assert.ok(await tx.users.count(account, id, "mfaCount", 1));
      assert.ok(await tx.users.count(account, rootPrincipalId(account), "mfaCount", 1));
    });
    assert.equal(await store.reader.users.countWithMfa(account), 1);
    assert.equal(await store.reader.users.countWithMfa(other.account), 0);
  },
};
