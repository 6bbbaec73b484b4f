import { closeSync, openSync, renameSync, rmSync } from "node:fs";
import type { Kysely } from "kysely";
import type { Engine, Snapshot } from "../engine.ts";
import { StorageError } from "../errors.ts";
import type { Db } from "../schema.ts";
import { whenFree } from "./busy.ts";
import {
  connectSqlite,
  isSqliteDuplicate,
  resultCode,
  type SqliteConnection,
  type SqliteConnectionOptions,
} from "./connection.ts";
import { leaseKysely } from "./dialect.ts";
import { shareLook } from "./shared-look.ts";
import { createWriter } from "./writer.ts";

const COLUMN_TYPES = { text: "text", int: "integer", bytes: "blob", tableSuffix: " strict" };

/** A few milliseconds. */
const ROWS_AT_ONCE = 20_000;

export async function openSqlite(path: string): Promise<Engine> {
  const writing = await open(path);
  const reading = shareLook(await open(path, { readOnly: true }));
  const writer = createWriter(writing);
  return {
    columnTypes: COLUMN_TYPES,
    rowsAtOnce: ROWS_AT_ONCE,
    reads: leaseKysely(reading).db,
    transact: async (work) => {
      const result = await writer.submit(() => runOn(writing, work));
      // whoever is told of the commit must be able to read it
      reading.renew();
      return result;
    },
    openSnapshot: () => openSnapshot(path),
    isDuplicate: isSqliteDuplicate,
    keepCopy: (version) => keepCopy(path, version),
    close: async () => {
      await writer.idle();
      reading.close();
      writing.close();
    },
  };
}

/** What `work` keeps of its `db` beyond its end writes nothing any more. */
async function runOn<T>(connection: SqliteConnection, work: (db: Kysely<Db>) => Promise<T>): Promise<T> {
  const { db, lease } = leaseKysely(connection);
  try {
    return await work(db);
  } finally {
    lease.end();
  }
}

/** The file is made readable by its owner alone; SQLite gives its side files the same mode. */
async function open(path: string, options?: SqliteConnectionOptions): Promise<SqliteConnection> {
  try {
    closeSync(openSync(path, "a", 0o600));
    return await whenFree(() => connectSqlite(path, options));
  } catch (error) {
    throw error instanceof StorageError ? error : cannotOpen(path, error);
  }
}

const NOT_A_DATABASE = 26;

function cannotOpen(path: string, cause: unknown): StorageError {
  if (resultCode(cause) === NOT_A_DATABASE)
    return new StorageError(`\`${path}\` is not a countersign database`, "name another folder", { cause });
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StorageError(
    `cannot open the database \`${path}\`: ${reason}`,
    "the folder must exist and be writable by the user that runs the server",
    { cause },
  );
}

async function openSnapshot(path: string): Promise<Snapshot> {
  const connection = await open(path, { readOnly: true });
  connection.run("begin", []);
  // A deferred transaction sees the database as it is at its first read.
  await whenFree(() => connection.run("select count(*) from sqlite_schema", []));
  return { db: leaseKysely(connection).db, close: async () => connection.close() };
}

/** The caller holds the write lock, so what is copied is what will be migrated. Renamed when whole, so that no half copy stays. */
async function keepCopy(path: string, version: number): Promise<void> {
  const copy = `${path}.before-version-${version + 1}`;
  const part = `${copy}.part`;
  rmSync(part, { force: true });
  // SQLite would make it readable by everybody; it fills a file that is there and empty
  closeSync(openSync(part, "wx", 0o600));
  const connection = await open(path);
  try {
    await whenFree(() => connection.run("vacuum into ?", [part]));
  } finally {
    connection.close();
  }
  renameSync(part, copy);
}
