import { type Kysely, sql } from "kysely";

/** What the console shows of somebody himself and of an account at a glance. */
export async function consoleViews(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS: readonly string[] = [
  // of sign-ins alone: all other events cost nothing by it
  "create index events_sign_ins on events (account_id, user_name, event_time) where event_name = 'ConsoleLogin'",
  "create index users_with_mfa on users (account_id, mfa_count, user_id)",
];
