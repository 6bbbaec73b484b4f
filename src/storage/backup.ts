import { type Kysely, sql } from "kysely";
import { lookUp, table } from "#base/table.ts";
import type { Transaction } from "#ports/store.ts";
import { countActiveKeys } from "./access-keys.ts";
import type { Engine } from "./engine.ts";
import { StorageError } from "./errors.ts";
import { type Cell, columnsOf, pagesOf, type StoredRow } from "./pages.ts";
import type { Db } from "./schema.ts";
import { type ColumnKind, type DataTable, TABLE_NAMES, TABLES } from "./tables.ts";
import { transactionOn } from "./transaction.ts";

/** One row of a dump. The first is the database's version, the others come in an order in which they can be put back. */
export interface DumpedRow {
  readonly table: string;
  readonly row: StoredRow;
}

export interface LoadOptions {
  /**
   * The step at or below which a seed with this drift accepts nothing any more: what was claimed after the dump was taken is not
   * known, and must not be accepted again (guarantee 1). The floor is enough: single codes and pairs both start above it, so
   * neither claims nor the last pair need raising.
   */
  readonly floorStep: (drift: number) => number;
  /** Sessions issued at or before are dead, for what was revoked after the dump is not known either; default none. */
  readonly sessionsNotBefore?: number;
  /** Runs after the last row and in the same transaction: what it writes is there with all rows, or neither is. */
  readonly within?: (tx: Transaction) => Promise<void>;
}

export interface Backup {
  /** Every row of one moment, while the server serves; sealed values stay sealed, and the key is not among them. */
  dump(): AsyncGenerator<DumpedRow>;
  /**
   * Puts a dump into this database in one transaction. Refused where it holds anything already; throws a `StorageError`. `rows`
   * are asked for again where the database asks for the transaction again.
   */
  load(rows: AsyncIterable<DumpedRow> | Iterable<DumpedRow>, options: LoadOptions): Promise<void>;
}

export const backupOn = (engine: Engine): Backup => ({
  dump: () => dump(engine),
  load: (rows, options) =>
    engine.transact(async (db) => {
      await load(db, rows, options);
      await options.within?.(transactionOn(db, engine));
    }),
});

const VERSION = "schema_version";
const PAGE = 500;

async function* dump(engine: Engine): AsyncGenerator<DumpedRow> {
  const snapshot = await engine.openSnapshot();
  try {
    yield { table: VERSION, row: { version: await versionOf(snapshot.db) } };
    for (const name of TABLE_NAMES)
      for await (const rows of pagesOf(snapshot.db, name, PAGE))
        for (const row of rows) yield { table: name, row };
  } finally {
    await snapshot.close();
  }
}

async function versionOf(db: Kysely<Db>): Promise<number> {
  const row = await db.selectFrom(VERSION).select("version").executeTakeFirstOrThrow();
  return row.version;
}

async function load(db: Kysely<Db>, rows: Parameters<Backup["load"]>[0], options: LoadOptions) {
  await mustBeEmpty(db);
  // Made with the database; the dump brings its own.
  await db.deleteFrom("clock").execute();
  let rowsSeen = 0;
  let batch: Batch | undefined;
  for await (const { table: name, row } of rows) {
    rowsSeen += 1;
    if (rowsSeen === 1) checkVersion(name, row, await versionOf(db));
    else batch = await addTo(db, batch, prepared(knownTable(name), row, options));
  }
  await insertBatch(db, batch);
  await countActiveKeys(db);
  const clock = await db.selectFrom("clock").select("id").executeTakeFirst();
  if (rowsSeen === 0 || clock === undefined) throw damaged("it is not whole");
}

async function mustBeEmpty(db: Kysely<Db>): Promise<void> {
  for (const name of TABLE_NAMES) {
    if (name === "clock") continue;
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(db);
    if (rows.length === 0) continue;
    throw new StorageError("the database is not empty", "restore into a new folder or a new database");
  }
}

const damaged = (reason: string): StorageError =>
  new StorageError(`the backup cannot be read: ${reason}`, "see that the file was copied whole");

function checkVersion(name: string, row: StoredRow, known: number): void {
  const { version } = row;
  if (name !== VERSION || typeof version !== "number") throw damaged("it does not start with its version");
  if (version <= known) return;
  throw new StorageError(
    `the backup is of version ${version}, this program knows versions up to ${known}`,
    "run the newer program",
  );
}

const SHAPES = table(TABLES);

function knownTable(name: string): DataTable {
  if (lookUp(SHAPES, name) === undefined) throw damaged(`unknown table \`${name}\``);
  // It was found among the tables' names.
  return name as DataTable;
}

/** Rows of one table with the same columns: one statement. */
interface Batch {
  readonly table: DataTable;
  readonly columns: readonly string[];
  readonly rows: StoredRow[];
}

const BATCH = 100;

function prepared(name: DataTable, stored: StoredRow, options: LoadOptions): Batch {
  const row = checkedRow(name, (TRANSFORMS[name] ?? asItIs)(stored, options));
  return { table: name, columns: Object.keys(row), rows: [row] };
}

/** Adds to the batch, or writes it and starts the next. */
async function addTo(db: Kysely<Db>, batch: Batch | undefined, next: Batch): Promise<Batch> {
  const fits = batch?.table === next.table && String(batch.columns) === String(next.columns);
  if (fits && batch.rows.length < BATCH) {
    batch.rows.push(...next.rows);
    return batch;
  }
  await insertBatch(db, batch);
  return next;
}

async function insertBatch(db: Kysely<Db>, batch: Batch | undefined): Promise<void> {
  if (batch === undefined) return;
  const { columns } = batch;
  const rows = batch.rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  await sql`insert into ${sql.table(batch.table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values ${sql.join(rows)}`.execute(db);
}

/** A column that the dump does not have was added since: it takes its default. One that we do not have is refused. */
function checkedRow(name: DataTable, row: StoredRow): StoredRow {
  const columns = table(columnsOf(name));
  for (const [column, value] of Object.entries(row)) {
    const kind = lookUp(columns, column);
    if (kind === undefined || !fits(kind, value))
      throw damaged(`column \`${column}\` of table \`${name}\` is not as expected`);
  }
  return row;
}

function fits(kind: ColumnKind, value: Cell): boolean {
  if (value === null) return kind.endsWith("?");
  if (kind === "bytes") return value instanceof Uint8Array;
  return kind.startsWith("int") ? Number.isSafeInteger(value) : typeof value === "string";
}

type Transform = (row: StoredRow, options: LoadOptions) => StoredRow;

const atLeast = (value: Cell | undefined, least: number): number => Math.max(Number(value ?? 0), least);

const asItIs: Transform = (row) => row;

const endSessions: Transform = (row, { sessionsNotBefore = 0 }) => ({
  ...row,
  sessions_not_before: atLeast(row.sessions_not_before, sessionsNotBefore),
});

function principalOf(record: string): string | null {
  const { userIdentity } = JSON.parse(record) as {
    readonly userIdentity?: { readonly principalId?: string };
  };
  return userIdentity?.principalId ?? null;
}

const TRANSFORMS: { readonly [Name in DataTable]?: Transform } = {
  accounts: endSessions,
  // whose it is stands in a column of its own since version 9
  events: (row) => ({ ...row, principal_id: row.principal_id ?? principalOf(String(row.record)) }),
  mfa_seeds: (row, { floorStep }) => ({
    ...row,
    floor_step: atLeast(row.floor_step, floorStep(Number(row.drift ?? 0))),
  }),
};
