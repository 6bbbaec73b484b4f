import { type Kysely, sql } from "kysely";
import type { BrowserReads, BrowserWrites } from "#ports/signins.ts";
import type { Db } from "./schema.ts";

export const browserReads = (db: Kysely<Db>): BrowserReads => ({
  knows: async (account, principal, tokenHash, now) => {
    const row = await db
      .selectFrom("browsers")
      .select("used_at")
      .where("account_id", "=", account)
      .where("user_id", "=", principal)
      .where("token_hash", "=", tokenHash)
      .where(sql<number>`expires_at`, ">", now)
      .executeTakeFirst();
    return row !== undefined;
  },
});

type Remembered = Parameters<BrowserWrites["remember"]>[0];

export const browserWrites = (db: Kysely<Db>): BrowserWrites => ({
  remember: async (row) => {
    const { accountId, principalId, tokenHash, formerHash, usedAt, expiresAt } = row;
    if (formerHash !== undefined) {
      const former = db.updateTable("browsers").set({ token_hash: tokenHash });
      await former.where("token_hash", "=", formerHash).execute();
    }
    await db
      .insertInto("browsers")
      .values({
        account_id: accountId,
        user_id: principalId,
        token_hash: tokenHash,
        used_at: usedAt,
        expires_at: expiresAt,
      })
      .onConflict((conflict) =>
        conflict
          .columns(["account_id", "user_id", "token_hash"])
          .doUpdateSet({ used_at: usedAt, expires_at: expiresAt }),
      )
      .execute();
    await forgetOldest(db, row);
  },
});

async function forgetOldest(db: Kysely<Db>, { accountId, principalId, most }: Remembered): Promise<void> {
  const kept = db
    .selectFrom("browsers")
    .select("token_hash")
    .where("account_id", "=", accountId)
    .where("user_id", "=", principalId)
    .orderBy("used_at", "desc")
    .orderBy("token_hash")
    .limit(most);
  const own = db.deleteFrom("browsers").where("account_id", "=", accountId);
  await own.where("user_id", "=", principalId).where("token_hash", "not in", kept).execute();
}
