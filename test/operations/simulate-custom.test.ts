// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ContextEntry, EvaluationResult, IAM } from "@aws-sdk/client-iam";
import { openWorld, type TestAccount, type World } from "../support/world.ts";
import { refusedAs } from "./mfa-world.ts";
import {
  A,
  ALLOW,
  B,
  DENY,
  EVERYTHING,
  given,
  granting,
  type Input,
  OTHER,
  OTHERS,
  policy,
  statement,
  typed,
  USER,
  when,
} from "./simulating.ts";

let world: World;
let account: TestAccount;
let iam: IAM;
before(async () => {
  world = await openWorld();
  account = await world.account();
  iam = world.clients(account.admin).iam;
});
after(() => world[Symbol.asyncDispose]());

const simulate = (input: Input) =>
  iam.simulateCustomPolicy({ PolicyInputList: [ALLOW], ActionNames: ["s3:GetObject"], ...input });

async function only(input: Input): Promise<EvaluationResult> {
  const { EvaluationResults = [] } = await simulate(input);
  assert.equal(EvaluationResults.length, 1);
  return EvaluationResults[0] ?? assert.fail();
}

const place = (SourcePolicyId: string, SourcePolicyType: string, from: number, to: number) => ({
  SourcePolicyId,
  SourcePolicyType,
  StartPosition: { Line: 1, Column: from },
  EndPosition: { Line: 1, Column: to },
});
const FIRST = place("PolicyInputList.1", "IAM Policy", 38, 95);

describe("answers that AWS gave in September 2026", () => {
  test("about nothing in particular: no results by resource", async () => {
    const { $metadata, ...answer } = await simulate({});
    assert.deepEqual(answer, {
      EvaluationResults: [
        {
          EvalActionName: "s3:GetObject",
          EvalResourceName: "*",
          EvalDecision: "allowed",
          MatchedStatements: [FIRST],
          MissingContextValues: [],
        },
      ],
      IsTruncated: false,
    });
  });

  test("about two resources: one result, the strictest decision, and each resource for itself", async () => {
    const own = policy(statement({ Resource: A }));
    const matched = [place("PolicyInputList.1", "IAM Policy", 38, 112)];
    assert.deepEqual(await only({ PolicyInputList: [own], ResourceArns: [A, B] }), {
      EvalActionName: "s3:GetObject",
      // a dollar sign before a brace
      EvalResourceName: ["arn:aws:s3:::", "{BucketName}/", "{KeyName}"].join("$"),
      EvalDecision: "implicitDeny",
      MatchedStatements: matched,
      MissingContextValues: [],
      EvalDecisionDetails: {},
      ResourceSpecificResults: [
        { EvalResourceName: A, EvalResourceDecision: "allowed", MatchedStatements: matched },
        { EvalResourceName: B, EvalResourceDecision: "implicitDeny" },
      ],
    });
  });

  test("a boundary's denial is told with the boundary's statement", async () => {
    const result = await only({
      PolicyInputList: [DENY],
      PermissionsBoundaryPolicyInputList: [DENY],
      ResourceArns: [A],
    });
    assert.deepEqual(result.EvalDecision, "explicitDeny");
    assert.deepEqual(result.MatchedStatements, [
      place("PolicyInputList.1", "IAM Policy", 38, 94),
      place("PermissionsBoundaryPolicyInputList.1", "Permissions Boundary Policy", 38, 94),
    ]);
    assert.deepEqual(result.PermissionsBoundaryDecisionDetail, { AllowedByPermissionsBoundary: false });
    assert.deepEqual(result.ResourceSpecificResults?.[0]?.PermissionsBoundaryDecisionDetail, {
      AllowedByPermissionsBoundary: false,
    });
  });

  test("about one resource that is allowed, one that is denied and one of which nothing is said", async () => {
    const about = (Effect: string, name: string) => ({
      Effect,
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::stackd-policy-parity/${name}`,
    });
    const Statement = [about("Allow", "allowed"), about("Deny", "blocked")];
    const result = await only({
      PolicyInputList: [JSON.stringify({ Version: "2012-10-17", Statement })],
      ResourceArns: ["allowed", "blocked", "unspecified"].map(
        (name) => `arn:aws:s3:::stackd-policy-parity/${name}`,
      ),
    });
    const [allowed, denied] = [[38, 135] as const, [135, 232] as const].map(([from, to]) =>
      place("PolicyInputList.1", "IAM Policy", from, to),
    );
    assert.equal(result.EvalDecision, "explicitDeny");
    assert.deepEqual(result.MatchedStatements, [allowed, denied]);
    assert.deepEqual(
      result.ResourceSpecificResults?.map((each) => [each.EvalResourceDecision, each.MatchedStatements]),
      [
        ["allowed", [allowed]],
        ["explicitDeny", [denied]],
        ["implicitDeny", undefined],
      ],
    );
  });

  const CROSS: readonly (readonly [string, Input, string, Readonly<Record<string, string>>])[] = [
    ["no identity policy", { PolicyInputList: [] }, "implicitDeny", { "IAM Policy": "implicitDeny" }],
    ["an identity policy", {}, "allowed", { "IAM Policy": "allowed" }],
    [
      "a boundary that denies",
      { PermissionsBoundaryPolicyInputList: [DENY] },
      "explicitDeny",
      { "IAM Policy": "allowed", "Permissions Boundary Policy": "explicitDeny" },
    ],
    [
      "a boundary that leaves it out",
      { PermissionsBoundaryPolicyInputList: [OTHER] },
      "implicitDeny",
      { "IAM Policy": "allowed", "Permissions Boundary Policy": "implicitDeny" },
    ],
  ];
  for (const [about, input, decision, details] of CROSS) {
    test(`across accounts with ${about}: ${decision}, and what each kind of policy says`, async () => {
      const result = await only({
        CallerArn: USER,
        ResourcePolicy: granting(USER),
        ResourceOwner: OTHERS,
        ResourceArns: [A],
        ...input,
      });
      const all = { ...details, "Resource Policy": "allowed" };
      assert.equal(result.EvalDecision, decision);
      assert.deepEqual(result.EvalDecisionDetails, all);
      assert.deepEqual(result.ResourceSpecificResults?.[0]?.EvalDecisionDetails, all);
    });
  }
});

/** Decisions by input; those about resources' policies are within the account of the caller. */
const DECISIONS: readonly (readonly [
  about: string,
  input: Input,
  decision: string,
  matched: readonly string[],
])[] = [
  ["no policy at all", { PolicyInputList: [] }, "implicitDeny", []],
  [
    "two that allow",
    { PolicyInputList: [ALLOW, ALLOW] },
    "allowed",
    ["PolicyInputList.1", "PolicyInputList.2"],
  ],
  ["one that denies", { PolicyInputList: [ALLOW, DENY] }, "explicitDeny", ["PolicyInputList.2"]],
  [
    "a document of the older version",
    { PolicyInputList: [JSON.stringify({ Id: "caf\u00e9", Statement: statement() })] },
    "allowed",
    ["PolicyInputList.1"],
  ],
  ["an action in other letter case", { ActionNames: ["S3:gEtObJeCt"] }, "allowed", ["PolicyInputList.1"]],
  ["a wildcard in an action is text", { ActionNames: ["s3:*"] }, "implicitDeny", []],
  [
    "an action without a name",
    { PolicyInputList: [EVERYTHING], ActionNames: ["s3:"] },
    "allowed",
    ["PolicyInputList.1"],
  ],
  ["a boundary that leaves it out", { PermissionsBoundaryPolicyInputList: [OTHER] }, "implicitDeny", []],
  [
    "a boundary that allows",
    { PermissionsBoundaryPolicyInputList: [ALLOW] },
    "allowed",
    ["PolicyInputList.1"],
  ],
  [
    "a grant by the resource to the caller himself, whom his boundary does not hold back",
    {
      PolicyInputList: [],
      PermissionsBoundaryPolicyInputList: [OTHER],
      CallerArn: USER,
      ResourcePolicy: granting(USER),
      ResourceArns: [A],
    },
    "allowed",
    ["ResourcePolicy"],
  ],
  [
    "a grant by the resource and one by a policy",
    { CallerArn: USER, ResourcePolicy: granting("*"), ResourceArns: [A], ResourceOwner: USER },
    "allowed",
    ["PolicyInputList.1", "ResourcePolicy"],
  ],
  [
    "a denial by the resource",
    { CallerArn: USER, ResourcePolicy: granting("*", { Effect: "Deny" }), ResourceArns: [A] },
    "explicitDeny",
    ["ResourcePolicy"],
  ],
  // not as AWS's simulator, which takes this for a grant to everybody of the account; as the server decides
  [
    "a grant by the resource to the caller's account",
    {
      PolicyInputList: [],
      CallerArn: USER,
      ResourcePolicy: granting("arn:aws:iam::123456789012:root"),
      ResourceArns: [A],
    },
    "implicitDeny",
    [],
  ],
];

for (const [about, input, decision, matched] of DECISIONS) {
  test(`${about}: ${decision}`, async () => {
    const result = await only(input);
    assert.equal(result.EvalDecision, decision);
    assert.deepEqual(
      result.MatchedStatements?.map(({ SourcePolicyId }) => SourcePolicyId),
      matched,
    );
  });
}

/** What the policies see of the caller, and which keys a denial says were not given (all but the last two recorded). */
const KEYS: readonly (readonly [
  condition: object,
  input: Input,
  decision: string,
  missing: readonly string[],
])[] = [
  [{ StringEquals: { "x:key": "yes" } }, {}, "implicitDeny", ["x:key"]],
  [{ StringEqualsIfExists: { "x:key": "yes" } }, {}, "allowed", []],
  [{ StringNotEquals: { "x:key": "yes" } }, {}, "allowed", []],
  [{ Null: { "x:key": "false" } }, {}, "implicitDeny", ["x:key"]],
  [{ StringEquals: { "X:KEY": "yes" } }, { ContextEntries: [given("x:key", "yes")] }, "allowed", []],
  [{ StringEquals: { "x:key": "yes" } }, { ContextEntries: [given("x:key", "no")] }, "implicitDeny", []],
  [{ Null: { "x:key": "false" } }, { ContextEntries: [given("x:key", "")] }, "allowed", []],
  [{ StringEquals: { "x:key": "yes" } }, { ActionNames: ["s3:PutObject"] }, "implicitDeny", ["x:key"]],
  [{ StringEquals: { "x:key": "yes" } }, { PermissionsBoundaryPolicyInputList: [DENY] }, "explicitDeny", []],
  [{ StringEquals: { "aws:userid": "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR" } }, {}, "allowed", []],
  [{ StringEquals: { "aws:userid": "somebody" } }, {}, "implicitDeny", ["aws:userid"]],
  [{ StringEquals: { "aws:userid": USER } }, { CallerArn: USER }, "allowed", []],
  [{ Null: { "aws:PrincipalArn": "false" } }, {}, "implicitDeny", ["aws:PrincipalArn"]],
  [{ StringEquals: { "aws:PrincipalArn": USER } }, { CallerArn: USER }, "allowed", []],
  [{ StringEquals: { "aws:username": "ana" } }, { CallerArn: USER }, "allowed", []],
  [
    { StringEquals: { "aws:username": "ana" } },
    { CallerArn: USER, ContextEntries: [given("aws:username", "bob")] },
    "implicitDeny",
    [],
  ],
  [
    { StringEquals: { "aws:username": "r" } },
    { CallerArn: "arn:aws:iam::123456789012:role/r" },
    "implicitDeny",
    ["aws:username"],
  ],
  [{ StringEquals: { "aws:PrincipalAccount": "123456789012" } }, { CallerArn: USER }, "allowed", []],
  [{ Bool: { "x:key": "true" } }, { ContextEntries: [typed("boolean", "TRUE")] }, "allowed", []],
  [{ Bool: { "x:key": "true" } }, { ContextEntries: [typed("boolean", "1")] }, "implicitDeny", []],
  [{ NumericLessThan: { "x:key": "60" } }, { ContextEntries: [typed("numeric", "59.5")] }, "allowed", []],
  [
    { DateLessThan: { "x:key": "2026-01-01" } },
    { ContextEntries: [typed("date", "2025-12-31T23:59:59Z")] },
    "allowed",
    [],
  ],
  [{ IpAddress: { "x:key": "192.0.2.0/24" } }, { ContextEntries: [typed("ip", "192.0.2.7")] }, "allowed", []],
  [{ BinaryEquals: { "x:key": "YQ==" } }, { ContextEntries: [typed("binary", "YQ==")] }, "allowed", []],
  [
    { StringEquals: { "x:key": "yes" } },
    { ContextEntries: [typed("stringList", "yes")] },
    "implicitDeny",
    [],
  ],
  [
    { "ForAnyValue:StringEquals": { "x:key": "b" } },
    { ContextEntries: [given("x:key", "a", "b")] },
    "allowed",
    [],
  ],
];

for (const [condition, input, decision, missing] of KEYS) {
  test(`${JSON.stringify(condition)} with ${JSON.stringify(input)}: ${decision}`, async () => {
    const result = await only({ PolicyInputList: [when(condition)], ...input });
    assert.equal(result.EvalDecision, decision);
    assert.deepEqual(result.MissingContextValues, missing);
  });
}

test("the account that asks is the caller's where nobody is named", async () => {
  const own = when({ StringEquals: { "aws:PrincipalAccount": account.accountId } });
  assert.equal((await only({ PolicyInputList: [own] })).EvalDecision, "allowed");
});

test("keys in resources' variables are missing too, and by resource", async () => {
  const own = policy(statement({ Resource: "arn:aws:s3:::box/${aws:username}" }));
  const result = await only({ PolicyInputList: [own], ResourceArns: [A] });
  assert.deepEqual(result.MissingContextValues, ["aws:username"]);
  assert.deepEqual(result.ResourceSpecificResults?.[0]?.MissingContextValues, ["aws:username"]);
});

const actionsOf = (results: readonly EvaluationResult[] = []) =>
  results.map(({ EvalActionName }) => EvalActionName);

describe("pages", () => {
  const actions = ["s3:PutObject", "iam:GetUser", "s3:GetObject"];

  test("an action is an item, and a marker counts actions whatever else is given", async () => {
    const first = await simulate({ ActionNames: actions, MaxItems: 1, ResourceArns: [A] });
    assert.deepEqual([actionsOf(first.EvaluationResults), first.IsTruncated], [["s3:PutObject"], true]);
    const { Marker } = first;
    const rest = await simulate({ ActionNames: actions, MaxItems: 2, Marker, PolicyInputList: [DENY] });
    assert.deepEqual(actionsOf(rest.EvaluationResults), ["iam:GetUser", "s3:GetObject"]);
    assert.deepEqual([rest.IsTruncated, rest.Marker], [false, undefined]);
    const none = await simulate({ ActionNames: ["s3:GetObject"], Marker });
    assert.deepEqual([none.EvaluationResults, none.IsTruncated], [[], false]);
  });

  test("an answer that would be too long ends early, and goes on where it ended", async () => {
    const input = {
      PolicyInputList: [policy(...Array(40).fill(statement({ Action: "*" })))],
      ActionNames: Array.from({ length: 9 }, (_, at) => `s3:Get${at}`),
      ResourceArns: Array(100).fill(A),
    };
    const seen: unknown[] = [];
    let pages = 0;
    for (let Marker: string | undefined, more = true; more; pages += 1) {
      const page = await simulate({ ...input, Marker });
      seen.push(...actionsOf(page.EvaluationResults));
      Marker = page.Marker;
      more = page.IsTruncated === true;
    }
    assert.deepEqual(seen, input.ActionNames);
    assert.equal(pages, 3);
  });

  test("a marker of another caller is none", async () => {
    const { Marker } = await simulate({ ActionNames: actions, MaxItems: 1 });
    const other = world.clients(account.root).iam;
    const call = other.simulateCustomPolicy({ PolicyInputList: [ALLOW], ActionNames: actions, Marker });
    await refusedAs(call, ["InvalidInputException", 400, "Invalid marker for pagination."]);
  });
});

test("a hundred actions on a hundred resources, while others' calls are answered", async () => {
  let running = true;
  const long = simulate({
    PolicyInputList: [policy(statement({ Action: "iam:*", Resource: "arn:aws:iam::*:user/a*" }))],
    ActionNames: Array.from({ length: 100 }, (_, at) => `iam:Get${at}`),
    ResourceArns: Array.from({ length: 100 }, (_, at) => `arn:aws:iam::123456789012:user/${at}`),
  }).finally(() => {
    running = false;
  });
  let others = 0;
  for (; running && others < 10; others += 1) await iam.getUser({});
  const { EvaluationResults = [], IsTruncated } = await long;
  assert.equal(others, 10);
  assert.deepEqual([EvaluationResults.length, IsTruncated], [100, false]);
  assert.ok(
    EvaluationResults.every(({ ResourceSpecificResults }) => ResourceSpecificResults?.length === 100),
  );
});

describe("what if MFA were absent, false, true?", () => {
  const MFA = "aws:MultiFactorAuthPresent";
  const denying = policy(
    statement({ Action: "*" }),
    statement({
      Effect: "Deny",
      Action: undefined,
      NotAction: ["iam:EnableMFADevice"],
      Condition: { BoolIfExists: { [MFA]: "false" } },
    }),
  );
  const allowing = when({ Bool: { [MFA]: "true" }, NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } });
  const [absent, untrue, proven, stale] = [
    [],
    [{ ...given(MFA, "false"), ContextKeyType: "boolean" as const }],
    [given(MFA, "true"), { ...given("aws:MultiFactorAuthAge", "60"), ContextKeyType: "numeric" as const }],
    [given(MFA, "true"), given("aws:MultiFactorAuthAge", "3600")],
  ];
  const CASES: readonly (readonly [string, string, ContextEntry[], string, readonly string[]])[] = [
    ["a denial without, absent", denying, absent, "explicitDeny", []],
    ["a denial without, false", denying, untrue, "explicitDeny", []],
    ["a denial without, true", denying, proven, "allowed", []],
    ["an allowance with, absent", allowing, absent, "implicitDeny", [MFA, "aws:MultiFactorAuthAge"]],
    ["an allowance with, false", allowing, untrue, "implicitDeny", ["aws:MultiFactorAuthAge"]],
    ["an allowance with, true", allowing, proven, "allowed", []],
    ["an allowance with, stale", allowing, stale, "implicitDeny", []],
  ];
  const HINT = "x-countersign-hint";

  for (const [about, document, ContextEntries, decision, missing] of CASES) {
    test(`${about}: ${decision}`, async () => {
      const { result, headers } = await withHeaders({ PolicyInputList: [document], ContextEntries });
      assert.equal(result?.EvalDecision, decision);
      assert.deepEqual(result?.MissingContextValues, missing);
      const hint = headers[HINT];
      if (decision === "allowed") assert.equal(hint, undefined);
      else
        assert.match(
          hint ?? "",
          /^denied for want of a second factor: 1 of 1 actions; to ask with one, give /,
        );
    });
  }

  test("role sessions never carry one, and it is said", async () => {
    const CallerArn = "arn:aws:iam::123456789012:role/r";
    const { headers } = await withHeaders({ PolicyInputList: [allowing], CallerArn });
    assert.match(
      headers[HINT] ?? "",
      /; role sessions never carry one: put the condition in the role's trust policy$/,
    );
  });

  test("what is denied for another reason has no such word", async () => {
    const { headers } = await withHeaders({ PolicyInputList: [allowing], ActionNames: ["s3:PutObject"] });
    assert.equal(headers[HINT], undefined);
  });

  async function withHeaders(input: Input) {
    let headers: Readonly<Record<string, string>> = {};
    const client = world.clients(account.admin).iam;
    client.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        // the answer of the transport
        headers = (answer.response as { headers: typeof headers }).headers;
        return answer;
      },
      { step: "deserialize", priority: "low" },
    );
    const { EvaluationResults } = await client.simulateCustomPolicy({
      PolicyInputList: [ALLOW],
      ActionNames: ["s3:GetObject"],
      ...input,
    });
    return { result: EvaluationResults?.[0], headers };
  }
});

describe("GetContextKeysForCustomPolicy", () => {
  // recorded from AWS in September 2026 (radkawar/stackd, context_keys_aws.json)
  test("keys of conditions and variables, each spelling once a document", async () => {
    const { ContextKeyNames } = await iam.getContextKeysForCustomPolicy({
      PolicyInputList: [
        when({
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          StringLike: { "s3:prefix": "${aws:username}/*" },
        }),
        policy(statement({ Resource: "arn:aws:s3:::box/${aws:PrincipalTag/team, 'x'}" })),
        when({
          Bool: { "aws:MULTIFACTORAUTHPRESENT": "true" },
          NumericEquals: { "aws:MultiFactorAuthAge": "${aws:PrincipalTag/age}${*}" },
        }),
        when({ Bool: { "aws:MULTIFACTORAUTHPRESENT": "true" } }),
      ],
    });
    assert.deepEqual(ContextKeyNames, [
      "aws:MultiFactorAuthPresent",
      "s3:prefix",
      "aws:username",
      "aws:PrincipalTag/team",
      "aws:MULTIFACTORAUTHPRESENT",
      "aws:MultiFactorAuthAge",
      "aws:PrincipalTag/age",
      "*",
      "aws:MULTIFACTORAUTHPRESENT",
    ]);
  });

  test("a text that is no policy", async () => {
    await refusedAs(iam.getContextKeysForCustomPolicy({ PolicyInputList: ["{"] }), [
      "InvalidInputException",
      400,
      "Policy input list item 1 has invalid content",
    ]);
  });
});
