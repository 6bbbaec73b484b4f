import { type Kysely, sql } from "kysely";
import type { ColumnTypes } from "../engine.ts";

/**
 * Whose an event is, by an id that outlives his name, so that what one user did is read without the others'; sign-ins, counted by day
 * and factor as they happen; and in one index whether who signs in at the console has a second factor.
 */
export async function activity(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  for (const statement of statements(types)) await sql.raw(statement).execute(db);
}

/** How the records of users began until now: their ids, of 21 characters, follow. */
const HEADS = ["1.11", "1.08"].map(
  (version) => `{"eventVersion":"${version}","userIdentity":{"type":"IAMUser","principalId":"`,
);
const HEAD = HEADS[0]?.length ?? 0;

const statements = ({ text, int, tableSuffix: suffix }: ColumnTypes): readonly string[] => [
  `alter table events add column principal_id ${text}`,
  `update events set principal_id = substr(record, ${HEAD + 1}, 21)
    where user_name is not null and substr(record, 1, ${HEAD}) in (${HEADS.map((head) => `'${head}'`)})`,
  `create index events_of_principal on events (account_id, principal_id, event_time, event_id)
    where principal_id is not null`,
  `create table sign_in_days (
    account_id ${text} not null references accounts (account_id),
    day ${int} not null,
    method ${text} not null,
    sign_ins ${int} not null,
    expires_at ${int} not null,
    primary key (account_id, day, method)
  )${suffix}`,
  "create index sign_in_days_over on sign_in_days (expires_at)",
  `create index users_mfa_coverage on users
    (account_id, has_login_profile, mfa_count, coalesce(password_last_used, 0), user_id)`,
];
