// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
/** Contract 2.2 and 3: what a policy sees of the second factor, and what the documented policy makes of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContextValue } from "#policy/context.ts";
import { explain, isDeniedForMfa } from "#policy/explain.ts";
import type { DecisionRequest } from "#policy/request.ts";
import { contextOf, decided, NO_LAYERS, named, request, type Written } from "./deciding.ts";

type Seen = Readonly<Record<string, ContextValue>>;

const LONG_TERM: Seen = {};
const TEMPORARY: Seen = { "aws:multifactorauthpresent": "false" };
const WITH_MFA: Seen = { "aws:multifactorauthpresent": "true", "aws:multifactorauthage": "100" };
const STALE: Seen = { "aws:multifactorauthpresent": "true", "aws:multifactorauthage": "3600" };

const ALLOW_ALL = named("allow", { Effect: "Allow", Action: "*", Resource: "*" });

const PRESENT = "aws:MultiFactorAuthPresent";
const AGE = "aws:MultiFactorAuthAge";

const CREDENTIALS: readonly (readonly [told: string, Seen])[] = [
  ["a long-term key", LONG_TERM],
  ["a session without MFA", TEMPORARY],
  ["a session with MFA", WITH_MFA],
];

/** The seven rows of the trap table, and what each makes of a long-term key, no MFA, and MFA. */
const TRAPS: readonly (readonly [
  Written["Effect"],
  NonNullable<Written["Condition"]>,
  readonly [longTerm: boolean, without: boolean, mfa: boolean],
])[] = [
  ["Allow", { Bool: { [PRESENT]: "true" } }, [false, false, true]],
  ["Allow", { BoolIfExists: { [PRESENT]: "true" } }, [true, false, true]],
  ["Deny", { Bool: { [PRESENT]: "false" } }, [true, false, true]],
  ["Deny", { BoolIfExists: { [PRESENT]: "false" } }, [false, false, true]],
  ["Allow", { Null: { [PRESENT]: "false" } }, [false, true, true]],
  ["Deny", { Null: { [AGE]: "true" } }, [false, false, true]],
  ["Allow", { NumericLessThan: { [AGE]: "3600" } }, [false, false, true]],
];

for (const [effect, condition, expected] of TRAPS) {
  const statement = named("trap", { Effect: effect, Action: "*", Resource: "*", Condition: condition });
  const identity = effect === "Allow" ? [statement] : [ALLOW_ALL, statement];
  for (const [at, [told, seen]] of CREDENTIALS.entries()) {
    test(`${effect} ${JSON.stringify(condition)} and ${told}: ${expected[at] ? "allowed" : "denied"}`, () => {
      const layers = { ...NO_LAYERS, identity };
      assert.equal(decided({ layers, context: contextOf(seen) }) === "allowed", expected[at]);
    });
  }
}

test("an age of an hour is no longer less than an hour", () => {
  const condition = { NumericLessThan: { [AGE]: "3600" } };
  const layers = {
    ...NO_LAYERS,
    identity: [named("p", { Effect: "Allow", Action: "*", Resource: "*", Condition: condition })],
  };
  assert.equal(decided({ layers, context: contextOf(STALE) }), "implicitDeny identity");
});

const OWN_USER = "arn:aws:iam::*:user/${aws:username}";

/** Contract 3: the documented self-management policy, MFA only. */
const SELF_MANAGE = named(
  "self-manage-mfa",
  { Sid: "AllowViewAccountInfo", Effect: "Allow", Action: "iam:ListVirtualMFADevices", Resource: "*" },
  {
    Sid: "AllowManageOwnVirtualMFADevice",
    Effect: "Allow",
    Action: "iam:CreateVirtualMFADevice",
    Resource: "arn:aws:iam::*:mfa/*",
  },
  {
    Sid: "AllowManageOwnUserMFA",
    Effect: "Allow",
    Action: [
      "iam:DeactivateMFADevice",
      "iam:EnableMFADevice",
      "iam:GetUser",
      "iam:ListMFADevices",
      "iam:ResyncMFADevice",
    ],
    Resource: OWN_USER,
  },
  {
    Sid: "DenyAllExceptListedIfNoMFA",
    Effect: "Deny",
    NotAction: [
      "iam:CreateVirtualMFADevice",
      "iam:EnableMFADevice",
      "iam:GetUser",
      "iam:ListMFADevices",
      "iam:ListVirtualMFADevices",
      "iam:ResyncMFADevice",
      "sts:GetSessionToken",
    ],
    Resource: "*",
    Condition: { BoolIfExists: { [PRESENT]: "false" } },
  },
);

const call = (action: string, resource: string, seen: Seen, more = false): DecisionRequest =>
  request({
    action,
    resource,
    layers: { ...NO_LAYERS, identity: more ? [SELF_MANAGE, ALLOW_ALL] : [SELF_MANAGE] },
    context: contextOf({ "aws:username": "bob", ...seen }),
  });

const BOB = "arn:aws:iam::111122223333:user/bob";
const EVE = "arn:aws:iam::111122223333:user/eve";
const DEVICE = "arn:aws:iam::111122223333:mfa/phone";

for (const [action, resource, seen, expected, forMfa] of [
  ["iam:CreateVirtualMFADevice", DEVICE, LONG_TERM, "allowed", false],
  ["iam:EnableMFADevice", BOB, LONG_TERM, "allowed", false],
  ["iam:EnableMFADevice", EVE, LONG_TERM, "implicitDeny identity", false],
  ["iam:EnableMFADevice", BOB.replace("user/", "user/team/"), LONG_TERM, "implicitDeny identity", false],
  ["iam:ListVirtualMFADevices", "*", TEMPORARY, "allowed", false],
  ["sts:GetSessionToken", "*", LONG_TERM, "allowed", false],
  ["iam:DeactivateMFADevice", BOB, LONG_TERM, "explicitDeny identity", true],
  ["iam:DeactivateMFADevice", BOB, TEMPORARY, "explicitDeny identity", true],
  ["iam:DeactivateMFADevice", BOB, WITH_MFA, "allowed", false],
  ["iam:DeactivateMFADevice", EVE, WITH_MFA, "implicitDeny identity", false],
  // a factor would take the denial away and leave nothing that allows
  ["iam:CreateUser", EVE, TEMPORARY, "explicitDeny identity", false],
  ["iam:CreateUser", EVE, WITH_MFA, "implicitDeny identity", false],
] as const) {
  test(`self-management: ${action} on ${resource} with ${JSON.stringify(seen)} is ${expected}`, () => {
    const asked = call(action, resource, seen);
    assert.equal(decided(asked), expected);
    assert.equal(isDeniedForMfa(asked), forMfa);
  });
}

test("an administrator under the self-management policy may do everything once he has shown a factor", () => {
  const asked = (seen: Seen): DecisionRequest => call("iam:CreateUser", EVE, seen, true);
  assert.equal(decided(asked(LONG_TERM)), "explicitDeny identity");
  assert.equal(isDeniedForMfa(asked(LONG_TERM)), true);
  assert.equal(decided(asked(WITH_MFA)), "allowed");
});

for (const [told, statements, forMfa] of [
  [
    "our own keys count as MFA's",
    [
      {
        Effect: "Allow",
        Action: "*",
        Resource: "*",
        Condition: { Bool: { "countersign:PhishingResistant": "true" } },
      },
    ],
    true,
  ],
  [
    "another condition failed too",
    [
      {
        Effect: "Allow",
        Action: "*",
        Resource: "*",
        Condition: { Bool: { [PRESENT]: "true" }, IpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
      },
    ],
    false,
  ],
  [
    "a denial without MFA keys stays",
    [
      { Effect: "Allow", Action: "*", Resource: "*" },
      { Effect: "Deny", Action: "iam:*", Resource: "*" },
      { Effect: "Deny", Action: "*", Resource: "*", Condition: { BoolIfExists: { [PRESENT]: "false" } } },
    ],
    false,
  ],
] as const satisfies readonly (readonly [string, readonly Written[], boolean])[]) {
  test(`whether MFA would help: ${told}`, () => {
    const layers = { ...NO_LAYERS, identity: [named("p", ...statements)] };
    assert.equal(isDeniedForMfa(request({ layers })), forMfa);
  });
}

test("an explanation says of each statement what kept it out, and which keys were absent", () => {
  const { verdict, policies, absentKeys } = explain(call("iam:DeactivateMFADevice", EVE, LONG_TERM));
  assert.equal(verdict.decision, "explicitDeny");
  assert.deepEqual(absentKeys, [PRESENT]);
  assert.deepEqual(
    policies.map(({ layer, policy, statements }) => [
      layer,
      policy,
      statements.map(({ sid, keptOutBy }) => [sid, keptOutBy]),
    ]),
    [
      [
        "identity",
        "self-manage-mfa",
        [
          ["AllowViewAccountInfo", "action"],
          ["AllowManageOwnVirtualMFADevice", "action"],
          ["AllowManageOwnUserMFA", "resource"],
          ["DenyAllExceptListedIfNoMFA", "nothing"],
        ],
      ],
    ],
  );
  assert.deepEqual(policies[0]?.statements[3]?.conditions, [
    { operator: "BoolIfExists", key: PRESENT, wanted: ["false"], seen: undefined, holds: true },
  ]);
});

test("an explanation shows the condition that kept a statement out, and the principal", () => {
  const condition = { Bool: { [PRESENT]: "true" }, StringEquals: { "sts:ExternalId": ["a", "b"] } };
  const trust = named(
    "trust",
    { Effect: "Allow", Principal: { AWS: "444455556666" }, Action: "sts:AssumeRole" },
    { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole", Condition: condition },
  );
  const { accountId } = request().principal;
  const { policies, verdict } = explain(
    request({
      action: "sts:AssumeRole",
      resource: "arn:aws:iam::111122223333:role/x",
      layers: { ...NO_LAYERS, resource: { ...trust, kind: "trust", accountId } },
      context: contextOf({ ...TEMPORARY, "sts:externalid": "b" }),
    }),
  );
  assert.deepEqual(verdict, { decision: "implicitDeny", layer: "resource" });
  assert.deepEqual(
    policies[0]?.statements.map(({ keptOutBy, conditions }) => [
      keptOutBy,
      conditions.map(({ key, seen, holds }) => [key, seen, holds]),
    ]),
    [
      ["principal", []],
      [
        "condition",
        [
          [PRESENT, "false", false],
          ["sts:ExternalId", "b", true],
        ],
      ],
    ],
  );
});
