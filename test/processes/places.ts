import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe } from "node:test";
import { openStore, type StoreConfig } from "#storage/open.ts";
import { inProcess } from "../cli/in-process.ts";
import { startPostgres, type TestPostgres } from "../support/postgres.ts";
import {
  createAccount,
  freshFolder,
  placeFlags,
  startServer,
  type TestAccount,
  type TestServer,
} from "../support/server.ts";
import { clientsAt, type Everywhere } from "./people.ts";

/** Where a deployment keeps its data: a folder with the key file, and the database in it or on PostgreSQL. */
export interface Place {
  readonly folder: string;
  readonly database?: string;
}

/** Makes an empty place. */
export type FreshPlace = () => Promise<Place>;

export type DatabaseKind = "sqlite" | "postgres";

/** What holds on one database holds on the other (DESIGN 5): each in its turn gets a suite, beside the other. */
export function onBothDatabases(suite: (fresh: FreshPlace, kind: DatabaseKind) => void): void {
  const places = freshPlaces();
  describe("on each database", { concurrency: 2 }, () => {
    for (const kind of ["sqlite", "postgres"] as const)
      describe(kind, { concurrency: 1 }, () => suite(places[kind], kind));
  });
}

/** Empty places by database; PostgreSQL is started with the suite and ends with it. */
export function freshPlaces(): Readonly<Record<DatabaseKind, FreshPlace>> {
  let postgres: Promise<TestPostgres> | undefined;
  after(async () => (await postgres)?.stop());
  return {
    sqlite: async () => ({ folder: freshFolder("processes") }),
    postgres: async () => {
      postgres ??= startPostgres();
      return { folder: freshFolder("processes"), database: await (await postgres).url("processes") };
    },
  };
}

/** Two server processes on one database, with an account in it. */
export interface Pair {
  readonly place: Place;
  readonly account: TestAccount;
  readonly servers: readonly [TestServer, TestServer];
}

/** What a suite has while it runs: the pair, and its administrator's clients at either. */
export interface Running {
  readonly pair: Pair;
  readonly admin: Everywhere<Pair["servers"]>;
}

/** Starts a pair before the suite's tests and ends it after them. */
export function withPair(fresh: FreshPlace): Running {
  let running: Running | undefined;
  const started = (): Running => running ?? assert.fail("the servers were not started");
  before(async () => {
    const place = await fresh();
    const account = await accountIn(place);
    const servers = await Promise.all([startServer(place), startServer(place)]);
    running = { pair: { place, account, servers }, admin: clientsAt(servers, account.admin) };
  });
  after(async () => {
    const { pair, admin } = started();
    admin[Symbol.dispose]();
    await Promise.all(pair.servers.map((server) => server.stop()));
  });
  return {
    get pair() {
      return started().pair;
    },
    get admin() {
      return started().admin;
    },
  };
}

/** Makes an account with an administrator, as `account create` does, in this process: it is quicker. */
export const accountIn = (place: Place): Promise<TestAccount> =>
  createAccount({ place: flagsOf(place) }, { command: inProcess });

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
