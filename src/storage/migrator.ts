import { type Kysely, sql } from "kysely";
import type { Engine } from "./engine.ts";
import { StorageError } from "./errors.ts";
import type { Migration } from "./migrations.ts";
import type { Db } from "./schema.ts";

/**
 * Brings the database to the code's version, in one transaction that holds the version row's lock: of two processes that start
 * at once one migrates and the other finds it done. A newer database is refused.
 */
export async function migrate(engine: Engine, migrations: readonly Migration[]): Promise<void> {
  await makeVersionTable(engine);
  await engine.transact(async (db) => {
    const version = await lockVersion(db);
    if (version > migrations.length) throw newer(version, migrations.length);
    if (version === migrations.length) return;
    if (version > 0) await engine.keepCopy(version);
    // A migration knows the tables of its own time, not those of the code.
    const untyped = db as unknown as Kysely<unknown>;
    for (const migration of migrations.slice(version)) await migration(untyped, engine.columnTypes);
    await db.updateTable("schema_version").set({ version: migrations.length }).execute();
  });
}

const newer = (found: number, known: number): StorageError =>
  new StorageError(
    `the database is of version ${found}, this program knows versions up to ${known}`,
    "run the newer program, or restore a backup into an empty place",
  );

const ATTEMPTS = 5;

/** Two that make the table at once: on PostgreSQL one of them fails on the catalogue's keys, `if not exists` or not. */
async function makeVersionTable(engine: Engine): Promise<void> {
  const { int, tableSuffix } = engine.columnTypes;
  const table = `create table if not exists schema_version (
    id ${int} not null primary key check (id = 1), version ${int} not null)${tableSuffix}`;
  const row = "insert into schema_version (id, version) values (1, 0) on conflict do nothing";
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await engine.transact(async (db) => {
        await sql.raw(table).execute(db);
        await sql.raw(row).execute(db);
      });
    } catch (error) {
      if (!engine.isDuplicate(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function lockVersion(db: Kysely<Db>): Promise<number> {
  const row = await db
    .updateTable("schema_version")
    .set((eb) => ({ version: eb.ref("version") }))
    .returning("version")
    .executeTakeFirstOrThrow();
  return row.version;
}
