import type { Kysely } from "kysely";
import type { MfaReminderReads, MfaReminderWrites } from "#ports/signins.ts";
import type { Db } from "./schema.ts";

export const mfaReminderReads = (db: Kysely<Db>): MfaReminderReads => ({
  load: async (account) => {
    const reminders = db.selectFrom("mfa_reminders").selectAll();
    const row = await reminders.where("account_id", "=", account).executeTakeFirst();
    return row && { firstAt: row.first_at, lastAt: row.last_at };
  },
});

export const mfaReminderWrites = (db: Kysely<Db>): MfaReminderWrites => ({
  note: async (account, at) => {
    await db
      .insertInto("mfa_reminders")
      .values({ account_id: account, first_at: at, last_at: at })
      .onConflict((conflict) => conflict.column("account_id").doUpdateSet({ last_at: at }))
      .execute();
  },
});
