import { type Kysely, type Selectable, sql } from "kysely";
import { DAY, type EpochMs, epochMs } from "#base/clock.ts";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { NewNotice, NoticeKind, NoticeReads, NoticeRow, NoticeWrites } from "#ports/notices.ts";
import { bit, fromJson, toJson, updated } from "./rows.ts";
import type { Bit, Db } from "./schema.ts";

export const noticeReads = (db: Kysely<Db>): NoticeReads => ({
  waitingFor: async (account, about, limit) => {
    const rows = await noticesOf(db, account)
      .where("about", "=", about)
      .where("waits_owner", "=", 1)
      .orderBy("noticed_at", "desc")
      .orderBy("notice_id", "desc")
      .limit(limit)
      .execute();
    return rows.map(toNotice);
  },
  waitingIn: async (account, limit) => {
    const rows = await noticesOf(db, account)
      // as its index has it: a parameter would not find it
      .where(sql<boolean>`waits_account = 1`)
      .orderBy("noticed_at", "desc")
      .orderBy("notice_id", "desc")
      .limit(limit)
      .execute();
    return rows.map(toNotice);
  },
  countMailed: async (account, address, kind, since, limit) => {
    const rows = await db
      .selectFrom("notices")
      .select("notice_id")
      .where("account_id", "=", account)
      .where("address", "=", address)
      .where("kind", "=", kind)
      .where(sql<number>`mailed_at`, ">=", since)
      .limit(limit)
      .execute();
    return rows.length;
  },
});

/** No administrator can do anything about an address that its owner has not confirmed. */
const OWNERS_ALONE: NoticeKind = "confirm-contact";

/** Of one person and kind. */
const MOST = 20;

/** What waits on a page; what is mailed stays only to be counted. */
const KEPT_MS = 90 * DAY;
const KEPT_MAILED_MS = DAY;

const GIVEN_UP = {
  next_try_at: null,
  sealed_token: null,
  waits_owner: 1,
  waits_account: sql<Bit>`case when kind = ${OWNERS_ALONE} then 0 else 1 end`,
} as const;

export const noticeWrites = (db: Kysely<Db>): NoticeWrites => ({
  add: async (notices) => {
    if (notices.length === 0) return;
    await db.insertInto("notices").values(notices.map(toRow)).execute();
    for (const notice of notices) await dropOldest(db, notice);
  },
  claimMails: (now, leaseUntil, limit) => claimMails(db, now, leaseUntil, limit),
  mailed: async (account, noticeId, at) => {
    const done = { mailed_at: at, next_try_at: null, sealed_token: null };
    const notice = db.updateTable("notices").set({ ...done, expires_at: epochMs(at + KEPT_MAILED_MS) });
    return updated(await unsent(notice, account, noticeId).executeTakeFirst());
  },
  mailFailed: async (account, noticeId, nextTryAt) => {
    const notices = db.updateTable("notices");
    const notice = nextTryAt === undefined ? notices.set(GIVEN_UP) : notices.set({ next_try_at: nextTryAt });
    return updated(await unsent(notice, account, noticeId).executeTakeFirst());
  },
  withdraw: async (account, about, kind) => {
    await db
      .deleteFrom("notices")
      .where("account_id", "=", account)
      .where("about", "=", about)
      .where("kind", "=", kind)
      .where("mailed_at", "is", null)
      .where((eb) => eb.or([eb("tries", "=", 0), eb("next_try_at", "is", null)]))
      .execute();
  },
  dismiss: async (account, noticeId, reader) => {
    const own = reader !== "administrators";
    const waits = own ? "waits_owner" : "waits_account";
    const notice = db
      .updateTable("notices")
      .set({ [waits]: 0 })
      .where("account_id", "=", account);
    const his = own ? notice.where("about", "=", reader.owner) : notice;
    return updated(await his.where("notice_id", "=", noticeId).where(waits, "=", 1).executeTakeFirst());
  },
  prune: async (now) => {
    await db.deleteFrom("notices").where(sql<number>`expires_at`, "<=", now).execute();
  },
});

const noticesOf = (db: Kysely<Db>, account: AccountId) =>
  db.selectFrom("notices").selectAll().where("account_id", "=", account);

type Change = ReturnType<typeof changeOf>;
const changeOf = (db: Kysely<Db>) => db.updateTable("notices").set({});

/** Only while it is to be mailed: not twice, and not after it was withdrawn. */
const unsent = (change: Change, account: AccountId, noticeId: string): Change =>
  change
    .where("account_id", "=", account)
    .where("notice_id", "=", noticeId)
    .where("next_try_at", "is not", null);

/** Each is claimed by a write of its own, which finds it as due as it was seen or leaves it to who was faster. */
async function claimMails(
  db: Kysely<Db>,
  now: EpochMs,
  leaseUntil: EpochMs,
  limit: number,
): Promise<readonly NoticeRow[]> {
  const due = await db
    .selectFrom("notices")
    .selectAll()
    .where(sql<number>`next_try_at`, "<=", now)
    .orderBy("next_try_at")
    .orderBy("account_id")
    .orderBy("notice_id")
    .limit(limit)
    .execute();
  const claimed: NoticeRow[] = [];
  for (const row of due) {
    const claim = db.updateTable("notices").set({ next_try_at: leaseUntil, tries: row.tries + 1 });
    const result = await unsent(claim, row.account_id, row.notice_id)
      .where("tries", "=", row.tries)
      .where("next_try_at", "=", row.next_try_at)
      .executeTakeFirst();
    if (updated(result)) claimed.push(toNotice({ ...row, tries: row.tries + 1 }));
  }
  return claimed;
}

async function dropOldest(db: Kysely<Db>, { accountId, about, kind }: NewNotice): Promise<void> {
  const kept = ofKind(db, accountId, about, kind).limit(MOST);
  await db
    .deleteFrom("notices")
    .where("account_id", "=", accountId)
    .where("about", "=", about)
    .where("kind", "=", kind)
    .where("notice_id", "not in", kept)
    .execute();
}

/** Newest first. */
const ofKind = (db: Kysely<Db>, account: AccountId, about: PrincipalId, kind: NoticeKind) =>
  db
    .selectFrom("notices")
    .select("notice_id")
    .where("account_id", "=", account)
    .where("about", "=", about)
    .where("kind", "=", kind)
    .orderBy("noticed_at", "desc")
    .orderBy("notice_id", "desc");

function toRow(notice: NewNotice): Db["notices"] {
  const waits = notice.address === undefined;
  return {
    account_id: notice.accountId,
    notice_id: notice.noticeId,
    about: notice.about,
    user_name: notice.userName ?? null,
    kind: notice.kind,
    noticed_at: notice.at,
    details: toJson(notice.details),
    address: notice.address ?? null,
    sealed_token: notice.sealedToken ?? null,
    tries: 0,
    next_try_at: notice.address === undefined ? null : notice.at,
    mailed_at: null,
    waits_owner: bit(waits),
    waits_account: bit(waits && notice.kind !== OWNERS_ALONE),
    expires_at: epochMs(notice.at + KEPT_MS),
  };
}

const toNotice = (row: Selectable<Db["notices"]>): NoticeRow => ({
  accountId: row.account_id,
  noticeId: row.notice_id,
  about: row.about,
  userName: row.user_name ?? undefined,
  kind: row.kind,
  at: row.noticed_at,
  details: fromJson(row.details),
  address: row.address ?? undefined,
  sealedToken: row.sealed_token ?? undefined,
  tries: row.tries,
});
