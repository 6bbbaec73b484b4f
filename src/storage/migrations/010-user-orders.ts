import { type Kysely, sql } from "kysely";
import type { ColumnTypes } from "../engine.ts";

/**
 * The orders of the list of an account's users, so that its first page costs no walk. The indexes are over what stands in the rows,
 * and nothing is copied: a process of the version before keeps them right without knowing of them.
 */
export async function userOrders(db: Kysely<unknown>, _types: ColumnTypes): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  "create index users_by_creation on users (account_id, created_at, user_name_folded, user_id)",
  `create index users_by_password_use on users (account_id, coalesce(password_last_used, 0), user_name_folded, user_id)`,
  `create index users_by_key_age on users
    (account_id, (-coalesce(oldest_active_key_at, 8640000000000001)), user_name_folded, user_id)`,
];
