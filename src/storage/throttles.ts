import type { Kysely, Selectable } from "kysely";
import { epochMs } from "#base/clock.ts";
import type { ThrottleRow, ThrottleWrites } from "#ports/signins.ts";
import { NEW_THROTTLE } from "#signin/throttle.ts";
import type { Db } from "./schema.ts";

export const throttleWrites = (db: Kysely<Db>): ThrottleWrites => ({
  lock: async (account, subject) => {
    const fresh = { ...NEW_THROTTLE, accountId: account, subject, expiresAt: epochMs(0) };
    const row = await db
      .insertInto("signin_throttles")
      .values(fromThrottle(fresh))
      .onConflict((conflict) =>
        // Writing the row takes its lock; the value stays.
        conflict
          .columns(["account_id", "subject"])
          .doUpdateSet((eb) => ({ failures: eb.ref("signin_throttles.failures") })),
      )
      .returningAll()
      .executeTakeFirstOrThrow();
    return toThrottle(row);
  },
  save: async (row) => {
    await db
      .updateTable("signin_throttles")
      .set(fromThrottle(row))
      .where("account_id", "=", row.accountId)
      .where("subject", "=", row.subject)
      .execute();
  },
});

const fromThrottle = (row: ThrottleRow): Db["signin_throttles"] => ({
  account_id: row.accountId,
  subject: row.subject,
  failures: row.failures,
  failed_at: row.failedAt,
  wait_until: row.waitUntil,
  untold: row.untold,
  told_at: row.toldAt,
  expires_at: row.expiresAt,
});

const toThrottle = (row: Selectable<Db["signin_throttles"]>): ThrottleRow => ({
  accountId: row.account_id,
  subject: row.subject,
  failures: row.failures,
  failedAt: row.failed_at,
  waitUntil: row.wait_until,
  untold: row.untold,
  toldAt: row.told_at,
  expiresAt: row.expires_at,
});
