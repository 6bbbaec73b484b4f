import { type Kysely, sql } from "kysely";
import type { ColumnTypes } from "../engine.ts";

/** Which call of a wizard has made a device that waits, so that a wizard that was overtaken takes nothing of the next one away. */
export async function enrolmentIds(db: Kysely<unknown>, { text }: ColumnTypes): Promise<void> {
  await sql.raw(`alter table mfa_devices add column enrolment_id ${text}`).execute(db);
}
