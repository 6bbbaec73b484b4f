import { type Kysely, type Selectable, sql } from "kysely";
import type { EventRow } from "#audit/event.ts";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { EventReads } from "#ports/events.ts";
import type { Page } from "#ports/page.ts";
import type { Db } from "./schema.ts";

export const eventReads = (db: Kysely<Db>): EventReads => ({
  signIns: async (account, userName, limit) => {
    const rows = await db
      .selectFrom("events")
      .selectAll()
      // a literal: the index is of these alone, and a parameter could be anything
      .where("event_name", "=", sql.lit("ConsoleLogin"))
      .where("account_id", "=", account)
      .where("user_name", userName === undefined ? "is" : "=", userName ?? null)
      .orderBy("event_time", "desc")
      .limit(limit)
      .execute();
    return rows.map(toEvent);
  },
  ofPrincipal: async (account, principal, page) => {
    const rows = await eventsOf(db, account, principal, page).execute();
    return rows.map(toEvent);
  },
});

/**
 * By the principal's own index, also of who has had most of the account's events, but not lately: what the account is compared with
 * here is in no index, for PostgreSQL would walk back through everybody's events.
 */
export const eventsOf = (
  db: Kysely<Db>,
  account: AccountId,
  principal: PrincipalId,
  { after, limit }: Page,
) =>
  db
    .selectFrom("events")
    .selectAll()
    .where(sql<boolean>`account_id || '' = ${account}`)
    .where("principal_id", "=", principal)
    .$if(after !== undefined, (events) => events.where(isBefore(after ?? "")))
    .orderBy("event_time", "desc")
    .orderBy("event_id", "desc")
    .limit(limit);

const isBefore = (key: string) => {
  const [time, id] = key.split(" ");
  return sql<boolean>`(event_time, event_id) < (${Number(time)}, ${id})`;
};

const toEvent = (row: Selectable<Db["events"]>): EventRow => ({
  accountId: row.account_id,
  eventTime: row.event_time,
  eventId: row.event_id,
  eventSource: row.event_source,
  eventName: row.event_name,
  readOnly: row.read_only === 1,
  userName: row.user_name ?? undefined,
  accessKeyId: row.access_key_id ?? undefined,
  errorCode: row.error_code ?? undefined,
  principalId: row.principal_id ?? undefined,
  record: row.record,
  decision: row.decision,
});
