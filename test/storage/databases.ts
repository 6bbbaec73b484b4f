import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe } from "node:test";
import type { StoreConfig } from "#storage/open.ts";
import { type PostgresOptions, startPostgres, type TestPostgres } from "../support/postgres.ts";

/** Makes a fresh, empty database. */
export type Fresh = () => Promise<StoreConfig>;

/** Runs a suite on SQLite and on a real PostgreSQL: what holds on one holds on the other (DESIGN 5). */
export function onBothDatabases(suite: (fresh: Fresh) => void, options: PostgresOptions = {}): void {
  describe("sqlite", () => onSqlite(suite));
  describe("postgres", () => onPostgres(suite, options));
}

export function onSqlite(suite: (fresh: Fresh) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "countersign-store-"));
  let made = 0;
  after(() => rmSync(folder, { recursive: true, force: true }));
  suite(async () => ({ kind: "sqlite", path: join(folder, `${++made}.db`) }));
}

function onPostgres(suite: (fresh: Fresh) => void, options: PostgresOptions): void {
  let server: TestPostgres | undefined;
  before(async () => {
    server = await startPostgres(options);
  });
  after(() => server?.stop());
  suite(async () => {
    if (server === undefined) throw new Error("the server was not started");
    return { kind: "postgres", url: await server.url("store") };
  });
}
