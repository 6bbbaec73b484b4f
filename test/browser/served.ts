import { join } from "node:path";
import { epochMs } from "#base/clock.ts";
import { issueSetUpLink } from "#operations/signin/set-up-link.ts";
import { publicUrlOf } from "#wire/cookie/same-site.ts";
import { handle, tooLarge } from "../../src/server/app.ts";
import type { PipelineEnv } from "../../src/server/arrival.ts";
import { listen } from "../../src/server/http.ts";
import { openSite, type Site } from "../../src/server/site.ts";
import { openWorld, type World, type WorldOptions } from "../support/world.ts";

/** A whole server on a port, with the console as it was built, and a clock that runs but can be moved. */
export interface Served extends AsyncDisposable {
  readonly world: World;
  /** `http://localhost:PORT`. */
  readonly origin: string;
  /** Moves the server's clock, and no browser's. */
  leap(ms: number): void;
  /** The set-up link of a server that has no account yet. */
  setUpLink(): Promise<string>;
}

const CONSOLE = join(import.meta.dirname, "../../console/dist");

export async function openServed(options: WorldOptions = {}): Promise<Served> {
  const world = await openWorld(options);
  let ahead = 0;
  Object.defineProperty(world, "now", { get: () => epochMs(Date.now() + ahead) });
  let own = publicUrlOf("http://localhost");
  let site: Site | undefined;
  const pipeline: PipelineEnv = {
    ...world.env,
    publicUrl: () => own,
    deps: { ...world.env.deps, origin: () => own.origin },
  };
  const http = await listen({
    host: "127.0.0.1",
    port: 0,
    tooLarge,
    handle: (raw) =>
      handle(
        {
          pipeline,
          metrics: undefined,
          pressure: () => undefined,
          trouble: () => undefined,
          site: (asked) => {
            site ??= openSite(CONSOLE, own);
            return site(asked);
          },
        },
        raw,
      ),
  });
  own = publicUrlOf(`http://localhost:${http.port}`);
  return {
    world,
    origin: own.origin,
    leap: (ms) => {
      ahead += ms;
    },
    async setUpLink() {
      const token = await issueSetUpLink(world.store, world.env.deps.random, world.now);
      return `${own.origin}/setup#${token ?? ""}`;
    },
    async [Symbol.asyncDispose]() {
      await http.close();
      await world[Symbol.asyncDispose]();
    },
  };
}
