import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { IAM } from "@aws-sdk/client-iam";
import { ADMINISTRATOR_ACCESS } from "#policy/managed/managed.ts";
import { openWorld, type TestAccount, type World } from "../support/world.ts";
import { createDevice, createUser } from "./mfa-world.ts";

let world: World;
let account: TestAccount;
let admin: IAM;
/** What the calls are made by: its one policy is set by each case. */
let caller: IAM;
let serial: string;
before(async () => {
  world = await openWorld();
  account = await world.account();
  admin = world.clients(account.admin).iam;
  caller = world.clients(await createUser(world, account.admin, "caller")).iam;
  await admin.createUser({ UserName: "red", Tags: [{ Key: "Colour", Value: "red" }] });
  await admin.createUser({ UserName: "bare" });
  await admin.createAccessKey({ UserName: "red" });
  const Tags = [{ Key: "Colour", Value: "red" }];
  await admin.createRole({ RoleName: "red", AssumeRolePolicyDocument: SERVICE, Tags });
  await admin.createRole({ RoleName: "bare", AssumeRolePolicyDocument: SERVICE });
  ({ serial } = await createDevice(world, account.admin, "phone"));
  await admin.tagMFADevice({ SerialNumber: serial, Tags });
});
after(() => world[Symbol.asyncDispose]());

const SERVICE = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
});

type Made = () => Promise<unknown>;

/** A condition under which everything of IAM is allowed, calls that it lets through and calls that it does not. */
interface Case {
  readonly condition: object;
  readonly allows: readonly Made[];
  readonly denies: readonly Made[];
}

const tags = (...pairs: readonly (readonly [string, string])[]) => ({
  Tags: pairs.map(([Key, Value]) => ({ Key, Value })),
});
const red = { UserName: "red" };
const bare = { UserName: "bare" };

const onUser = (of: { UserName: string }): readonly Made[] => [
  () => caller.getUser(of),
  () => caller.listUserTags(of),
  () => caller.listAccessKeys(of),
  () => caller.listGroupsForUser(of),
  () => caller.listMFADevices(of),
  () => caller.listUserPolicies(of),
  () => caller.listAttachedUserPolicies(of),
  () => caller.updateUser(of),
  () => caller.untagUser({ ...of, TagKeys: ["nothing"] }),
  () => caller.putUserPermissionsBoundary({ ...of, PermissionsBoundary: ADMINISTRATOR_ACCESS }),
  () => caller.deleteUserPermissionsBoundary(of),
];
const onRole = (RoleName: string): readonly Made[] => [
  () => caller.getRole({ RoleName }),
  () => caller.listRoleTags({ RoleName }),
  () => caller.listInstanceProfilesForRole({ RoleName }),
  () => caller.listRolePolicies({ RoleName }),
  () => caller.listAttachedRolePolicies({ RoleName }),
  () => caller.updateRole({ RoleName }),
  () => caller.updateRoleDescription({ RoleName, Description: "" }),
  () => caller.updateAssumeRolePolicy({ RoleName, PolicyDocument: SERVICE }),
  () => caller.untagRole({ RoleName, TagKeys: ["nothing"] }),
  () => caller.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: ADMINISTRATOR_ACCESS }),
  () => caller.deleteRolePermissionsBoundary({ RoleName }),
];

const CASES: Readonly<Record<string, Case>> = {
  "the tags of whom it is about": {
    condition: { StringEquals: { "aws:ResourceTag/colour": "red" } },
    allows: [...onUser(red), ...onRole("red"), () => caller.listMFADeviceTags({ SerialNumber: serial })],
    denies: [...onUser(bare), ...onRole("bare"), () => caller.listUsers({}), () => caller.listRoles({})],
  },
  "the same by IAM's own key": {
    condition: { StringEquals: { "iam:ResourceTag/COLOUR": "red" } },
    allows: [...onUser(red), ...onRole("red")],
    denies: [...onUser(bare), ...onRole("bare")],
  },
  "the tags that a call gives": {
    condition: { StringEquals: { "aws:RequestTag/team": "a" } },
    allows: [
      () => caller.createUser({ UserName: "made", ...tags(["Team", "a"]) }),
      () =>
        caller.createRole({ RoleName: "made", AssumeRolePolicyDocument: SERVICE, ...tags(["Team", "a"]) }),
      () => caller.createVirtualMFADevice({ VirtualMFADeviceName: "made", ...tags(["Team", "a"]) }),
      () => caller.tagUser({ ...bare, ...tags(["team", "a"], ["x", "y"]) }),
      () => caller.tagRole({ RoleName: "bare", ...tags(["team", "a"]) }),
      () => caller.tagMFADevice({ SerialNumber: serial, ...tags(["team", "a"]) }),
    ],
    denies: [
      () => caller.createUser({ UserName: "other" }),
      () => caller.createUser({ UserName: "other", ...tags(["team", "A"]) }),
      () => caller.createRole({ RoleName: "other", AssumeRolePolicyDocument: SERVICE }),
      () => caller.createVirtualMFADevice({ VirtualMFADeviceName: "other", ...tags(["team", "b"]) }),
      () => caller.tagUser({ ...bare, ...tags(["teams", "a"]) }),
      () => caller.tagRole({ RoleName: "bare", ...tags(["team", "b"]) }),
      // keys alone have no value
      () => caller.untagUser({ ...bare, TagKeys: ["team"] }),
    ],
  },
  "the keys of tags that a call gives or takes": {
    condition: {
      "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] },
      Null: { "aws:TagKeys": "false" },
    },
    allows: [
      () => caller.tagUser({ ...bare, ...tags(["a", "1"], ["b", "2"]) }),
      () => caller.untagUser({ ...bare, TagKeys: ["b", "a"] }),
      () => caller.untagRole({ RoleName: "bare", TagKeys: ["a"] }),
      () => caller.untagMFADevice({ SerialNumber: serial, TagKeys: ["b"] }),
    ],
    denies: [
      () => caller.tagUser({ ...bare, ...tags(["a", "1"], ["c", "2"]) }),
      () => caller.untagUser({ ...bare, TagKeys: ["a", "c"] }),
      () => caller.untagRole({ RoleName: "bare", TagKeys: ["c"] }),
      () => caller.createUser({ UserName: "other" }),
      () => caller.getUser(bare),
    ],
  },
};

async function isAllowed(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => true,
    (error: Error) => {
      assert.equal(error.name, "AccessDenied", error.message);
      return false;
    },
  );
}

for (const [told, { condition, allows, denies }] of Object.entries(CASES)) {
  test(`policies can ask for ${told}`, async () => {
    const Statement = [{ Effect: "Allow", Action: "iam:*", Resource: "*", Condition: condition }];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await admin.putUserPolicy({ UserName: "caller", PolicyName: "case", PolicyDocument });
    for (const call of allows) assert.equal(await isAllowed(call()), true, String(call));
    for (const call of denies) assert.equal(await isAllowed(call()), false, String(call));
  });
}

/** Recorded from AWS: how TagUser was answered where everything is allowed under the condition. */
const RECORDED: readonly (readonly [
  condition: object,
  tags: readonly (readonly [string, string])[],
  code: string | undefined,
])[] = [
  // no tags are no tag keys, which is not an empty set of them
  ...(
    [
      ["StringEquals", false],
      ["StringNotEquals", true],
      ["StringEqualsIfExists", true],
      ["StringNotEqualsIfExists", true],
      ["ForAnyValue:StringEquals", false],
      ["ForAllValues:StringEquals", true],
      ["ForAnyValue:StringNotEquals", false],
      ["ForAllValues:StringNotEquals", true],
    ] as const
  ).map(
    ([operator, allowed]) =>
      [{ [operator]: { "aws:TagKeys": "team" } }, [], allowed ? "InvalidInput" : "AccessDenied"] as const,
  ),
  ...["StringEquals", "StringNotEquals", "StringEqualsIfExists", "StringNotEqualsIfExists"].map(
    (operator) => [{ [operator]: { "aws:TagKeys": "team" } }, [["team", "x"]], "AccessDenied"] as const,
  ),
  // of a key that is given twice the last value is asked about
  ...(
    [
      [["good", "good"], "InvalidInput"],
      [["bad", "bad"], "AccessDenied"],
      [["good", "bad"], "AccessDenied"],
      [["bad", "good"], "InvalidInput"],
      [["good"], undefined],
    ] as const
  ).map(
    ([values, code]) =>
      [
        { StringEquals: { "aws:RequestTag/team": "good" } },
        values.map((value) => ["team", value] as const),
        code,
      ] as const,
  ),
];

for (const [condition, pairs, code] of RECORDED) {
  test(`recorded: ${JSON.stringify(condition)} with ${JSON.stringify(pairs)}`, async () => {
    const Statement = [{ Effect: "Allow", Action: "iam:*", Resource: "*", Condition: condition }];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await admin.putUserPolicy({ UserName: "caller", PolicyName: "case", PolicyDocument });
    const answered = caller.tagUser({ ...bare, ...tags(...pairs) }).then(
      () => undefined,
      (error: Error) => error.name.replace(/Exception$/, ""),
    );
    assert.equal(await answered, code);
  });
}
