import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { freshFolder, startServer } from "../support/server.ts";
import type { Loaded } from "./record-modules.ts";

/** What a server is made of when it says that it is ready: all else waits for its first use (DESIGN 7). */
const AT_READY = {
  main: [
    "@pinojs/redact",
    "atomic-sleep",
    "commander",
    "kysely",
    "on-exit-leak-free",
    "pino",
    "pino-std-serializers",
    "quick-format-unescaped",
    "safe-stable-stringify",
    "sonic-boom",
    "thread-stream",
  ],
  /** The recorder's: it writes SQLite by itself. */
  worker: [],
};

/** A whole HTTP client inside node: 17 MB and a fifth of the start, and a server asks nobody for anything. */
const CLIENT_IN_NODE = /undici/;

/** The library that sends mail waits for the first one. */
const MAIL = { COUNTERSIGN_SMTP_URL: "smtp://127.0.0.1:1", COUNTERSIGN_MAIL_FROM: "us@example.com" };

for (const [what, settings] of [
  ["a server", {}],
  ["a server that can send mail", MAIL],
] as const) {
  test(`${what} that is ready has loaded these packages and no others`, async () => {
    const folder = freshFolder("modules");
    const preload = join(import.meta.dirname, "record-modules.ts");
    const server = await startServer({
      settings: { ...settings, NODE_OPTIONS: `--import=${preload}`, RECORD_MODULES_IN: folder },
    });
    await server.stop();
    const threads = readdirSync(folder)
      .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
      .map((file) => read(join(folder, file)));
    assert.deepEqual(threads.map(packagesOf), [AT_READY.main, AT_READY.worker]);
    assert.ok((threads[0]?.urls.length ?? 0) > 200, "saw too few modules");
    assert.deepEqual(
      threads.flatMap(({ internal }) => internal.filter((name) => CLIENT_IN_NODE.test(name))),
      [],
    );
  });
}

// the form that record-modules.ts writes
const read = (path: string): Loaded => JSON.parse(readFileSync(path, "utf8")) as Loaded;

function packagesOf({ urls }: Loaded): readonly string[] {
  const names = urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
  return [...new Set(names)].toSorted();
}
