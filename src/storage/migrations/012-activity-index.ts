import { type Kysely, sql } from "kysely";
import type { ColumnTypes } from "../engine.ts";

/**
 * The index of what one user did, without what costs most to write and is not needed to find it: ids of principals are of one account,
 * and events of one moment are few.
 */
export async function activityIndex(db: Kysely<unknown>, _types: ColumnTypes): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  "drop index events_of_principal",
  "create index events_by_principal on events (principal_id, event_time) where principal_id is not null",
];
