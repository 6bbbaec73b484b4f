import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { epochMs } from "#base/clock.ts";
import { issueSetUpLink } from "#operations/signin/set-up-link.ts";
import { publicUrlOf } from "#wire/cookie/same-site.ts";
import { handle, tooLarge } from "../../src/server/app.ts";
import type { PipelineEnv } from "../../src/server/arrival.ts";
import { listen } from "../../src/server/http.ts";
import { openSite } from "../../src/server/site.ts";
import { tool } from "../support/tools.ts";
import { openWorld, type World } from "../support/world.ts";

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

export async function openServed(): Promise<Served> {
  const world = await openWorld();
  let ahead = 0;
  Object.defineProperty(world, "now", { get: () => epochMs(Date.now() + ahead) });
  let own = publicUrlOf("http://localhost");
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
          site: (asked) => openSite(CONSOLE, own)(asked),
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

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Chromium, the machine's own. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: tool("chromium") ?? "chromium", args: FLAGS });

/** One person's browser, which shares nothing with another's, and its first tab. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What its pages threw, or were refused by the content security policy. A test ends with none. */
  readonly complaints: readonly string[];
}

export interface VisitorOptions {
  readonly phone?: boolean;
  readonly dark?: boolean;
  readonly locale?: string;
}

export async function openVisitor(browser: Browser, options: VisitorOptions = {}): Promise<Visitor> {
  const { phone = false, dark = false, locale = "en-GB" } = options;
  const context = await browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    hasTouch: phone,
    isMobile: phone,
    colorScheme: dark ? "dark" : "light",
    // nobody waits for what moves
    reducedMotion: "reduce",
    locale,
  });
  context.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  context.on("page", (page) => {
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      // a browser says so of every refusal, also of one that the page expects and tells
      if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
        complaints.push(message.text());
    });
  });
  return { context, page: await context.newPage(), complaints };
}
