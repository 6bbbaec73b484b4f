import { type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import type { EpochMs } from "#base/clock.ts";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { AccessKeyReads, AccessKeyRow, AccessKeyWrites } from "#ports/access-keys.ts";
import type { Page } from "#ports/page.ts";
import { deleted, inserted, updated } from "./rows.ts";
import type { Db } from "./schema.ts";
import { lockUser, oneUser } from "./users.ts";

export const accessKeyReads = (db: Kysely<Db>): AccessKeyReads => ({
  load: async (key) => {
    const row = await db
      .selectFrom("access_keys")
      .selectAll()
      .where("access_key_id", "=", key)
      .executeTakeFirst();
    return row && toAccessKey(row);
  },
  listFor: async (account, user, page) => {
    const rows = await listKeys(db, account, user, page).execute();
    return rows.map(toAccessKey);
  },
});

const listKeys = (db: Kysely<Db>, account: AccountId, user: PrincipalId, { after, limit }: Page) =>
  db
    .selectFrom("access_keys")
    .selectAll()
    .where("account_id", "=", account)
    .where("user_id", "=", user)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(created_at, access_key_id) >
          (select k.created_at, k.access_key_id from access_keys as k where k.access_key_id = ${after})`,
      ),
    )
    .orderBy("created_at")
    .orderBy("access_key_id")
    .limit(limit);

export const accessKeyWrites = (db: Kysely<Db>): AccessKeyWrites => ({
  create: (row) =>
    counted(db, row.accountId, row.userId, async () => {
      const insert = db.insertInto("access_keys").values(newAccessKey(row));
      return inserted(await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow());
    }),
  setStatus: (account, user, key, status) =>
    counted(db, account, user, async () =>
      updated(
        await db
          .updateTable("access_keys")
          .set({ status })
          .where("access_key_id", "=", key)
          .where("account_id", "=", account)
          .where("user_id", "=", user)
          .executeTakeFirst(),
      ),
    ),
  remove: (account, user, key) =>
    counted(db, account, user, async () =>
      deleted(
        await db
          .deleteFrom("access_keys")
          .where("access_key_id", "=", key)
          .where("account_id", "=", account)
          .where("user_id", "=", user)
          .executeTakeFirst(),
      ),
    ),
});

/**
 * The user's row says what lists of users show of his active keys. It is locked before the change: of two changes at once the
 * second one counts what the first one has made.
 */
async function counted(
  db: Kysely<Db>,
  account: AccountId,
  user: PrincipalId,
  change: () => Promise<boolean>,
): Promise<boolean> {
  await lockUser(db, account, user);
  if (!(await change())) return false;
  await oneUser(db, account, user).set(ACTIVE_KEYS).execute();
  return true;
}

const ofActiveKeys = <T>(what: RawBuilder<T>) => sql<T>`(select ${what} from access_keys as k
  where k.account_id = users.account_id and k.user_id = users.user_id and k.status = 'Active')`;

const ACTIVE_KEYS = {
  active_key_count: ofActiveKeys(sql<number>`count(*)`),
  oldest_active_key_at: ofActiveKeys(sql<EpochMs>`min(k.created_at)`),
};

/** Of all users: for rows that a version before these columns has written. */
export async function countActiveKeys(db: Kysely<Db>): Promise<void> {
  await db.updateTable("users").set(ACTIVE_KEYS).where("access_key_count", ">", 0).execute();
}

const newAccessKey = (row: Parameters<AccessKeyWrites["create"]>[0]): Db["access_keys"] => ({
  access_key_id: row.accessKeyId,
  account_id: row.accountId,
  user_id: row.userId,
  sealed_secret: row.sealedSecret,
  status: "Active",
  created_at: row.createdAt,
  last_used_at: null,
  last_used_service: null,
  last_used_region: null,
});

const toAccessKey = (row: Selectable<Db["access_keys"]>): AccessKeyRow => ({
  accessKeyId: row.access_key_id,
  accountId: row.account_id,
  userId: row.user_id,
  sealedSecret: row.sealed_secret,
  status: row.status,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at ?? undefined,
  lastUsedService: row.last_used_service ?? undefined,
  lastUsedRegion: row.last_used_region ?? undefined,
});
