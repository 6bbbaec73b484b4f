/**
 * `npm test`: finds or installs the foreign clients that judge the server, says what it found, and runs every test file.
 * `--long` runs the long forms too. Names of files or folders run those alone: `npm test test/wire`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { awsCommandLines, TOOLS, type ToolName, tool, versionOf } from "./support/tools.ts";

const root = join(import.meta.dirname, "..");
const inCi = process.env.CI === "true";
const { values, positionals } = parseArgs({ options: { long: { type: "boolean" } }, allowPositionals: true });

prepareTools();
process.exitCode = runTests(testFiles(positionals));

function prepareTools(): void {
  const names = Object.keys(TOOLS) as ToolName[]; // the table's own keys
  const absent = names.filter((name) => tool(name) === undefined);
  if (absent.length > 0) install(absent.map((name) => TOOLS[name].package));
  for (const name of names) report(name);
  const others = awsCommandLines().slice(1);
  for (const other of others) console.log(`also: ${versionOf(other, "aws")} (${other})`);
  if (inCi && names.some((name) => tool(name) === undefined)) {
    console.error("with CI=true nothing may be missing");
    process.exit(1);
  }
}

function report(name: ToolName): void {
  const program = tool(name);
  if (program !== undefined) console.log(`found: ${versionOf(program, name)} (${program})`);
  else
    console.log(`missing: ${name}: its tests are skipped; on Debian: apt-get install ${TOOLS[name].package}`);
}

/** Installs Debian packages where that is ours to do: as root, on Debian. */
function install(packages: readonly string[]): void {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  console.log(`installing ${packages.join(", ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]) =>
    spawnSync("apt-get", ["-qq", ...args], { env, stdio: ["ignore", "ignore", "inherit"] });
  apt("update");
  apt("install", "-y", "--no-install-recommends", ...packages);
}

function testFiles(wanted: readonly string[]): readonly string[] {
  const places = wanted.length === 0 ? ["test"] : wanted;
  const files = places.flatMap((place) =>
    place.endsWith(".ts") ? [place] : globSync(`${place}/**/*.test.ts`, { cwd: root }),
  );
  return files.toSorted();
}

function runTests(files: readonly string[]): number {
  if (files.length === 0) {
    console.error("no test files found");
    return 1;
  }
  const reporters = ["spec", "./test/support/closing.ts"];
  const { status } = spawnSync(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      "--test",
      "--test-concurrency=2",
      // what hangs is a failure with a name
      ...(values.long === true ? [] : ["--test-timeout=180000"]),
      ...reporters.flatMap((name) => [`--test-reporter=${name}`, "--test-reporter-destination=stdout"]),
      ...files,
    ],
    {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...(values.long === true ? { COUNTERSIGN_TEST_LONG: "1" } : {}) },
    },
  );
  return status ?? 1;
}
