import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

export interface SqliteResult {
  readonly rows: readonly unknown[];
  /** Rows inserted, updated or deleted; undefined for a statement that gives rows back. */
  readonly changes: number | undefined;
}

/** One connection to the file, with the statements it has prepared. */
export interface SqliteConnection {
  /** `parameters` are plain values: null, text, integers, bytes. */
  run(sql: string, parameters: readonly unknown[]): SqliteResult;
  readonly inTransaction: boolean;
  close(): void;
}

export interface SqliteConnectionOptions {
  /** Refuses writes. */
  readonly readOnly?: boolean;
  /** How long one statement may block its thread when another process holds the lock. */
  readonly blockMs?: number;
}

const STATEMENTS = 400;

export function connectSqlite(path: string, options: SqliteConnectionOptions = {}): SqliteConnection {
  const db = new DatabaseSync(path, { timeout: options.blockMs ?? 0 });
  try {
    // FULL: an acknowledged commit survives a power cut, not only `kill -9` (DESIGN 10.8).
    db.exec("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on");
    if (options.readOnly) db.exec("pragma query_only = on");
  } catch (error) {
    db.close();
    throw error;
  }
  const prepared = new Map<string, Prepared>();
  return {
    run: (sql, parameters) => execute(statementOf(db, prepared, sql), parameters),
    get inTransaction() {
      return db.isTransaction;
    },
    close: () => db.close(),
  };
}

interface Prepared {
  readonly statement: StatementSync;
  readonly givesRows: boolean;
}

/** Prepares once a text; the oldest statement goes when there are too many. */
function statementOf(db: DatabaseSync, prepared: Map<string, Prepared>, sql: string): Prepared {
  const known = prepared.get(sql);
  if (known !== undefined) return known;
  const statement = db.prepare(sql);
  const fresh = { statement, givesRows: statement.columns().length > 0 };
  const [oldest] = prepared.keys();
  if (prepared.size >= STATEMENTS && oldest !== undefined) prepared.delete(oldest);
  prepared.set(sql, fresh);
  return fresh;
}

function execute({ statement, givesRows }: Prepared, parameters: readonly unknown[]): SqliteResult {
  // The lease has refused all but plain values (lease.ts).
  const values = parameters as SQLInputValue[];
  if (givesRows) return { rows: statement.all(...values), changes: undefined };
  return { rows: [], changes: Number(statement.run(...values).changes) };
}

const BUSY = 5;
const CONSTRAINT_PRIMARYKEY = 1555;
const CONSTRAINT_UNIQUE = 2067;

export const isBusy = (error: unknown): boolean => (resultCode(error) ?? 0) % 256 === BUSY;

export const isSqliteDuplicate = (error: unknown): boolean =>
  resultCode(error) === CONSTRAINT_UNIQUE || resultCode(error) === CONSTRAINT_PRIMARYKEY;

/** SQLite's extended result code. */
export const resultCode = (error: unknown): number | undefined =>
  error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? error.errcode
    : undefined;
