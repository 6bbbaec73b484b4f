import { loadedOnce } from "#base/loaded.ts";
import { openCallers } from "#operations/callers.ts";
import { openConsoleSessions } from "#operations/console-sessions.ts";
import type { RawRequest, RawResponse } from "#wire/raw.ts";
import { type AppEnv, handle, tooLarge } from "./app.ts";
import type { PipelineEnv } from "./arrival.ts";
import { openInFlight } from "./in-flight.ts";

/** What requests are answered from. */
export interface AppParts
  extends Pick<AppEnv, "metrics" | "pressure" | "trouble">,
    Pick<
      PipelineEnv,
      "store" | "deps" | "clock" | "proxies" | "publicUrl" | "clockBehind" | "stranger" | "failed"
    > {
  /** Where the console's pages lie, as they were built. */
  readonly consoleFolder: string;
}

/** Everything behind the port. */
export interface App {
  answer(raw: RawRequest): Promise<RawResponse>;
  /** The answer to a body that grew past the limit. */
  refuseBody(raw: RawRequest): RawResponse;
}

export function openApp({ metrics, pressure, trouble, consoleFolder, ...parts }: AppParts): App {
  const { store, deps, publicUrl } = parts;
  const callers = openCallers(store.reader, deps.keyring, () => performance.now());
  const consoleSessions = openConsoleSessions(store, callers, deps.signIn);
  const site = loadedOnce(() =>
    import("./site.ts").then(({ openSite }) => openSite(consoleFolder, publicUrl())),
  );
  const env: AppEnv = {
    metrics,
    pressure,
    trouble,
    site: async (raw) => (await site())(raw),
    pipeline: { ...parts, callers, consoleSessions, inFlight: openInFlight(), changed: callers.changed },
  };
  return { answer: (raw) => handle(env, raw), refuseBody: tooLarge };
}
