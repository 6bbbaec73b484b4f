/**
 * `npm run check`: everything that can be said about the tree in under a minute, two checks at a time. Of the tests it runs the
 * quick ones (`test/support/processes.ts`): what starts databases, browsers or foreign clients is left to `npm test`.
 */
import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { isQuick, processesOf } from "./support/processes.ts";

interface Check {
  readonly name: string;
  readonly command: readonly string[];
}

const root = join(import.meta.dirname, "..");
const cache = join(root, "node_modules/.cache");
// what several processes load alike is compiled once
process.env.NODE_COMPILE_CACHE ??= join(cache, "countersign");
const bin = (name: string): string => join(root, "node_modules/.bin", name);
const quickTests = globSync("test/**/*.test.ts", { cwd: root }).filter(isQuick).toSorted();
const node = (...args: readonly string[]): readonly string[] => [
  process.execPath,
  "--disable-warning=ExperimentalWarning",
  "--test",
  "--test-reporter=dot",
  ...args,
];

/** Looks again at what has changed since the last time, and at what hangs on it. */
const types = (project: string): readonly string[] => {
  const known = join(cache, `check/types-of-${project === "." ? "server" : project}.json`);
  return [bin("tsc"), "--noEmit", "-p", project, "--incremental", "--tsBuildInfoFile", known];
};

/** The longest first. */
const checks: readonly Check[] = [
  { name: "quick tests", command: node("--test-concurrency=2", ...processesOf(quickTests)) },
  { name: "types", command: types(".") },
  { name: "dead code", command: [bin("knip"), "--cache", "--cache-location", join(cache, "check/knip")] },
  { name: "types of the console", command: types("console") },
  { name: "format and lint", command: [bin("biome"), "check", "."] },
];

const waiting = [...checks];
const failures: string[] = [];
await Promise.all([worker(), worker()]);
console.log(failures.length === 0 ? "all checks passed" : `failed: ${failures.join(", ")}`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function worker(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) await report(check);
}

async function report({ name, command }: Check): Promise<void> {
  const started = performance.now();
  const { status, output } = await run(command);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (status === 0) return;
  console.log(output.trimEnd());
  failures.push(name);
}

function run([program, ...args]: readonly string[]): Promise<{ status: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program ?? "", args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", reject);
    child.once("close", (status) => resolve({ status: status ?? 1, output }));
  });
}
