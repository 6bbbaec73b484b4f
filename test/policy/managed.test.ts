import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePolicy } from "#policy/document/parse.ts";
import { MANAGED_POLICIES, managedPolicy } from "#policy/managed/managed.ts";

for (const policy of MANAGED_POLICIES) {
  test(`managed: ${policy.policyName} is a policy as AWS has them`, () => {
    const parsed = parsePolicy(policy.document, "identity");
    assert.ok(parsed.ok, parsed.ok ? "" : parsed.error);
    assert.deepEqual(Object.keys(JSON.parse(policy.document)), ["Version", "Statement"]);
    assert.equal(policy.arn, `arn:aws:iam::aws:policy${policy.path}${policy.policyName}`);
    assert.match(policy.path, /^\/(?:[a-z-]+\/)?$/);
    if (policy.policyId !== undefined) assert.match(policy.policyId, /^ANPA[A-Z0-9]{17}$/);
    assert.ok(policy.createdAt <= policy.updatedAt);
    assert.equal(policy.createdAt === policy.updatedAt, policy.defaultVersion === 1);
    assert.equal(managedPolicy(policy.arn), policy);
  });
}

test("managed: the oldest first, each once", () => {
  const created = MANAGED_POLICIES.map(({ createdAt }) => createdAt);
  assert.deepEqual(
    created,
    created.toSorted((a, b) => a - b),
  );
  for (const key of ["arn", "policyName"] as const) {
    assert.equal(new Set(MANAGED_POLICIES.map((policy) => policy[key])).size, MANAGED_POLICIES.length);
  }
});

test("managed: what nobody has does not exist", () => {
  for (const arn of [
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::aws:policy/administratoraccess",
    "arn:aws:iam::123456789012:policy/AdministratorAccess",
    "__proto__",
    "constructor",
    "",
  ]) {
    assert.equal(managedPolicy(arn), undefined, arn);
  }
});

test("managed: a document's text is laid out as AWS does", () => {
  assert.equal(
    managedPolicy("arn:aws:iam::aws:policy/AdministratorAccess")?.document,
    `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "*",
            "Resource": "*"
        }
    ]
}`,
  );
});
