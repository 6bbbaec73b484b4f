import assert from "node:assert/strict";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { type Credentials, cleanEnvironment, type Finished, run, type TestServer } from "./server.ts";

/** Runs an AWS CLI against the server, as a person would who sets nothing but keys, region and endpoint. */
export const awsCli = (
  program: string,
  server: TestServer,
  credentials: Credentials,
  args: readonly string[],
): Promise<Finished> =>
  run(program, argumentsFor(server, args), { env: environmentOf(credentials), input: "" });

/** An AWS CLI that is loaded once and runs command line after command line. */
export interface LoadedAwsCli {
  run(server: TestServer, credentials: Credentials, args: readonly string[]): Promise<Finished>;
  end(): void;
}

/** Loads the AWS CLI that `program` starts, where that is a script of Python's; else each command line starts it. */
export function loadAwsCli(program: string): LoadedAwsCli {
  const python = interpreterOf(program);
  if (python === undefined) {
    return { run: (server, credentials, args) => awsCli(program, server, credentials, args), end: () => {} };
  }
  const host = spawn(python, [join(import.meta.dirname, "aws-cli-host.py")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const answers = answersOf(host);
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(server, credentials, args) {
      const asked = { args: argumentsFor(server, args), env: environmentOf(credentials) };
      const answer = last.then(async () => {
        host.stdin.write(`${JSON.stringify(asked)}\n`);
        const { value, done } = await answers.next();
        assert.ok(done !== true, "the AWS CLI ended");
        // the form that aws-cli-host.py answers in
        return JSON.parse(value) as Finished;
      });
      last = answer.catch(() => undefined);
      return answer;
    },
    end: () => host.stdin.end(),
  };
}

const answersOf = ({ stdout }: ChildProcessByStdio<Writable, Readable, null>): AsyncIterator<string> =>
  createInterface({ input: stdout })[Symbol.asyncIterator]();

/** The Python that runs a script; undefined for any other program. */
const interpreterOf = (program: string): string | undefined =>
  /^#!(\S*python3?)\n/.exec(readFileSync(program).subarray(0, 200).toString("latin1"))?.[1];

const argumentsFor = (server: TestServer, args: readonly string[]): readonly string[] => [
  ...args,
  "--endpoint-url",
  server.url,
  "--output",
  "json",
];

const environmentOf = (credentials: Credentials): Record<string, string> =>
  cleanEnvironment({
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "1",
    AWS_PAGER: "",
  });

/** What a call printed, parsed; null where it printed nothing. The call must succeed. */
// biome-ignore lint/suspicious/noExplicitAny: what the CLI prints is as many shapes as there are operations
export function printed({ code, stdout, stderr }: Finished): any {
  assert.equal(code, 0, stderr);
  return stdout.trim() === "" ? null : JSON.parse(stdout);
}

/** The code and the sentence of a refusal, as the CLI tells them. */
export function refusal({ code, stderr }: Finished): { readonly code: string; readonly message: string } {
  assert.notEqual(code, 0, "was not refused");
  const found =
    /An error occurred \((\w+)\) when calling the \w+ operation(?: \(reached max retries: \d+\))?: ([^\n]*)/.exec(
      stderr,
    );
  assert.ok(found, `not a service error: ${stderr}`);
  return { code: found[1] ?? "", message: found[2] ?? "" };
}
