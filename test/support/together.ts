import { delimiter } from "node:path";

/** The files that share this process, by their paths: `processes.ts` names them. Each takes less time than a process takes to start. */
const files = process.env.COUNTERSIGN_TEST_TOGETHER ?? "";
for (const file of files.split(delimiter)) await import(file);
