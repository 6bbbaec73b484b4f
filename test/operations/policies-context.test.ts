import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Arn } from "#identity/ids.ts";
import { ACCOUNT, type CallChange } from "./calls.ts";
import { documentOf, TRUST } from "./policies-world.ts";
import { openWorld, userId, type World } from "./world.ts";

const arn = (name: string) => `arn:aws:iam::${ACCOUNT}:policy/${name}` as Arn;

let world: World;
before(async () => {
  world = await openWorld();
  const PolicyDocument = documentOf();
  await world.done("CreatePolicy", { PolicyName: "Good", PolicyDocument });
  await world.done("CreatePolicy", {
    PolicyName: "Tagged",
    PolicyDocument,
    Tags: [{ Key: "Team", Value: "red" }],
  });
  await world.done("CreateUser", { UserName: "Bounded" });
  await world.done("CreateUser", { UserName: "Red", Tags: [{ Key: "team", Value: "red" }] });
  await world.done("CreateGroup", { GroupName: "G" });
  await world.done("CreateRole", { RoleName: "R", AssumeRolePolicyDocument: TRUST });
  const bounded = await userId(world, "Bounded");
  await world.store.write((tx) => tx.users.setBoundary(ACCOUNT, bounded, arn("Good")));
});
after(() => world.close());

let made = 0;

/** A caller who may do everything of IAM where `condition` holds, and nothing else. */
async function allowedWhere(condition: object): Promise<CallChange> {
  made += 1;
  const UserName = `caller-${made}`;
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "iam:*", Resource: "*", Condition: condition }],
  });
  await world.done("CreateUser", { UserName });
  await world.done("CreatePolicy", { PolicyName: UserName, PolicyDocument });
  await world.done("AttachUserPolicy", { UserName, PolicyArn: arn(UserName) });
  return world.as(UserName);
}

interface Case {
  readonly condition: object;
  readonly operation: string;
  readonly allowed: readonly object[];
  readonly denied: readonly object[];
}

const OF_POLICY = { ArnEquals: { "iam:PolicyARN": arn("Good") } };
const UNDER_BOUNDARY = { StringEquals: { "iam:PermissionsBoundary": arn("Good") } };
const RED = { StringEquals: { "aws:ResourceTag/Team": "red" } };
const RED_OF_IAM = { StringEquals: { "iam:ResourceTag/team": "red" } };
const ASKS_RED = { StringEquals: { "aws:RequestTag/Team": "red" } };
const ONLY_TEAM = { "ForAllValues:StringEquals": { "aws:TagKeys": "Team" } };
const RED_TAG = { Tags: [{ Key: "Team", Value: "red" }] };
const BLUE_TAG = { Tags: [{ Key: "Team", Value: "blue" }] };

const good = { PolicyArn: arn("Good") };
const tagged = { PolicyArn: arn("Tagged") };
const target = { User: { UserName: "Red" }, Group: { GroupName: "G" }, Role: { RoleName: "R" } };

const CASES: readonly Case[] = [
  ...Object.entries(target).flatMap(([noun, holder]) =>
    // detaching after attaching
    [`Attach${noun}Policy`, `Detach${noun}Policy`].map((operation) => ({
      condition: OF_POLICY,
      operation,
      allowed: [{ ...holder, ...good }],
      denied: [{ ...holder, ...tagged }],
    })),
  ),
  ...["AttachUserPolicy", "DetachUserPolicy"].map((operation) => ({
    condition: UNDER_BOUNDARY,
    operation,
    allowed: [{ UserName: "bounded", ...tagged }],
    denied: [
      { UserName: "Red", ...good },
      { UserName: "nobody", ...good },
    ],
  })),
  ...["AttachUserPolicy", "DetachUserPolicy"].map((operation) => ({
    condition: RED,
    operation,
    allowed: [{ UserName: "Red", ...good }],
    denied: [{ UserName: "Bounded", ...tagged }],
  })),
  {
    condition: RED,
    operation: "ListAttachedUserPolicies",
    allowed: [{ UserName: "Red" }],
    denied: [{ UserName: "Bounded" }],
  },
  ...["GetPolicy", "ListPolicyVersions", "ListPolicyTags", "ListEntitiesForPolicy"].map((operation) => ({
    condition: RED_OF_IAM,
    operation,
    allowed: [tagged],
    denied: [good, { PolicyArn: arn("None") }, { PolicyArn: "arn:aws:iam::aws:policy/IAMFullAccess" }],
  })),
  ...["GetPolicyVersion", "SetDefaultPolicyVersion"].map((operation) => ({
    condition: RED,
    operation,
    allowed: [{ ...tagged, VersionId: "v1" }],
    denied: [{ ...good, VersionId: "v1" }],
  })),
  {
    condition: RED,
    operation: "CreatePolicyVersion",
    allowed: [{ ...tagged, PolicyDocument: documentOf() }],
    denied: [{ ...good, PolicyDocument: documentOf() }],
  },
  {
    condition: RED,
    operation: "DeletePolicyVersion",
    allowed: [{ ...tagged, VersionId: "v2" }],
    denied: [{ ...good, VersionId: "v2" }],
  },
  {
    condition: ASKS_RED,
    operation: "CreatePolicy",
    allowed: [{ PolicyName: "New", PolicyDocument: documentOf(), ...RED_TAG }],
    denied: [
      { PolicyName: "Newer", PolicyDocument: documentOf(), ...BLUE_TAG },
      { PolicyName: "Newer", PolicyDocument: documentOf() },
    ],
  },
  {
    condition: ASKS_RED,
    operation: "TagPolicy",
    allowed: [{ ...good, ...RED_TAG }],
    denied: [{ ...good, ...BLUE_TAG }],
  },
  {
    condition: RED,
    operation: "TagPolicy",
    allowed: [{ ...tagged, Tags: [{ Key: "x", Value: "y" }] }],
    denied: [{ PolicyArn: arn("caller-1"), ...RED_TAG }],
  },
  {
    condition: ONLY_TEAM,
    operation: "UntagPolicy",
    allowed: [{ ...good, TagKeys: ["Team"] }],
    denied: [{ ...tagged, TagKeys: ["Team", "x"] }],
  },
  { condition: RED, operation: "UntagPolicy", allowed: [{ ...tagged, TagKeys: ["x"] }], denied: [] },
  { condition: RED, operation: "DeletePolicy", allowed: [tagged], denied: [good] },
];

for (const { condition, operation, allowed, denied } of CASES) {
  test(`${operation} where ${JSON.stringify(condition)}`, async () => {
    const who = await allowedWhere(condition);
    for (const input of denied) {
      const answer = await world.call(operation, { ...input }, who);
      assert.equal("error" in answer && answer.error[0], "AccessDenied", JSON.stringify([input, answer]));
    }
    for (const input of allowed) await world.done(operation, { ...input }, who);
  });
}
