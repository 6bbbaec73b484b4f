import { startWarnings } from "#config/rules.ts";
import type { OpenPlace } from "../place/place.ts";
import type { Io } from "../terminal/io.ts";
import { remark } from "../terminal/output.ts";
import { Refusal, systemCode } from "../terminal/refusal.ts";
import type { CommandRow, Invocation } from "./command.ts";

export const serve: CommandRow = {
  name: "serve",
  summary: "run the server",
  detail:
    "Makes the database and the root key where there are none. Standard output carries the one line `ready URL`; logs go " +
    "to standard error. SIGTERM and SIGINT let running calls end, then it exits 0.",
  settings: "serve",
  answers: false,
  examples: [
    { line: "countersign serve", says: "on http://localhost:8400, with an embedded database in ./data" },
    {
      line: "countersign serve --listen 0.0.0.0:8400 --trusted-proxies 10.0.0.5 --public-url https://id.example.com",
      says: "behind a proxy that speaks https",
    },
    {
      line: "COUNTERSIGN_DATABASE=postgres://countersign@db/countersign countersign serve --key-file /run/secrets/root.key",
      says: "on PostgreSQL, with the key from a mounted file",
    },
  ],
  run: serveUntilSignalled,
};

async function serveUntilSignalled(invocation: Invocation): Promise<number> {
  const { settings, io, wiring } = invocation;
  for (const warning of startWarnings(settings)) remark(io, `warning: ${warning}`);
  const stopped = stopSignal();
  const { openPlace } = await import("../place/place.ts");
  const place = await openPlace(settings, { create: true, clockMustBeRight: true });
  try {
    const server = await wiring.startServer(settings, place).catch((cause: unknown) => {
      throw portRefusal(invocation, cause);
    });
    io.stdout.write(`ready ${server.url}\n`);
    await Promise.race([stopped, tidyKeys(place, io).then(() => stopped)]);
    await server.close();
  } finally {
    await place.close();
  }
  return 0;
}

/** Drops old keys that nothing needs any more, beside the serving: it may have to walk over every secret. */
async function tidyKeys(place: OpenPlace, io: Io): Promise<void> {
  const { dropSpentKeys } = await import("../place/spent-keys.ts");
  await dropSpentKeys(place).catch((error: unknown) => {
    remark(io, `old root keys stay for now: ${error instanceof Error ? error.message : String(error)}`);
  });
}

/** Resolves at the first SIGTERM or SIGINT, also one that comes while the server starts; a second one ends the process. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of SIGNALS) process.off(signal, stop);
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
}

const SIGNALS = ["SIGTERM", "SIGINT"] as const;

const PORT_PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: "is in use",
  EACCES: "may not be opened by this user",
  EADDRNOTAVAIL: "is no address of this machine",
  ENOTFOUND: "is no address of this machine",
};

function portRefusal({ settings }: Invocation, cause: unknown): unknown {
  const problem = PORT_PROBLEMS[systemCode(cause) ?? ""];
  if (problem === undefined) return cause;
  const { host, port } = settings.listen;
  const address = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  return new Refusal(`\`${address}\` ${problem}`, { hint: "name another with `--listen HOST:PORT`", cause });
}
