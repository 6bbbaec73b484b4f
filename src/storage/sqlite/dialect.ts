import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { whenFree } from "./busy.ts";
import type { SqliteConnection } from "./connection.ts";

/** Kysely over one connection. Transactions are the writer's (writer.ts), not Kysely's. */
export const sqliteDialect = (connection: SqliteConnection): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => sqliteDriver(connection),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});

function sqliteDriver(connection: SqliteConnection): Driver {
  const only: DatabaseConnection = {
    executeQuery: (query) => execute(connection, query),
    streamQuery: () => {
      throw new Error("streaming is by pages here (pages.ts)");
    },
  };
  return {
    init: async () => {},
    acquireConnection: async () => only,
    releaseConnection: async () => {},
    beginTransaction: refuseTransaction,
    commitTransaction: refuseTransaction,
    rollbackTransaction: refuseTransaction,
    destroy: async () => {},
  };
}

async function execute<R>(connection: SqliteConnection, query: CompiledQuery): Promise<QueryResult<R>> {
  const { rows, changes } = await whenFree(() => connection.run(query.sql, query.parameters));
  // The query builder knows what the statement gives back.
  const typed = rows as R[];
  return changes === undefined ? { rows: typed } : { rows: typed, numAffectedRows: BigInt(changes) };
}

const refuseTransaction = async (): Promise<never> => {
  throw new Error("transactions go through the engine");
};
