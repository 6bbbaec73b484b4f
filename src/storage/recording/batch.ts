import type { EventRow } from "#audit/event.ts";
import { MINUTE } from "#base/clock.ts";
import type { KeyUse, RoleUse } from "#ports/recorder.ts";
import { fromEvent } from "../events.ts";

/** What goes to the worker at once. Events are flattened to their columns' values: cheap to hand over, ready to bind. */
export interface Batch {
  readonly events: readonly SqlValue[];
  readonly uses: readonly Use[];
}

export type Use = KeyUse | RoleUse;

export const idOf = (use: Use): string => ("roleId" in use ? use.roleId : use.accessKeyId);

export type SqlValue = string | number | null;

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** Names the parameters of a statement in the dialect: `?`, or `$1`, `$2`, … */
export type Placeholder = (position: number) => string;

const COLUMNS = [
  "account_id",
  "event_time",
  "event_id",
  "event_source",
  "event_name",
  "read_only",
  "user_name",
  "access_key_id",
  "error_code",
  "principal_id",
  "record",
  "decision",
] as const satisfies readonly (keyof ReturnType<typeof fromEvent>)[];

export function eventValues(event: EventRow): SqlValue[] {
  const row = fromEvent(event);
  return COLUMNS.map((column) => row[column]);
}

/** Rows a statement, largest first: few texts, so that each is prepared once. */
const SIZES = [64, 8, 1] as const;

/** A batch as statements of one transaction. Doing it twice does no more than once: a batch may be sent again. */
export function* statementsOf({ events, uses }: Batch, placeholder: Placeholder): Generator<Statement> {
  let at = 0;
  for (const size of SIZES) {
    const values = size * COLUMNS.length;
    for (; at + values <= events.length; at += values)
      yield { sql: insertSql(size, placeholder), parameters: events.slice(at, at + values) };
  }
  // In one order everywhere, so that two processes do not wait for each other's rows in a circle.
  const sorted = uses.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  for (const use of sorted)
    yield "roleId" in use ? roleStatement(use, placeholder) : keyStatement(use, placeholder);
}

function insertSql(rows: number, placeholder: Placeholder): string {
  const row = (first: number) => `(${COLUMNS.map((_, at) => placeholder(first + at)).join(", ")})`;
  const list = Array.from({ length: rows }, (_, at) => row(1 + at * COLUMNS.length));
  return `insert into events (${COLUMNS.join(", ")}) values ${list.join(", ")} on conflict do nothing`;
}

const SPAN = 15 * MINUTE;

/** Only the first use in a span is recorded, and a change of service; never an earlier one over a later (contract 1.7). */
function keyStatement({ accountId, accessKeyId, at, service, region }: KeyUse, name: Placeholder): Statement {
  const sql = `update access_keys
    set last_used_at = ${name(1)}, last_used_service = ${name(2)}, last_used_region = ${name(3)}
    where access_key_id = ${name(4)} and account_id = ${name(5)} and (last_used_at is null
      or last_used_at <= ${name(6)} or (last_used_at <= ${name(7)} and last_used_service <> ${name(8)}))`;
  return { sql, parameters: [at, service, region, accessKeyId, accountId, at - SPAN, at, service] };
}

/** As with keys, but that a role's use has no service. */
function roleStatement({ accountId, roleId, at, region }: RoleUse, name: Placeholder): Statement {
  const sql = `update roles set last_used_at = ${name(1)}, last_used_region = ${name(2)}
    where account_id = ${name(3)} and role_id = ${name(4)}
      and (last_used_at is null or last_used_at <= ${name(5)})`;
  return { sql, parameters: [at, region, accountId, roleId, at - SPAN] };
}
