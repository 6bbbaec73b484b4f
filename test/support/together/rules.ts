import { runTogether } from "./suites.ts";

await runTogether("rules");
