import assert from "node:assert/strict";
import { test } from "node:test";
import { readQueryRequest } from "#wire/query/request.ts";

const FORM = "application/x-www-form-urlencoded";

interface Case {
  readonly name: string;
  readonly method?: string;
  readonly target?: string;
  readonly type?: readonly string[];
  readonly body?: string | Uint8Array;
  readonly want: { action?: string; version?: string; params?: Record<string, string> } | { code: string };
}

const many = (count: number): string => Array.from({ length: count }, (_, at) => `p${at}=1`).join("&");
const MALFORMED = { code: "MalformedInput" };
const INVALID = { code: "ValidationError" };

const CASES: readonly Case[] = [
  { name: "a form", body: "Action=A&Version=V&x=1", want: { action: "A", version: "V", params: { x: "1" } } },
  {
    name: "a GET",
    method: "GET",
    target: "/?Action=A&x=a+b%20c",
    want: { action: "A", params: { x: "a b c" } },
  },
  { name: "a POST by its query string", target: "/?Action=A", type: [], want: { action: "A" } },
  {
    name: "query and body together",
    target: "/?Action=A",
    body: "x=1",
    want: { action: "A", params: { x: "1" } },
  },
  { name: "plus and percent in a body", body: "x=a+b%2Bc%20d", want: { params: { x: "a b+c d" } } },
  {
    name: "an encoded name",
    body: "Tags%2Emember%2e1.Key=k",
    want: { params: { "Tags.member.1.Key": "k" } },
  },
  { name: "UTF-8, escaped and raw", body: "x=%C3%A9&y=é", want: { params: { x: "é", y: "é" } } },
  { name: "a value with =", body: "x=a==", want: { params: { x: "a==" } } },
  { name: "no value, no =, no name", body: "x=&y&=z&&", want: { params: { x: "", y: "", "": "z" } } },
  { name: "a byte order mark is a character", body: "\ufeffx=1", want: { params: { "\ufeffx": "1" } } },
  {
    name: "prototype names",
    body: "__proto__=1&constructor=2",
    want: { params: { ["__proto__"]: "1", constructor: "2" } },
  },
  { name: "nothing at all", type: [], want: {} },
  {
    name: "a presigned URL",
    method: "GET",
    target: "/?Action=A&X-Amz-Signature=s&x-amz-date=d",
    want: { action: "A" },
  },
  {
    name: "charset in any case",
    type: [`${FORM}; charset=UTF-8`],
    body: "x=1",
    want: { params: { x: "1" } },
  },
  { name: "charset in quotes", type: [`${FORM};charset="utf-8"`], body: "x=1", want: { params: { x: "1" } } },
  { name: "the type in any case", type: [FORM.toUpperCase()], body: "x=1", want: { params: { x: "1" } } },
  { name: "as many parameters as are allowed", body: many(10_000), want: {} },
  { name: "one more", body: many(10_001), want: MALFORMED },
  { name: "another charset", type: [`${FORM}; charset=latin1`], body: "x=1", want: MALFORMED },
  { name: "JSON", type: ["application/json"], body: "{}", want: MALFORMED },
  { name: "no type", type: [], body: "x=1", want: MALFORMED },
  { name: "two types", type: [FORM, FORM], body: "x=1", want: MALFORMED },
  { name: "a longer type", type: [`${FORM}x`], body: "x=1", want: MALFORMED },
  { name: "a GET with a body", method: "GET", body: "x=1", want: MALFORMED },
  { name: "another method", method: "PUT", body: "x=1", want: MALFORMED },
  { name: "a stray percent", body: "x=%", want: MALFORMED },
  { name: "half an escape", body: "x=%4", want: MALFORMED },
  { name: "no hex", body: "x=%zz", want: MALFORMED },
  { name: "a stray percent in a name", body: "%=x", want: MALFORMED },
  { name: "not UTF-8 by escapes", body: "x=%ff", want: MALFORMED },
  { name: "an overlong form", body: "x=%c0%80", want: MALFORMED },
  { name: "a surrogate", body: "x=%ed%a0%80", want: MALFORMED },
  { name: "not UTF-8 by bytes", body: Uint8Array.of(0x78, 0x3d, 0xff), want: MALFORMED },
  { name: "twice in the body", body: "x=1&x=1", want: MALFORMED },
  { name: "twice by another spelling", body: "x=1&%78=1", want: MALFORMED },
  { name: "twice in the query", method: "GET", target: "/?Action=A&Action=B", want: MALFORMED },
  {
    name: "a signature's parameter twice",
    method: "GET",
    target: "/?X-Amz-Date=1&X-Amz-Date=2",
    want: MALFORMED,
  },
  { name: "in query and body", target: "/?x=1", body: "x=1", want: INVALID },
  { name: "Action in query and body", target: "/?Action=A", body: "Action=A", want: INVALID },
  { name: "NUL in a value", body: "x=a%00b", want: INVALID },
  { name: "NUL in a name", body: "a%00b=1", want: INVALID },
  { name: "a bare NUL", body: "x=\0", want: INVALID },
];

for (const { name, want, ...request } of CASES) {
  test(`request: ${name}`, () => {
    const outcome = readQueryRequest({
      method: request.method ?? "POST",
      target: request.target ?? "/",
      rawHeaders: (request.type ?? [FORM]).flatMap((type) => ["Content-Type", type]),
      body: Buffer.from(request.body ?? ""),
      peer: { address: "127.0.0.1", encrypted: false },
    });
    if ("code" in want) {
      assert.equal(outcome.ok ? "accepted" : outcome.error.code, want.code);
      assert.equal(outcome.ok ? 200 : outcome.error.status, 400);
      return;
    }
    assert.ok(outcome.ok, outcome.ok ? "" : outcome.error.message);
    assert.equal(outcome.value.action, want.action);
    assert.equal(outcome.value.version, want.version);
    if (want.params) assert.deepEqual([...outcome.value.params], Object.entries(want.params));
  });
}
