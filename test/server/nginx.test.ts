import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request as plainRequest } from "node:http";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  ListUsersCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { becomes } from "../support/becomes.ts";
import { makeCertificate } from "../support/certificate.ts";
import { type Nginx, startNginx } from "../support/nginx.ts";
import { freePort } from "../support/port.ts";
import { clients, refused } from "../support/sdk.ts";
import {
  type Credentials,
  createAccount,
  freshFolder,
  startServer,
  type TestAccount,
  type TestServer,
} from "../support/server.ts";
import { sign } from "../support/sign.ts";
import { missing } from "../support/tools.ts";

const skip = missing("nginx", "openssl");
/** Of the client; nginx is 127.0.0.1 to the server, and so is a client that comes from there. */
const ELSEWHERE = "127.0.0.2";
const NGINX = "127.0.0.1";
const FORGED = "203.0.113.9";
const FORM = "application/x-www-form-urlencoded";
const WHO_AM_I = "Action=GetCallerIdentity&Version=2011-06-15";

let ports: { https: number; http: number; port: number };
let ca: Buffer;
let server: TestServer;
let nginx: Nginx;
let account: TestAccount;

before(async () => {
  if (skip !== false) return;
  const certificate = makeCertificate(freshFolder("nginx-tls"), "nginx");
  ca = readFileSync(certificate.cert);
  const [https, http, port] = await Promise.all([freePort(), freePort(), freePort()]);
  ports = { https, http, port };
  server = await startServer({
    flags: [
      ...["--listen", `127.0.0.1:${port}`, "--trusted-proxies", "127.0.0.1"],
      ...["--public-url", `https://localhost:${https}`, "--metrics"],
    ],
  });
  [nginx, account] = await Promise.all([startNginx({ ...ports, certificate }), createAccount(server)]);
});

after(async () => {
  await nginx?.stop();
  await server?.stop();
});

/** A client that trusts the certificate, comes from an address, and says that it comes from another. */
function openClient(credentials: Credentials, from: string): IAMClient {
  const client = new IAMClient({
    endpoint: `https://localhost:${ports.https}`,
    region: "us-east-1",
    maxAttempts: 1,
    credentials,
    requestHandler: { httpsAgent: new Agent({ ca, family: 4, localAddress: from, keepAlive: true }) },
  });
  // behind the signature
  client.middlewareStack.add(
    (next) => (args) => {
      // every client of a query protocol sends one of these
      const { headers } = args.request as { headers: Record<string, string> };
      Object.assign(headers, {
        "x-forwarded-for": FORGED,
        "x-forwarded-proto": "http",
        forwarded: `for=${FORGED}`,
      });
      return next(args);
    },
    { step: "deserialize" },
  );
  return client;
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

interface Told {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly location: string | undefined;
  readonly body: string;
}

/** One request as it stands, to nginx's https or http port. */
function ask({ body, ...asked }: Asked, by: "https" | "http" = "https"): Promise<Told> {
  const options = { host: "127.0.0.1", servername: "localhost", port: ports[by], ca, agent: false, ...asked };
  const { promise, resolve, reject } = Promise.withResolvers<Told>();
  const sent = (by === "https" ? request : plainRequest)(options, (response) => {
    let text = "";
    response.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    response.once("end", () => {
      const { "content-type": type, location } = response.headers;
      resolve({ status: response.statusCode, type, location, body: text });
    });
    response.once("error", reject);
  });
  sent.once("error", reject).end(body);
  return promise;
}

const ownHost = () => `localhost:${ports.https}`;
/** The server itself, past nginx. */
const behind = () => `http://127.0.0.1:${ports.port}`;

/** Who is said to have made the latest call of that name. */
function sourceOf(eventName: string): unknown {
  using database = new DatabaseSync(join(server.folder, "countersign.db"), { readOnly: true });
  const latest = "select record from events where event_name = ? order by rowid desc limit 1";
  const row = database.prepare(latest).get(eventName);
  return row && JSON.parse(String(row.record)).sourceIPAddress;
}

test("the SDK's signature holds; policies and events see the client and https, whatever the client says", {
  skip,
}, async () => {
  const admin = openClient(account.admin, NGINX);
  await admin.send(new CreateUserCommand({ UserName: "ana" }));
  const condition = { Bool: { "aws:SecureTransport": "true" }, IpAddress: { "aws:SourceIp": ELSEWHERE } };
  const statement = { Effect: "Allow", Action: "iam:ListUsers", Resource: "*", Condition: condition };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await admin.send(new PutUserPolicyCommand({ UserName: "ana", PolicyName: "p", PolicyDocument }));
  await becomes(NGINX, () => sourceOf("PutUserPolicy"));
  const { AccessKey } = await admin.send(new CreateAccessKeyCommand({ UserName: "ana" }));
  const keys = {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  };
  const [here, elsewhere] = [openClient(keys, NGINX), openClient(keys, ELSEWHERE)];
  const { Users } = await elsewhere.send(new ListUsersCommand({}));
  assert.deepEqual(Users?.map(({ UserName }) => UserName).toSorted(), ["admin", "ana"]);
  await becomes(ELSEWHERE, () => sourceOf("ListUsers"));

  assert.equal((await refused(here.send(new ListUsersCommand({})))).name, "AccessDenied");
  using past = clients({ url: behind() }, keys);
  assert.equal((await refused(past.iam.send(new ListUsersCommand({})))).name, "AccessDenied");
  for (const client of [admin, here, elsewhere]) client.destroy();
});

test("the path is passed on as it was sent, byte by byte", { skip }, async () => {
  const signed = { method: "POST", host: ownHost(), contentType: FORM, body: WHO_AM_I };
  // as IAM and STS read a path: encoded once more than it was sent (contract 4.5)
  const target = "/a%257Eb%252F%252e%252e/";
  const headers = sign({ ...signed, target }, account.admin, { service: "sts", at: Date.now() });
  const pairs = headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1] ?? ""]] : []));
  const sent = { method: "POST", headers: Object.fromEntries(pairs), body: WHO_AM_I };
  const told = await ask({ ...sent, path: "/a%7Eb%2F%2e%2e/" });
  assert.deepEqual([told.status, told.body.includes(account.accountId)], [200, true], told.body);
  assert.equal((await ask({ ...sent, path: "/a~b/../" })).status, 403);
});

const TOO_LARGE = /<Code>RequestEntityTooLarge<\/Code>/;

for (const [size, status, body] of [
  [1 << 20, 403, /<Code>MissingAuthenticationToken<\/Code>/],
  [(1 << 20) + 1, 413, TOO_LARGE],
  [7 << 20, 413, TOO_LARGE],
] as const) {
  test(`a body of ${size} bytes has the server's own answer, ${status}`, { skip }, async () => {
    const form = `${WHO_AM_I}&Padding=`;
    const sent = {
      method: "POST",
      headers: { host: ownHost(), "content-type": FORM },
      body: form + "a".repeat(size - form.length),
    };
    for (const told of await Promise.all([ask(sent), ask(sent), ask(sent)])) {
      assert.deepEqual([told.status, told.type], [status, "text/xml"]);
      assert.match(told.body, body);
    }
  });
}

const page = (headers: Readonly<Record<string, string>>): Asked => ({
  method: "POST",
  path: "/console/api",
  headers: {
    host: ownHost(),
    origin: `https://${ownHost()}`,
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "CountersignSignin_20261101.GetSignIn",
    "x-countersign-console": "1",
    ...headers,
  },
  body: "{}",
});

test("a page of the public URL is answered; other pages and other hosts are not", { skip }, async () => {
  const own = await ask(page({}));
  assert.deepEqual([own.status, JSON.parse(own.body).Step], [200, "password"]);
  for (const foreign of [
    { origin: "https://evil.example" },
    { host: "evil.example" },
    { host: "localhost" },
  ]) {
    const { status, body } = await ask(page(foreign));
    assert.deepEqual([status, JSON.parse(body).__type], [403, "CrossSiteRequest"]);
  }
  assert.notEqual((await ask({ headers: { host: ownHost() } })).status, 421);
  assert.equal((await ask({ headers: { host: "evil.example" } })).status, 421);
});

test("figures are not for those who come through nginx", { skip }, async () => {
  const figures = await fetch(`${behind()}/metrics`);
  assert.match(await figures.text(), /countersign_requests_total/);
  for (const path of ["/metrics", "//metrics", "/%6detrics", "/x/../metrics", "/metrics?x"]) {
    assert.equal((await ask({ path, headers: { host: ownHost() } })).status, 404, path);
  }
  assert.equal((await ask({ path: "/health", headers: { host: ownHost() } })).body, "ok\n");
});

test("plain http leads a person to https, and takes nothing else", { skip }, async () => {
  const led = await ask({ path: "/users/a%20b?x=%2F", headers: { host: "evil.example" } }, "http");
  assert.deepEqual([led.status, led.location], [301, `https://${ownHost()}/users/a%20b?x=%2F`]);
  const post = { method: "POST", headers: { host: ownHost(), "content-type": FORM }, body: WHO_AM_I };
  const { status, body } = await ask(post, "http");
  assert.equal(status, 403);
  assert.match(body, /nginx/);
});

test("nginx has nothing to complain of", { skip }, () => {
  const lines = nginx.stderr().split("\n").filter(Boolean);
  assert.deepEqual(lines, []);
});
