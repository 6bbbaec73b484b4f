import { type Kysely, sql } from "kysely";
import type { Db } from "./schema.ts";
import { type ColumnKind, type DataTable, TABLES } from "./tables.ts";

export type Cell = string | number | Uint8Array | null;

/** A row by its column names, as both databases give it. */
export type StoredRow = Readonly<Record<string, Cell>>;

/** The columns of a table, by name. */
export const columnsOf = (table: DataTable): Readonly<Record<string, ColumnKind>> => TABLES[table].columns;

/** All rows of a table in the order of its key, a page at a time: memory does not grow with the table. */
export async function* pagesOf(
  db: Kysely<Db>,
  table: DataTable,
  size: number,
): AsyncGenerator<readonly StoredRow[]> {
  const key: readonly string[] = TABLES[table].key;
  let after: StoredRow | undefined;
  do {
    const { rows } = await sql<StoredRow>`select ${columnList(Object.keys(columnsOf(table)))}
      from ${sql.table(table)} ${after === undefined ? sql`` : sql`where ${afterKey(key, after)}`}
      order by ${columnList(key)} limit ${size}`.execute(db);
    if (rows.length > 0) yield rows;
    after = rows.length < size ? undefined : rows.at(-1);
  } while (after !== undefined);
}

const columnList = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)));

const afterKey = (key: readonly string[], row: StoredRow) =>
  sql`(${columnList(key)}) > (${sql.join(key.map((name) => row[name]))})`;
