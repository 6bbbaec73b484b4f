/**
 * A second process on the same database: `rival.ts CONFIG`. It says `ready`, then does the job of each line it reads and prints
 * the answer as JSON. The store is opened by the first job, so that opening can be a race too.
 */
import { createInterface } from "node:readline";
import { type OpenStore, openStore, type StoreConfig } from "#storage/open.ts";
import { JOBS, type Job, type JobName } from "./rival-jobs.ts";

// rivals.ts writes what is read here.
const config = JSON.parse(process.argv[2] ?? "") as StoreConfig;
let store: OpenStore | undefined;

console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const { job, args } = JSON.parse(line) as { job: JobName; args: unknown };
  store ??= await openStore(config);
  console.log(JSON.stringify(await (JOBS[job] as Job<unknown>).run(store, args)));
}
await store?.close();
