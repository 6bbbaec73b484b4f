import assert from "node:assert/strict";
import { test } from "node:test";
import type { QueryServiceName } from "#model/services.ts";
import { routeQuery } from "#wire/query/route.ts";

const IAM = "2010-05-08";
const STS = "2011-06-15";

interface Case {
  readonly action?: string;
  readonly version?: string;
  readonly scope?: QueryServiceName;
  readonly service: QueryServiceName;
  /** The operation's name, or code and sentence of the refusal. */
  readonly want: string | readonly [string, string];
}

const unknown = (action: string, version: string) =>
  ["InvalidAction", `Could not find operation ${action} for version ${version}`] as const;
const MISSING = ["MissingAction", "The request must contain the parameter Action"] as const;

const CASES: readonly Case[] = [
  { action: "GetUser", version: IAM, service: "iam", want: "GetUser" },
  { action: "GetSessionToken", version: STS, service: "sts", want: "GetSessionToken" },
  { action: "GetSessionToken", version: STS, scope: "iam", service: "sts", want: "GetSessionToken" },
  // known to the schemas, whether it runs or not
  { action: "CreateSAMLProvider", version: IAM, service: "iam", want: "CreateSAMLProvider" },
  { action: "GetUser", version: STS, service: "sts", want: unknown("GetUser", STS) },
  { action: "getuser", version: IAM, service: "iam", want: unknown("getuser", IAM) },
  { action: "GetUser", version: "2010-05-09", service: "iam", want: unknown("GetUser", "2010-05-09") },
  {
    action: "GetUser",
    version: "2010-05-09",
    scope: "sts",
    service: "sts",
    want: unknown("GetUser", "2010-05-09"),
  },
  { action: "GetUser", service: "iam", want: unknown("GetUser", "NO_VERSION_SPECIFIED") },
  { action: "GetUser", version: "", scope: "sts", service: "sts", want: unknown("GetUser", "") },
  { action: "__proto__", version: IAM, service: "iam", want: unknown("__proto__", IAM) },
  { action: "constructor", version: STS, service: "sts", want: unknown("constructor", STS) },
  { action: "GetUser", version: "__proto__", service: "iam", want: unknown("GetUser", "__proto__") },
  { version: STS, service: "sts", want: MISSING },
  { action: "", version: IAM, service: "iam", want: MISSING },
  { service: "iam", want: MISSING },
  { scope: "sts", service: "sts", want: MISSING },
];

for (const { action, version, scope, service, want } of CASES) {
  test(`route: ${action} of ${version}, signed for ${scope}`, async () => {
    const outcome = await routeQuery({ action, version, params: new Map() }, scope);
    if (outcome.ok) {
      assert.equal(outcome.value.operation.name, want);
      assert.equal(outcome.value.service.name, service);
      return;
    }
    const { error, service: told } = outcome.error;
    assert.deepEqual([error.code, error.message], want);
    assert.equal(error.status, 400);
    assert.equal(told.name, service);
  });
}
