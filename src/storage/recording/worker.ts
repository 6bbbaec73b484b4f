import { parentPort, workerData } from "node:worker_threads";
import type { StoreConfig } from "../open.ts";
import type { Batch } from "./batch.ts";
import type { Sink } from "./sink.ts";

/** The recorder's other half: writes batch after batch and answers each when it is on disk. An error ends it, and is seen. */

const openSink = async (config: StoreConfig): Promise<Sink> =>
  config.kind === "sqlite"
    ? (await import("./sqlite-sink.ts")).openSqliteSink(config.path)
    : (await import("./postgres-sink.ts")).openPostgresSink(config.url);

// recorder.ts is the only one that starts this file.
const sink = openSink(workerData as StoreConfig);
const port = parentPort;
let last: Promise<void> = sink.then(() => {});

port?.on("message", (message: Batch | "close") => {
  last = last.then(async () => {
    if (message !== "close") {
      await (await sink).write(message);
      port.postMessage("written");
      return;
    }
    await (await sink).close();
    port.close();
  });
});
