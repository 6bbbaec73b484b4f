import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePolicy } from "#policy/document/parse.ts";
import { invalidPrincipal, principalArns } from "#policy/document/principals.ts";

test("the AWS principals of every statement are named once, as written", () => {
  const user = "arn:aws:iam::123456789012:user/alice";
  const parsed = parsePolicy(
    JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: [user, "*"], Service: "ec2.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
        { Effect: "Deny", NotPrincipal: { AWS: ["123456789012", user] }, Action: "sts:AssumeRole" },
        { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" },
      ],
    }),
    "trust",
  );
  assert.ok(parsed.ok);
  assert.deepEqual(principalArns(parsed.value), [user, "123456789012"]);
});

test("a principal that does not exist is told in AWS's words", () => {
  const value = "arn:aws:iam::123456789012:role/gone";
  assert.equal(invalidPrincipal({ type: "AWS", value }), `Invalid principal in policy: "AWS":"${value}"`);
});
