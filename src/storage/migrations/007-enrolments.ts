import { type Kysely, sql } from "kysely";
import type { ColumnTypes } from "../engine.ts";

/** Until when a device that a wizard of the console has made waits for being enabled; null for all others. */
export async function enrolments(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  for (const statement of statements(types)) await sql.raw(statement).execute(db);
}

const statements = ({ int }: ColumnTypes): readonly string[] => [
  `alter table mfa_devices add column enrol_until ${int}`,
  "create index mfa_devices_waiting on mfa_devices (enrol_until) where enrol_until is not null",
];
