import assert from "node:assert/strict";
import { test } from "node:test";
import { deniedResource } from "#policy/denied-resource.ts";

const A = "arn:aws:iam::123456789012:";

/** As AWS's answers stand in public issues. */
const CASES: readonly (readonly [action: string, resource: string, said: string])[] = [
  ["iam:GetUser", `${A}user/tester`, "user tester"],
  ["iam:GetUser", `${A}user/team/tester`, "user tester"],
  ["iam:DeactivateMFADevice", `${A}user/tester`, "user tester"],
  ["iam:ListMFADevices", `${A}user/tester`, "user tester"],
  ["iam:GetGroup", `${A}group/MFAGroup`, "group MFAGroup"],
  ["iam:AddUserToGroup", `${A}group/p/G`, "group G"],
  ["iam:GetRole", `${A}role/service-role/R`, "role R"],
  ["iam:AttachRolePolicy", `${A}role/R`, "role R"],
  ["iam:GetPolicy", "arn:aws:iam::aws:policy/P", "policy arn:aws:iam::aws:policy/P"],
  ["iam:DeletePolicy", `${A}policy/P`, `policy ${A}policy/P`],
  ["iam:CreatePolicy", `${A}policy/p/P`, "policy P"],
  ["iam:ListPolicies", "*", "policy path /"],
  ["iam:CreateUser", `${A}user/new`, `${A}user/new`],
  ["iam:CreateRole", `${A}role/new`, `${A}role/new`],
  ["iam:TagRole", `${A}role/R`, `${A}role/R`],
  ["iam:PassRole", `${A}role/R`, `${A}role/R`],
  ["iam:CreateVirtualMFADevice", `${A}mfa/phone`, `${A}mfa/phone`],
  ["iam:ListUsers", `${A}user/`, `${A}user/`],
  ["iam:ListRoles", `${A}role/p/`, `${A}role/p/`],
  ["iam:GetAccountSummary", "*", "*"],
  ["iam:GetUser", `${A}root`, `${A}root`],
  ["sts:AssumeRole", `${A}role/R`, `${A}role/R`],
  ["s3:GetObject", "arn:aws:s3:::b/user/x", "arn:aws:s3:::b/user/x"],
];

for (const [action, resource, said] of CASES) {
  test(`a denied ${action} of ${resource} says ${said}`, () => {
    assert.equal(deniedResource(action, resource), said);
  });
}
