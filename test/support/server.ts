import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A server of the outside contract (DESIGN section 1): spawned, spoken to over its port, ended by a signal. */
export interface TestServer {
  /** `http://127.0.0.1:PORT`, whatever name it calls itself by. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** The flags that name its store, for operator commands on the same data. */
  readonly place: readonly string[];
  /** The folder of its data and key. */
  readonly folder: string;
  /** What it has logged so far. */
  stderr(): string;
  /** SIGTERM; it must drain and exit 0. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  /** An existing data folder; a fresh one by default, taken away when the process of the test ends. */
  readonly folder?: string;
  /** A PostgreSQL URL, in place of the SQLite file in the data folder. */
  readonly database?: string;
  /** COUNTERSIGN_* variables. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
}

const root = join(import.meta.dirname, "../..");
export const COUNTERSIGN = join(root, "bin/countersign");

/** An environment that holds nothing of the one the tests run in but the PATH; HOME is empty. */
export function cleanEnvironment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? "/usr/bin:/bin", HOME: emptyHome(), LANG: "C.UTF-8", ...more };
}

let home: string | undefined;
const emptyHome = (): string => (home ??= freshFolder("home"));

/** A new folder that goes when this process ends. */
export function freshFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `countersign-${name}-`));
  atExit.add(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What is done when this process ends, the latest first: a server goes before its folder. */
const atExit = new Set<() => void>();
process.once("exit", () => {
  for (const act of [...atExit].reverse()) act();
});

/** Starts a server and resolves when it says that it is ready; rejects with its log when it ends before. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const folder = options.folder ?? freshFolder("data");
  const place = placeFlags({ ...options, folder });
  const child = spawn(COUNTERSIGN, ["serve", "--listen", "127.0.0.1:0", ...place, ...(options.flags ?? [])], {
    env: cleanEnvironment(options.settings),
    stdio: ["ignore", "pipe", "pipe"],
  });
  atExit.add(() => child.kill("SIGKILL"));
  const log = collect(child);
  const port = await readyPort(child, log);
  letGo(child);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    place,
    folder,
    stderr: () => log.stderr,
    stop: async () => {
      const ended = exit(child);
      child.kill("SIGTERM");
      assert.deepEqual(await ended, { code: 0, signal: null }, `did not stop well:\n${log.stderr}`);
    },
    kill: async () => {
      const ended = exit(child);
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** The flags that name a store. The key file lies in the folder, also where the database is elsewhere. */
export const placeFlags = ({
  folder,
  database,
}: {
  readonly folder: string;
  readonly database?: string | undefined;
}): readonly string[] => ["--data", folder, ...(database === undefined ? [] : ["--database", database])];

/** A test that fails before it stops its server must end all the same; the server goes with this process. */
function letGo(child: ChildProcess): void {
  child.unref();
  // both are pipes, which are sockets
  for (const pipe of [child.stdout, child.stderr] as (Socket | null)[]) pipe?.unref();
}

function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const log = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      log[name] += text;
    });
  }
  return log;
}

/** The port in the line `ready URL`, the last that stdout carries. */
function readyPort(child: ChildProcess, log: { stdout: string; stderr: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      reject(new Error(`ended with ${code} before it was ready:\n${log.stderr}`)),
    );
    child.stdout?.on("data", () => {
      const url = /^ready (\S+)$/m.exec(log.stdout)?.[1];
      if (url !== undefined) resolve(Number(new URL(url).port));
    });
  });
}

function exit(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve({ code: child.exitCode, signal: child.signalCode });
  }
  child.ref();
  return new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal })));
}

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, with `input` on its stdin. A failure is a result, not a throw. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly input?: string; readonly cwd?: string } = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      args,
      { env: options.env ?? cleanEnvironment(), cwd: options.cwd ?? root, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== "number") reject(error);
        else resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
      },
    );
    child.stdin?.on("error", () => {}); // a program that reads no stdin may be gone by now
    child.stdin?.end(options.input ?? "");
  });
}

/** Runs `bin/countersign` with a clean environment. */
export function countersign(args: readonly string[], input?: string): Promise<Finished> {
  return run(COUNTERSIGN, args, input === undefined ? {} : { input });
}

/** What an AWS client signs with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface TestAccount {
  readonly accountId: string;
  readonly rootArn: string;
  readonly rootPassword: string;
  readonly adminName: string;
  readonly admin: Credentials;
}

/** Makes an account with an administrator, by the operator's command, in the server's store. */
export async function createAccount(
  server: Pick<TestServer, "place">,
  options: {
    readonly accountId?: string;
    readonly email?: string;
    readonly flags?: readonly string[];
    /** How the command is run; as `bin/countersign`, in a process of its own, by default. */
    readonly command?: typeof countersign;
  } = {},
): Promise<TestAccount> {
  const rootPassword = "Correct-horse-7-battery";
  const email = options.email ?? `root-${process.pid}-${made++}@example.com`;
  const args = [
    "account",
    "create",
    ...server.place,
    "--email",
    email,
    "--password-stdin",
    "--admin-user",
    "admin",
  ];
  const given = options.accountId === undefined ? [] : ["--account-id", options.accountId];
  const all = [...args, ...given, ...(options.flags ?? []), "--output", "json"];
  const { code, stdout, stderr } = await (options.command ?? countersign)(all, `${rootPassword}\n`);
  assert.equal(code, 0, stderr);
  // the form is the outside contract's (DESIGN section 1)
  const created = JSON.parse(stdout) as {
    AccountId: string;
    RootArn: string;
    AdminUser: { UserName: string; AccessKeyId: string; SecretAccessKey: string };
  };
  return {
    accountId: created.AccountId,
    rootArn: created.RootArn,
    rootPassword,
    adminName: created.AdminUser.UserName,
    admin: {
      accessKeyId: created.AdminUser.AccessKeyId,
      secretAccessKey: created.AdminUser.SecretAccessKey,
    },
  };
}

let made = 0;
