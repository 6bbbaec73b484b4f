import { availableParallelism } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { systemClock } from "#base/clock.ts";
import type { RunningServer } from "#cli/commands/wiring.ts";
import type { OpenPlace } from "#cli/place/place.ts";
import { runCommandLine } from "#cli/program.ts";
import type { Settings } from "#config/settings.ts";
import type { Log } from "#server/log.ts";

/** The only place where things are wired together. What a command does not need is not loaded. */
process.exitCode = await runCommandLine(process.argv.slice(2), process, { startServer });

async function startServer(settings: Settings, place: OpenPlace): Promise<RunningServer> {
  const [
    { serve },
    { openLog },
    { openRecorder },
    { createPasswordHasher, PASSWORD_PARAMS },
    { randomBytes },
    { quotasOf },
    { signInLimitsOf },
  ] = await Promise.all([
    import("#server/serve.ts"),
    import("#server/log.ts"),
    import("#storage/recorder.ts"),
    import("#crypto/password.ts"),
    import("#crypto/random.ts"),
    import("#config/quotas.ts"),
    import("#config/sign-in-limits.ts"),
  ]);
  let tidy: (() => Promise<void>) | undefined;
  const log = openLog(settings.logLevel);
  let trouble: string | undefined;
  const recorder = openRecorder(place.config, {
    failed(error) {
      trouble = "the event log cannot be written";
      log.error({ err: error }, trouble);
    },
    recovered() {
      trouble = undefined;
      log.info({}, "the event log can be written again");
    },
  });
  const server = await serve({
    store: place.store,
    clock: systemClock,
    clockRow: place.store.clock,
    proxies: settings.trustedProxies ?? { has: () => false },
    mailing: await mailingOf(settings, place, log),
    metrics: settings.metrics ? (await import("#server/metrics.ts")).openMetrics() : undefined,
    log,
    http: settings.listen,
    tls: tlsFilesOf(settings),
    publicUrl: settings.publicUrl,
    consoleFolder: join(import.meta.dirname, "../console/dist"),
    pressure: () => recorder.pressure(),
    trouble: () => trouble,
    follow: async () => {
      await place.keys.follow();
      const { tidyingRound } = await import("#server/tidying.ts");
      tidy ??= tidyingRound(place.store, place.store.signInTidying, systemClock);
      await tidy();
    },
    deps: {
      random: randomBytes,
      keyring: place.keyring,
      passwords: createPasswordHasher({
        // libuv has four threads, and files and names are looked up in them too
        concurrency: Math.max(1, Math.min(availableParallelism() - 1, 3)),
        queue: 64,
        params: PASSWORD_PARAMS,
        random: randomBytes,
      }),
      recorder,
      quotas: quotasOf(settings),
      signIn: signInLimitsOf(settings),
      issuer: settings.issuer,
    },
  });
  log.info({ port: server.port }, "serving");
  return {
    url: server.url,
    async close() {
      await server.close();
      await recorder.close();
    },
  };
}

function tlsFilesOf({ tlsCert, tlsKey }: Settings) {
  return tlsCert === undefined || tlsKey === undefined ? undefined : { cert: tlsCert, key: tlsKey };
}

async function mailingOf(settings: Settings, { store, keyring }: OpenPlace, log: Log) {
  const { smtpUrl: server, smtpPassword: password, mailFrom: from, issuer: fromName } = settings;
  if (server === undefined || from === undefined) return undefined;
  const [{ openMailing }, { openSmtp }] = await Promise.all([
    import("#server/mailing.ts"),
    import("#outbound/smtp.ts"),
  ]);
  const notifier = openSmtp({ server, password, from, fromName });
  return openMailing({ store, notifier, keyring, clock: systemClock, log });
}
