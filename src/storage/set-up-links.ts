import { type Kysely, sql } from "kysely";
import type { SetUpLinkReads, SetUpLinkWrites } from "#ports/signins.ts";
import { deleted } from "./rows.ts";
import type { Db } from "./schema.ts";

export const setUpLinkReads = (db: Kysely<Db>): SetUpLinkReads => ({
  holds: async (tokenHash, now) => {
    const row = await db
      .selectFrom("setup_links")
      .select("id")
      .where("token_hash", "=", tokenHash)
      .where(sql<number>`expires_at`, ">", now)
      .executeTakeFirst();
    return row !== undefined;
  },
});

export const setUpLinkWrites = (db: Kysely<Db>): SetUpLinkWrites => ({
  put: async (tokenHash, expiresAt) => {
    await db
      .insertInto("setup_links")
      .values({ id: 1, token_hash: tokenHash, expires_at: expiresAt })
      .onConflict((conflict) =>
        conflict.column("id").doUpdateSet({ token_hash: tokenHash, expires_at: expiresAt }),
      )
      .execute();
  },
  claim: async (tokenHash, now) => {
    const link = db.deleteFrom("setup_links").where("token_hash", "=", tokenHash);
    return deleted(await link.where(sql<number>`expires_at`, ">", now).executeTakeFirst());
  },
});
