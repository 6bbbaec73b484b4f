import type { SignInTidying } from "#ports/signins.ts";
import type { Store } from "#ports/store.ts";
import { type Backup, backupOn } from "./backup.ts";
import { type ClockRow, clockRow } from "./clock.ts";
import type { Engine } from "./engine.ts";
import { MIGRATIONS, type Migration } from "./migrations.ts";
import { migrate } from "./migrator.ts";
import { type Reseal, resealOn } from "./reseal.ts";
import { type RootKeys, rootKeys } from "./root-keys.ts";
import { signInTidying } from "./sign-in-tidying.ts";
import { openSqlite } from "./sqlite/engine.ts";
import { readerOn, transactionOn } from "./transaction.ts";

export type StoreConfig =
  | { readonly kind: "sqlite"; readonly path: string }
  | { readonly kind: "postgres"; readonly url: string };

export interface StoreOptions {
  /** Connections of the pool, PostgreSQL only. */
  readonly connections?: number;
  /** For tests of the migrator. */
  readonly migrations?: readonly Migration[];
}

/** The store, and what the operator's side needs beside it. */
export interface OpenStore extends Store {
  readonly clock: ClockRow;
  readonly rootKeys: RootKeys;
  readonly reseal: Reseal;
  readonly backup: Backup;
  readonly signInTidying: SignInTidying;
}

/** Opens the store and brings it to the code's version. Throws a `StorageError` for what a person must put right. */
export async function openStore(config: StoreConfig, options: StoreOptions = {}): Promise<OpenStore> {
  const engine = await openEngine(config, options);
  try {
    await migrate(engine, options.migrations ?? MIGRATIONS);
  } catch (error) {
    await engine.close();
    throw error;
  }
  return {
    reader: readerOn(engine.reads, engine),
    write: (work) => engine.transact((db) => work(transactionOn(db, engine))),
    close: () => engine.close(),
    clock: clockRow(engine),
    rootKeys: rootKeys(engine),
    reseal: resealOn(engine),
    backup: backupOn(engine),
    signInTidying: signInTidying(engine),
  };
}

async function openEngine(config: StoreConfig, options: StoreOptions): Promise<Engine> {
  if (config.kind === "sqlite") return openSqlite(config.path);
  // Loaded only where it is used: it costs start time and memory.
  const { openPostgres } = await import("./postgres/engine.ts");
  return openPostgres(config.url, options.connections);
}
