import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { cleanEnvironment, createAccount, run, startServer } from "../support/server.ts";
import { missing, tool } from "../support/tools.ts";

test("boto3 runs the whole lifecycle", { skip: missing("boto3", "oathtool") }, async (t) => {
  const server = await startServer();
  t.after(() => server.stop());
  const account = await createAccount(server);
  const env = cleanEnvironment({
    AWS_ACCESS_KEY_ID: account.admin.accessKeyId,
    AWS_SECRET_ACCESS_KEY: account.admin.secretAccessKey,
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    ENDPOINT: server.url,
    ACCOUNT: account.accountId,
  });
  const script = join(import.meta.dirname, "boto3_lifecycle.py");
  const { code, stdout, stderr } = await run(tool("boto3") ?? "python3", ["-W", "ignore", script], { env });
  assert.equal(code, 0, `${stdout}\n${stderr}`);
  assert.match(stdout, /^done: \d+ checks$/m);
});
