import { after, before } from "node:test";
import type { Browser } from "playwright-core";
import { type LoadedAwsCli, loadAwsCli, printed } from "../support/aws-cli.ts";
import type { Finished, TestServer } from "../support/server.ts";
import { tool } from "../support/tools.ts";
import type { Keys } from "../support/world.ts";
import type { Served } from "./served.ts";
import { openChromium } from "./visitor.ts";

/** Chromium for a file's tests, from before the first until after the last. */
export function chromiumFor(skip: string | false): () => Browser {
  let browser: Browser | undefined;
  before(async () => {
    if (skip === false) browser = await openChromium();
  });
  after(() => browser?.close());
  return () => opened(browser);
}

/** What a person types behind `aws`, with nothing but keys. */
export interface CommandLine {
  run(served: Served, keys: Keys, line: string): Promise<Finished>;
  /** The same of a call that must succeed: what it printed. */
  aws(served: Served, keys: Keys, line: string): Promise<ReturnType<typeof printed>>;
}

/** The AWS CLI for a file's tests, from before the first until after the last. */
export function commandLineFor(skip: string | false): CommandLine {
  let cli: LoadedAwsCli | undefined;
  before(() => {
    if (skip === false) cli = loadAwsCli(tool("aws") ?? "aws");
  });
  after(() => cli?.end());
  const run = ({ origin }: Served, keys: Keys, line: string) =>
    // no other part of a server is asked for
    opened(cli).run({ url: origin } as TestServer, keys, line.split(" "));
  return { run, aws: async (...asked) => printed(await run(...asked)) };
}

function opened<T>(what: T | undefined): T {
  if (what === undefined) throw new Error("nothing is open outside of the tests");
  return what;
}
