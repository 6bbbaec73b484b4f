import { type Kysely, sql } from "kysely";
import type { ColumnTypes } from "../engine.ts";

/**
 * What the list of an account's users is searched, filtered and sorted by: all of it stands in one index, so that a page costs at
 * most one walk along the account's part of it.
 */
export async function userSummaries(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  for (const statement of statements(types)) await sql.raw(statement).execute(db);
}

const activeKeys = (what: string): string =>
  `(select ${what} from access_keys as k
    where k.account_id = users.account_id and k.user_id = users.user_id and k.status = 'Active')`;

const statements = ({ int }: ColumnTypes): readonly string[] => [
  `alter table users add column active_key_count ${int} not null default 0 check (active_key_count >= 0)`,
  `alter table users add column oldest_active_key_at ${int}`,
  `update users
    set active_key_count = ${activeKeys("count(*)")}, oldest_active_key_at = ${activeKeys("min(k.created_at)")}
    where access_key_count > 0`,
  `create index users_summaries on users (account_id, user_name_folded, user_id, created_at, password_last_used,
    mfa_count, has_login_profile, oldest_active_key_at)`,
];
