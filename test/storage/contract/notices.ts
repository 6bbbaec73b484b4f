import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { DAY, epochMs, HOUR, MINUTE } from "#base/clock.ts";
import { type PrincipalId, rootPrincipalId } from "#identity/ids.ts";
import type { NewNotice, NoticeRow } from "#ports/notices.ts";
import type { Transaction } from "#ports/store.ts";
import { type Bench, type Cases, makeUser, NOW, SEALED } from "../fixtures.ts";

const noticeOf = (
  account: Bench["account"],
  about: PrincipalId,
  more: Partial<NewNotice> = {},
): NewNotice => ({
  accountId: account,
  noticeId: randomUUID(),
  about,
  userName: "ana",
  kind: "factor-added",
  at: NOW,
  details: { device: "é" },
  address: undefined,
  sealedToken: undefined,
  ...more,
});

const add = async ({ store }: Pick<Bench, "store">, ...notices: readonly NewNotice[]) =>
  store.write((tx) => tx.notices.add(notices));

const KINDS = ["factor-added", "factor-removed", "password-changed"] as const;
let made = 0;

const idsOf = (rows: readonly NoticeRow[]): readonly string[] => rows.map(({ noticeId }) => noticeId);

/** What other cases have left due is theirs. */
async function claim({ store, account }: Bench, at: number, leaseUntil = at + MINUTE) {
  const rows = await store.write((tx) => tx.notices.claimMails(epochMs(at), epochMs(leaseUntil), 1000));
  return rows.filter(({ accountId }) => accountId === account);
}

export const noticeCases: Cases = {
  "what has no address waits for its owner and for the administrators, newest first": async (bench) => {
    const { store, account } = bench;
    const [ana, eve] = [await makeUser(bench, "ana"), await makeUser(bench, "eve")];
    const first = noticeOf(account, ana);
    const later = noticeOf(account, ana, { at: epochMs(NOW + 1), kind: "password-changed" });
    const others = noticeOf(account, eve, { at: epochMs(NOW + 2), userName: undefined, details: {} });
    await add(bench, first, later, others);
    assert.deepEqual(await store.reader.notices.waitingFor(account, ana, 9), [
      { ...later, tries: 0 },
      { ...first, tries: 0 },
    ]);
    assert.deepEqual(
      idsOf(await store.reader.notices.waitingIn(account, 2)),
      idsOf([others, later].map((row) => ({ ...row, tries: 0 }))),
    );
    assert.deepEqual(await claim(bench, NOW + HOUR), []);
  },

  "one reader's dismissal is not the other's": async (bench) => {
    const { store, account } = bench;
    const [ana, eve] = [await makeUser(bench, "ana"), await makeUser(bench, "eve")];
    const notice = noticeOf(account, ana);
    await add(bench, notice);
    const dismiss = (reader: Parameters<Transaction["notices"]["dismiss"]>[2]) =>
      store.write((tx) => tx.notices.dismiss(account, notice.noticeId, reader));
    assert.equal(await dismiss({ owner: eve }), false);
    assert.deepEqual([await dismiss({ owner: ana }), await dismiss({ owner: ana })], [true, false]);
    assert.deepEqual(await store.reader.notices.waitingFor(account, ana, 9), []);
    assert.equal((await store.reader.notices.waitingIn(account, 9)).length, 1);
    assert.deepEqual([await dismiss("administrators"), await dismiss("administrators")], [true, false]);
    assert.deepEqual(await store.reader.notices.waitingIn(account, 9), []);
  },

  "a mail is claimed when it is due, once while a lease lasts, and never after it is out": async (bench) => {
    const { store, account } = bench;
    const root = rootPrincipalId(account);
    const notice = noticeOf(account, root, { address: "a@b.example", sealedToken: SEALED });
    await add(bench, notice);
    assert.deepEqual(await claim(bench, NOW - 1), []);
    const [mail] = await claim(bench, NOW);
    assert.deepEqual(mail, { ...notice, tries: 1, sealedToken: mail?.sealedToken });
    assert.deepEqual([...(mail?.sealedToken ?? [])], [...SEALED]);
    assert.deepEqual(await claim(bench, NOW + MINUTE - 1), []);
    assert.equal((await claim(bench, NOW + MINUTE))[0]?.tries, 2);
    const mailed = () => store.write((tx) => tx.notices.mailed(account, notice.noticeId, epochMs(NOW + 5)));
    assert.deepEqual([await mailed(), await mailed()], [true, false]);
    assert.deepEqual(await claim(bench, NOW + HOUR), []);
    assert.deepEqual(await store.reader.notices.waitingIn(account, 9), []);
    const counted = (since: number, kind: NewNotice["kind"] = "factor-added", limit = 9) =>
      store.reader.notices.countMailed(account, "a@b.example", kind, epochMs(since), limit);
    assert.deepEqual(
      [await counted(NOW + 5), await counted(NOW + 6), await counted(NOW, "factor-removed")],
      [1, 0, 0],
    );
  },

  "two processes that claim at once never get the same mail": async (bench) => {
    const { account, rivals } = bench;
    const at = epochMs(NOW - DAY);
    const mails = Array.from({ length: 40 }, () =>
      noticeOf(account, rootPrincipalId(account), {
        address: "a@b.example",
        kind: KINDS[made++ % KINDS.length] ?? "factor-added",
        at,
      }),
    );
    await add(bench, ...mails);
    // what the job answers
    const claimed = (await rivals.both("claimMails", () => ({ now: at, rounds: 10 }))).flat() as string[];
    const left = idsOf(await claim(bench, at));
    assert.deepEqual([...claimed, ...left].toSorted(), mails.map(({ noticeId }) => noticeId).toSorted());
    assert.ok(claimed.length >= 7);
  },

  "a mail that failed is due again when it was said, and one given up waits on the pages": async (bench) => {
    const { store, account } = bench;
    const ana = await makeUser(bench, "ana");
    const notice = noticeOf(account, ana, { address: "a@b.example", sealedToken: SEALED });
    await add(bench, notice);
    await claim(bench, NOW);
    const failed = (next: number | undefined) =>
      store.write((tx) =>
        tx.notices.mailFailed(account, notice.noticeId, next === undefined ? next : epochMs(next)),
      );
    assert.equal(await failed(NOW + HOUR), true);
    assert.deepEqual(await claim(bench, NOW + HOUR - 1), []);
    assert.equal((await claim(bench, NOW + HOUR)).length, 1);
    assert.deepEqual([await failed(undefined), await failed(NOW + HOUR)], [true, false]);
    assert.deepEqual(await claim(bench, NOW + DAY), []);
    const waits = { ...notice, sealedToken: undefined, tries: 2 };
    assert.deepEqual(await store.reader.notices.waitingFor(account, ana, 9), [waits]);
    assert.deepEqual(await store.reader.notices.waitingIn(account, 9), [waits]);
  },

  "what nobody has begun to send is withdrawn, of that kind and person alone": async (bench) => {
    const { account, store } = bench;
    const [ana, eve] = [await makeUser(bench, "ana"), await makeUser(bench, "eve")];
    const mail = { kind: "confirm-contact", address: "a@b.example" } as const;
    const begun = noticeOf(account, ana, mail);
    await add(bench, begun);
    await claim(bench, NOW);
    const [other, another] = [
      noticeOf(account, ana, { ...mail, kind: "factor-added" }),
      noticeOf(account, eve, mail),
    ];
    await add(bench, noticeOf(account, ana, mail), other, another);
    await store.write((tx) => tx.notices.withdraw(account, ana, "confirm-contact"));
    const left = idsOf(await claim(bench, NOW + MINUTE));
    assert.deepEqual(
      left.toSorted(),
      idsOf([begun, other, another].map((row) => ({ ...row, tries: 0 }))).toSorted(),
    );
  },

  "of one person and kind the newest twenty are kept": async (bench) => {
    const { account, store } = bench;
    const ana = await makeUser(bench, "ana");
    const old = noticeOf(account, ana, { kind: "password-changed", at: epochMs(NOW - 1) });
    const rows = Array.from({ length: 25 }, (_, at) => noticeOf(account, ana, { at: epochMs(NOW + at) }));
    await add(bench, old, ...rows);
    const kept = idsOf(await store.reader.notices.waitingFor(account, ana, 99));
    assert.deepEqual(kept, [
      ...rows
        .slice(5)
        .map(({ noticeId }) => noticeId)
        .reverse(),
      old.noticeId,
    ]);
  },

  "what is old is taken away: mails after a day, what waits after ninety": async (bench) => {
    const { account, store } = bench;
    const ana = await makeUser(bench, "ana");
    const [waits, mailed] = [noticeOf(account, ana), noticeOf(account, ana, { address: "a@b.example" })];
    await add(bench, waits, mailed);
    await store.write((tx) => tx.notices.mailed(account, mailed.noticeId, NOW));
    const count = () => store.reader.notices.countMailed(account, "a@b.example", "factor-added", NOW, 9);
    const prune = (at: number) => store.write((tx) => tx.notices.prune(epochMs(at)));
    await prune(NOW + DAY - 1);
    assert.equal(await count(), 1);
    await prune(NOW + DAY);
    assert.equal(await count(), 0);
    await prune(NOW + 90 * DAY - 1);
    assert.equal((await store.reader.notices.waitingIn(account, 9)).length, 1);
    await prune(NOW + 90 * DAY);
    assert.equal((await store.reader.notices.waitingIn(account, 9)).length, 0);
  },
};
