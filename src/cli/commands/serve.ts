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
    "Makes the database and the root key where there are none. While there is no account, a terminal is shown the link that " +
    "makes the first one; elsewhere it goes to the file `set-up-link` in the data folder. Then standard output carries the one " +
    "line `ready URL`; logs go to standard error. SIGTERM, SIGINT and SIGHUP let running calls end, then it exits 0.",
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
  for (const warning of startWarnings(invocation.settings)) remark(invocation.io, `warning: ${warning}`);
  const stop = stopSignal();
  try {
    await serveUntil(stop.came, invocation);
  } finally {
    stop.forget();
  }
  return 0;
}

async function serveUntil(stopped: Promise<void>, invocation: Invocation): Promise<void> {
  const { settings, io, wiring } = invocation;
  const [{ openPlace }, { offerSetUp }] = await Promise.all([
    import("../place/place.ts"),
    import("../place/set-up-link.ts"),
  ]);
  const place = await openPlace(settings, { create: true, clockMustBeRight: true });
  try {
    const server = await wiring.startServer(settings, place).catch((cause: unknown) => {
      throw startRefusal(invocation, cause);
    });
    await offerSetUp(io, place, settings.data, server.url);
    io.stdout.write(`ready ${server.url}\n`);
    await Promise.race([stopped, tidyKeys(place, io).then(() => stopped)]);
    await server.close();
  } finally {
    await place.close();
  }
}

/** Drops old keys that nothing needs any more, beside the serving: it may have to walk over every secret. */
async function tidyKeys(place: OpenPlace, io: Io): Promise<void> {
  const { dropSpentKeys } = await import("../place/spent-keys.ts");
  await dropSpentKeys(place).catch((error: unknown) => {
    remark(io, `old root keys stay for now: ${error instanceof Error ? error.message : String(error)}`);
  });
}

interface StopSignal {
  /** Resolves at the first of `SIGNALS`, also one that comes while the server starts; a second one ends the process. */
  readonly came: Promise<void>;
  readonly forget: () => void;
}

const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

function stopSignal(): StopSignal {
  const { promise, resolve } = Promise.withResolvers<void>();
  const forget = () => {
    for (const signal of SIGNALS) process.off(signal, stop);
  };
  const stop = () => {
    forget();
    resolve();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return { came: promise, forget };
}

const PORT_PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: "is in use",
  EACCES: "may not be opened by this user",
  EADDRNOTAVAIL: "is no address of this machine",
  ENOTFOUND: "is no address of this machine",
};

/** What a person can put right, in a sentence; any other failure as it is. */
function startRefusal({ settings }: Invocation, cause: unknown): unknown {
  const code = systemCode(cause) ?? "";
  if (code === "TLS_PAIR_UNFIT" || code.startsWith("ERR_OSSL")) {
    return new Refusal("`tls-cert` and `tls-key` are no certificate and its key", {
      hint: "both are PEM files, and the key is the certificate's own, without a passphrase",
      cause,
    });
  }
  if (cause instanceof Error && "path" in cause && typeof cause.path === "string") {
    return new Refusal(`cannot read \`${cause.path}\` (${code})`, { cause });
  }
  const problem = PORT_PROBLEMS[code];
  if (problem === undefined) return cause;
  const { host, port } = settings.listen;
  const address = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  return new Refusal(`\`${address}\` ${problem}`, { hint: "name another with `--listen HOST:PORT`", cause });
}
