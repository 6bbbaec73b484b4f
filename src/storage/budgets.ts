import type { Kysely, Selectable } from "kysely";
import { NEW_BUDGET } from "#mfa/budget.ts";
import type { BudgetReads, BudgetRow, BudgetWrites } from "#ports/budgets.ts";
import { bit } from "./rows.ts";
import type { Db } from "./schema.ts";

export const budgetReads = (db: Kysely<Db>): BudgetReads => ({
  load: async (account, subject) => {
    const row = await db
      .selectFrom("mfa_budgets")
      .selectAll()
      .where("account_id", "=", account)
      .where("subject", "=", subject)
      .executeTakeFirst();
    return row && toBudget(row);
  },
});

export const budgetWrites = (db: Kysely<Db>): BudgetWrites => ({
  lock: async (account, subject) => {
    const row = await db
      .insertInto("mfa_budgets")
      .values(fromBudget({ accountId: account, subject, ...NEW_BUDGET }))
      .onConflict((conflict) =>
        // Writing the row takes its lock; the value stays.
        conflict.columns(["account_id", "subject"]).doUpdateSet((eb) => ({ run: eb.ref("mfa_budgets.run") })),
      )
      .returningAll()
      .executeTakeFirstOrThrow();
    return toBudget(row);
  },
  save: async (row) => {
    await db
      .updateTable("mfa_budgets")
      .set(fromBudget(row))
      .where("account_id", "=", row.accountId)
      .where("subject", "=", row.subject)
      .execute();
  },
});

const fromBudget = (row: BudgetRow): Db["mfa_budgets"] => ({
  account_id: row.accountId,
  subject: row.subject,
  check_window: row.window,
  checks: row.checks,
  pair_window: row.pairWindow,
  pair_failures: row.pairFailures,
  pair_hour: row.pairHour,
  pair_hour_failures: row.pairHourFailures,
  run: row.run,
  wait_until: row.waitUntil,
  locked: bit(row.locked),
});

const toBudget = (row: Selectable<Db["mfa_budgets"]>): BudgetRow => ({
  accountId: row.account_id,
  subject: row.subject,
  window: row.check_window,
  checks: row.checks,
  pairWindow: row.pair_window,
  pairFailures: row.pair_failures,
  pairHour: row.pair_hour,
  pairHourFailures: row.pair_hour_failures,
  run: row.run,
  waitUntil: row.wait_until,
  locked: row.locked === 1,
});
