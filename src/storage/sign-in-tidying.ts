import { type Kysely, sql } from "kysely";
import type { EpochMs } from "#base/clock.ts";
import type { SignInTidying } from "#ports/signins.ts";
import type { Engine } from "./engine.ts";
import type { Db } from "./schema.ts";

const OVER = [
  "console_sessions",
  "signins",
  "signin_throttles",
  "browsers",
  "setup_links",
  "sign_in_days",
] as const;

export const signInTidying = (engine: Engine): SignInTidying => ({
  prune: (now, most) =>
    engine.transact(async (db) => {
      for (const table of OVER) await pruneTable(db, table, now);
      await dropThrottles(db, most);
    }),
});

async function pruneTable(db: Kysely<Db>, table: (typeof OVER)[number], now: EpochMs): Promise<void> {
  await sql`delete from ${sql.table(table)} where expires_at <= ${now}`.execute(db);
}

async function dropThrottles(db: Kysely<Db>, most: number): Promise<void> {
  const row = await db
    .selectFrom("signin_throttles")
    .select("expires_at")
    .orderBy("expires_at", "desc")
    .offset(most)
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return;
  await db.deleteFrom("signin_throttles").where("expires_at", "<=", row.expires_at).execute();
}
