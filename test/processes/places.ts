import { join } from "node:path";
import { after, before, describe } from "node:test";
import { openStore, type StoreConfig } from "#storage/open.ts";
import { startPostgres, type TestPostgres } from "../support/postgres.ts";
import {
  createAccount,
  freshFolder,
  placeFlags,
  startServer,
  type TestAccount,
  type TestServer,
} from "../support/server.ts";

/** Where a deployment keeps its data: a folder with the key file, and the database in it or on PostgreSQL. */
export interface Place {
  readonly folder: string;
  readonly database?: string;
}

/** Makes an empty place. */
export type FreshPlace = () => Promise<Place>;

/** The long forms take their time (`npm run test:long`). */
export const LONG = process.env.COUNTERSIGN_TEST_LONG === "1";

/** What holds on one database holds on the other (DESIGN 5). */
export function onBothDatabases(suite: (fresh: FreshPlace) => void): void {
  describe("sqlite", () => suite(sqlitePlace));
  describe("postgres", () => onPostgres(suite));
}

export const sqlitePlace: FreshPlace = async () => ({ folder: freshFolder("processes") });

export function onPostgres(suite: (fresh: FreshPlace) => void): void {
  let postgres: TestPostgres | undefined;
  before(async () => {
    postgres = await startPostgres();
  });
  after(() => postgres?.stop());
  suite(async () => {
    if (postgres === undefined) throw new Error("PostgreSQL was not started");
    return { folder: freshFolder("processes"), database: await postgres.url("processes") };
  });
}

/** Two server processes on one database, with an account in it. */
export interface Pair {
  readonly place: Place;
  readonly account: TestAccount;
  readonly servers: readonly [TestServer, TestServer];
  stop(): Promise<void>;
}

export async function startPair(place: Place): Promise<Pair> {
  const first = await startServer(place);
  const [second, account] = await Promise.all([startServer(place), createAccount(first)]);
  return {
    place,
    account,
    servers: [first, second],
    stop: async () => {
      await Promise.all([first.stop(), second.stop()]);
    },
  };
}

/** The operator's flags for a place. */
export const flagsOf = (place: Place): readonly string[] => placeFlags(place);

export const configOf = ({ folder, database }: Place): StoreConfig =>
  database === undefined
    ? { kind: "sqlite", path: join(folder, "countersign.db") }
    : { kind: "postgres", url: database };

/** The rows of a table. */
export type RowsOf = (table: string) => Rows;

type Rows = readonly Readonly<Record<string, string | number | Uint8Array | null>>[];

/** Every row of every table, as they lie in the database at one moment. */
export async function rowsIn(place: Place): Promise<RowsOf> {
  const store = await openStore(configOf(place));
  const tables = new Map<string, Rows[number][]>();
  try {
    for await (const { table, row } of store.backup.dump()) {
      tables.set(table, [...(tables.get(table) ?? []), row]);
    }
  } finally {
    await store.close();
  }
  return (table) => tables.get(table) ?? [];
}
