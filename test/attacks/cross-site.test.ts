import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, test } from "node:test";
import { issueSetUpLink } from "#operations/signin/set-up-link.ts";
import { publicUrlOf } from "#wire/cookie/same-site.ts";
import type { RawResponse } from "#wire/raw.ts";
import { handle, tooLarge } from "../../src/server/app.ts";
import { listen } from "../../src/server/http.ts";
import { checkAnswer } from "../hostile/answers.ts";
import { asUser, makePerson, PASSWORD } from "../operations/signin-world.ts";
import type { Page } from "../support/page.ts";
import {
  ask,
  COOKIES,
  codeOf,
  FORM,
  type Headers,
  holding,
  makeGuarded,
  ORIGIN,
  openStage,
  query,
  type Stage,
  told,
} from "./stage.ts";

const JSON_TYPE = "application/x-amz-json-1.1";

/** What a browser sends for a page that is not ours, or for what no page of ours does. */
const FOREIGN: Readonly<Record<string, Headers>> = {
  "fetch from another site": { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  "fetch from another site by an old browser": {
    origin: "https://evil.example",
    "sec-fetch-site": undefined,
  },
  "a sandboxed frame": { origin: "null", "sec-fetch-site": "cross-site" },
  "a sandboxed frame of an old browser": { origin: "null", "sec-fetch-site": undefined },
  "another port of this machine": { origin: "http://localhost:9999", "sec-fetch-site": "same-site" },
  "the same name in another scheme": { origin: "https://localhost:8400", "sec-fetch-site": "cross-site" },
  "a redirect that kept the method": { origin: "null", "sec-fetch-site": "same-origin" },
  "an origin list": { origin: `${ORIGIN}, https://evil.example` },
  "our origin and more": { origin: `${ORIGIN}.evil.example` },
  "no origin": { origin: undefined },
  "an empty origin": { origin: "" },
  "a referrer in its place": { origin: undefined, referer: `${ORIGIN}/signin` },
  "an address typed by hand": { "sec-fetch-site": "none" },
  "another case": { "sec-fetch-site": "Same-Origin" },
  "a page without our header": { "x-countersign-console": undefined },
  "a form in plain text": { "x-countersign-console": undefined, "content-type": "text/plain" },
  "a form": { "x-countersign-console": undefined, "content-type": FORM },
  "a form with files": {
    "x-countersign-console": undefined,
    "content-type": "multipart/form-data; boundary=x",
  },
  "a form from elsewhere": {
    origin: "https://evil.example",
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "navigate",
    "x-countersign-console": undefined,
    "x-amz-target": undefined,
    "content-type": "text/plain",
  },
  "a beacon": {
    origin: "https://evil.example",
    "sec-fetch-mode": "no-cors",
    "x-countersign-console": undefined,
  },
  "another name for this machine": { host: "127.0.0.1:8400" },
  "the page's own origin under a foreign name": {
    host: "evil.example:8400",
    origin: "http://evil.example:8400",
  },
  "a name that a proxy is told": { host: "evil.example", "x-forwarded-host": "localhost:8400" },
  "a bearer": { authorization: "Bearer x" },
};

/** Right inputs: each would have its effect if it were taken. */
const inputs = (
  token: string,
  ana: Awaited<ReturnType<typeof makeGuarded>>,
): Readonly<Record<string, object>> => ({
  GetSignIn: {},
  SubmitPassword: asUser(ana.account.accountId, "eve"),
  SubmitCode: codeOf(ana),
  ResyncDevice: { DeviceId: ana.phone.serial, Code1: ana.phone.code(0), Code2: ana.phone.code(1) },
  ChangePassword: { OldPassword: PASSWORD, NewPassword: "better-Horse-9-battery" },
  SkipEnrolment: {},
  Continue: {},
  SetUp: { Token: token, Email: "mallory@example.com", Password: PASSWORD },
  SignOut: {},
  ProveFactor: codeOf(ana),
});

const OWN: Readonly<Record<string, object>> = { RevokeOtherSessions: { TemporaryCredentials: true } };
const ACTIONS = ["ListAccessKeys", "CreateAccessKey", "GetCallerIdentity"];

/** Nothing in an answer invites a foreign page in, sends anyone elsewhere, or touches his cookies. */
function isSilent(answer: RawResponse, name: string): void {
  checkAnswer(answer);
  assert.equal(answer.cookies, undefined, name);
  for (const header of Object.keys(answer.headers)) {
    assert.doesNotMatch(header, /^(?:set-cookie|location|refresh|access-control-.*)$/i, name);
  }
}

/** Everybody's cookies: of a session, of a half-way sign-in and of a known browser. */
async function wellKnown(stage: Stage) {
  const { world } = stage;
  const token = (await issueSetUpLink(world.store, world.env.deps.random, world.now)) ?? assert.fail();
  const account = await world.account();
  const ana = await makeGuarded(world, account, "ana");
  await makePerson(world, account, "eve");
  const page = stage.visitor();
  await page.client.signin.SubmitPassword(asUser(account.accountId, "eve"));
  await page.client.signin.SubmitPassword(asUser(account.accountId, "ana"));
  page.cookies.set(COOKIES.browser, "B".repeat(43));
  assert.equal(page.cookies.size, 3);
  return { page, ana, token };
}

test("what no page of ours sends is refused for every operation, and neither rows nor cookies change", async () => {
  await using stage = await openStage();
  const { page, ana, token } = await wellKnown(stage);
  const cookies = new Map(page.cookies);
  const before = await stage.rows();
  const asked = inputs(token, ana);
  for (const [name, headers] of Object.entries(FOREIGN)) {
    const answers: [string, RawResponse][] = [];
    for (const [operation, input] of Object.entries(asked))
      answers.push([operation, await ask(page, operation, input, headers)]);
    for (const [operation, input] of Object.entries(OWN))
      answers.push([operation, await ask(page, operation, input, headers, "countersign")]);
    for (const action of ACTIONS)
      answers.push([action, await query(page, action, { ...headers, "content-type": FORM })]);
    for (const [operation, answer] of answers) {
      assert.deepEqual([answer.status, told(answer)], [403, "CrossSiteRequest"], `${operation}: ${name}`);
      isSilent(answer, `${operation}: ${name}`);
    }
  }
  assert.deepEqual(await stage.rows(), before);
  assert.deepEqual(page.cookies, cookies);
  // the same requests of a page of ours: it was the headers that stopped them
  for (const [operation, outcome] of Object.entries({
    GetSignIn: "session",
    SetUp: "SetUpLinkInvalid",
    SubmitPassword: "session",
    SignOut: "ok",
  })) {
    assert.equal(told(await ask(page, operation, asked[operation])), outcome, operation);
  }
});

test("no other method reaches the operations, asks first or is told of anything", async () => {
  await using stage = await openStage();
  const { page } = await wellKnown(stage);
  const before = await stage.rows();
  const cookie = [...page.cookies].map((pair) => pair.join("=")).join("; ");
  const rawHeaders = Object.entries({
    host: "localhost:8400",
    origin: ORIGIN,
    "sec-fetch-site": "same-origin",
    "x-countersign-console": "1",
    "x-amz-target": "CountersignSignin_20261101.SignOut",
    "content-type": JSON_TYPE,
    "access-control-request-method": "POST",
    "access-control-request-headers": "x-countersign-console",
    "x-http-method-override": "POST",
    cookie,
  }).flat();
  for (const method of ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "post", "POST "]) {
    for (const target of ["/console/api", "/console/api?x-http-method-override=POST"]) {
      const peer = { address: "192.0.2.7", encrypted: false };
      const answer = await handle(stage.app, { method, target, rawHeaders, body: Buffer.from("{}"), peer });
      assert.equal(answer.status, 403, `${method} ${target}`);
      isSilent(answer, `${method} ${target}`);
    }
  }
  assert.deepEqual(await stage.rows(), before);
});

test("login CSRF: an attacker's own right password, a set-up and a sign-out from elsewhere leave the browser as it was", async () => {
  await using stage = await openStage();
  const { page, ana, token } = await wellKnown(stage);
  const fresh = holding(stage, []);
  const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  const asked = inputs(token, ana);
  for (const operation of ["SubmitPassword", "SetUp", "SignOut"]) {
    for (const browser of [page, fresh] as Page[]) {
      const cookies = new Map(browser.cookies);
      isSilent(await ask(browser, operation, asked[operation], headers), operation);
      assert.deepEqual(browser.cookies, cookies);
    }
  }
  assert.equal((await page.client.countersign.GetConsoleContext({})).Principal.UserName, "eve");
});

/** A server on a port of this machine that calls itself `localhost:PORT`. */
async function openPort() {
  const stage = await openStage();
  let own = publicUrlOf("http://localhost");
  const app = { ...stage.app, pipeline: { ...stage.app.pipeline, publicUrl: () => own } };
  const http = await listen({ host: "127.0.0.1", port: 0, handle: (raw) => handle(app, raw), tooLarge });
  own = publicUrlOf(`http://localhost:${http.port}`);
  after(async () => {
    await http.close();
    await stage[Symbol.asyncDispose]();
  });
  return http.port;
}

/** Sends bytes and reads until the server ends the connection: node's own client would mend what is sent. */
const exchange = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes, "latin1"));
    let received = "";
    socket.setEncoding("latin1").on("data", (text: string) => {
      received += text;
    });
    socket.once("error", reject).once("close", () => resolve(received));
  });

interface Binding {
  readonly name: string;
  /** PORT stands for the port. */
  readonly host: readonly string[];
  readonly target?: string;
  readonly version?: "1.0" | "1.1";
  readonly more?: readonly string[];
  readonly status: number;
}

const API = "/console/api";

/** DNS rebinding: a page of evil.example whose name leads here sends its own name, whatever its origin. */
const BINDINGS: readonly Binding[] = [
  { name: "our own", host: ["localhost:PORT"], status: 200 },
  { name: "our own in capitals", host: ["LOCALHOST:PORT"], status: 200 },
  { name: "a foreign name", host: ["evil.example:PORT"], status: 403 },
  { name: "a foreign name without a port", host: ["evil.example"], status: 403 },
  { name: "a name below ours", host: ["evil.localhost:PORT"], status: 403 },
  { name: "the address", host: ["127.0.0.1:PORT"], status: 403 },
  { name: "the address in one number", host: ["2130706433:PORT"], status: 403 },
  { name: "the address of IPv6", host: ["[::1]:PORT"], status: 403 },
  { name: "no port", host: ["localhost"], status: 403 },
  { name: "another port", host: ["localhost:80"], status: 403 },
  { name: "a port with a nought before", host: ["localhost:0PORT"], status: 403 },
  { name: "a trailing dot", host: ["localhost.:PORT"], status: 403 },
  { name: "a user before it", host: ["evil.example@localhost:PORT"], status: 403 },
  { name: "ours as the user", host: ["localhost:PORT@evil.example"], status: 403 },
  { name: "a path behind it", host: ["localhost:PORT/"], status: 403 },
  { name: "two in one", host: ["localhost:PORT, evil.example"], status: 403 },
  { name: "ours, then a foreign one", host: ["localhost:PORT", "evil.example"], status: 403 },
  { name: "a foreign one, then ours", host: ["evil.example", "localhost:PORT"], status: 403 },
  { name: "ours twice", host: ["localhost:PORT", "localhost:PORT"], status: 403 },
  { name: "an empty one", host: [""], status: 403 },
  { name: "none", host: [], status: 400 },
  { name: "none in HTTP/1.0", host: [], version: "1.0", status: 403 },
  {
    name: "what a proxy would say",
    host: ["evil.example"],
    more: ["X-Forwarded-Host: localhost:PORT", "Forwarded: host=localhost:PORT"],
    status: 403,
  },
  // what is no path of ours is AWS's: no cookie means anything there
  {
    name: "a whole URL of ours",
    host: ["localhost:PORT"],
    target: `http://localhost:PORT${API}`,
    status: 400,
  },
  {
    name: "a whole URL of a foreign name",
    host: ["localhost:PORT"],
    target: `http://evil.example${API}`,
    status: 400,
  },
  {
    name: "a whole URL of ours under a foreign name",
    host: ["evil.example"],
    target: `http://localhost:PORT${API}`,
    status: 400,
  },
];

test("DNS rebinding: only the public URL's own host is answered, however it is written", async () => {
  const port = await openPort();
  for (const { name, host, target = API, version = "1.1", more = [], status } of BINDINGS) {
    const lines = [
      `POST ${target} HTTP/${version}`,
      ...host.map((value) => `Host: ${value}`),
      "Origin: http://localhost:PORT",
      "Sec-Fetch-Site: same-origin",
      "X-Countersign-Console: 1",
      "X-Amz-Target: CountersignSignin_20261101.GetSignIn",
      `Content-Type: ${JSON_TYPE}`,
      "Content-Length: 2",
      "Connection: close",
      ...more,
    ];
    const answer = await exchange(port, `${lines.join("\r\n")}\r\n\r\n{}`.replaceAll("PORT", `${port}`));
    assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `), name);
    assert.doesNotMatch(answer, /\r\n(?:set-cookie|location|access-control-[\w-]+):/i, name);
    assert.equal(answer.includes('"Step":"password"'), status === 200, name);
  }
});
