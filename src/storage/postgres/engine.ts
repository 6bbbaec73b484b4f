import { setTimeout as delay } from "node:timers/promises";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { MINUTE, SECOND } from "#base/clock.ts";
import type { Engine, Snapshot } from "../engine.ts";
import { StorageError } from "../errors.ts";
import { leased } from "../lease.ts";
import type { Db } from "../schema.ts";
import { TYPES } from "./types.ts";

const COLUMN_TYPES = { text: 'text collate "C"', int: "bigint", bytes: "bytea", tableSuffix: "" };

const CONNECTIONS = 10;
/** For a connection, new or free again: a database that is silent must not make calls hang for ever. */
const CONNECT_MS = 15 * SECOND;
const LOCK_MS = 15 * SECOND;
/** A backup writes a page to its file between two statements. */
const IDLE_IN_TRANSACTION_MS = 2 * MINUTE;
/** A row, or a table that another process has just made: `if not exists` does not see one that is being made. */
const DUPLICATES: ReadonlySet<string> = new Set(["23505", "42P07", "42710"]);
/** A transaction lost a race and may run again: serialization failure, deadlock. */
const RUN_AGAIN = new Set(["40001", "40P01"]);
const ATTEMPTS = 20;

export async function openPostgres(
  url: string,
  connections = CONNECTIONS,
  connectionTimeoutMillis = CONNECT_MS,
): Promise<Engine> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    types: TYPES,
    connectionTimeoutMillis,
    // a peer that froze in the middle of a change does not hold an account's rows for ever
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => {});
  await reach(pool);
  const db = new Kysely<Db>({ dialect: leased(new PostgresDialect({ pool })) });
  return {
    columnTypes: COLUMN_TYPES,
    rowsAtOnce: Number.POSITIVE_INFINITY,
    reads: db,
    transact: (work) => transact(db, work),
    openSnapshot: () => openSnapshot(db),
    isDuplicate: (error) => DUPLICATES.has(codeOf(error) ?? ""),
    // Copies of a PostgreSQL database are its own tools' work.
    keepCopy: async () => {},
    close: () => pool.end(),
  };
}

async function reach(pool: pg.Pool): Promise<void> {
  try {
    (await pool.connect()).release();
  } catch (cause) {
    await pool.end();
    const reason = cause instanceof Error ? cause.message : String(cause);
    // The URL is not repeated: it may hold a password.
    throw new StorageError(
      `cannot reach the database: ${reason || "connection refused"}`,
      "see that the address in `--database` is right and the server is up",
      { cause },
    );
  }
}

async function transact<T>(db: Kysely<Db>, work: (db: Kysely<Db>) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // Read committed: every rule hangs on a conditional write, which waits for the row's lock and looks again.
      return await db.transaction().setIsolationLevel("read committed").execute(work);
    } catch (error) {
      if (!RUN_AGAIN.has(codeOf(error) ?? "") || attempt === ATTEMPTS) throw error;
    }
    await delay(Math.random() * Math.min(100, 2 ** attempt));
  }
}

async function openSnapshot(db: Kysely<Db>): Promise<Snapshot> {
  const started = db.startTransaction().setIsolationLevel("repeatable read").setAccessMode("read only");
  const snapshot = await started.execute();
  // The snapshot is taken by the first statement, not by BEGIN.
  await sql`select 1`.execute(snapshot);
  return { db: snapshot, close: async () => void (await snapshot.rollback().execute()) };
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
