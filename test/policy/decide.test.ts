import assert from "node:assert/strict";
import { test } from "node:test";
import { ADMINISTRATOR_ACCESS, type DecisionPrincipal, decide, denialSentence } from "#policy/decide.ts";

const ALICE = "arn:aws:iam::123456789012:user/alice";
const principal = (facts: Partial<DecisionPrincipal> = {}): DecisionPrincipal => ({
  kind: "user",
  arn: ALICE,
  attachedPolicies: [],
  mayChangeOwnPassword: false,
  ...facts,
});

for (const [who, action, decision] of [
  [principal({ kind: "root" }), "iam:CreateUser", "allowed"],
  [principal({ kind: "operator" }), "iam:CreateUser", "allowed"],
  [principal({ attachedPolicies: [ADMINISTRATOR_ACCESS] }), "iam:CreateUser", "allowed"],
  [principal({ attachedPolicies: ["arn:aws:iam::aws:policy/Other"] }), "iam:CreateUser", "implicitDeny"],
  [principal(), "iam:CreateUser", "implicitDeny"],
  [principal(), "sts:GetAccessKeyInfo", "implicitDeny"],
  [principal(), "sts:GetCallerIdentity", "allowed"],
  [principal(), "sts:GetSessionToken", "allowed"],
  [principal(), "iam:ChangePassword", "implicitDeny"],
  [principal({ mayChangeOwnPassword: true }), "iam:ChangePassword", "allowed"],
  [principal({ mayChangeOwnPassword: true }), "iam:GetAccountPasswordPolicy", "allowed"],
  [principal({ mayChangeOwnPassword: true }), "iam:UpdateAccountPasswordPolicy", "implicitDeny"],
  [principal({ mayChangeOwnPassword: true }), "__proto__", "implicitDeny"],
  [principal({ mayChangeOwnPassword: true }), "constructor", "implicitDeny"],
] as const) {
  test(`${who.kind} with ${who.attachedPolicies.length} policies: ${action} is ${decision}`, () => {
    assert.equal(decide({ principal: who, action, resources: ["*"] }).decision, decision);
  });
}

test("a denial says who, what, on what, and why, in AWS's words", () => {
  const request = {
    principal: principal(),
    action: "iam:CreateUser",
    resources: ["arn:aws:iam::123456789012:user/bob"],
  };
  const verdict = decide(request);
  assert.equal(verdict.decision, "implicitDeny");
  assert.equal(
    denialSentence(request, verdict),
    `User: ${ALICE} is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::123456789012:user/bob` +
      " because no identity-based policy allows the iam:CreateUser action",
  );
});
