import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CreateLoginProfileCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import type { RawRequest, RawResponse } from "#wire/raw.ts";
import { openPage } from "../support/page.ts";
import { clients } from "../support/sdk.ts";
import { createAccount, startServer, type TestAccount, type TestServer } from "../support/server.ts";
import { sign } from "../support/sign.ts";

let server: TestServer;
let account: TestAccount;

before(async () => {
  server = await startServer();
  account = await createAccount(server);
});
after(() => server.stop());

/** Over the socket, as a browser does: `fetch` would not let a page's headers be set. */
async function exchange({ target, rawHeaders, body }: RawRequest): Promise<RawResponse> {
  const { request } = await import("node:http");
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: "127.0.0.1", port: server.port, method: "POST", path: target, headers: [...rawHeaders] },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const { "set-cookie": cookies, ...others } = response.headers;
          // no other header of ours comes more than once
          const headers = others as Record<string, string>;
          const answer = {
            status: response.statusCode ?? 0,
            headers,
            body: Buffer.concat(chunks).toString(),
          };
          resolve(cookies === undefined ? answer : { ...answer, cookies });
        });
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });
}

test("over a socket: a password makes a session, the SDK's client works on it, and a foreign name leads nowhere", async () => {
  const { iam } = clients(server, account.admin);
  await iam.send(new CreateUserCommand({ UserName: "ana" }));
  await iam.send(new CreateLoginProfileCommand({ UserName: "ana", Password: "Correct-horse-7-battery" }));
  const page = openPage(exchange, `http://localhost:${server.port}`);
  const { Step } = await page.client.signin.SubmitPassword({
    Type: "user",
    Account: account.accountId,
    UserName: "ana",
    Password: "Correct-horse-7-battery",
  });
  assert.equal(Step, "session");
  assert.ok((page.answers[0]?.cookies ?? []).length > 0);
  const { Account } = await page.client.countersign.GetConsoleContext({});
  assert.equal(Account.SignInUrl, `http://localhost:${server.port}/signin?account=${account.accountId}`);
  await assert.rejects(page.iam.listUsers({}), { name: "AccessDenied" });
  const foreign = openPage(exchange, `http://127.0.0.1:${server.port}`);
  await assert.rejects(foreign.client.signin.GetSignIn({}), { code: "CrossSiteRequest" });
});

test("over a socket: our own service takes a signature that is not ours", async () => {
  const unsigned = {
    method: "POST",
    target: "/",
    host: `127.0.0.1:${server.port}`,
    contentType: "application/x-amz-json-1.1",
    operation: "Countersign_20261101.GetConsoleContext",
    body: "{}",
  };
  const rawHeaders = sign(unsigned, account.admin, { service: "countersign", at: Date.now() });
  const answer = await exchange({
    method: "POST",
    target: "/",
    rawHeaders,
    body: Buffer.from(unsigned.body),
    peer: { address: "127.0.0.1", encrypted: false },
  });
  assert.equal(answer.status, 200);
  assert.equal(JSON.parse(String(answer.body)).Principal.UserName, account.adminName);
});
