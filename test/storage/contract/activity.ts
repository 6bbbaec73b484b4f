import assert from "node:assert/strict";
import type { EventRow } from "#audit/event.ts";
import { DAY, epochMs } from "#base/clock.ts";
import { rootPrincipalId } from "#identity/ids.ts";
import { type Bench, type Cases, eventOf, makeAccount, makeUser, NOW } from "../fixtures.ts";

const TODAY = Math.floor(NOW / DAY);

const append = ({ store }: Bench, events: readonly EventRow[]) =>
  store.write(async (tx) => {
    for (const event of events) await tx.events.append(event);
  });

/** The last sign-in was `days` ago. */
async function makePerson(bench: Bench, name: string, days: number | undefined, devices = 0): Promise<void> {
  const { store, account } = bench;
  const user = name === "root" ? rootPrincipalId(account) : await makeUser(bench, name);
  await store.write(async (tx) => {
    await tx.loginProfiles.create({
      ...{ accountId: account, userId: user, passwordHash: "h", createdAt: NOW, changedAt: NOW },
      ...{ resetRequired: false, earlierHashes: [] },
    });
    if (days !== undefined) await tx.users.notePasswordUse(account, user, epochMs(NOW - days * DAY));
    for (let at = 0; at < devices; at += 1) await tx.users.count(account, user, "mfaCount", 1);
  });
}

export const activityCases: Cases = {
  "a principal's events come newest first, page by page, also of one moment and under another name": async (
    bench,
  ) => {
    const { store, account } = bench;
    const ana = await makeUser(bench, "ana");
    const ben = await makeUser(bench, "ben");
    const elsewhere = await makeAccount(store);
    const of = (id: string, at: number, more: Partial<EventRow> = {}) =>
      eventOf(account, id, { eventTime: epochMs(NOW + at), principalId: ana, userName: "ana", ...more });
    const events = [
      of("a", 1, { userName: "earlier" }),
      of("b", 2, { eventName: "ConsoleLogin", errorCode: "x" }),
      of("c", 2),
      of("d", 2),
      of("e", 3, { userName: undefined }),
    ];
    const others = [
      of("f", 2, { principalId: ben }),
      of("g", 2, { principalId: undefined }),
      { ...of("h", 2), accountId: elsewhere },
    ];
    await append(bench, [...events, ...others]);
    const page = (after: string | undefined, limit: number) =>
      store.reader.events.ofPrincipal(account, ana, { after, limit });
    assert.deepEqual(await page(undefined, 9), events.toReversed());
    assert.deepEqual(await page(undefined, 2), [events[4], events[3]]);
    assert.deepEqual(await page(`${NOW + 2} d`, 1), [events[2]]);
    assert.deepEqual(await page(`${NOW + 2} c`, 9), [events[1], events[0]]);
    assert.deepEqual(await page(`${NOW + 1} a`, 9), []);
    assert.deepEqual(await store.reader.events.ofPrincipal(elsewhere, ben, { limit: 9 }), []);
  },

  "sign-ins are counted by day in UTC and by method, and forgotten in the end": async ({
    store,
    account,
  }) => {
    const elsewhere = await makeAccount(store);
    const midnight = epochMs(TODAY * DAY);
    const add = (at: number, ...[method, signIns]: ["virtual" | "none" | "failed", number]) =>
      store.write((tx) => tx.signInDays.add(account, epochMs(at), method, signIns));
    await add(midnight - 1, "virtual", 1);
    await add(midnight, "virtual", 1);
    await add(midnight + DAY - 1, "virtual", 1);
    await add(midnight, "none", 1);
    await add(midnight, "failed", 7);
    await add(midnight, "failed", 2);
    const today = [
      { day: TODAY, method: "failed", signIns: 9 },
      { day: TODAY, method: "none", signIns: 1 },
      { day: TODAY, method: "virtual", signIns: 2 },
    ];
    const before = { day: TODAY - 1, method: "virtual", signIns: 1 };
    const since = (day: number) => store.reader.signInDays.since(account, day);
    assert.deepEqual(await since(TODAY - 1), [before, ...today]);
    assert.deepEqual(await since(TODAY), today);
    assert.deepEqual(await since(TODAY + 1), []);
    assert.deepEqual(await store.reader.signInDays.since(elsewhere, 0), []);
    await store.signInTidying.prune(epochMs(midnight + 89 * DAY), 1000);
    assert.deepEqual(await since(0), today);
    await store.signInTidying.prune(epochMs(midnight + 90 * DAY), 1000);
    assert.deepEqual(await since(0), []);
  },

  "who has a password and no device: counted, and named by the latest sign-in": async (bench) => {
    const { store, account } = bench;
    const other = { ...bench, account: await makeAccount(store) };
    await makePerson(bench, "root", 0);
    await makePerson(bench, "ana", 3);
    await makePerson(bench, "ben", undefined);
    await makePerson(bench, "cleo", 1);
    await makePerson(bench, "dan", 0, 2);
    await makeUser(bench, "no-password");
    await makePerson(other, "eve", 0);
    const { users } = store.reader;
    assert.deepEqual(await users.mfaCoverage(account), { withMfa: 1, without: 3 });
    assert.deepEqual(await users.mfaCoverage(other.account), { withMfa: 0, without: 1 });
    const names = async (limit: number) =>
      (await users.lackingMfa(account, limit)).map(({ userName }) => userName);
    assert.deepEqual(await names(9), ["cleo", "ana", "ben"]);
    assert.deepEqual(await names(1), ["cleo"]);
  },
};
