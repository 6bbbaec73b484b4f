import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { EntityType, GetAccountAuthorizationDetailsCommandOutput, IAM } from "@aws-sdk/client-iam";
import { openWorld, type TestAccount, type World } from "../support/world.ts";
import { refusedAs } from "./mfa-world.ts";

let world: World;
let account: TestAccount;
let iam: IAM;
before(async () => {
  world = await openWorld();
  account = await world.account();
  iam = world.clients(account.admin).iam;
  await fill();
});
after(() => world[Symbol.asyncDispose]());

const SERVICE = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
});
const DOCUMENT = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:ListBucket", Resource: "*" }],
});
const ENCODED = encodeURIComponent(DOCUMENT).replaceAll("*", "%2A");
const Tags = [{ Key: "somekey", Value: "somevalue" }];
const arn = (rest: string) => `arn:aws:iam::${account.accountId}:${rest}`;
const AWS_POLICY = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

/** Of each kind one that has everything and one that has nothing. */
async function fill(): Promise<void> {
  const { Policy } = await iam.createPolicy({ PolicyName: "own", PolicyDocument: DOCUMENT });
  const PolicyArn = Policy?.Arn ?? "";
  await iam.createPolicyVersion({ PolicyArn, PolicyDocument: DOCUMENT, SetAsDefault: true });
  const inline = { PolicyName: "inline", PolicyDocument: DOCUMENT };
  await iam.createUser({ UserName: "laden", Tags, PermissionsBoundary: AWS_POLICY });
  await iam.createUser({ UserName: "plain" });
  await iam.putUserPolicy({ UserName: "laden", ...inline });
  await iam.attachUserPolicy({ UserName: "laden", PolicyArn });
  await iam.createGroup({ GroupName: "laden", Path: "/g/" });
  await iam.createGroup({ GroupName: "plain" });
  await iam.putGroupPolicy({ GroupName: "laden", ...inline });
  await iam.attachGroupPolicy({ GroupName: "laden", PolicyArn });
  await iam.addUserToGroup({ GroupName: "laden", UserName: "laden" });
  const AssumeRolePolicyDocument = SERVICE;
  const role = { Path: "/my-path/", AssumeRolePolicyDocument, Tags, PermissionsBoundary: PolicyArn };
  await iam.createRole({ RoleName: "laden", Description: "described", ...role });
  await iam.createRole({ RoleName: "plain", AssumeRolePolicyDocument });
  await iam.putRolePolicy({ RoleName: "laden", ...inline });
  await iam.attachRolePolicy({ RoleName: "laden", PolicyArn });
}

const details = async (Filter: EntityType[] | undefined, page: object = {}, of = iam) => {
  const answer = await of.getAccountAuthorizationDetails({ ...(Filter && { Filter }), ...page });
  const { $metadata: _, ...shown } = answer;
  return shown;
};
const EMPTY = {
  UserDetailList: [],
  GroupDetailList: [],
  RoleDetailList: [],
  Policies: [],
  IsTruncated: false,
};
const ATTACHED = () => [{ PolicyName: "own", PolicyArn: arn("policy/own") }];
const INLINE = [{ PolicyName: "inline", PolicyDocument: ENCODED }];
const CreateDate = () => new Date(Math.floor(world.now / 1000) * 1000);
const boundedBy = (PermissionsBoundaryArn: string) => ({
  PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn },
});

test("users (recorded from AWS)", async () => {
  const { UserDetailList = [], ...rest } = await details(["User"]);
  const [admin, laden, plain] = UserDetailList;
  assert.deepEqual({ UserDetailList: [], ...rest }, EMPTY);
  assert.deepEqual(admin?.AttachedManagedPolicies, [
    { PolicyName: "AdministratorAccess", PolicyArn: ADMINISTRATOR },
  ]);
  const { UserId, ...shown } = laden ?? {};
  assert.match(String(UserId), /^AIDA/);
  assert.deepEqual(shown, {
    Path: "/",
    UserName: "laden",
    Arn: arn("user/laden"),
    CreateDate: CreateDate(),
    UserPolicyList: INLINE,
    GroupList: ["laden"],
    AttachedManagedPolicies: ATTACHED(),
    Tags,
    ...boundedBy(AWS_POLICY),
  });
  const { UserId: _, ...bare } = plain ?? {};
  assert.deepEqual(bare, {
    Path: "/",
    UserName: "plain",
    Arn: arn("user/plain"),
    CreateDate: CreateDate(),
    // no UserPolicyList
    GroupList: [],
    AttachedManagedPolicies: [],
    Tags: [],
  });
});

test("groups (recorded)", async () => {
  const { GroupDetailList = [], ...rest } = await details(["Group"]);
  assert.deepEqual({ GroupDetailList: [], ...rest }, EMPTY);
  const facts = GroupDetailList.map(({ GroupId: _, ...group }) => group);
  assert.deepEqual(facts, [
    {
      Path: "/g/",
      GroupName: "laden",
      Arn: arn("group/g/laden"),
      CreateDate: CreateDate(),
      GroupPolicyList: INLINE,
      AttachedManagedPolicies: ATTACHED(),
    },
    {
      Path: "/",
      GroupName: "plain",
      Arn: arn("group/plain"),
      CreateDate: CreateDate(),
      GroupPolicyList: [],
      AttachedManagedPolicies: [],
    },
  ]);
});

test("roles (recorded): without description and longest session", async () => {
  const { RoleDetailList = [], ...rest } = await details(["Role"]);
  assert.deepEqual({ RoleDetailList: [], ...rest }, EMPTY);
  const facts = RoleDetailList.map(({ RoleId: _, ...role }) => role);
  const common = {
    CreateDate: CreateDate(),
    AssumeRolePolicyDocument: encodeURIComponent(SERVICE),
    InstanceProfileList: [],
    RoleLastUsed: {},
  };
  assert.deepEqual(facts, [
    {
      ...common,
      Path: "/my-path/",
      RoleName: "laden",
      Arn: arn("role/my-path/laden"),
      RolePolicyList: INLINE,
      AttachedManagedPolicies: ATTACHED(),
      Tags,
      ...boundedBy(arn("policy/own")),
    },
    {
      ...common,
      Path: "/",
      RoleName: "plain",
      Arn: arn("role/plain"),
      RolePolicyList: [],
      AttachedManagedPolicies: [],
      Tags: [],
    },
  ]);
});

test("the account's own policies, with all versions, used or not (recorded)", async () => {
  const { Policies = [], ...rest } = await details(["LocalManagedPolicy"]);
  assert.deepEqual({ Policies: [], ...rest }, EMPTY);
  const [{ PolicyId, ...own } = {}] = Policies;
  assert.match(String(PolicyId), /^ANPA/);
  const version = { Document: ENCODED, CreateDate: CreateDate() };
  assert.deepEqual(own, {
    PolicyName: "own",
    Arn: arn("policy/own"),
    Path: "/",
    DefaultVersionId: "v2",
    AttachmentCount: 3,
    PermissionsBoundaryUsageCount: 1,
    IsAttachable: true,
    CreateDate: CreateDate(),
    UpdateDate: CreateDate(),
    PolicyVersionList: [
      { ...version, VersionId: "v2", IsDefaultVersion: true },
      { ...version, VersionId: "v1", IsDefaultVersion: false },
    ],
  });
  await iam.createPolicy({ PolicyName: "unused", PolicyDocument: DOCUMENT });
  assert.equal((await details(["LocalManagedPolicy"])).Policies?.length, 2);
  await iam.deletePolicy({ PolicyArn: arn("policy/unused") });
});

test("of AWS's policies only those that somebody here uses", async () => {
  const { Policies = [], ...rest } = await details(["AWSManagedPolicy"]);
  assert.deepEqual({ Policies: [], ...rest }, EMPTY);
  const uses = Policies.map(({ Arn, AttachmentCount, PermissionsBoundaryUsageCount, PolicyVersionList }) => [
    Arn,
    AttachmentCount,
    PermissionsBoundaryUsageCount,
    PolicyVersionList?.map(({ IsDefaultVersion }) => IsDefaultVersion),
  ]);
  assert.deepEqual(uses.sort(), [
    [ADMINISTRATOR, 1, 0, [true]],
    [AWS_POLICY, 0, 1, [true]],
  ]);
});

/** Whom a page shows, in the order of the kinds. */
const names = (page: Omit<GetAccountAuthorizationDetailsCommandOutput, "$metadata">): readonly string[] => [
  ...(page.UserDetailList ?? []).map(({ UserName }) => `user ${UserName}`),
  ...(page.RoleDetailList ?? []).map(({ RoleName }) => `role ${RoleName}`),
  ...(page.GroupDetailList ?? []).map(({ GroupName }) => `group ${GroupName}`),
  ...(page.Policies ?? []).map(({ PolicyName }) => `policy ${PolicyName}`),
];
const ALL = [
  ...["user admin", "user laden", "user plain", "role laden", "role plain", "group laden", "group plain"],
  ...["policy own", "policy IAMReadOnlyAccess", "policy AdministratorAccess"],
];

for (const MaxItems of [1, 2, 3, 4, 10, 1000]) {
  test(`${MaxItems} at a time: every one once, over all kinds, in one order`, async () => {
    const seen: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await details(undefined, { MaxItems, ...(Marker && { Marker }) });
      assert.ok(names(page).length <= MaxItems);
      assert.equal(page.IsTruncated, page.Marker !== undefined);
      seen.push(...names(page));
      Marker = page.Marker;
    } while (Marker !== undefined);
    assert.deepEqual(seen.slice(0, 8), ALL.slice(0, 8));
    assert.deepEqual(seen.toSorted(), ALL.toSorted());
  });
}

test("filters that say the same are one list; a marker of another filter, call or caller is refused", async () => {
  const { Marker } = await details(["User", "Role"], { MaxItems: 2 });
  assert.deepEqual(names(await details(["Role", "User", "Role"], { Marker })), ALL.slice(2, 5));
  const mismatch = ["ValidationError", 400, "Marker and Filter do not match"] as const;
  for (const filter of [undefined, ["User"], ["Role"]] as const) {
    await refusedAs(details(filter && [...filter], { Marker }), mismatch);
  }
  const { Marker: ofUsers } = await iam.listUsers({ MaxItems: 1 });
  await refusedAs(details(["User"], { Marker: ofUsers }), mismatch);
  const root = world.clients(account.root).iam;
  await refusedAs(details(["User", "Role"], { Marker }, root), mismatch);
});

test("another account sees its own alone", async () => {
  const other = await world.account();
  const shown = await details(undefined, {}, world.clients(other.admin).iam);
  assert.deepEqual(names(shown), ["user admin", "policy AdministratorAccess"]);
});
