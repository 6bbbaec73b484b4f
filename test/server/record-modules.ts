/** Preloaded into a server: writes down what each of its threads had loaded by its end, as one file a thread. */
import { writeFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { threadId } from "node:worker_threads";

/** What one thread loaded. */
export interface Loaded {
  /** Addresses of modules, node's own included, in the order of loading. */
  readonly urls: readonly string[];
  /** The parts of node itself, as it names them. */
  readonly internal: readonly string[];
}

const urls: string[] = [];
registerHooks({
  load(url, context, next) {
    urls.push(url);
    return next(url, context);
  },
});

process.once("exit", () => {
  // undocumented, and there since the first versions
  const { moduleLoadList } = process as unknown as { moduleLoadList: readonly string[] };
  const loaded: Loaded = { urls, internal: [...moduleLoadList] };
  writeFileSync(join(process.env.RECORD_MODULES_IN ?? "", `${threadId}.json`), JSON.stringify(loaded));
});
