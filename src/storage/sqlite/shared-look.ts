import type { SqliteConnection } from "./connection.ts";

/** A reading connection whose reads of one turn of the event loop see the database in one and the same state. */
export interface SharedLook extends SqliteConnection {
  /** The next read sees what is committed by now. Whoever commits calls it before he says that he has. */
  renew(): void;
}

/**
 * Wraps `connection`. Outside a transaction each read takes SQLite's lock and gives it back, which is four fifths of a read by
 * key: here the first read of a turn takes it and the turn's end gives it back. A request that came in this turn was sent before
 * the turn began, so what it sees is no older than what it would have seen.
 */
export function shareLook(connection: SqliteConnection): SharedLook {
  let turnEnd: NodeJS.Immediate | undefined;
  const renew = (): void => {
    if (turnEnd === undefined) return;
    clearImmediate(turnEnd);
    turnEnd = undefined;
    // after some errors SQLite has ended it itself
    if (connection.inTransaction) connection.run("commit", []);
  };
  return {
    run(sql, parameters) {
      if (turnEnd === undefined) {
        connection.run("begin", []);
        turnEnd = setImmediate(renew);
      }
      return connection.run(sql, parameters);
    },
    renew,
    get inTransaction() {
      return connection.inTransaction;
    },
    close() {
      renew();
      connection.close();
    },
  };
}
