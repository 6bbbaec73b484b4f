import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "#client/error.ts";
import type { AccessQuestion } from "#model/countersign/types.ts";
import { CONDITION_KEYS } from "#operations/condition-keys.ts";
import { CONTEXT_KEYS } from "#operations/context.ts";
import { openPage, type Page } from "../support/page.ts";
import type { TestAccount, World } from "../support/world.ts";
import { asUser, makePerson, openSignInWorld } from "./signin-world.ts";

async function signedIn(world: World, { accountId }: TestAccount, name: string): Promise<Page> {
  const page = openPage((raw) => world.browse(raw), "http://localhost:8400");
  await page.client.signin.SubmitPassword(asUser(accountId, name));
  return page;
}

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "answered",
    (error: unknown) => (error instanceof ApiError ? `${error.code}: ${error.message}` : String(error)),
  );

const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const READ = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";

test("a draft's problems have lines and columns; whoever is signed in may ask, and the event keeps no draft", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  const { client } = await signedIn(world, account, "ana");
  const Document =
    '{\n  "Version": "2012-10-17",\r\n  "Statement": {"Effect": "Alow",\n"Action": "*", "Resource": "*"}}';
  assert.deepEqual((await client.countersign.ValidatePolicy({ Document })).Problems, [
    {
      Line: 3,
      Column: 27,
      EndLine: 3,
      EndColumn: 33,
      Severity: "error",
      Message: '`Effect` is `"Allow"` or `"Deny"`.',
    },
  ]);
  const [last] = (await world.events(account.accountId)).filter(
    ({ eventName }) => eventName === "ValidatePolicy",
  );
  assert.deepEqual(last?.record.requestParameters, { type: "identity" });
  const trusting = policy({ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" });
  assert.deepEqual(
    (await client.countersign.ValidatePolicy({ Document: trusting, Type: "trust" })).Problems,
    [],
  );
  const long = client.countersign.ValidatePolicy({ Document: "x".repeat(131_073) });
  assert.match(await refusal(long), /^ValidationException: .*length less than or equal to 131072$/);
});

test("the vocabulary has the actions that run here, and every key that a call can have", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  const { client } = await signedIn(world, account, "ana");
  const { Actions, ConditionKeys, Operators } = await client.countersign.GetPolicyVocabulary({});
  const named = (name: string) => Actions.filter(({ Name }) => Name === name);
  assert.deepEqual(named("iam:EnableMFADevice"), [{ Name: "iam:EnableMFADevice", ReadOnly: false }]);
  assert.deepEqual(named("iam:ListUsers"), [{ Name: "iam:ListUsers", ReadOnly: true }]);
  assert.equal(new Set(Actions.map(({ Name }) => Name)).size, Actions.length);
  assert.ok(ConditionKeys.includes("aws:MultiFactorAuthPresent"));
  assert.ok(Operators.includes("Bool") && Operators.includes("Null"));
});

test("the list of keys holds what every call computes", () => {
  const named = new Set(CONDITION_KEYS.map((key) => key.toLowerCase()));
  assert.deepEqual(
    CONTEXT_KEYS.filter((key) => !named.has(key)),
    [],
  );
  const other = CONDITION_KEYS.filter((key) => !CONTEXT_KEYS.includes(key.toLowerCase()));
  assert.deepEqual(
    other.filter((key) => !/^(iam:(PermissionsBoundary|PolicyARN)|sts:)/.test(key)),
    [],
  );
});

interface Asked {
  readonly mfa: AccessQuestion["Mfa"];
  readonly more?: Partial<AccessQuestion>;
  readonly decision: string;
  /** The statement that decided. */
  readonly by: string | undefined;
  /** What kept each other statement out. */
  readonly others: Readonly<Record<string, string | undefined>>;
}

const ASKED: Readonly<Record<string, Asked>> = {
  "access keys": {
    mfa: { State: "absent" },
    decision: "explicitDeny",
    by: "NoMfa",
    others: { All: undefined, Old: "condition", Team: "action" },
  },
  "no MFA": {
    mfa: { State: "false" },
    decision: "explicitDeny",
    by: "NoMfa",
    others: { All: undefined, Old: "condition", Team: "action" },
  },
  "MFA now": {
    mfa: { State: "true" },
    decision: "allowed",
    by: "All",
    others: { NoMfa: "condition", Old: "condition", Team: "action" },
  },
  "MFA two hours ago": {
    mfa: { State: "true", AgeSeconds: 7200 },
    decision: "explicitDeny",
    by: "Old",
    others: { All: undefined, NoMfa: "condition", Team: "action" },
  },
  "a security key": {
    mfa: { State: "true", AgeSeconds: 10, Method: "security-key" },
    more: { Action: "iam:DeleteGroup", Context: [{ Key: "aws:SourceIp", Values: ["192.0.2.1"] }] },
    decision: "allowed",
    by: "Team",
    others: { All: "action", NoMfa: "condition", Old: "condition" },
  },
  "an app where a key is wanted": {
    mfa: { State: "true", AgeSeconds: 10, Method: "virtual" },
    more: { Action: "iam:DeleteGroup" },
    decision: "implicitDeny",
    by: undefined,
    others: { All: "action", NoMfa: "condition", Old: "condition", Team: "condition" },
  },
};

test("what would be decided, by which statement, and why each other did not", async (t) => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  await makePerson(world, account, "ben");
  const { iam } = world.clients(account.admin);
  await iam.attachUserPolicy({ UserName: "ana", PolicyArn: READ });
  await iam.createGroup({ GroupName: "team" });
  await iam.addUserToGroup({ GroupName: "team", UserName: "ben" });
  const own = policy(
    { Sid: "All", Effect: "Allow", Action: "iam:CreateUser", Resource: "*" },
    {
      Sid: "NoMfa",
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    },
    {
      Sid: "Old",
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { NumericGreaterThan: { "aws:MultiFactorAuthAge": "3600" } },
    },
  );
  await iam.putUserPolicy({ UserName: "ben", PolicyName: "own", PolicyDocument: own });
  const team = policy({
    Sid: "Team",
    Effect: "Allow",
    Action: "iam:DeleteGroup",
    Resource: "*",
    Condition: { Bool: { "countersign:PhishingResistant": "true" } },
  });
  await iam.putGroupPolicy({ GroupName: "team", PolicyName: "shared", PolicyDocument: team });
  const { client } = await signedIn(world, account, "ana");
  const PrincipalArn = `arn:aws:iam::${account.accountId}:user/ben`;
  for (const [name, { mfa, more, decision, by, others }] of Object.entries(ASKED)) {
    await t.test(name, async () => {
      const question = { PrincipalArn, Action: "iam:CreateUser", Mfa: mfa, ...more };
      const { Decision, Statements } = await client.countersign.ExplainAccess(question);
      assert.equal(Decision, decision);
      const decided = Statements.filter(({ Decided }) => Decided);
      assert.deepEqual(
        decided.map(({ Sid }) => Sid),
        by === undefined ? [] : [by],
      );
      const rest = Statements.filter(({ Decided }) => !Decided);
      assert.deepEqual(Object.fromEntries(rest.map(({ Sid, KeptOutBy }) => [Sid, KeptOutBy])), others);
      // it is the simulator's decision
      const { EvaluationResults } = await iam.simulatePrincipalPolicy({
        PolicySourceArn: PrincipalArn,
        ActionNames: [question.Action],
        ContextEntries: entriesOf(mfa),
      });
      if (more?.Context === undefined) assert.equal(EvaluationResults?.[0]?.EvalDecision, Decision);
    });
  }
  const { Statements } = await client.countersign.ExplainAccess({
    PrincipalArn,
    Action: "iam:DeleteGroup",
    Mfa: { State: "false" },
  });
  const shared = Statements.find(({ Sid }) => Sid === "Team");
  assert.deepEqual(shared, {
    Policy: "shared",
    Kind: "inline",
    Holder: "group/team",
    Index: 0,
    Sid: "Team",
    Effect: "Allow",
    Speaks: false,
    Decided: false,
    KeptOutBy: "condition",
    Conditions: [
      {
        Operator: "Bool",
        Key: "countersign:PhishingResistant",
        Wanted: ["true"],
        Seen: ["false"],
        Holds: false,
      },
    ],
  });
});

function entriesOf({ State, AgeSeconds = 0, Method = "virtual" }: AccessQuestion["Mfa"]) {
  const entry = (ContextKeyName: string, value: string, type: "string" | "boolean" | "numeric") => ({
    ContextKeyName,
    ContextKeyType: type,
    ContextKeyValues: [value],
  });
  if (State === "absent") return [];
  const resistant = State === "true" && Method === "security-key";
  return [
    entry("aws:MultiFactorAuthPresent", State, "boolean"),
    ...(State === "true" ? [entry("aws:MultiFactorAuthAge", String(AgeSeconds), "numeric")] : []),
    entry("countersign:PhishingResistant", String(resistant), "boolean"),
  ];
}

test("to ask about a principal is to simulate his policies, and is allowed or denied as that", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  const other = await world.account();
  await makePerson(world, account, "ana");
  const { client } = await signedIn(world, account, "ana");
  const ask = (PrincipalArn: string) =>
    refusal(
      client.countersign.ExplainAccess({ PrincipalArn, Action: "iam:ListUsers", Mfa: { State: "absent" } }),
    );
  const own = `arn:aws:iam::${account.accountId}:user/admin`;
  assert.match(
    await ask(own),
    /^AccessDeniedException: .* is not authorized to perform: iam:SimulatePrincipalPolicy/,
  );
  await world.clients(account.admin).iam.attachUserPolicy({ UserName: "ana", PolicyArn: READ });
  assert.equal(await ask(own), "answered");
  assert.match(await ask(own.replace("admin", "nobody")), /^NoSuchEntity(Exception)?/);
  assert.match(
    await ask(`arn:aws:iam::${other.accountId}:user/admin`),
    /^InvalidInput(Exception)?: .*does not have access/,
  );
  assert.match(await ask("arn:aws:s3:::bucket/key/long"), /^NoSuchEntity(Exception)?/);
});
