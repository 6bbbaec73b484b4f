import { runTogether } from "./suites.ts";

await runTogether("worlds-two");
