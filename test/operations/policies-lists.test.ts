import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Arn } from "#identity/ids.ts";
import { inTurn } from "#operations/parts.ts";
import { MANAGED_POLICIES } from "#policy/managed/managed.ts";
import { ACCOUNT } from "./calls.ts";
import { documentOf, TRUST } from "./policies-world.ts";
import { OTHER_ACCOUNT, openWorld, userId, type World } from "./world.ts";

const arn = (rest: string) => `arn:aws:iam::${ACCOUNT}:policy/${rest}` as Arn;
const AWS = MANAGED_POLICIES.map(({ policyName }) => policyName);
const READ_ONLY = "arn:aws:iam::aws:policy/IAMReadOnlyAccess" as Arn;
const POWER_USER = "arn:aws:iam::aws:policy/PowerUserAccess" as Arn;
const SHARED = arn("team/Shared");

let world: World;
before(async () => {
  world = await openWorld();
  const PolicyDocument = documentOf();
  // made out of order: lists are by name without regard to case
  for (const [PolicyName, Path] of [
    ["zeta", "/"],
    ["Bound", "/"],
    ["alpha", "/team/"],
    ["Shared", "/team/"],
  ]) {
    await world.done("CreatePolicy", { PolicyName, Path, PolicyDocument });
  }
  for (const name of ["b", "A", "c"]) {
    const Path = name === "c" ? "/far/" : "/";
    await world.done("CreateUser", { UserName: `user-${name}`, Path });
    await world.done("CreateGroup", { GroupName: `group-${name}`, Path });
    await world.done("CreateRole", { RoleName: `role-${name}`, Path, AssumeRolePolicyDocument: TRUST });
    await world.done("AttachUserPolicy", { UserName: `user-${name}`, PolicyArn: SHARED });
    await world.done("AttachGroupPolicy", { GroupName: `group-${name}`, PolicyArn: SHARED });
    await world.done("AttachRolePolicy", { RoleName: `role-${name}`, PolicyArn: SHARED });
  }
  await world.done("AttachGroupPolicy", { GroupName: "group-A", PolicyArn: READ_ONLY });
  const bound = await userId(world, "user-b");
  const other = await userId(world, "user-c");
  await world.store.write((tx) => tx.users.setBoundary(ACCOUNT, bound, arn("Bound")));
  await world.store.write((tx) => tx.users.setBoundary(ACCOUNT, other, POWER_USER));
});
after(() => world.close());

type Input = Readonly<Record<string, unknown>>;

const names = (rows: unknown, member: string) =>
  (rows as readonly Record<string, string>[]).map((row) => row[member]);

const LOCAL = ["alpha", "Bound", "Shared", "zeta"];
const POLICY_LISTS: readonly (readonly [Input, readonly (string | undefined)[]])[] = [
  [{ Scope: "Local" }, LOCAL],
  [{ Scope: "AWS" }, AWS],
  [{ Scope: "All" }, [...LOCAL, ...AWS]],
  [{}, [...LOCAL, ...AWS]],
  [{ PathPrefix: "/team/" }, ["alpha", "Shared"]],
  [{ PathPrefix: "/none/" }, []],
  // recorded from AWS in September 2026 (radkawar/stackd policy_management.json), all nine pairs
  [{ OnlyAttached: true }, ["Bound", "Shared", "PowerUserAccess", "IAMReadOnlyAccess"]],
  [{ OnlyAttached: true, Scope: "Local" }, ["Bound", "Shared"]],
  [{ OnlyAttached: true, Scope: "AWS" }, ["PowerUserAccess", "IAMReadOnlyAccess"]],
  [{ OnlyAttached: true, PolicyUsageFilter: "PermissionsPolicy" }, ["Shared", "IAMReadOnlyAccess"]],
  [{ OnlyAttached: true, PolicyUsageFilter: "PermissionsBoundary" }, ["Bound", "PowerUserAccess"]],
  [{ OnlyAttached: true, PolicyUsageFilter: "PermissionsBoundary", Scope: "AWS" }, ["PowerUserAccess"]],
  [{ OnlyAttached: false, Scope: "Local" }, LOCAL],
  [{ OnlyAttached: false, Scope: "Local", PolicyUsageFilter: "PermissionsPolicy" }, LOCAL],
  [{ OnlyAttached: false, Scope: "Local", PolicyUsageFilter: "PermissionsBoundary" }, LOCAL],
  [{ Scope: "Local", PolicyUsageFilter: "PermissionsPolicy" }, LOCAL],
  [{ Scope: "Local", PolicyUsageFilter: "PermissionsBoundary" }, LOCAL],
  [{ OnlyAttached: false, Scope: "Local", PathPrefix: "/team/" }, ["alpha", "Shared"]],
];

for (const [input, expected] of POLICY_LISTS) {
  test(`ListPolicies ${JSON.stringify(input)}`, async () => {
    const { Policies, IsTruncated } = await world.done("ListPolicies", input);
    assert.deepEqual([names(Policies, "PolicyName"), IsTruncated], [expected, false]);
    for (const MaxItems of [1, 3, 4]) {
      const pages = await paged("ListPolicies", { ...input, MaxItems });
      assert.deepEqual(
        pages.flatMap((page) => names(page.Policies, "PolicyName")),
        expected,
      );
      assert.equal(pages.length, Math.max(1, Math.ceil(expected.length / MaxItems)));
    }
  });
}

/** Every page of a list, each asked for by the marker of the one before. */
async function paged(operation: string, input: Input): Promise<readonly Input[]> {
  const pages = [await world.done(operation, input)];
  for (let last = pages[0]; last?.IsTruncated === true; last = pages.at(-1)) {
    assert.ok(pages.length < 100);
    pages.push(await world.done(operation, { ...input, Marker: last.Marker }));
  }
  return pages;
}

test("ListPolicies counts uses of AWS's policies in this account alone", async () => {
  const countsOf = async (policy: Arn, who?: { accountId: string; kind: "root" }) => {
    const { Policies } = await world.done("ListPolicies", { Scope: "AWS" }, who);
    const row = (Policies as readonly Record<string, unknown>[]).find(({ Arn }) => Arn === policy);
    return [row?.AttachmentCount, row?.PermissionsBoundaryUsageCount];
  };
  assert.deepEqual(
    [await countsOf(READ_ONLY), await countsOf(POWER_USER)],
    [
      [1, 0],
      [0, 1],
    ],
  );
  const them = { kind: "root", accountId: OTHER_ACCOUNT } as const;
  assert.deepEqual(
    [await countsOf(READ_ONLY, them), await countsOf(POWER_USER, them)],
    [
      [0, 0],
      [0, 0],
    ],
  );
});

const ALL = ["group-A", "group-b", "group-c", "user-A", "user-b", "user-c", "role-A", "role-b", "role-c"];
const kind = (name: string) => ALL.filter((entity) => entity.startsWith(name));
const ENTITY_LISTS: readonly (readonly [string, Input, readonly string[]])[] = [
  [SHARED, {}, ALL],
  [SHARED, { EntityFilter: "Group" }, kind("group")],
  [SHARED, { EntityFilter: "User" }, kind("user")],
  [SHARED, { EntityFilter: "Role" }, kind("role")],
  [SHARED, { EntityFilter: "LocalManagedPolicy" }, []],
  [SHARED, { PathPrefix: "/far/" }, ["group-c", "user-c", "role-c"]],
  [SHARED, { PathPrefix: "/far/", EntityFilter: "User" }, ["user-c"]],
  [SHARED, { PolicyUsageFilter: "PermissionsPolicy" }, ALL],
  [SHARED, { PolicyUsageFilter: "PermissionsBoundary" }, []],
  [arn("Bound"), {}, ["user-b"]],
  [arn("Bound"), { PolicyUsageFilter: "PermissionsBoundary" }, ["user-b"]],
  [arn("Bound"), { PolicyUsageFilter: "PermissionsPolicy" }, []],
  [arn("zeta"), {}, []],
  [READ_ONLY, {}, ["group-A"]],
  [POWER_USER, { EntityFilter: "User" }, ["user-c"]],
];

const entitiesOf = ({ PolicyGroups, PolicyUsers, PolicyRoles }: Input) => [
  ...names(PolicyGroups, "GroupName"),
  ...names(PolicyUsers, "UserName"),
  ...names(PolicyRoles, "RoleName"),
];

for (const [PolicyArn, input, expected] of ENTITY_LISTS) {
  test(`ListEntitiesForPolicy ${PolicyArn} ${JSON.stringify(input)}`, async () => {
    const all = await world.done("ListEntitiesForPolicy", { PolicyArn, ...input });
    assert.deepEqual([entitiesOf(all), all.IsTruncated], [expected, false]);
    for (const MaxItems of [1, 2, 4]) {
      const pages = await paged("ListEntitiesForPolicy", { PolicyArn, ...input, MaxItems });
      assert.deepEqual(pages.flatMap(entitiesOf), expected);
    }
  });
}

test("ListEntitiesForPolicy knows nobody of another account", async () => {
  const them = { kind: "root", accountId: OTHER_ACCOUNT } as const;
  assert.deepEqual(entitiesOf(await world.done("ListEntitiesForPolicy", { PolicyArn: READ_ONLY }, them)), []);
});

test("ListPolicyVersions is paged, newest first", async () => {
  for (let version = 2; version <= 5; version += 1) {
    await world.done("CreatePolicyVersion", { PolicyArn: arn("zeta"), PolicyDocument: documentOf() });
  }
  const pages = await paged("ListPolicyVersions", { PolicyArn: arn("zeta"), MaxItems: 2 });
  assert.deepEqual(
    pages.map(({ Versions }) => names(Versions, "VersionId")),
    [["v5", "v4"], ["v3", "v2"], ["v1"]],
  );
});

const INVALID = ["ValidationError", 400, "Invalid Marker."] as const;
test("a marker opens the list it is of, with its filters, and no other", async () => {
  const { Marker } = await world.done("ListPolicies", { MaxItems: 1 });
  for (const change of [{ Scope: "Local" }, { PathPrefix: "/team/" }, { OnlyAttached: true }]) {
    await world.refused(INVALID, "ListPolicies", { Marker, ...change });
  }
  await world.refused(INVALID, "ListEntitiesForPolicy", { PolicyArn: SHARED, Marker });
  const entities = await world.done("ListEntitiesForPolicy", { PolicyArn: SHARED, MaxItems: 1 });
  const other = { PolicyArn: arn("Bound"), Marker: entities.Marker };
  await world.refused(INVALID, "ListEntitiesForPolicy", other);
  const attached = await world.done("ListAttachedGroupPolicies", { GroupName: "group-A", MaxItems: 1 });
  const another = { GroupName: "group-b", Marker: attached.Marker };
  await world.refused(INVALID, "ListAttachedGroupPolicies", another);
});

test("parts follow each other in pages of every size, as one list would", async () => {
  const lists = [["a", "b:c"], [], ["d"], ["e", "f", "g"]];
  const parts = lists.map((list) => ({
    load: async ({ after, limit }: { after?: string | undefined; limit: number }) =>
      list.filter((row) => after === undefined || row > after).slice(0, limit),
    keyOf: (row: string) => row,
  }));
  for (const limit of [1, 2, 3, 6, 7]) {
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const rows = await inTurn(parts)({ after, limit });
      seen.push(...rows.map(({ row }) => row));
      after = rows.at(-1)?.key;
      if (rows.length < limit) break;
    }
    assert.deepEqual(seen, lists.flat());
  }
});
