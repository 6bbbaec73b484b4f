import { type Kysely, sql } from "kysely";
import { DAY, epochMs } from "#base/clock.ts";
import type { SignInDayReads, SignInDayWrites } from "#ports/sign-in-days.ts";
import type { Db } from "./schema.ts";

/** For so long a day's sign-ins are remembered. */
const KEPT_DAYS = 90;

export const signInDayReads = (db: Kysely<Db>): SignInDayReads => ({
  since: async (account, day) => {
    const rows = await db
      .selectFrom("sign_in_days")
      .select(["day", "method", "sign_ins"])
      .where("account_id", "=", account)
      .where("day", ">=", day)
      .orderBy("day")
      .orderBy("method")
      .execute();
    return rows.map((row) => ({ day: row.day, method: row.method, signIns: row.sign_ins }));
  },
});

export const signInDayWrites = (db: Kysely<Db>): SignInDayWrites => ({
  add: async (account, at, method, signIns) => {
    const day = Math.floor(at / DAY);
    const expiresAt = epochMs((day + KEPT_DAYS) * DAY);
    await db
      .insertInto("sign_in_days")
      .values({ account_id: account, day, method, sign_ins: signIns, expires_at: expiresAt })
      .onConflict((conflict) =>
        conflict
          .columns(["account_id", "day", "method"])
          .doUpdateSet({ sign_ins: sql<number>`sign_in_days.sign_ins + ${signIns}` }),
      )
      .execute();
  },
});
