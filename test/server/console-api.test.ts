import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "#client/error.ts";
import type { RawRequest, RawResponse } from "#wire/raw.ts";
import { type AppEnv, handle, tooLarge } from "../../src/server/app.ts";
import { makePerson, openSignInWorld, PASSWORD } from "../operations/signin-world.ts";
import { openPage, type Page } from "../support/page.ts";
import { sign } from "../support/sign.ts";
import type { World } from "../support/world.ts";

const ORIGIN = "http://localhost:8400";
const SESSION = "__Host-countersign-session";
const FORM = "application/x-www-form-urlencoded";
const LIST_KEYS = "Action=ListAccessKeys&Version=2010-05-08";

const appOf = (world: World): AppEnv => ({
  pipeline: world.env,
  metrics: undefined,
  pressure: () => undefined,
  trouble: () => undefined,
  site: () => assert.fail("a page was asked for"),
});

const pageOf = (world: World): Page => openPage((raw) => handle(appOf(world), raw), ORIGIN);

async function signedInPage(world: World, name = "ana") {
  const account = await world.account();
  const keys = await makePerson(world, account, name);
  const page = pageOf(world);
  const { Step } = await page.client.signin.SubmitPassword({
    Type: "user",
    Account: account.accountId,
    UserName: name,
    Password: PASSWORD,
  });
  assert.equal(Step, "session");
  return { account, keys, page };
}

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return "answered";
  } catch (error) {
    return error instanceof ApiError ? error.code : error instanceof Error ? error.name : "?";
  }
};

const jsonCode = ({ body }: RawResponse): unknown => JSON.parse(String(body)).__type;
const xmlCode = ({ body }: RawResponse): string | undefined => /<Code>(\w+)</.exec(String(body))?.[1];

test("from a password to the SDK's IAM client in the page, and out again", async () => {
  await using world = await openSignInWorld();
  const { account, page } = await signedInPage(world);
  const lines = page.answers.at(-1)?.cookies ?? [];
  const session = lines.find((line) => line.startsWith(`${SESSION}=`));
  assert.match(
    session ?? "",
    /^__Host-countersign-session=\d{12}\.[\w-]{43}; Path=\/; Max-Age=43200; Secure; HttpOnly; SameSite=Strict$/,
  );
  const { Principal, Session } = await page.client.countersign.GetConsoleContext({});
  assert.deepEqual([Principal.UserName, Session?.Mfa], ["ana", { Present: false }]);
  // he may do nothing: AWS's own refusal, in AWS's own protocol
  assert.equal(await codeOf(page.iam.listUsers({})), "AccessDenied");
  await world.clients(account.admin).iam.attachUserPolicy({
    UserName: "ana",
    PolicyArn: "arn:aws:iam::aws:policy/IAMReadOnlyAccess",
  });
  const { Users } = await page.iam.listUsers({});
  assert.deepEqual(
    Users?.map(({ UserName }) => UserName),
    ["admin", "ana"],
  );
  await page.client.signin.SignOut({});
  assert.equal(page.cookies.has(SESSION), false);
  assert.equal(await codeOf(page.client.countersign.GetConsoleContext({})), "NotSignedIn");
  assert.equal(page.answers.at(-1)?.status, 401);
  assert.equal(xmlCode(await page.post(LIST_KEYS)), "NotSignedIn");
  for (const { headers } of page.answers) assert.equal(headers["cache-control"], "no-store");
});

test("a call by cookie is an event as any other: who, with which credential, from where", async () => {
  await using world = await openSignInWorld();
  const { account, page } = await signedInPage(world);
  await codeOf(page.iam.listUsers({}));
  await page.client.countersign.ListSessions({});
  const events = await world.events(account.accountId);
  for (const [name, source, code] of [
    ["ListUsers", "iam.amazonaws.com", "AccessDenied"],
    ["ListSessions", "countersign", undefined],
  ]) {
    const seen = events.filter(({ eventName }) => eventName === name);
    assert.equal(seen.length, 1);
    const { record, errorCode } = seen[0] ?? assert.fail();
    assert.deepEqual(
      [record.eventSource, errorCode, record.sourceIPAddress, record.userAgent],
      [source, code, "192.0.2.7", "Mozilla/5.0 (test)"],
    );
    const { userName, accessKeyId } = record.userIdentity as Record<string, string>;
    assert.equal(userName, "ana");
    assert.match(accessKeyId ?? "", /^ASIA/);
  }
});

/** The rules one by one are in test/wire/cookie; here it is that they stand before everything else. */
const FOREIGN: readonly [name: string, headers: Readonly<Record<string, string | undefined>>][] = [
  ["a foreign origin", { origin: "https://evil.example" }],
  ["no origin", { origin: undefined }],
  ["another site", { "sec-fetch-site": "cross-site" }],
  ["another page of the site", { "sec-fetch-site": "same-site" }],
  ["a foreign host", { host: "evil.example:8400" }],
  ["a foreign host that sends itself", { host: "evil.example", origin: "http://evil.example" }],
  ["the address in place of the name", { host: "127.0.0.1:8400", origin: "http://127.0.0.1:8400" }],
  ["no mark", { "x-countersign-console": undefined }],
  ["a signature", { authorization: "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b" }],
];

test("what is not one of our pages' is refused before it is read, signed in or not, and changes nothing", async () => {
  await using world = await openSignInWorld();
  const { account, page } = await signedInPage(world);
  const strangers: string[] = [];
  Object.assign(world.env, { stranger: (_address: string, code: string) => strangers.push(code) });
  const json = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "CountersignSignin_20261101.SignOut",
  };
  const before = (await world.events(account.accountId)).length;
  for (const [name, headers] of FOREIGN) {
    const query = await page.post(LIST_KEYS, headers);
    assert.deepEqual([query.status, xmlCode(query)], [403, "CrossSiteRequest"], name);
    const asked = await page.post("{}", { ...json, ...headers });
    assert.deepEqual([asked.status, jsonCode(asked)], [403, "CrossSiteRequest"], name);
    assert.equal(asked.cookies, undefined, name);
    assert.equal(asked.headers["x-amzn-errortype"], "CrossSiteRequest");
  }
  assert.deepEqual(new Set(strangers), new Set(["CrossSiteRequest"]));
  assert.equal((await world.events(account.accountId)).length, before);
  assert.equal((await page.client.signin.GetSignIn({})).Step, "session");
});

test("the console's path is a path, and no other takes cookies", async () => {
  await using world = await openSignInWorld();
  const { account, keys, page } = await signedInPage(world);
  const cookie = `${SESSION}=${page.cookies.get(SESSION)}`;
  const well = [
    "host",
    "localhost:8400",
    "origin",
    ORIGIN,
    "x-countersign-console",
    "1",
    "content-type",
    FORM,
  ];
  const send = (target: string, rawHeaders: readonly string[], method = "POST"): Promise<RawResponse> =>
    handle(appOf(world), {
      method,
      target,
      rawHeaders: [...rawHeaders, "cookie", cookie],
      body: Buffer.from(LIST_KEYS),
      peer: { address: "192.0.2.7", encrypted: false },
    });
  // known, and allowed nothing
  assert.equal(xmlCode(await send("/console/api", well)), "AccessDenied");
  assert.equal(xmlCode(await send("/console/api/", well)), "AccessDenied");
  for (const target of [
    "/",
    "/console/apis",
    "/console/api/x",
    "/Console/api",
    "//console/api",
    "/console/./api",
  ]) {
    assert.equal(xmlCode(await send(target, well)), "MissingAuthenticationToken", target);
  }
  for (const method of ["GET", "PUT", "HEAD", "OPTIONS", "DELETE"]) {
    assert.equal(xmlCode(await send("/console/api", well, method)), "CrossSiteRequest", method);
  }
  assert.equal(xmlCode(await send(`/console/api?${LIST_KEYS}`, well)), "CrossSiteRequest");
  // a signature beside a cookie: elsewhere the signature counts and the cookie does not
  const body = "Action=GetCallerIdentity&Version=2011-06-15";
  const signed = { method: "POST", target: "/", host: "localhost:8400", contentType: FORM, body };
  const answer = await handle(appOf(world), {
    ...rawOf(signed.target, sign(signed, account.admin, { service: "sts", at: world.now }), body),
    rawHeaders: [...sign(signed, account.admin, { service: "sts", at: world.now }), "cookie", cookie],
  });
  assert.match(String(answer.body), /:user\/admin</);
  const there = { ...signed, target: "/console/api" };
  const both = sign(there, keys, { service: "sts", at: world.now });
  const refused = await handle(
    appOf(world),
    rawOf(there.target, [...both, "origin", ORIGIN, "x-countersign-console", "1", "cookie", cookie], body),
  );
  assert.equal(xmlCode(refused), "CrossSiteRequest");
});

const rawOf = (target: string, rawHeaders: readonly string[], body: string): RawRequest => ({
  method: "POST",
  target,
  rawHeaders,
  body: Buffer.from(body),
  peer: { address: "192.0.2.7", encrypted: false },
});

/** Made of a good token. */
const NOT_OURS: Readonly<Record<string, (token: string) => string>> = {
  "another's hash": () => `${SESSION}=000000000000.${"A".repeat(43)}`,
  twice: (token) => `${SESSION}=${token}; ${SESSION}=${token}`,
  "cut off": (token) => `${SESSION}=${token.slice(0, -1)}`,
  "under the name of another": (token) => `__Host-countersign-signin=${token}`,
};

test("a cookie that is not a session's is nobody's", async () => {
  await using world = await openSignInWorld();
  const { page } = await signedInPage(world);
  const token = page.cookies.get(SESSION) ?? "";
  for (const [name, made] of Object.entries(NOT_OURS)) {
    const answer = await page.post(LIST_KEYS, { cookie: made(token) });
    assert.deepEqual([answer.status, xmlCode(answer)], [401, "NotSignedIn"], name);
  }
});

test("what is sent to sign in is read strictly, and a refusal repeats none of it", async () => {
  await using world = await openSignInWorld();
  const page = pageOf(world);
  const ask = (body: string, target = "SubmitPassword") =>
    page.post(body, {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `CountersignSignin_20261101.${target}`,
    });
  for (const [body, code] of [
    ["{", "SerializationException"],
    ['{"Type":"user","Password":7}', "SerializationException"],
    ['{"Type":"user","Password":"a","Password":"b"}', "SerializationException"],
    ['{"Type":"user"}', "ValidationException"],
    ['{"Type":"nobody","Password":"hunter2-secret"}', "ValidationException"],
    [`{"Type":"user","Password":"${"hunter2-secret".repeat(20)}"}`, "ValidationException"],
    ['{"Type":"user","Password":"hunter2-secret","Account":"x","UserName":"y"}', "SignInFailed"],
    ['{"Type":"user","Password":"hunter2-secret","__proto__":{"Account":"x"}}', "SignInFailed"],
  ] as const) {
    const answer = await ask(body);
    assert.equal(jsonCode(answer), code, body);
    assert.ok(!String(answer.body).includes("hunter2"), body);
  }
  assert.equal(jsonCode(await ask("{}", "__proto__")), "UnknownOperationException");
  assert.equal(
    jsonCode(await ask('{"DeviceId":"d","Code":"１２３４５６"}', "SubmitCode")),
    "ValidationException",
  );
});

test("a sign-in that is over says so and clears its cookie", async () => {
  await using world = await openSignInWorld();
  const page = pageOf(world);
  const cookie = `__Host-countersign-signin=123456789012.${"A".repeat(43)}`;
  const answer = await page.post('{"DeviceId":"d","Code":"123456"}', {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "CountersignSignin_20261101.SubmitCode",
    cookie,
  });
  assert.deepEqual([answer.status, jsonCode(answer)], [403, "SignInExpired"]);
  assert.deepEqual(answer.cookies, [
    "__Host-countersign-signin=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict",
  ]);
});

test("one address asks for so many sign-ins at once, and everybody else goes on", async () => {
  await using world = await openSignInWorld();
  const holds = Array.from({ length: 32 }, () => world.env.inFlight.enter("visitor 192.0.2.7"));
  assert.ok(holds.every((leave) => leave !== undefined));
  const page = pageOf(world);
  assert.equal(await codeOf(page.client.signin.GetSignIn({})), "ThrottlingException");
  holds[0]?.();
  assert.equal((await page.client.signin.GetSignIn({})).Step, "password");
});

test("a failure inside is told as one, in the protocol of the request", async () => {
  await using world = await openSignInWorld();
  const failures: unknown[] = [];
  Object.assign(world.env, {
    failed: (error: unknown) => failures.push(error),
    consoleSessions: { load: () => Promise.reject(new Error("the store is gone")) },
  });
  const page = pageOf(world);
  page.cookies.set(SESSION, `123456789012.${"A".repeat(43)}`);
  assert.equal(await codeOf(page.client.countersign.ListSessions({})), "InternalFailure");
  assert.equal(xmlCode(await page.post(LIST_KEYS)), "InternalFailure");
  assert.deepEqual(
    page.answers.map(({ status }) => status),
    [500, 500],
  );
  assert.equal(failures.length, 2);
});

test("a body beyond the limit is refused in the protocol of its head", () => {
  const json = tooLarge(rawOf("/console/api", ["x-amz-target", "Countersign_20261101.X"], ""));
  assert.deepEqual([json.status, jsonCode(json)], [413, "RequestEntityTooLarge"]);
  const query = tooLarge(rawOf("/", ["content-type", FORM], ""));
  assert.deepEqual([query.status, xmlCode(query)], [413, "RequestEntityTooLarge"]);
});
