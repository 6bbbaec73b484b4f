import type { Kysely } from "kysely";
import type { Db } from "./schema.ts";

/** The words for our portable column types in one dialect (DESIGN 5). */
export interface ColumnTypes {
  readonly text: string;
  readonly int: string;
  readonly bytes: string;
  /** What follows the closing bracket of CREATE TABLE. */
  readonly tableSuffix: string;
}

/** One consistent view of the database, until it is closed. */
export interface Snapshot {
  readonly db: Kysely<Db>;
  close(): Promise<void>;
}

/** What differs between the two databases; everything above is one set of queries. */
export interface Engine {
  readonly columnTypes: ColumnTypes;
  /** How many rows one statement may look through before others have their turn: `node:sqlite` holds up the thread. */
  readonly rowsAtOnce: number;
  /** For single reads: each sees what is committed. */
  readonly reads: Kysely<Db>;
  /**
   * Runs `work` in a transaction and commits, or rolls back when it throws. On PostgreSQL `work` runs again where the
   * database asks for that. The `db` it gets is dead when the transaction is over.
   */
  transact<T>(work: (db: Kysely<Db>) => Promise<T>): Promise<T>;
  openSnapshot(): Promise<Snapshot>;
  /** Whether `error` says that a unique key is taken. */
  isDuplicate(error: unknown): boolean;
  /** Keeps a copy of the database as it is, before it is migrated from `version`. Called inside the migrating transaction. */
  keepCopy(version: number): Promise<void>;
  close(): Promise<void>;
}
