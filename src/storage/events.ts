import type { Kysely } from "kysely";
import type { EventRow } from "#audit/event.ts";
import type { EventWrites } from "#ports/events.ts";
import { bit } from "./rows.ts";
import type { Db } from "./schema.ts";

export const eventWrites = (db: Kysely<Db>): EventWrites => ({
  append: async (event) => {
    await db.insertInto("events").values(fromEvent(event)).execute();
  },
});

export const fromEvent = (event: EventRow): Db["events"] => ({
  account_id: event.accountId,
  event_time: event.eventTime,
  event_id: event.eventId,
  event_source: event.eventSource,
  event_name: event.eventName,
  read_only: bit(event.readOnly),
  user_name: event.userName ?? null,
  access_key_id: event.accessKeyId ?? null,
  error_code: event.errorCode ?? null,
  principal_id: event.principalId ?? null,
  record: event.record,
  decision: event.decision,
});
