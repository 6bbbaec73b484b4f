/**
 * `npm test`: finds or installs the foreign clients that judge the server, says what it found, and runs every test file.
 * `--long` runs the long forms too. Names of files or folders run those alone: `npm test test/wire`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { parseArgs } from "node:util";
import closing from "./support/closing.ts";
import { startPostgres } from "./support/postgres.ts";
import { folderOf, processesOf } from "./support/processes.ts";
import {
  awsCommandLines,
  preferred,
  TOOLS,
  type ToolName,
  type ToolRow,
  tool,
  versionOf,
} from "./support/tools.ts";

/** What takes longest comes first, so that no long file runs alone at the end. The others take some twenty seconds at most. */
const LONGEST = [
  "test/browser/axe.test.ts",
  "test/browser/root.test.ts",
  "test/processes/pair.test.ts",
  "test/processes/survival.test.ts",
  "test/cli/keys.test.ts",
  "test/cli/backup.test.ts",
  "test/cli/serve.test.ts",
  "test/console/pages.test.ts",
  "test/browser/edges.test.ts",
  "test/browser/user.test.ts",
  "test/browser/users.test.ts",
  "test/browser/user-page.test.ts",
  "test/storage/kill.test.ts",
  "test/storage/contract.test.ts",
  "test/recorded/recorded.test.ts",
  "test/clients/cli.test.ts",
];
/** The folders whose tests want a PostgreSQL. */
const ON_POSTGRES = ["cli", "storage", "processes"];
/** More than cores: much of a run is waiting, for a rotation or for what another process has to see. */
const AT_ONCE = 4;
/** A file whose tests are over and whose process stays would keep everybody waiting. */
const MOST_MS = 12 * 60_000;

const root = join(import.meta.dirname, "..");
const inCi = process.env.CI === "true";
const { values, positionals } = parseArgs({ options: { long: { type: "boolean" } }, allowPositionals: true });
const long = values.long === true;

/** Only a run that came to its end and says so has passed; what stops the database ends with 0 whatever was. */
let passed = false;
process.once("exit", () => {
  if (!passed) process.exitCode = 1;
});

prepareTools();
buildConsole();
await runTests(testFiles(positionals));

function prepareTools(): void {
  const names = Object.keys(TOOLS) as ToolName[]; // the table's own keys
  const absent = names.filter((name) => preferred(name) === undefined);
  if (absent.length > 0) install(absent.map((name) => TOOLS[name]));
  for (const name of names) report(name);
  const others = awsCommandLines().slice(1);
  for (const other of others) console.log(`also: ${versionOf(other, "aws")} (${other})`);
  if (inCi && names.some((name) => tool(name) === undefined)) {
    console.error("with CI=true nothing may be missing");
    process.exit(1);
  }
}

/** What the server serves and the browser tests walk through. */
function buildConsole(): void {
  const { status } = spawnSync(process.execPath, ["console/build.ts", "--if-changed"], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(1);
}

function report(name: ToolName): void {
  const program = tool(name);
  if (program !== undefined) console.log(`found: ${versionOf(program, name)} (${program})`);
  else
    console.log(`missing: ${name}: its tests are skipped; on Debian: apt-get install ${TOOLS[name].package}`);
}

/** Installs Debian packages where that is ours to do: as root, on Debian. Programs are wanted, and no services. */
function install(tools: readonly ToolRow[]): void {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const packages = tools.map((tool) => tool.package);
  console.log(`installing ${packages.join(", ")}`);
  // without systemd, no package starts its service at this level
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const apt = (...args: string[]) =>
    spawnSync("apt-get", ["-qq", ...args], { env, stdio: ["ignore", "ignore", "inherit"] });
  apt("update");
  apt("install", "-y", "--no-install-recommends", ...packages);
  for (const { service } of tools) {
    if (service !== undefined) spawnSync("systemctl", ["disable", "--now", service], { stdio: "ignore" });
  }
}

function testFiles(wanted: readonly string[]): readonly string[] {
  const places = wanted.length === 0 ? ["test"] : wanted;
  const files = places.flatMap((place) =>
    place.endsWith(".ts") ? [place] : globSync(`${place}/**/*.test.ts`, { cwd: root }),
  );
  const rank = (file: string) => (LONGEST.includes(file) ? LONGEST.indexOf(file) : LONGEST.length);
  return files.toSorted().toSorted((one, other) => rank(one) - rank(other));
}

async function runTests(files: readonly string[]): Promise<void> {
  if (files.length === 0) {
    console.error("no test files found");
    return;
  }
  if (long) process.env.COUNTERSIGN_TEST_LONG = "1";
  // what hundreds of processes load alike is compiled once
  process.env.NODE_COMPILE_CACHE ??= join(root, "node_modules/.cache/countersign");
  const end = await shareDatabase(files);
  const events = run({
    files: processesOf(files).map((file) => join(root, file)),
    cwd: root,
    concurrency: AT_ONCE,
    execArgv: ["--disable-warning=ExperimentalWarning"],
    // what hangs is a failure with a name
    ...(long ? {} : { timeout: 300_000, signal: AbortSignal.timeout(MOST_MS) }),
  });
  events.on("test:summary", ({ file, success }) => {
    if (file === undefined) passed = success;
  });
  events.once("end", end);
  events.compose(spec).pipe(process.stdout);
  events.compose(closing).pipe(process.stdout);
}

/**
 * One PostgreSQL for all files, where nobody has named one: they find it as they would find that. In the long form each file
 * starts its own, by its own needs.
 */
async function shareDatabase(files: readonly string[]): Promise<() => Promise<void>> {
  const wanted = files.some((file) => ON_POSTGRES.includes(folderOf(file)));
  if (long || !wanted || process.env.COUNTERSIGN_TEST_DATABASE_URL !== undefined) return async () => {};
  const server = await startPostgres();
  process.env.COUNTERSIGN_TEST_DATABASE_URL = server.adminUrl;
  return () => server.stop();
}
