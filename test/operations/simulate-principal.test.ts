import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type {
  EvaluationResult,
  IAM,
  PolicyIdentifier,
  SimulatePrincipalPolicyCommandInput,
} from "@aws-sdk/client-iam";
import { openWorld, type TestAccount, type World } from "../support/world.ts";
import { createUser, refusedAs } from "./mfa-world.ts";
import { A, ALLOW, B, DENY, EVERYTHING, given, policy, statement, when } from "./simulating.ts";

let world: World;
let account: TestAccount;
let iam: IAM;
before(async () => {
  world = await openWorld();
  account = await world.account();
  iam = world.clients(account.admin).iam;
  await makeEverybody();
});
after(() => world[Symbol.asyncDispose]());

const arn = (rest: string) => `arn:aws:iam::${account.accountId}:${rest}`;
const DELETING = policy(statement({ Action: "s3:DeleteObject" }));
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** As in the recordings: what a user has himself, what his group has, and what both have. */
async function makeEverybody(): Promise<void> {
  const Path = "/team/";
  await iam.createUser({ UserName: "ana", Path, Tags: [{ Key: "Team", Value: "red" }] });
  await iam.createGroup({ GroupName: "crew", Path });
  await iam.createRole({ RoleName: "worker", Path, AssumeRolePolicyDocument: TRUST });
  await iam.createPolicy({ PolicyName: "deleting", Path, PolicyDocument: DELETING });
  const bounds = policy(statement({ Action: ["s3:GetObject", "s3:PutObject"] }));
  await iam.createPolicy({ PolicyName: "bounds", PolicyDocument: bounds });
  const PolicyArn = arn("policy/team/deleting");
  await iam.putUserPolicy({
    UserName: "ana",
    PolicyName: "own",
    PolicyDocument: policy(statement({ Resource: A })),
  });
  const putting = policy(statement({ Action: "s3:PutObject", Resource: B }));
  await iam.putGroupPolicy({ GroupName: "crew", PolicyName: "theirs", PolicyDocument: putting });
  await iam.putRolePolicy({ RoleName: "worker", PolicyName: "work", PolicyDocument: ALLOW });
  await iam.attachUserPolicy({ UserName: "ana", PolicyArn });
  await iam.attachGroupPolicy({ GroupName: "crew", PolicyArn });
  await iam.attachRolePolicy({ RoleName: "worker", PolicyArn: "arn:aws:iam::aws:policy/IAMReadOnlyAccess" });
  await iam.addUserToGroup({ UserName: "ana", GroupName: "crew" });
}

type Input = Partial<SimulatePrincipalPolicyCommandInput>;

const ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"];
const simulate = (input: Input = {}) =>
  iam.simulatePrincipalPolicy({
    PolicySourceArn: arn("user/team/ana"),
    ActionNames: ACTIONS,
    ResourceArns: [A, B],
    ...input,
  });

/** By action: the decision on each resource, and whose statements brought it about. */
async function seen(input?: Input): Promise<readonly string[]> {
  const { EvaluationResults = [] } = await simulate(input);
  return EvaluationResults.map(shown);
}

function shown({ EvalActionName, MatchedStatements, ResourceSpecificResults }: EvaluationResult): string {
  const decisions = ResourceSpecificResults?.map(({ EvalResourceDecision }) => EvalResourceDecision) ?? [];
  const sources = MatchedStatements?.map(({ SourcePolicyId }) => SourcePolicyId) ?? [];
  return `${EvalActionName}: ${decisions.join(", ")} by ${sources.join(", ") || "none"}`;
}

const GET = "s3:GetObject: allowed, implicitDeny by user_ana_own";
const PUT = "s3:PutObject: implicitDeny, allowed by group_crew_theirs";
const DELETE = "s3:DeleteObject: allowed, allowed by deleting";
const none = (action: string) => `s3:${action}Object: implicitDeny, implicitDeny by none`;

describe("whose policies", () => {
  test("a user's own, his groups', and what comes by several ways once", async () => {
    assert.deepEqual(await seen(), [GET, PUT, DELETE]);
  });

  test("a path in the ARN is not looked at (recorded 2026)", async () => {
    assert.deepEqual(await seen({ PolicySourceArn: arn("user/elsewhere/ana") }), [GET, PUT, DELETE]);
  });

  test("a group's", async () => {
    assert.deepEqual(await seen({ PolicySourceArn: arn("group/team/crew") }), [none("Get"), PUT, DELETE]);
  });

  test("a role's, AWS's own by their names", async () => {
    const PolicySourceArn = arn("role/team/worker");
    assert.deepEqual(await seen({ PolicySourceArn, ActionNames: ["s3:GetObject", "iam:GetUser"] }), [
      "s3:GetObject: allowed, allowed by role_worker_work",
      "iam:GetUser: allowed, allowed by IAMReadOnlyAccess",
    ]);
  });

  test("and what is given besides", async () => {
    assert.deepEqual(await seen({ PolicyInputList: [EVERYTHING], ActionNames: ["s3:GetObject"] }), [
      "s3:GetObject: allowed, allowed by user_ana_own, PolicyInputList.1",
    ]);
  });
});

/** AWS's sentences of September 2026. */
const REFUSED: readonly (readonly [
  rest: string,
  name: string,
  status: number,
  sentence: (arn: string) => string,
])[] = [
  ["user/nobody", "NoSuchEntityException", 404, () => "Unable to retrieve specified IAM entity."],
  ["role/ana", "NoSuchEntityException", 404, () => "Unable to retrieve specified IAM entity."],
  ["root", "InvalidInputException", 400, (asked) => `Invalid ARN provided in the request: ${asked}`],
];

for (const [rest, name, status, sentence] of REFUSED) {
  test(`${rest} is refused`, async () => {
    const PolicySourceArn = arn(rest);
    await refusedAs(simulate({ PolicySourceArn }), [name, status, sentence(PolicySourceArn)]);
    const keys = iam.getContextKeysForPrincipalPolicy({ PolicySourceArn });
    await refusedAs(keys, [name, status, sentence(PolicySourceArn)]);
  });
}

test("another account's user is refused, whether there is one or not", async () => {
  const other = await world.account();
  for (const named of ["admin", "nobody"]) {
    const PolicySourceArn = `arn:aws:iam::${other.accountId}:user/${named}`;
    const sentence =
      `Invalid Policy Source Arn: caller's account ${account.accountId}` +
      ` does not have access to policies in account ${other.accountId}.`;
    await refusedAs(simulate({ PolicySourceArn }), ["InvalidInputException", 400, sentence]);
  }
});

describe("a boundary", () => {
  before(() =>
    iam.putUserPermissionsBoundary({ UserName: "ana", PermissionsBoundary: arn("policy/bounds") }),
  );
  after(() => iam.deleteUserPermissionsBoundary({ UserName: "ana" }));

  const allows = async (input?: Input) =>
    (await simulate(input)).EvaluationResults?.map(
      ({ PermissionsBoundaryDecisionDetail: detail }) => detail?.AllowedByPermissionsBoundary,
    );

  test("limits, and says what it allows", async () => {
    assert.deepEqual(await seen(), [GET, PUT, none("Delete")]);
    assert.deepEqual(await allows(), [true, true, false]);
  });

  test("gives way to one that is given", async () => {
    const PermissionsBoundaryPolicyInputList = [DELETING];
    assert.deepEqual(await seen({ PermissionsBoundaryPolicyInputList }), [none("Get"), none("Put"), DELETE]);
    assert.deepEqual(await allows({ PermissionsBoundaryPolicyInputList }), [false, false, true]);
  });

  test("can be left out, as its type alone; one that is given cannot", async () => {
    const PolicyExclusionList: PolicyIdentifier[] = [{ PolicyType: "permission-boundary" }];
    assert.deepEqual(await seen({ PolicyExclusionList }), [GET, PUT, DELETE]);
    assert.deepEqual(await allows({ PolicyExclusionList }), [undefined, undefined, undefined]);
    assert.deepEqual(await allows({ PolicyExclusionList: [{ PolicyArn: arn("policy/bounds") }] }), [
      true,
      true,
      false,
    ]);
    const PermissionsBoundaryPolicyInputList = [DENY];
    const [first] = await seen({ PolicyExclusionList, PermissionsBoundaryPolicyInputList });
    assert.equal(first, "s3:GetObject: explicitDeny, explicitDeny by PermissionsBoundaryPolicyInputList.1");
  });
});

const inline = (
  PolicyName: string,
  AttachmentType: "user" | "group",
  AttachmentName: string,
): PolicyIdentifier => ({
  InlinePolicyIdentifier: { PolicyName, AttachmentType, AttachmentName },
});

/** What is left of get, put and delete. */
const EXCLUSIONS: readonly (readonly [
  about: string,
  list: () => PolicyIdentifier[],
  left: readonly string[],
])[] = [
  ["inline policies", () => [{ PolicyType: "inline" }], [none("Get"), none("Put"), DELETE]],
  ["customers' managed policies", () => [{ PolicyType: "user-managed" }], [GET, PUT, none("Delete")]],
  ["AWS's policies", () => [{ PolicyType: "aws-managed" }], [GET, PUT, DELETE]],
  ["organizations' policies", () => [{ PolicyType: "scp" }, { PolicyType: "rcp" }], [GET, PUT, DELETE]],
  ["a policy by its ARN", () => [{ PolicyArn: arn("policy/team/deleting") }], [GET, PUT, none("Delete")]],
  [
    "a policy by its ARN without the path",
    () => [{ PolicyArn: arn("policy/deleting") }],
    [GET, PUT, none("Delete")],
  ],
  ["policies by a pattern", () => [{ PolicyArn: arn("policy/del*n?") }], [GET, PUT, none("Delete")]],
  ["a policy in another path", () => [{ PolicyArn: arn("policy/other/deleting") }], [GET, PUT, DELETE]],
  ["his inline policy", () => [inline("own", "user", "ana")], [none("Get"), PUT, DELETE]],
  ["his group's", () => [inline("theirs", "group", "cr*")], [GET, none("Put"), DELETE]],
  ["one of a holder with a letter unknown", () => [inline("own", "user", "an?")], [none("Get"), PUT, DELETE]],
  ["one of a holder of another kind", () => [inline("own", "group", "ana")], [GET, PUT, DELETE]],
  ["one of another holder", () => [inline("own", "user", "crew")], [GET, PUT, DELETE]],
  [
    "two at once",
    () => [{ PolicyType: "user-managed" }, inline("own", "user", "ana")],
    [none("Get"), PUT, none("Delete")],
  ],
];

for (const [about, list, left] of EXCLUSIONS) {
  test(`left out: ${about}`, async () => {
    assert.deepEqual(await seen({ PolicyExclusionList: list() }), left);
  });
}

test("identifiers that cannot be", async () => {
  const bad = (PolicyArn: string) => simulate({ PolicyExclusionList: [{ PolicyArn }] });
  for (const PolicyArn of [arn("policy/a*b*"), arn("policy/te*m/deleting"), arn("role/worker/of-the-team")])
    await refusedAs(bad(PolicyArn), ["InvalidInputException", 400, `ARN ${PolicyArn} is not valid.`]);
  await refusedAs(simulate({ PolicyExclusionList: [inline("own", "user", "*")] }), [
    "ValidationError",
    400,
    "1 validation error detected: Value at 'policyExclusionList.1.member.inlinePolicyIdentifier.attachmentName' failed to satisfy constraint: Member must satisfy regular expression pattern: .*[\\w+=,.@-]+.*",
  ]);
});

describe("what policies see of the principal", () => {
  const SELF = () => arn("user/team/ana");
  const KEYS: readonly (readonly [key: string, value: () => string, input?: () => Input])[] = [
    ["aws:username", () => "ana"],
    ["aws:PrincipalArn", SELF],
    ["aws:PrincipalAccount", () => account.accountId],
    ["aws:PrincipalTag/team", () => "red"],
    ["aws:PrincipalType", () => "User"],
    // recorded 2026: not the unique id
    ["aws:userid", SELF],
    ["aws:username", () => "bob", () => ({ CallerArn: arn("user/bob") })],
    ["aws:PrincipalArn", () => arn("role/team/worker"), () => ({ PolicySourceArn: arn("role/team/worker") })],
    ["aws:username", () => "given", () => ({ ContextEntries: [given("aws:Username", "given")] })],
  ];
  for (const [at, [key, value, input]] of KEYS.entries()) {
    test(`${at + 1}. ${key}`, async () => {
      const PolicyInputList = [when({ StringEquals: { [key]: value() } }, { Action: "x:Test" })];
      const { EvaluationResults } = await simulate({
        PolicyInputList,
        ActionNames: ["x:Test"],
        ...input?.(),
      });
      assert.equal(EvaluationResults?.[0]?.EvalDecision, "allowed");
    });
  }

  test("another caller has neither his tags nor his name", async () => {
    const PolicyInputList = [
      when({ StringEquals: { "aws:PrincipalTag/Team": "red" } }, { Action: "x:Test" }),
    ];
    const input = { PolicyInputList, ActionNames: ["x:Test"], CallerArn: arn("user/bob") };
    const { EvaluationResults } = await simulate(input);
    assert.equal(EvaluationResults?.[0]?.EvalDecision, "implicitDeny");
  });

  test("a resource's policy is asked about him", async () => {
    const ResourcePolicy = policy(
      statement({ Action: "s3:GetObject", Resource: "arn:aws:s3:::box/*", Principal: { AWS: SELF() } }),
    );
    assert.deepEqual(await seen({ ResourcePolicy, ActionNames: ["s3:GetObject"] }), [
      "s3:GetObject: allowed, allowed by user_ana_own, ResourcePolicy",
    ]);
  });
});

test("whoever may simulate one may not simulate another", async () => {
  const keys = await createUser(world, account.admin, "asker");
  const document = policy(statement({ Action: "iam:*", Resource: arn("user/asker") }));
  await iam.putUserPolicy({ UserName: "asker", PolicyName: "self", PolicyDocument: document });
  const { iam: own } = world.clients(keys);
  const ActionNames = ["iam:GetUser"];
  await own.simulatePrincipalPolicy({ PolicySourceArn: arn("user/asker"), ActionNames });
  const call = own.simulatePrincipalPolicy({ PolicySourceArn: arn("user/other/ana"), ActionNames });
  await refusedAs(call, [
    "AccessDenied",
    403,
    `User: ${arn("user/asker")} is not authorized to perform: iam:SimulatePrincipalPolicy on resource: ${arn("user/team/ana")}` +
      " because no identity-based policy allows the iam:SimulatePrincipalPolicy action",
  ]);
});

test("GetContextKeysForPrincipalPolicy: his, his groups', his boundary's and what is given", async () => {
  const UserName = "keyed";
  await iam.createUser({ UserName });
  const bound = when({ Bool: { "aws:SecureTransport": "true" } });
  await iam.createPolicy({ PolicyName: "keyed", PolicyDocument: bound });
  await iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary: arn("policy/keyed") });
  const own = when({ Bool: { "aws:MultiFactorAuthPresent": "true" } });
  await iam.putUserPolicy({ UserName, PolicyName: "own", PolicyDocument: own });
  const { ContextKeyNames } = await iam.getContextKeysForPrincipalPolicy({
    PolicySourceArn: arn("user/keyed"),
    PolicyInputList: [when({ IpAddress: { "aws:SourceIp": "192.0.2.0/24" } })],
  });
  assert.deepEqual(ContextKeyNames, ["aws:MultiFactorAuthPresent", "aws:SecureTransport", "aws:SourceIp"]);
});

test("a new default version and a membership that ended are seen by the next simulation", async () => {
  const PolicyDocument = policy(statement({ Effect: "Deny", Action: "s3:DeleteObject" }));
  await iam.createPolicyVersion({
    PolicyArn: arn("policy/team/deleting"),
    PolicyDocument,
    SetAsDefault: true,
  });
  await iam.removeUserFromGroup({ UserName: "ana", GroupName: "crew" });
  assert.deepEqual(await seen(), [
    GET,
    none("Put"),
    "s3:DeleteObject: explicitDeny, explicitDeny by deleting",
  ]);
});
