import {
  type CompiledQuery,
  DefaultQueryExecutor,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { Lease } from "../lease.ts";
import type { Db } from "../schema.ts";
import { whenFree } from "./busy.ts";
import type { SqliteConnection } from "./connection.ts";

/** Kysely over a connection, until the lease is ended. */
export interface LeasedKysely {
  readonly db: Kysely<Db>;
  readonly lease: Lease;
}

/**
 * Kysely whose every statement goes straight to the one connection: SQLite answers at once, and a statement by key costs less than
 * Kysely's own waiting for a driver's connection. Transactions are the writer's (writer.ts), not Kysely's.
 */
export function leaseKysely(connection: SqliteConnection): LeasedKysely {
  const lease = new Lease({
    executeQuery: (query) => execute(connection, query),
    streamQuery: () => {
      throw new Error("streaming is by pages here (pages.ts)");
    },
  });
  const executor = new DefaultQueryExecutor(compiler, adapter, {
    provideConnection: (consumer) => consumer(lease),
  });
  return { lease, db: new Kysely<Db>({ config: { dialect }, dialect, driver, executor }) };
}

async function execute<R>(connection: SqliteConnection, query: CompiledQuery): Promise<QueryResult<R>> {
  const { rows, changes } = await whenFree(() => connection.run(query.sql, query.parameters));
  // The query builder knows what the statement gives back.
  const typed = rows as R[];
  return changes === undefined ? { rows: typed } : { rows: typed, numAffectedRows: BigInt(changes) };
}

const compiler = new SqliteQueryCompiler();
const adapter = new SqliteAdapter();

const refuse = async (): Promise<never> => {
  throw new Error("connections and transactions go through the engine");
};

const driver: Driver = {
  init: refuse,
  acquireConnection: refuse,
  releaseConnection: refuse,
  beginTransaction: refuse,
  commitTransaction: refuse,
  rollbackTransaction: refuse,
  destroy: refuse,
};

const dialect: Dialect = {
  createAdapter: () => adapter,
  createDriver: () => driver,
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => compiler,
};
