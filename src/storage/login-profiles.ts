import type { Kysely, Selectable } from "kysely";
import type { LoginProfileReads, LoginProfileRow, LoginProfileWrites } from "#ports/passwords.ts";
import { bit, deleted, fromJson, toJson, updated } from "./rows.ts";
import type { Bit, Db } from "./schema.ts";

export const loginProfileReads = (db: Kysely<Db>): LoginProfileReads => ({
  load: async (account, user) => {
    const row = await db
      .selectFrom("login_profiles")
      .selectAll()
      .where("account_id", "=", account)
      .where("user_id", "=", user)
      .executeTakeFirst();
    return row && toLoginProfile(row);
  },
});

export const loginProfileWrites = (db: Kysely<Db>): LoginProfileWrites => ({
  create: async (row) => {
    if (!(await flag(db, row, 1))) return false;
    await db.insertInto("login_profiles").values(fromLoginProfile(row)).execute();
    return true;
  },
  replace: async (row, expectedHash) =>
    updated(
      await db
        .updateTable("login_profiles")
        .set(fromLoginProfile(row))
        .where("account_id", "=", row.accountId)
        .where("user_id", "=", row.userId)
        .where("password_hash", "=", expectedHash)
        .executeTakeFirst(),
    ),
  remove: async (account, user) => {
    if (!(await flag(db, { accountId: account, userId: user }, 0))) return false;
    const removal = db.deleteFrom("login_profiles").where("account_id", "=", account);
    return deleted(await removal.where("user_id", "=", user).executeTakeFirst());
  },
});

type Owner = Pick<LoginProfileRow, "accountId" | "userId">;

/** The user's row says whether there is a profile, so that deleting a user is one conditional write (DESIGN 5). */
const flag = async (db: Kysely<Db>, { accountId, userId }: Owner, has: Bit): Promise<boolean> =>
  updated(
    await db
      .updateTable("users")
      .set({ has_login_profile: has })
      .where("account_id", "=", accountId)
      .where("user_id", "=", userId)
      .where("has_login_profile", "<>", has)
      .executeTakeFirst(),
  );

const fromLoginProfile = (row: LoginProfileRow): Db["login_profiles"] => ({
  account_id: row.accountId,
  user_id: row.userId,
  password_hash: row.passwordHash,
  created_at: row.createdAt,
  changed_at: row.changedAt,
  reset_required: bit(row.resetRequired),
  earlier_hashes: toJson(row.earlierHashes),
});

const toLoginProfile = (row: Selectable<Db["login_profiles"]>): LoginProfileRow => ({
  accountId: row.account_id,
  userId: row.user_id,
  passwordHash: row.password_hash,
  createdAt: row.created_at,
  changedAt: row.changed_at,
  resetRequired: row.reset_required === 1,
  earlierHashes: fromJson(row.earlier_hashes),
});
