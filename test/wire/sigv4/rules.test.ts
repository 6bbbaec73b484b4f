import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { test } from "node:test";
import { isoBasic, MINUTE } from "#base/clock.ts";
import { SERVICES } from "#model/services.ts";
import type { RawRequest } from "#wire/raw.ts";
import { handSigned, NOW, presign, toRawRequest } from "./signing.ts";
import { attempt } from "./vectors.ts";

const IAM = { service: SERVICES.iam, now: NOW };
const STS = { service: SERVICES.sts, now: NOW };
const DATE = isoBasic(NOW);
const HOST = ["Host", "localhost"] as const;
const BODY = "Action=ListUsers&Version=2010-05-08";
const BODY_HASH = hash("sha256", BODY);
const WRONG =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
const OTHER_HASH = "The provided 'x-amz-content-sha256' header does not match what was computed.";

interface Rule {
  readonly name: string;
  readonly raw: RawRequest | Promise<RawRequest>;
  readonly env?: Partial<typeof IAM>;
  readonly code?: "IncompleteSignature" | "MissingAuthenticationToken" | "SignatureDoesNotMatch" | "accepted";
  readonly message?: string;
}

const mismatch = (name: string, raw: Rule["raw"], message: string, env?: Rule["env"]): Rule => ({
  name,
  raw,
  code: "SignatureDoesNotMatch",
  message,
  ...(env === undefined ? {} : { env }),
});
const incomplete = (name: string, raw: Rule["raw"], message: string, env?: Rule["env"]): Rule => ({
  ...mismatch(name, raw, message, env),
  code: "IncompleteSignature",
});
const accepted = (name: string, raw: Rule["raw"], env?: Rule["env"]): Rule => ({
  name,
  raw,
  code: "accepted",
  ...(env === undefined ? {} : { env }),
});

function withAuthorization(authorization: string, date: string | undefined = DATE): RawRequest {
  const headers = [
    HOST,
    ["Authorization", authorization],
    ...(date === undefined ? [] : [["X-Amz-Date", date]]),
  ];
  // pairs, as the literals above are
  return toRawRequest({ method: "POST", target: "/", headers: headers as [string, string][], body: BODY });
}

const at = (now: number) => ({ ...IAM, now: now as typeof NOW });
const shown = (authorization: string) =>
  `(Hashed with SHA-256 and encoded with Base64) Authorization=${hash("sha256", authorization, "base64")}`;
const lacks = (...parts: readonly string[]) =>
  parts.map((part) => `Authorization header requires '${part}' parameter. `).join("");
const NO_DATE = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
const CREDENTIAL = `AKIDEXAMPLE/${DATE.slice(0, 8)}/us-east-1/iam/aws4_request`;
const noDate = (authorization: string): RawRequest =>
  toRawRequest({
    method: "POST",
    target: "/",
    headers: [HOST, ["Authorization", authorization]],
    body: BODY,
  });
const target = (query: string, headers: readonly (readonly [string, string])[] = [HOST]): RawRequest =>
  toRawRequest({ method: "GET", target: `/?${query}`, headers, body: "" });
const with2 = (...extra: readonly (readonly [string, string])[]) => [
  HOST,
  ["X-Amz-Date", DATE] as const,
  ...extra,
];
const HTTP_DATE = new Date(NOW).toUTCString();

/** Contract 4.5 and 11, row by row, and DESIGN 4's paragraph on SigV4. */
const RULES: readonly Rule[] = [
  // nothing to check
  {
    name: "no token",
    raw: target("Action=ListUsers"),
    code: "MissingAuthenticationToken",
    message: "Request is missing Authentication Token",
  },
  {
    name: "an empty Authorization",
    raw: withAuthorization(""),
    code: "MissingAuthenticationToken",
    message: "Request is missing Authentication Token",
  },
  {
    name: "a signature without its algorithm",
    raw: target("X-Amz-Signature=a"),
    code: "MissingAuthenticationToken",
    message: "Request is missing Authentication Token",
  },
  mismatch(
    "both forms",
    target("X-Amz-Algorithm=AWS4-HMAC-SHA256", [HOST, ["Authorization", "AWS4-HMAC-SHA256 a=b"]]),
    "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
  ),
  // parts
  incomplete(
    "all parts lacking",
    noDate("AWS4-HMAC-SHA256"),
    lacks("Credential", "Signature", "SignedHeaders") + NO_DATE + shown("AWS4-HMAC-SHA256"),
  ),
  incomplete(
    "two parts lacking",
    withAuthorization("AWS4-HMAC-SHA256 Signature=a"),
    lacks("Credential", "SignedHeaders") + shown("AWS4-HMAC-SHA256 Signature=a"),
  ),
  incomplete(
    "an empty Signature",
    withAuthorization("AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature="),
    lacks("Signature") + shown("AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature="),
  ),
  incomplete(
    "only the date lacking",
    noDate("AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b"),
    NO_DATE + shown("AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b"),
  ),
  incomplete(
    "a foreign scheme",
    withAuthorization("Basic dTpw="),
    lacks("Credential", "Signature", "SignedHeaders") + shown("Basic dTpw="),
  ),
  incomplete(
    "a bearer token, which is not shown",
    withAuthorization("Bearer secret"),
    `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hash("sha256", "Bearer secret", "base64")}'.`,
  ),
  mismatch(
    "two credentials",
    withAuthorization("AWS4-HMAC-SHA256 Credential=a, Credential=b, SignedHeaders=host, Signature=c"),
    "The request has more than one 'Credential' Authorization parameter.",
  ),
  incomplete(
    "a query with nothing but an algorithm",
    target("X-Amz-Algorithm=AWS4-HMAC-SHA256"),
    "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.",
  ),
  // repeated headers
  mismatch(
    "two Authorizations",
    { ...handSigned({}), rawHeaders: [...handSigned({}).rawHeaders, "authorization", "x"] },
    "The request has more than one 'Authorization' header.",
  ),
  mismatch(
    "two hosts",
    handSigned({ headers: with2(["host", "other"]) }),
    "The request has more than one 'Host' header.",
  ),
  mismatch(
    "two dates",
    handSigned({ headers: with2(["x-amz-date", DATE]) }),
    "The request has more than one 'X-Amz-Date' header.",
  ),
  mismatch(
    "two tokens",
    handSigned({ headers: with2(["X-Amz-Security-Token", "a"], ["X-Amz-Security-Token", "b"]) }),
    "The request has more than one 'X-Amz-Security-Token' header.",
  ),
  // date
  ...[
    "2026-11-24T12:00:00Z",
    "20261124",
    "20261124T120000",
    "20261124T120000z",
    "20261324T120000Z",
    "20260230T120000Z",
    "20261124T240000Z",
    "20261124T126000Z",
    "",
    HTTP_DATE,
  ].map((date) =>
    incomplete(
      `X-Amz-Date '${date}'`,
      handSigned({ headers: [HOST, ["X-Amz-Date", date]] }),
      `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    ),
  ),
  incomplete(
    "a Date that is none",
    handSigned({ headers: [HOST, ["Date", "yesterday"]], signedHeaders: "date;host" }),
    "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See http://en.wikipedia.org/wiki/ISO_8601",
  ),
  accepted(
    "a Date in basic format",
    handSigned({ headers: [HOST, ["Date", DATE]], signedHeaders: "date;host" }),
  ),
  accepted(
    "a Date as HTTP writes it",
    handSigned({ headers: [HOST, ["Date", HTTP_DATE]], signedHeaders: "date;host" }),
  ),
  accepted(
    "a Date as botocore writes it",
    handSigned({ headers: [HOST, ["Date", HTTP_DATE.replace("GMT", "-0000")]], signedHeaders: "date;host" }),
  ),
  accepted("X-Amz-Date wins over Date", handSigned({ headers: with2(["Date", "yesterday"]) })),
  // skew
  accepted("15 minutes old", handSigned({}), at(NOW + 15 * MINUTE)),
  mismatch(
    "a millisecond older",
    handSigned({}),
    `Signature expired: ${DATE} is now earlier than ${DATE} (20261124T121500Z - 15 min.)`,
    at(NOW + 15 * MINUTE + 1),
  ),
  mismatch(
    "a second older",
    handSigned({}),
    "Signature expired: 20261124T120000Z is now earlier than 20261124T120001Z (20261124T121501Z - 15 min.)",
    at(NOW + 15 * MINUTE + 1000),
  ),
  accepted("15 minutes early", handSigned({}), at(NOW - 15 * MINUTE)),
  mismatch(
    "a second earlier",
    handSigned({}),
    "Signature not yet current: 20261124T120000Z is still later than 20261124T115959Z (20261124T114459Z + 15 min.)",
    at(NOW - 15 * MINUTE - 1000),
  ),
  // signed headers
  mismatch(
    "host unsigned",
    handSigned({ signedHeaders: "x-amz-date" }),
    "'Host' must be a 'SignedHeader' in the AWS Authorization.",
  ),
  mismatch(
    "no signed header at all",
    withAuthorization(`AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=, Signature=a`),
    "'Host' must be a 'SignedHeader' in the AWS Authorization.",
  ),
  mismatch(
    "X-Amz-Date unsigned",
    handSigned({ signedHeaders: "host" }),
    "'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization.",
  ),
  mismatch(
    "X-Amz-Date used, only Date signed",
    handSigned({ headers: with2(["Date", HTTP_DATE]), signedHeaders: "date;host" }),
    "'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization.",
  ),
  mismatch(
    "Date unsigned",
    handSigned({ headers: [HOST, ["Date", DATE]], signedHeaders: "host" }),
    "'Date' must be a 'SignedHeader' in the AWS Authorization.",
  ),
  mismatch(
    "X-Amz-Target unsigned",
    handSigned({ headers: with2(["X-Amz-Target", "a"]) }),
    "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.",
  ),
  mismatch(
    "X-Amz-Content-Sha256 unsigned",
    handSigned({ headers: with2(["X-Amz-Content-Sha256", BODY_HASH]) }),
    "'X-Amz-Content-Sha256' must be a 'SignedHeader' in the AWS Authorization.",
  ),
  accepted("X-Amz-Security-Token unsigned", handSigned({ headers: with2(["X-Amz-Security-Token", "t"]) })),
  mismatch(
    "a signed header that was not sent",
    handSigned({ signedHeaders: "content-type;host;x-amz-date" }),
    WRONG,
  ),
  mismatch("signed headers out of order", handSigned({ signedHeaders: "x-amz-date;host" }), WRONG),
  mismatch("a signed header twice", handSigned({ signedHeaders: "host;host;x-amz-date" }), WRONG),
  mismatch(
    "a signed header in upper case",
    handSigned({ signedHeaders: "Content-Type;host;x-amz-date", headers: with2(["content-type", "a"]) }),
    WRONG,
  ),
  // algorithm and scope
  incomplete(
    "another algorithm",
    handSigned({ algorithm: "AWS4-HMAC-SHA25" }),
    "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA25' (only AWS4-HMAC-SHA256 for now). ",
  ),
  ...["a/b/c/d", "a/b/c/d/e/f", "a"].map((credential) =>
    incomplete(
      `Credential ${credential}`,
      withAuthorization(
        `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=a`,
      ),
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    ),
  ),
  mismatch(
    "IAM in another region",
    handSigned({ scope: "20261124/eu-west-1/iam/aws4_request" }),
    "Credential should be scoped to a valid region, not 'eu-west-1'. ",
  ),
  mismatch(
    "IAM signed for STS",
    handSigned({ scope: "20261124/us-east-1/sts/aws4_request" }),
    "Credential should be scoped to correct service: 'iam'. ",
  ),
  mismatch(
    "another terminator",
    handSigned({ scope: "20261124/us-east-1/iam/aws5_request" }),
    "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ",
  ),
  mismatch(
    "another day",
    handSigned({ scope: "20261123/us-east-1/iam/aws4_request" }),
    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261123' != '20261124', from '20261124T120000Z'.",
  ),
  mismatch(
    "all of the scope",
    handSigned({ scope: "b/c/d/e" }),
    "Credential should be scoped to a valid region, not 'c'. Credential should be scoped to correct service: 'iam'. Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: 'b' != '20261124', from '20261124T120000Z'.",
  ),
  ...["us-east-1", "us-gov-west-1", "ap-southeast-7", "eusc-de-east-1", "us-isob-east-1"].map((region) =>
    accepted(`STS in ${region}`, handSigned({ scope: `20261124/${region}/sts/aws4_request` }), STS),
  ),
  ...["", "wrong-region", "US-EAST-1", "us-east-1x", "us_east_1", "us-east-0"].map((region) =>
    mismatch(
      `STS in '${region}'`,
      handSigned({ scope: `20261124/${region}/sts/aws4_request` }),
      `Credential should be scoped to a valid region, not '${region}'. `,
      STS,
    ),
  ),
  // payload
  accepted(
    "the body's own hash",
    handSigned({
      headers: with2(["X-Amz-Content-Sha256", BODY_HASH]),
      signedHeaders: "host;x-amz-content-sha256;x-amz-date",
    }),
  ),
  ...[
    hash("sha256", "other"),
    BODY_HASH.toUpperCase(),
    "UNSIGNED-PAYLOAD",
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
    "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    "",
  ].map((value) =>
    mismatch(
      `the body hash '${value}'`,
      handSigned({
        headers: with2(["X-Amz-Content-Sha256", value]),
        signedHeaders: "host;x-amz-content-sha256;x-amz-date",
      }),
      OTHER_HASH,
    ),
  ),
  // signature
  mismatch("another body", { ...handSigned({}), body: Buffer.from("Action=DeleteUser") }, WRONG),
  mismatch("a signature in upper case", upperCaseSignature(handSigned({})), WRONG),
  mismatch("a target in absolute form", { ...handSigned({}), target: "http://localhost/" }, WRONG),
  mismatch("the target *", { ...handSigned({}), target: "*" }, WRONG),
  mismatch("a character that no byte is", { ...handSigned({}), target: "/\ud800" }, WRONG),
  mismatch(
    "a character whose low byte is the one that was signed",
    swapped(
      handSigned({ headers: with2(["X-Amz-Note", "A"]), signedHeaders: "host;x-amz-date;x-amz-note" }),
      "A",
      "\u0141",
    ),
    WRONG,
  ),
  accepted(
    "a plus sign for a blank in a query",
    edited((text) => text.replace("a%20b", "a+b")),
    STS,
  ),
  mismatch(
    "a plus sign for an encoded plus sign",
    edited((text) => text.replace("%2B", "+")),
    WRONG,
    STS,
  ),
  // presigned
  accepted("presigned", presign({}), STS),
  accepted("presigned, at its last moment", presign({}, { expiresIn: 60 }), {
    ...STS,
    now: (NOW + MINUTE) as typeof NOW,
  }),
  mismatch(
    "presigned, a second later",
    presign({}, { expiresIn: 60 }),
    "Signature expired: 20261124T120000Z is now earlier than 20261124T120001Z (20261124T120101Z - 60 sec.)",
    { ...STS, now: (NOW + MINUTE + 1000) as typeof NOW },
  ),
  accepted("presigned for a week", presign({}, { expiresIn: 604_800 }), {
    ...STS,
    now: (NOW + 604_800_000) as typeof NOW,
  }),
  mismatch(
    "presigned, too early",
    presign({}),
    "Signature not yet current: 20261124T120000Z is still later than 20261124T115959Z (20261124T114459Z + 15 min.)",
    { ...STS, now: (NOW - 15 * MINUTE - 1000) as typeof NOW },
  ),
  ...["0", "604801", "-1", "1.5", "", "060", "1e3", "999999999999"].map((expires) =>
    incomplete(
      `X-Amz-Expires=${expires}`,
      edited((text) => text.replace(/X-Amz-Expires=\d+/, `X-Amz-Expires=${expires}`)),
      `X-Amz-Expires must be a whole number of seconds from 1 to 604800. Got '${expires}'.`,
      STS,
    ),
  ),
  mismatch(
    "a lifetime that was lengthened",
    edited((text) => text.replace("X-Amz-Expires=60", "X-Amz-Expires=600")),
    WRONG,
    STS,
  ),
  ...["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"].map((part) =>
    mismatch(
      `X-Amz-${part} twice`,
      edited((text) => `${text}&X-Amz-${part}=a`),
      `The request has more than one 'X-Amz-${part}' query-string parameter.`,
      STS,
    ),
  ),
  mismatch(
    "twice in other letters",
    edited((text) => `${text}&x-amz-date=a`),
    "The request has more than one 'x-amz-date' query-string parameter.",
    STS,
  ),
  mismatch(
    "twice, once encoded",
    edited((text) => `${text}&X-Amz-%44ate=a`),
    "The request has more than one 'X-Amz-Date' query-string parameter.",
    STS,
  ),
  mismatch(
    "a parameter added",
    edited((text) => `${text}&Action=a`),
    WRONG,
    STS,
  ),
  mismatch(
    "a token in query and header",
    presign({ headers: { host: "h" } }, { token: "a" }).then((raw) => ({
      ...raw,
      rawHeaders: [...raw.rawHeaders, "x-amz-security-token", "b"],
    })),
    "The request has more than one 'X-Amz-Security-Token' session token.",
    STS,
  ),
  mismatch(
    "presigned with a target that is unsigned",
    presign({}).then((raw) => ({ ...raw, rawHeaders: [...raw.rawHeaders, "x-amz-target", "b"] })),
    "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.",
    STS,
  ),
  mismatch(
    "presigned without a payload hash",
    presign({ query: { "X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD" } }),
    OTHER_HASH,
    STS,
  ),
  mismatch(
    "presigned, host unsigned",
    edited((text) => text.replace("SignedHeaders=host", "SignedHeaders=accept")),
    "'Host' must be a 'SignedHeader' in the AWS Authorization.",
    STS,
  ),
];

for (const { name, raw, env, code, message } of RULES) {
  test(name, async () => {
    const result = attempt(await raw, { ...IAM, ...env });
    assert.equal(result.ok ? "accepted" : result.error.code, code, result.ok ? "" : result.error.message);
    if (result.ok) return;
    assert.equal(result.error.message, message);
    assert.equal(result.error.status, 403);
  });
}

test("the order of the checks: parts, date, skew, host, algorithm, credential, scope, body", () => {
  const headers: [string, string][] = [
    ["Host", "h"],
    ["X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"],
  ];
  const message = (authorization: string, date?: string) => {
    const sent: [string, string][] = [...headers, ["Authorization", authorization]];
    if (date !== undefined) sent.push(["X-Amz-Date", date]);
    const result = attempt(toRawRequest({ method: "POST", target: "/", headers: sent, body: BODY }), IAM);
    return result.ok ? "accepted" : result.error.message.slice(0, 20);
  };
  const all = "host;x-amz-content-sha256;x-amz-date";
  const of = (algorithm: string, credential: string, signed: string) =>
    `${algorithm} Credential=${credential}, SignedHeaders=${signed}, Signature=a`;
  assert.equal(message("X Signature=a"), "Authorization header");
  assert.equal(message(of("X", "a/b/c/d", "date"), "x"), "Date must be in ISO-");
  assert.equal(message(of("X", "a/b/c/d", "date"), "20200101T000000Z"), "Signature expired: 2");
  assert.equal(message(of("X", "a/b/c/d", "date"), DATE), "'Host' must be a 'Si");
  assert.equal(message(of("X", "a/b/c/d", all), DATE), "Unsupported AWS 'alg");
  assert.equal(message(of("AWS4-HMAC-SHA256", "a/b/c/d", all), DATE), "Credential must have");
  assert.equal(message(of("AWS4-HMAC-SHA256", "a/b/c/d/e", all), DATE), "Credential should be");
  assert.equal(message(of("AWS4-HMAC-SHA256", CREDENTIAL, all), DATE), "The provided 'x-amz-");
});

function upperCaseSignature(raw: RawRequest): RawRequest {
  const rawHeaders = raw.rawHeaders.map((text) =>
    text.replace(/Signature=.*/, (part) => `Signature=${part.slice(10).toUpperCase()}`),
  );
  return { ...raw, rawHeaders };
}

function swapped(raw: RawRequest, from: string, to: string): RawRequest {
  return { ...raw, rawHeaders: raw.rawHeaders.map((text) => (text === from ? to : text)) };
}

async function edited(edit: (target: string) => string): Promise<RawRequest> {
  const raw = await presign({ query: { note: "a b+c" } });
  return { ...raw, target: edit(raw.target) };
}
