import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SERVICES } from "#model/services.ts";
import { validateInput } from "#model/validate.ts";
import { decodeInput } from "#wire/query/decode.ts";
import { encodeError } from "#wire/query/encode.ts";
import { type QueryRequest, readQueryRequest } from "#wire/query/request.ts";
import { routeQuery } from "#wire/query/route.ts";

/** Names that nearly mean something: this is how the deep places are reached. */
const segment = fc.oneof(
  fc.constantFrom(
    "Tags",
    "TagKeys",
    "member",
    "entry",
    "Key",
    "Value",
    "key",
    "value",
    "UserName",
    "Properties",
    "ContextEntries",
  ),
  fc.constantFrom(
    "PolicyArns",
    "arn",
    "PolicyExclusionList",
    "DurationSeconds",
    "__proto__",
    "constructor",
    "prototype",
    "length",
    "",
  ),
  fc.constantFrom("0", "1", "01", "2", "10", "11", "-1", "1e3", "4294967295", "9007199254740993"),
);
const name = fc.array(segment, { minLength: 1, maxLength: 7 }).map((parts) => parts.join("."));
const value = fc.oneof(
  fc.constantFrom("", "1", "true", "-0", "a", "x".repeat(3000)),
  fc.string({ unit: "binary" }),
);
const operation = fc.constantFrom(
  ...[
    "CreateUser",
    "UntagUser",
    "PutAccountProperties",
    "SimulatePrincipalPolicy",
    "GetUser",
    "CreateRole",
    "__proto__",
  ].map((action) => ({ action, version: "2010-05-08" })),
  ...["AssumeRole", "GetSessionToken", "hasOwnProperty"].map((action) => ({ action, version: "2011-06-15" })),
);

/** All that happens to a request before it is authorized; the code of its refusal, if any. Throws only for a bug. */
async function run(request: QueryRequest): Promise<string | undefined> {
  const route = await routeQuery(request, "sts");
  const prototype = Object.keys(Object.prototype).length;
  if (!route.ok) return encodeError(route.error.service, route.error.error, "id") && route.error.error.code;
  const { service, operation: model } = route.value;
  const decoded = decodeInput(model, request.params);
  assert.equal(Object.keys(Object.prototype).length, prototype);
  if (!decoded.ok) return encodeError(service, decoded.error, "id") && decoded.error.code;
  const invalid = validateInput(service.name, model, decoded.value, { rootCaller: false });
  return invalid && encodeError(service, invalid, "id") && invalid.code;
}

const EXPECTED = new Set([undefined, "MalformedInput", "ValidationError", "InvalidAction", "MissingAction"]);

test("hostile: parameters that nearly fit never throw", async () => {
  const params = fc.array(fc.tuple(name, value), { maxLength: 12 }).map((pairs) => new Map(pairs));
  await fc.assert(
    fc.asyncProperty(operation, params, async ({ action, version }, all) => {
      assert.ok(EXPECTED.has(await run({ action, version, params: all })));
    }),
    { numRuns: 3000 },
  );
});

test("hostile: any bytes in any body and target never throw", async () => {
  const form = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc
      .stringMatching(/^[%&=+.a-f0-9é-]{0,80}$/)
      .map((text) => Buffer.from(`Action=GetUser&Version=2010-05-08&${text}`)),
  );
  await fc.assert(
    fc.asyncProperty(form, fc.string({ unit: "binary" }), fc.string(), async (body, query, type) => {
      for (const contentType of ["application/x-www-form-urlencoded", type]) {
        const request = readQueryRequest({
          method: "POST",
          target: `/?${query}`,
          rawHeaders: ["content-type", contentType],
          body,
          peer: { address: "::1", encrypted: true },
        });
        assert.ok(EXPECTED.has(request.ok ? await run(request.value) : request.error.code));
      }
    }),
    { numRuns: 2000 },
  );
});

test("hostile: a body of gaps stays small", async () => {
  const params = new Map<string, string>();
  for (let at = 10; params.size < 10_000; at += 10) params.set(`Tags.member.${at}.Key`, "");
  const model = (await SERVICES.iam.load()).operations.CreateUser;
  assert.ok(model);
  const decoded = decodeInput(model, params);
  assert.ok(decoded.ok);
  const invalid = validateInput("iam", model, decoded.value, { rootCaller: false });
  assert.ok(invalid && invalid.message.length < 2000);
  assert.match(invalid.message, /^10 validation errors detected: /);
});
