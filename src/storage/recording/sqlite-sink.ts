import { whenFree } from "../sqlite/busy.ts";
import { connectSqlite, type SqliteConnection } from "../sqlite/connection.ts";
import { type Batch, statementsOf } from "./batch.ts";
import type { Sink } from "./sink.ts";

export async function openSqliteSink(path: string): Promise<Sink> {
  const connection = await whenFree(() => connectSqlite(path));
  return {
    write: (batch) => write(connection, batch),
    close: async () => connection.close(),
  };
}

async function write(connection: SqliteConnection, batch: Batch): Promise<void> {
  await whenFree(() => connection.run("begin immediate", []));
  try {
    for (const { sql, parameters } of statementsOf(batch, () => "?")) connection.run(sql, parameters);
    await whenFree(() => connection.run("commit", []));
  } catch (error) {
    if (connection.inTransaction) connection.run("rollback", []);
    throw error;
  }
}
