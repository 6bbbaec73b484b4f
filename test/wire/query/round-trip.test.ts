import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { IAM_CONSTRAINTS } from "#model/constraints/iam.ts";
import { STS_CONSTRAINTS } from "#model/constraints/sts.ts";
import { type OperationModel, QUERY_SERVICES, type QueryServiceName } from "#model/services.ts";
import { decodeInput } from "#wire/query/decode.ts";
import { encodeSuccess } from "#wire/query/encode.ts";
import { readQueryRequest } from "#wire/query/request.ts";
import { routeQuery } from "#wire/query/route.ts";
import { anyOf } from "./arbitrary.ts";
import { callSdk, modelOf, rawOf } from "./sdk.ts";

const OPERATIONS: Record<QueryServiceName, readonly string[]> = {
  iam: Object.keys(IAM_CONSTRAINTS),
  sts: Object.keys(STS_CONSTRAINTS),
};
const RUNS = { numRuns: 5 };

/** Blobs come back as plain bytes, maps without a prototype, empty structures as nothing sent. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return [...value];
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([key, member]) => [key, plain(member)]));
}

/** As `plain`, without structures and maps that hold nothing: the SDK sends no sign of them. */
function sendable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sendable);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .map(([key, member]) => [key, sendable(member)] as const)
    .filter(
      ([, member]) =>
        Array.isArray(member) || typeof member !== "object" || Object.keys(member as object).length > 0,
    );
  return Object.fromEntries(entries);
}

async function assertInputSurvives(
  service: QueryServiceName,
  operation: OperationModel,
  input: object,
): Promise<void> {
  let decoded: unknown;
  const pending: Promise<void>[] = [];
  await callSdk(service, operation.name, input, (sent) => {
    const request = readQueryRequest(rawOf(sent));
    assert.ok(request.ok);
    const result = decodeInput(operation, request.value.params);
    assert.ok(result.ok, result.ok ? "" : result.error.message);
    decoded = result.value;
    pending.push(
      routeQuery(request.value, undefined).then((route) => {
        assert.ok(route.ok);
        assert.equal(route.value.operation, operation);
      }),
    );
    return { status: 200, body: encodeSuccess(QUERY_SERVICES[service], operation, {}, "id") };
  });
  await Promise.all(pending);
  assert.deepEqual(plain(decoded), sendable(plain(input)));
}

async function assertOutputSurvives(
  service: QueryServiceName,
  operation: OperationModel,
  output: object,
): Promise<void> {
  const body = encodeSuccess(QUERY_SERVICES[service], operation, output, "id");
  const read = await callSdk(service, operation.name, {}, () => ({ status: 200, body }));
  assert.deepEqual(plain(read), plain(output));
}

for (const service of ["iam", "sts"] as const) {
  test(`${service}: what the SDK sends is what is read`, async () => {
    for (const name of OPERATIONS[service]) {
      const operation = await modelOf(service, name);
      await fc.assert(
        fc.asyncProperty(anyOf(operation.schema[4]), (input) =>
          assertInputSurvives(service, operation, input),
        ),
        RUNS,
      );
    }
  });

  test(`${service}: what is written is what the SDK reads`, async () => {
    for (const name of OPERATIONS[service]) {
      const operation = await modelOf(service, name);
      await fc.assert(
        fc.asyncProperty(anyOf(operation.schema[5]), (output) =>
          assertOutputSurvives(service, operation, output),
        ),
        RUNS,
      );
    }
  });

  test(`${service}: every operation of the package compiles`, async () => {
    for (const operation of Object.values((await QUERY_SERVICES[service].load()).operations)) {
      assert.ok(decodeInput(operation, new Map()).ok);
      assert.match(encodeSuccess(QUERY_SERVICES[service], operation, {}, "id"), /<RequestId>id</);
    }
  });
}
