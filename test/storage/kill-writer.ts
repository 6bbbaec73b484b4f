/** The process that is killed: `kill-writer.ts CONFIG TARGET FIRST`. It prints the name of each change after its commit. */
import { writeSync } from "node:fs";
import { openStore, type StoreConfig } from "#storage/open.ts";
import { change, type Target } from "./kill-changes.ts";

// kill-run.ts writes them.
const config = JSON.parse(process.argv[2] ?? "") as StoreConfig;
const target = JSON.parse(process.argv[3] ?? "") as Target;
let next = Number(process.argv[4]);

/** So many writes are under way at any moment. */
const LANES = 6;

const store = await openStore(config);
await Promise.all(
  Array.from({ length: LANES }, async () => {
    for (;;) writeSync(1, `${await change(store, target, next++)}\n`);
  }),
);
