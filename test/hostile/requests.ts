import { type OperationModel, QUERY_SERVICES, SERVICES, type ServiceName } from "#model/services.ts";
import type { RawRequest } from "#wire/raw.ts";
import type { Credentials } from "../support/server.ts";
import { sign } from "../support/sign.ts";
import type { Chance } from "./random.ts";
import { hostileJson, hostileName, hostileValue, plausibleNames, plausibleValue } from "./values.ts";

/** Whom and what the requests attack. */
export interface Prey {
  /** An administrator: a request that is signed well gets as far as its contents let it. */
  readonly keys: Credentials;
  readonly account: string;
  readonly operations: readonly Operation[];
  /** Those of them that the server serves. */
  readonly served: readonly Operation[];
  readonly now: number;
  /** Of a browser that is signed in. */
  readonly cookie: string;
}

interface Operation {
  readonly service: ServiceName;
  readonly name: string;
  readonly members: readonly string[];
}

const FORM = "application/x-www-form-urlencoded; charset=utf-8";
const HOST = "127.0.0.1:8400";

/** Every operation that the services' packages know, served or not. */
export async function loadOperations(): Promise<readonly Operation[]> {
  const models = await Promise.all(
    Object.values(SERVICES).map(async (row) => ({ service: row.name, ...(await row.load()) })),
  );
  return models.flatMap(({ service, operations }) =>
    Object.values(operations).map((model) => ({
      service,
      name: model.name,
      members: membersOf(model),
    })),
  );
}

/** A structure's schema carries its members' names fifth; other inputs have none. */
function membersOf({ schema }: OperationModel): readonly string[] {
  const input: unknown = schema[4];
  const names: unknown = Array.isArray(input) ? input[4] : undefined;
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}

/** What is done to a request. The well-signed ones are the most, since only they get past the signature. */
const ATTACKS: readonly ((by: Chance, prey: Prey) => RawRequest)[] = [
  signed,
  signed,
  signed,
  signed,
  signed,
  flipped,
  presigned,
  wrongAuthorization,
  foreignToken,
  otherProtocol,
  json,
  json,
  noise,
];

export const hostileRequest = (by: Chance, prey: Prey): RawRequest => by.pick(ATTACKS)(by, prey);

/** A form full of hostile parameters under a signature that holds. */
function signed(by: Chance, prey: Prey): RawRequest {
  const operation = by.pick(by.once(4) ? prey.operations : prey.served);
  const body = form(by, operation, prey.account);
  const contentType = by.once(15) ? by.pick(["text/plain", "", "application/json", `${FORM}; x=y`]) : FORM;
  const inQuery = by.once(10);
  const target = inQuery ? `/?${canonicalQuery(body)}` : "/";
  const unsigned = {
    method: inQuery ? "GET" : "POST",
    target,
    host: HOST,
    contentType,
    body: inQuery ? "" : body,
  };
  const service = by.once(20) ? by.pick(["iam", "sts", "countersign"] as const) : operation.service;
  const at = prey.now + (by.once(20) ? by.integer(4_000_000) - 2_000_000 : 0);
  return raw(unsigned.method, target, sign(unsigned, prey.keys, { service, at }), Buffer.from(unsigned.body));
}

function form(by: Chance, operation: Operation, account: string): string {
  const { name, service } = operation;
  const action = by.once(25) ? hostileValue(by) : name;
  const version =
    by.once(25) || service === "countersign" ? hostileValue(by) : QUERY_SERVICES[service].version;
  const parameters = by.once(2) ? spoilt(by, operation, account) : wild(by, operation);
  const parts = [pair("Action", action), pair("Version", version), ...parameters];
  return (by.once(20) ? parts.toReversed() : parts).join(by.once(50) ? "&&" : "&");
}

function wild(by: Chance, { members }: Operation): readonly string[] {
  const count = by.integer(by.once(50) ? 400 : 8);
  return Array.from({ length: count }, () => pair(hostileName(by, members), hostileValue(by)));
}

/** A call that is quite right, but for one thing every other time. */
function spoilt(by: Chance, { members }: Operation, account: string): readonly string[] {
  const names = members.filter((member) => NEEDED.has(member) || by.once(3)).flatMap(plausibleNames);
  const wrong = by.once(2) ? by.integer(names.length) : -1;
  return names.map((name, at) =>
    pair(name, at === wrong ? hostileValue(by) : plausibleValue(by, name, account)),
  );
}

/** Left out, most calls end at "must not be null"; `Marker` and the like are better left out. */
const NEEDED = new Set([
  "UserName",
  "SerialNumber",
  "VirtualMFADeviceName",
  "AuthenticationCode1",
  "AuthenticationCode2",
  "PolicyArn",
  "Password",
  "Tags",
  "TagKeys",
  "AccountAlias",
  "AccessKeyId",
  "Status",
]);

const pair = (name: string, value: string): string => `${encode(name)}=${encode(value)}`;
const encode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16)}`,
  );

const canonicalQuery = (query: string): string => query.split("&").filter(Boolean).toSorted().join("&");

/** One byte of a good request is another. */
function flipped(by: Chance, prey: Prey): RawRequest {
  const good = signed(by, prey);
  const at = by.integer(good.rawHeaders.length);
  const rawHeaders = good.rawHeaders.map((text, index) =>
    index === at && by.once(2) ? flip(by, text) : text,
  );
  const body = Uint8Array.from(good.body);
  const place = by.integer(body.length);
  if (body.length > 0) body[place] = (body[place] ?? 0) ^ (1 << by.integer(8));
  return { ...good, rawHeaders, body };
}

function flip(by: Chance, text: string): string {
  const at = by.integer(text.length);
  return text.slice(0, at) + String.fromCharCode(32 + by.integer(95)) + text.slice(at + 1);
}

const QUERY_PARTS = [
  "Algorithm",
  "Credential",
  "Date",
  "Expires",
  "SignedHeaders",
  "Signature",
  "Security-Token",
];

function presigned(by: Chance, { keys, now }: Prey): RawRequest {
  const date = `${new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const good: Readonly<Record<string, string>> = {
    Algorithm: "AWS4-HMAC-SHA256",
    Credential: `${keys.accessKeyId}/${date.slice(0, 8)}/us-east-1/sts/aws4_request`,
    Date: date,
    Expires: "60",
    SignedHeaders: "host",
    Signature: "0".repeat(64),
  };
  const parts = QUERY_PARTS.filter(() => !by.once(6)).map((name) =>
    pair(`X-Amz-${name}`, by.once(3) ? hostileValue(by) : (good[name] ?? hostileValue(by))),
  );
  const query = ["Action=GetCallerIdentity&Version=2011-06-15", ...parts].join("&");
  return raw(
    "GET",
    `/?${query}`,
    ["Host", HOST, ...(by.once(8) ? ["Authorization", "x"] : [])],
    new Uint8Array(),
  );
}

function wrongAuthorization(by: Chance, prey: Prey): RawRequest {
  const { accessKeyId } = prey.keys;
  const scope = by.pick([
    `${accessKeyId}/20261101/us-east-1/iam/aws4_request`,
    `${accessKeyId}/////`,
    hostileValue(by),
    `${hostileValue(by)}/20261101/us-east-1/iam/aws4_request`,
  ]);
  const authorization = by.pick([
    `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${"0".repeat(64)}`,
    `AWS4-HMAC-SHA256 Credential=${scope},SignedHeaders=,Signature=`,
    `AWS4-ECDSA-P256-SHA256 Credential=${scope}`,
    `Bearer ${hostileValue(by)}`,
    "=".repeat(by.integer(5000)),
    hostileValue(by),
  ]);
  const body = Buffer.from(form(by, by.pick(prey.operations), prey.account));
  const more = by.once(4) ? ["authorization", authorization] : [];
  const headers = [
    "Host",
    HOST,
    "Content-Type",
    FORM,
    "X-Amz-Date",
    hostileValue(by),
    "Authorization",
    authorization,
  ];
  return raw("POST", by.once(5) ? `/${hostileValue(by)}` : "/", [...headers, ...more], body);
}

/** Keys of nobody and tokens that nobody sealed. */
function foreignToken(by: Chance, prey: Prey): RawRequest {
  const operation = by.pick(prey.operations);
  const body = form(by, operation, prey.account);
  const keys = {
    accessKeyId: by.pick([
      "ASIAIOSFODNN7EXAMPLE",
      prey.keys.accessKeyId,
      "AKIA",
      "__proto__",
      "ASIA0000000000000000",
    ]),
    secretAccessKey: by.pick([prey.keys.secretAccessKey, ""]),
    sessionToken: by.pick([
      "",
      "x",
      Buffer.from(by.bytes(by.integer(400))).toString("base64"),
      "A".repeat(5000),
    ]),
  };
  const unsigned = { method: "POST", target: "/", host: HOST, contentType: FORM, body };
  const headers = sign(unsigned, keys, { service: operation.service, at: prey.now });
  return raw("POST", "/", headers, Buffer.from(body));
}

/** A JSON call under a signature that holds, its body hostile at any depth. */
function json(by: Chance, { keys, operations, now }: Prey): RawRequest {
  const own = operations.filter(({ service }) => service === "countersign");
  const { name, members } = by.pick(own);
  const operation = by.once(20) ? hostileValue(by) : `Countersign_20261101.${name}`;
  const contentType = by.once(20) ? hostileValue(by) : "application/x-amz-json-1.1";
  const body = by.once(10) ? Buffer.from(by.bytes(by.integer(200))) : hostileJson(by, members);
  const unsigned = { method: "POST", target: "/", host: HOST, contentType, operation, body };
  return raw("POST", "/", sign(unsigned, keys, { service: "countersign", at: now }), Buffer.from(body));
}

const ORIGIN = "http://localhost:8400";

/** A request to the console's path: by one of its own pages most times, with hostile contents. */
export function hostileVisit(by: Chance, prey: Prey): RawRequest {
  const own: Readonly<Record<string, string>> = {
    Host: "localhost:8400",
    Origin: ORIGIN,
    "Sec-Fetch-Site": "same-origin",
    "X-Countersign-Console": "1",
    Cookie: by.once(4) ? hostileCookie(by, prey) : prey.cookie,
  };
  const { headers, body } = by.once(2) ? visitInJson(by, prey) : visitInForm(by, prey);
  const all = Object.entries({ ...own, ...headers })
    .filter(() => !by.once(60))
    .map(([name, value]) => [name, by.once(60) ? hostileValue(by) : value]);
  return raw(by.once(60) ? "GET" : "POST", "/console/api", all.flat(), Buffer.from(body));
}

const hostileCookie = (by: Chance, { cookie }: Prey): string =>
  by.pick([
    `${cookie}; ${cookie}`,
    flip(by, cookie),
    `__Host-countersign-session=${hostileValue(by)}`,
    `__Host-countersign-signin=000000000000.${"A".repeat(43)}`,
    `__Host-countersign-browser=${"A".repeat(43)}; ${cookie}`,
    "=;".repeat(by.integer(1000)),
    hostileValue(by),
  ]);

const VISITS: readonly (readonly [name: string, members: readonly string[]])[] = [
  ["GetSignIn", []],
  ["SubmitPassword", ["Type", "Email", "Account", "UserName", "Password"]],
  ["SubmitCode", ["DeviceId", "Code"]],
  ["ResyncDevice", ["DeviceId", "Code1", "Code2"]],
  ["ChangePassword", ["OldPassword", "NewPassword"]],
  ["SkipEnrolment", []],
  ["Continue", []],
  ["SetUp", ["Token", "Alias", "Email", "Password"]],
  ["ProveFactor", ["DeviceId", "Code"]],
];

function visitInJson(by: Chance, { operations }: Prey) {
  const own = by.pick(operations.filter(({ service }) => service === "countersign"));
  const [name, members] = by.pick(VISITS);
  const signIn = by.once(2);
  const target = signIn ? `CountersignSignin_20261101.${name}` : `Countersign_20261101.${own.name}`;
  return {
    headers: { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": target },
    body: hostileJson(by, signIn ? members : own.members),
  };
}

const visitInForm = (by: Chance, { account, operations, served }: Prey) => ({
  headers: { "Content-Type": FORM },
  body: form(by, by.pick(by.once(4) ? operations : served), account),
});

/** JSON and CBOR, which IAM and STS do not speak. */
function otherProtocol(by: Chance, prey: Prey): RawRequest {
  const target = by.pick(["IAM.GetUser", "Countersign_20261101.X", "__proto__", hostileValue(by)]);
  const body = by.pick([
    '{"a":1}',
    "{".repeat(5000),
    "[".repeat(100_000),
    Buffer.from(by.bytes(200)).toString("latin1"),
  ]);
  const contentType = by.pick(["application/x-amz-json-1.1", "application/cbor", "application/json"]);
  const unsigned = { method: "POST", target: "/", host: HOST, contentType, body };
  const headers = sign(unsigned, prey.keys, { service: "iam", at: prey.now });
  return raw(
    "POST",
    "/",
    [...headers, "X-Amz-Target", target, "smithy-protocol", "rpc-v2-cbor"],
    Buffer.from(body),
  );
}

function noise(by: Chance): RawRequest {
  const target = `/${Buffer.from(by.bytes(by.integer(60))).toString("latin1")}?Action=${hostileValue(by)}`;
  const names = [
    "Authorization",
    "Content-Type",
    "X-Amz-Date",
    "Host",
    "__proto__",
    "X-Forwarded-For",
    "X-Amz-Security-Token",
  ];
  const headers = Array.from({ length: by.integer(12) }, () => [by.pick(names), hostileValue(by)]).flat();
  const method = by.pick(["GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "TRACE", "get", ""]);
  return raw(method, target, headers, by.bytes(by.integer(300)));
}

const raw = (
  method: string,
  target: string,
  rawHeaders: readonly string[],
  body: Uint8Array,
): RawRequest => ({
  method,
  target,
  rawHeaders,
  body,
  peer: { address: "192.0.2.1", encrypted: false },
});
