import { spawnSync } from "node:child_process";
import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Table, table } from "#base/table.ts";

export type ToolName = "aws" | "boto3" | "chromium" | "nginx" | "oathtool" | "openssl";

/** A program that others made and that judges us. */
export interface ToolRow {
  /** Debian's package. */
  readonly package: string;
  /** What the package would run from then on. */
  readonly service?: string;
  /** The program to run, or undefined where the machine lacks it. */
  readonly find: () => string | undefined;
  /** What serves as well, if slower, where that is lacking. */
  readonly instead?: () => string | undefined;
  /** Arguments that make it print its version. */
  readonly version: readonly string[];
}

/** Debian's own `aws` and `python3` come first: another on the PATH may need a home or an environment of its own. */
export const TOOLS: Table<ToolRow, ToolName> = table({
  aws: {
    package: "awscli",
    find: () => executable("/usr/bin/aws") ?? onPath("aws")[0],
    version: ["--version"],
  },
  boto3: {
    package: "python3-boto3",
    find: () => ["/usr/bin/python3", ...onPath("python3")].find(hasBoto3),
    version: ["-c", "import boto3; print('boto3', boto3.__version__)"],
  },
  // the same engine without a browser's own windows takes half the time
  chromium: {
    package: "chromium-headless-shell",
    find: () =>
      executable("/usr/lib/chromium/chromium-headless-shell") ?? onPath("chromium-headless-shell")[0],
    instead: () => onPath("chromium")[0],
    version: ["--version"],
  },
  // Debian's stands where only root's PATH leads
  nginx: {
    package: "nginx",
    service: "nginx",
    find: () => executable("/usr/sbin/nginx") ?? onPath("nginx")[0],
    version: ["-v"],
  },
  oathtool: { package: "oathtool", find: () => onPath("oathtool")[0], version: ["--version"] },
  openssl: { package: "openssl", find: () => onPath("openssl")[0], version: ["version"] },
});

/** What was found: a program that is there stays there, and to ask a Python takes its time. */
const programs = new Map<ToolName, string>();

/** The program called `name`, or undefined where the machine lacks it. */
export const tool = (name: ToolName): string | undefined => preferred(name) ?? TOOLS[name].instead?.();

/** The program that the row asks for, and none instead of it. */
export function preferred(name: ToolName): string | undefined {
  const program = programs.get(name) ?? TOOLS[name].find();
  if (program !== undefined) programs.set(name, program);
  return program;
}

/** For `test(name, { skip: missing("aws") }, …)`: the reason to skip, or false. With CI=true nothing is skipped. */
export function missing(...names: readonly ToolName[]): string | false {
  const absent = names.filter((name) => tool(name) === undefined);
  if (absent.length === 0 || process.env.CI === "true") return false;
  return `needs ${absent.map((name) => `\`${name}\` (Debian package ${TOOLS[name].package})`).join(" and ")}`;
}

/** Every different AWS CLI of this machine, Debian's first. */
export function awsCommandLines(): readonly string[] {
  const found = [executable("/usr/bin/aws"), ...onPath("aws")].filter((path) => path !== undefined);
  const seen = new Set<string>();
  return found.filter((path) => {
    const target = realpathSync(path);
    return !seen.has(target) && seen.add(target) !== undefined;
  });
}

/** The first line that the tool prints of its version. */
export function versionOf(program: string, name: ToolName): string {
  const { stdout, stderr } = spawnSync(program, TOOLS[name].version, { encoding: "utf8" });
  return (stdout || stderr || "version unknown").trim().split("\n")[0] ?? "";
}

function onPath(name: string): readonly string[] {
  return (process.env.PATH ?? "").split(delimiter).flatMap((folder) => executable(join(folder, name)) ?? []);
}

function executable(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}

function hasBoto3(python: string): boolean {
  // to load it would take half a second
  const look = "import importlib.util, sys; sys.exit(importlib.util.find_spec('boto3') is None)";
  return spawnSync(python, ["-c", look], { stdio: "ignore" }).status === 0;
}
