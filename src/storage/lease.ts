import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from "kysely";

/**
 * Wraps a dialect so that a connection that was handed back runs nothing more (a transaction kept beyond its end would
 * otherwise write outside any), and so that only plain values reach the database: drivers give objects meanings of their own,
 * `node:sqlite` takes one for named parameters.
 */
export function leased(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => leasedDriver(dialect.createDriver()),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

/** A connection that runs nothing more once its lease has ended. */
export class Lease implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  #over = false;

  constructor(inner: DatabaseConnection) {
    this.inner = inner;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    this.#check(query);
    return this.inner.executeQuery<R>(query);
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    this.#check(query);
    return this.inner.streamQuery<R>(query, chunkSize);
  }

  end(): void {
    this.#over = true;
  }

  #check(query: CompiledQuery): void {
    if (this.#over) throw new Error("a transaction was used after its end");
    for (const value of query.parameters)
      if (!isPlain(value)) throw new TypeError("not a plain value for SQL");
  }
}

/** Null, text, a safe integer or bytes. Booleans are 0 and 1, moments are numbers, JSON is text. */
export const isPlain = (value: unknown): boolean =>
  value === null || typeof value === "string" || Number.isSafeInteger(value) || value instanceof Uint8Array;

function leasedDriver(driver: Driver): Driver {
  return {
    init: () => driver.init(),
    acquireConnection: async () => new Lease(await driver.acquireConnection()),
    releaseConnection: async (connection) => {
      if (connection instanceof Lease) connection.end();
      await driver.releaseConnection(innerOf(connection));
    },
    beginTransaction: (connection, settings) => driver.beginTransaction(innerOf(connection), settings),
    commitTransaction: (connection) => driver.commitTransaction(innerOf(connection)),
    rollbackTransaction: (connection) => driver.rollbackTransaction(innerOf(connection)),
    destroy: () => driver.destroy(),
  };
}

const innerOf = (connection: DatabaseConnection): DatabaseConnection =>
  connection instanceof Lease ? connection.inner : connection;
