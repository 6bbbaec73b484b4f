import assert from "node:assert/strict";
import { type Credentials, cleanEnvironment, type Finished, run, type TestServer } from "./server.ts";

/** Runs an AWS CLI against the server, as a person would who sets nothing but keys, region and endpoint. */
export function awsCli(
  program: string,
  server: TestServer,
  credentials: Credentials,
  args: readonly string[],
): Promise<Finished> {
  const env = cleanEnvironment({
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "1",
    AWS_PAGER: "",
  });
  return run(program, [...args, "--endpoint-url", server.url, "--output", "json"], { env });
}

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
