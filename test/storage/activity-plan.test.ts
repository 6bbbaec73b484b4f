import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import type { CompiledQuery } from "kysely";
import pg from "pg";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import { eventsOf } from "#storage/event-reads.ts";
import { openStore, type StoreConfig } from "#storage/open.ts";
import { openPostgres } from "#storage/postgres/engine.ts";
import { openSqlite } from "#storage/sqlite/engine.ts";
import { onBothDatabases } from "./databases.ts";

const ACCOUNT = "123456789012" as AccountId; // ids need no parser here
const EVENTS = 50_000;

/** One had the older half of all events, one had a few, the others had the rest. */
const FILL = `
  with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n < ${EVENTS - 1})
  insert into events (account_id, event_time, event_id, event_source, event_name, read_only, record, decision, principal_id)
  select '${ACCOUNT}', n / 3, 'id-' || n, 's', 'GetUser', 1, 'r', '{}', case when n % 9999 = 7 then 'AIDAFEW'
    when n < ${EVENTS / 2} then 'AIDAMANY' else 'AIDA' || n % 500 end
  from numbers`;

const WHO: Readonly<Record<string, string>> = {
  "who had few": "AIDAFEW",
  "who had half of all, long ago": "AIDAMANY",
  "one of many": "AIDA77",
  "who had none": "AIDANOBODY",
};

onBothDatabases((fresh) => {
  test("what a user did is found by his own index, whether that is much or little, on every page", async (t) => {
    const config = await fresh();
    await (await openStore(config)).close();
    await run(config, FILL);
    await run(config, "analyze");
    const engine = await (config.kind === "sqlite" ? openSqlite(config.path) : openPostgres(config.url));
    for (const [name, id] of Object.entries(WHO)) {
      await t.test(name, async () => {
        for (const after of [undefined, "8000 id-5"]) {
          const page = { after, limit: 51 };
          const query = eventsOf(engine.reads, ACCOUNT, id as PrincipalId, page).compile();
          assert.match(await planOf(config, query), /events_by_principal/);
        }
      });
    }
    await engine.close();
  });
});

async function run(config: StoreConfig, text: string, values: readonly unknown[] = []): Promise<unknown> {
  if (config.kind === "sqlite") {
    using db = new DatabaseSync(config.path);
    // what a compiled query holds is what this database takes
    return db.prepare(text).all(...(values as string[]));
  }
  const client = new pg.Client({ connectionString: config.url });
  await client.connect();
  const { rows } = await client.query(text, [...values]);
  await client.end();
  return rows;
}

async function planOf(config: StoreConfig, { sql, parameters }: CompiledQuery): Promise<string> {
  const ask = config.kind === "sqlite" ? "explain query plan" : "explain";
  return JSON.stringify(await run(config, `${ask} ${sql}`, parameters));
}
