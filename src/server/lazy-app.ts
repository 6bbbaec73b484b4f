import { loadedOnce } from "#base/loaded.ts";
import type { RawRequest, RawResponse } from "#wire/raw.ts";
import { plainAnswer } from "./answers.ts";
import type { Log } from "./log.ts";
import type { App } from "./open-app.ts";

/** The application, opened by the first request that wants it. */
export interface LazyApp {
  readonly answer: (raw: RawRequest) => Promise<RawResponse>;
  readonly refuseBody: (raw: RawRequest) => Promise<RawResponse>;
  /** Opens it where no request has wanted it yet. */
  readonly warm: () => Promise<void>;
}

/**
 * What fails while it is opened are its modules: nothing in them waits for a database or another machine. Too many open files, or a
 * new version that is just being put in place, are over in a while, so each request tries again and is told meanwhile. A cause is
 * logged once, until another takes its place.
 */
export function lazyApp(open: () => Promise<App>, log: Log): LazyApp {
  const load = loadedOnce(open);
  let logged: string | undefined;
  let tried = false;
  const opened = async (): Promise<App | undefined> => {
    tried = true;
    try {
      return await load();
    } catch (error) {
      const cause = String(error);
      if (cause !== logged) log.error({ err: error }, "what answers requests cannot be loaded");
      logged = cause;
      return undefined;
    }
  };
  return {
    answer: async (raw) => (await opened())?.answer(raw) ?? notLoaded(),
    refuseBody: async (raw) => (await opened())?.refuseBody(raw) ?? notLoaded(),
    async warm() {
      if (!tried) await opened();
    },
  };
}

const notLoaded = (): RawResponse =>
  plainAnswer(
    503,
    "what answers requests could not be loaded: the log says why, and the next request tries again",
  );
