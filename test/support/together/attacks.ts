import { runTogether } from "./suites.ts";

await runTogether("attacks");
