import { type Clock, SECOND } from "#base/clock.ts";
import { type Deps, WITHOUT_MAIL } from "#operations/call.ts";
import type { Store } from "#ports/store.ts";
import { publicUrlOf } from "#wire/cookie/same-site.ts";
import type { ProxyList } from "#wire/forwarded.ts";
import { type ClockRow, openClockGuard } from "./clock-guard.ts";
import { type HttpOptions, listen } from "./http.ts";
import { lazyApp } from "./lazy-app.ts";
import type { Log } from "./log.ts";
import type { Mailing } from "./mailing.ts";
import type { Metrics } from "./metrics.ts";
import { openStrangers } from "./strangers.ts";
import { openCertificate, type TlsFiles } from "./tls.ts";

/** What a server is made of; everything is open and ready. */
export interface ServerParts {
  readonly store: Store;
  readonly deps: Omit<Deps, "origin" | "mail">;
  readonly clock: Clock;
  readonly clockRow: ClockRow;
  readonly proxies: ProxyList;
  readonly http: Pick<HttpOptions, "host" | "port">;
  /** With these the server speaks https, and follows what becomes of them. */
  readonly tls: TlsFiles | undefined;
  /** Where people reach the server; undefined stands for this machine and the port that it gets. */
  readonly publicUrl: string | undefined;
  /** Where the console's pages lie, as they were built. */
  readonly consoleFolder: string;
  readonly metrics: Metrics | undefined;
  /** Undefined where no mail server is configured. */
  readonly mailing: Mailing | undefined;
  readonly log: Log;
  /** While the event log is behind: resolves when it has caught up. No call runs without room for its event. */
  readonly pressure: () => Promise<void> | undefined;
  /** One sentence on what is wrong with the parts, or undefined while all is well. */
  readonly trouble: () => string | undefined;
  /** Runs every second beside the requests: follows what other processes changed. */
  readonly follow: () => Promise<void>;
}

export interface Serving {
  readonly port: number;
  /** Where people reach it. */
  readonly url: string;
  /** Drains requests, then writes out what was recorded. The store stays open. */
  close(): Promise<void>;
}

const TICK_MS = SECOND;
const MAIL_TICK_MS = 2 * SECOND;

/** Opens the port and serves. Rejects with the system's error where it cannot be had. */
export async function serve(parts: ServerParts): Promise<Serving> {
  const { store, clock, log, metrics, mailing, proxies, pressure, consoleFolder } = parts;
  let own = publicUrlOf(parts.publicUrl ?? "http://localhost");
  const deps: Deps = { ...parts.deps, mail: mailing?.state ?? WITHOUT_MAIL, origin: () => own.origin };
  const guard = await openClockGuard(parts.clockRow, clock);
  const strangers = openStrangers((line) => log.warn(line, "requests that proved no caller"));
  // half of what a server is made of: the first request wants it, and the start does not wait for it
  const app = lazyApp(
    () =>
      import("./open-app.ts").then(({ openApp }) =>
        openApp({
          store,
          deps,
          clock,
          proxies,
          metrics,
          pressure,
          consoleFolder,
          publicUrl: () => own,
          clockBehind: guard.behind,
          trouble: () =>
            (guard.behind(clock()) ? "the clock is behind the highest moment seen" : undefined) ??
            parts.trouble(),
          stranger(address, code, now) {
            strangers.note(address, code, now);
            metrics?.stranger(code);
          },
          failed: (error, requestId) => log.error({ err: error, requestId }, "a call failed inside"),
        }),
      ),
    log,
  );
  const certificate = parts.tls && (await openCertificate(parts.tls, log, clock));
  const tls = certificate?.first;
  const http = await listen({
    ...parts.http,
    tls,
    handle: app.answer,
    tooLarge: app.refuseBody,
  });
  const scheme = tls === undefined ? "http" : "https";
  own = publicUrlOf(parts.publicUrl ?? `${scheme}://localhost:${http.port}`);
  const stopTicking = every(
    TICK_MS,
    async () => {
      await guard.tick();
      metrics?.clockBehind(guard.behind(clock()));
      await parts.follow();
      // where nobody has asked for a second, the first one shall not wait either
      await app.warm();
    },
    log,
  );
  // a round of its own: a database that fails or is slow delays no certificate
  const stopFollowing = certificate && every(TICK_MS, () => certificate.follow(http.renew), log);
  // and so does no mail server
  const stopMailing = mailing && every(MAIL_TICK_MS, () => mailing.round(own.origin), log);
  return {
    port: http.port,
    url: own.origin,
    async close() {
      mailing?.stop();
      await http.close();
      await Promise.all([stopTicking(), stopFollowing?.(), stopMailing?.()]);
      strangers.flush();
      await deps.recorder.flush();
    },
  };
}

/** Runs `work` every `ms`, never twice at once; a failure is logged and tried again. Returns the stop, which waits for it. */
function every(ms: number, work: () => Promise<void>, log: Log): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let idle = true;
  const timer = setInterval(() => {
    if (!idle) return;
    idle = false;
    running = work()
      .catch((error: unknown) => log.error({ err: error }, "the server's own round failed"))
      .finally(() => {
        idle = true;
      });
  }, ms);
  return () => {
    clearInterval(timer);
    return running;
  };
}
