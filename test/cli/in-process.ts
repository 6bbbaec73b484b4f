import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { runCommandLine } from "#cli/program.ts";
import type { Finished } from "../support/server.ts";

/** Runs a command that serves nothing as `bin/countersign` would, without a process of its own: for long tables of cases. */
export async function inProcess(
  argv: readonly string[],
  input = "",
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const io = { stdin: stdin.end(input), stdout, stderr, env: { ...env } };
  const code = await runCommandLine(argv, io, { startServer: () => assert.fail("nothing is served here") });
  return { code, stdout: await text(stdout.end()), stderr: await text(stderr.end()) };
}
