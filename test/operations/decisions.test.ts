import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { IAM_OPERATIONS } from "#operations/iam/index.ts";
import { deniedResource } from "#policy/denied-resource.ts";
import { ADMINISTRATOR_ACCESS } from "#policy/managed/managed.ts";
import { ACCOUNT } from "./calls.ts";
import { documentOf, TRUST } from "./policies-world.ts";
import { openWorld, ROOT, type World } from "./world.ts";

let world: World;
before(async () => {
  world = await openWorld();
  await world.done("CreateUser", { UserName: "Target", Path: "/t/" });
  await world.done("CreateUser", { UserName: "caller", Path: "/c/" });
  const AssumeRolePolicyDocument = TRUST;
  await world.done("CreateGroup", { GroupName: "Holder", Path: "/h/" });
  await world.done("CreateRole", { RoleName: "Holder", Path: "/h/", AssumeRolePolicyDocument });
  await world.done("CreatePolicy", { PolicyName: "known", Path: "/k/", PolicyDocument: documentOf() });
});
after(() => world.close());

const arn = (rest: string) => `arn:aws:iam::${ACCOUNT}:${rest}`;
const TARGET = arn("user/t/Target");
const SELF = arn("user/c/caller");
const POLICY = arn("policy/k/known");
const KEY = "AKIAIOSFODNN7EXAMPLE";

interface Case {
  readonly operation: string;
  readonly input?: Readonly<Record<string, unknown>>;
  /** The resource that a caller without permissions is told of. */
  readonly resource: string;
}

const UserName = "TARGET";
const [GroupName, RoleName] = ["HOLDER", "holder"];
const [GROUP, ROLE] = [arn("group/h/Holder"), arn("role/h/Holder")];
const INLINE = { PolicyName: "p", PolicyDocument: documentOf() };
const CASES: readonly Case[] = [
  { operation: "CreateUser", input: { UserName: "new" }, resource: arn("user/new") },
  { operation: "CreateUser", input: { UserName: "new", Path: "/p/" }, resource: arn("user/p/new") },
  { operation: "GetUser", input: { UserName }, resource: TARGET },
  { operation: "GetUser", input: { UserName: "nobody" }, resource: arn("user/nobody") },
  { operation: "GetUser", resource: SELF },
  { operation: "ListUsers", resource: arn("user/") },
  { operation: "ListUsers", input: { PathPrefix: "/t/" }, resource: arn("user/t/") },
  { operation: "UpdateUser", input: { UserName, NewUserName: "x" }, resource: TARGET },
  { operation: "DeleteUser", input: { UserName }, resource: TARGET },
  { operation: "TagUser", input: { UserName, Tags: [] }, resource: TARGET },
  { operation: "UntagUser", input: { UserName, TagKeys: [] }, resource: TARGET },
  { operation: "ListUserTags", input: { UserName }, resource: TARGET },
  { operation: "CreateAccessKey", resource: SELF },
  { operation: "ListAccessKeys", input: { UserName }, resource: TARGET },
  { operation: "UpdateAccessKey", input: { UserName, AccessKeyId: KEY, Status: "Active" }, resource: TARGET },
  { operation: "DeleteAccessKey", input: { AccessKeyId: KEY }, resource: SELF },
  { operation: "GetAccessKeyLastUsed", input: { AccessKeyId: KEY }, resource: "*" },
  { operation: "CreateLoginProfile", input: { UserName, Password: "x" }, resource: TARGET },
  { operation: "GetLoginProfile", input: { UserName }, resource: TARGET },
  { operation: "UpdateLoginProfile", input: { UserName }, resource: TARGET },
  { operation: "DeleteLoginProfile", input: { UserName }, resource: TARGET },
  { operation: "ChangePassword", input: { OldPassword: "x", NewPassword: "y" }, resource: SELF },
  { operation: "UpdateAccountPasswordPolicy", resource: "*" },
  { operation: "GetAccountPasswordPolicy", resource: "*" },
  { operation: "DeleteAccountPasswordPolicy", resource: "*" },
  { operation: "CreateAccountAlias", input: { AccountAlias: "abc" }, resource: "*" },
  { operation: "DeleteAccountAlias", input: { AccountAlias: "abc" }, resource: "*" },
  { operation: "ListAccountAliases", resource: "*" },
  { operation: "GetAccountSummary", resource: "*" },
  { operation: "AttachUserPolicy", input: { UserName, PolicyArn: ADMINISTRATOR_ACCESS }, resource: TARGET },
  { operation: "DetachUserPolicy", input: { UserName, PolicyArn: ADMINISTRATOR_ACCESS }, resource: TARGET },
  { operation: "ListAttachedUserPolicies", input: { UserName }, resource: TARGET },
  { operation: "CreatePolicy", input: { PolicyName: "New" }, resource: arn("policy/New") },
  { operation: "CreatePolicy", input: { PolicyName: "New", Path: "/p/" }, resource: arn("policy/p/New") },
  { operation: "ListPolicies", input: { PathPrefix: "/p/" }, resource: "*" },
  ...[
    "GetPolicy",
    "DeletePolicy",
    "CreatePolicyVersion",
    "GetPolicyVersion",
    "ListPolicyVersions",
    "DeletePolicyVersion",
    "SetDefaultPolicyVersion",
    "ListEntitiesForPolicy",
    "TagPolicy",
    "UntagPolicy",
    "ListPolicyTags",
  ].flatMap((operation) =>
    // whether there is such a policy or not
    [POLICY, arn("policy/none"), ADMINISTRATOR_ACCESS, "arn:aws:iam::210987654321:policy/theirs"].map(
      (PolicyArn) => ({ operation, input: { PolicyArn, VersionId: "v1" }, resource: PolicyArn }),
    ),
  ),
  ...[
    { noun: "Group", named: { GroupName: "HOLDER" }, nobody: { GroupName: "nobody" } },
    { noun: "Role", named: { RoleName: "HOLDER" }, nobody: { RoleName: "nobody" } },
  ].flatMap(({ noun, named, nobody }) =>
    [`Attach${noun}Policy`, `Detach${noun}Policy`, `ListAttached${noun}Policies`].flatMap((operation) => [
      {
        operation,
        input: { ...named, PolicyArn: POLICY },
        resource: arn(`${noun.toLowerCase()}/h/Holder`),
      },
      {
        operation,
        input: { ...nobody, PolicyArn: POLICY },
        resource: arn(`${noun.toLowerCase()}/nobody`),
      },
    ]),
  ),
  { operation: "PutUserPolicy", input: { UserName, ...INLINE }, resource: TARGET },
  { operation: "GetUserPolicy", input: { UserName, PolicyName: "p" }, resource: TARGET },
  { operation: "ListUserPolicies", input: { UserName }, resource: TARGET },
  { operation: "DeleteUserPolicy", input: { UserName, PolicyName: "p" }, resource: TARGET },
  {
    operation: "PutUserPermissionsBoundary",
    input: { UserName, PermissionsBoundary: ADMINISTRATOR_ACCESS },
    resource: TARGET,
  },
  { operation: "DeleteUserPermissionsBoundary", input: { UserName }, resource: TARGET },
  { operation: "ListGroupsForUser", input: { UserName }, resource: TARGET },
  { operation: "CreateGroup", input: { GroupName: "new", Path: "/p/" }, resource: arn("group/p/new") },
  { operation: "GetGroup", input: { GroupName }, resource: GROUP },
  { operation: "GetGroup", input: { GroupName: "none" }, resource: arn("group/none") },
  { operation: "ListGroups", resource: arn("group/") },
  { operation: "ListGroups", input: { PathPrefix: "/h/" }, resource: arn("group/h/") },
  { operation: "UpdateGroup", input: { GroupName, NewPath: "/n/" }, resource: GROUP },
  { operation: "DeleteGroup", input: { GroupName }, resource: GROUP },
  { operation: "AddUserToGroup", input: { GroupName, UserName }, resource: GROUP },
  { operation: "RemoveUserFromGroup", input: { GroupName, UserName }, resource: GROUP },
  { operation: "PutGroupPolicy", input: { GroupName, ...INLINE }, resource: GROUP },
  { operation: "GetGroupPolicy", input: { GroupName, PolicyName: "p" }, resource: GROUP },
  { operation: "ListGroupPolicies", input: { GroupName }, resource: GROUP },
  { operation: "DeleteGroupPolicy", input: { GroupName, PolicyName: "p" }, resource: GROUP },
  {
    operation: "CreateRole",
    input: { RoleName: "new", Path: "/p/", AssumeRolePolicyDocument: TRUST },
    resource: arn("role/p/new"),
  },
  { operation: "GetRole", input: { RoleName }, resource: ROLE },
  { operation: "GetRole", input: { RoleName: "none" }, resource: arn("role/none") },
  { operation: "ListRoles", resource: arn("role/") },
  { operation: "ListRoles", input: { PathPrefix: "/h/" }, resource: arn("role/h/") },
  { operation: "UpdateRole", input: { RoleName }, resource: ROLE },
  { operation: "UpdateRoleDescription", input: { RoleName, Description: "" }, resource: ROLE },
  { operation: "UpdateAssumeRolePolicy", input: { RoleName, PolicyDocument: TRUST }, resource: ROLE },
  { operation: "DeleteRole", input: { RoleName }, resource: ROLE },
  { operation: "TagRole", input: { RoleName, Tags: [] }, resource: ROLE },
  { operation: "UntagRole", input: { RoleName, TagKeys: [] }, resource: ROLE },
  { operation: "ListRoleTags", input: { RoleName }, resource: ROLE },
  { operation: "ListInstanceProfilesForRole", input: { RoleName }, resource: ROLE },
  { operation: "PutRolePolicy", input: { RoleName, ...INLINE }, resource: ROLE },
  { operation: "GetRolePolicy", input: { RoleName, PolicyName: "p" }, resource: ROLE },
  { operation: "ListRolePolicies", input: { RoleName }, resource: ROLE },
  { operation: "DeleteRolePolicy", input: { RoleName, PolicyName: "p" }, resource: ROLE },
  {
    operation: "PutRolePermissionsBoundary",
    input: { RoleName, PermissionsBoundary: ADMINISTRATOR_ACCESS },
    resource: ROLE,
  },
  { operation: "DeleteRolePermissionsBoundary", input: { RoleName }, resource: ROLE },
  { operation: "GetAccountAuthorizationDetails", resource: "*" },
  { operation: "SimulateCustomPolicy", resource: "*" },
  { operation: "GetContextKeysForCustomPolicy", resource: "*" },
  ...["SimulatePrincipalPolicy", "GetContextKeysForPrincipalPolicy"].flatMap((operation) => [
    { operation, input: { PolicySourceArn: TARGET }, resource: TARGET },
    { operation, input: { PolicySourceArn: arn("user/elsewhere/target") }, resource: TARGET },
    { operation, input: { PolicySourceArn: arn("role/nobody") }, resource: arn("role/nobody") },
  ]),
];

for (const { operation, input, resource } of CASES) {
  test(`${operation} ${JSON.stringify(input ?? {})} is denied about ${resource}`, async () => {
    const action = `iam:${operation}`;
    const sentence =
      `User: ${SELF} is not authorized to perform: ${action} on resource: ${deniedResource(action, resource)}` +
      ` because no identity-based policy allows the ${action} action`;
    await world.refused(["AccessDenied", 403, sentence], operation, input, await world.as("caller"));
    const { decision } = world.handedIn.at(-1) ?? { decision: "{}" };
    assert.equal(JSON.parse(decision).resources[0], resource);
  });
}

const RENAMES: readonly (readonly [Readonly<Record<string, string>>, readonly string[]])[] = [
  [{ NewUserName: "x" }, [TARGET, arn("user/t/x")]],
  [{ NewPath: "/n/" }, [TARGET, arn("user/n/Target")]],
  [{ NewUserName: "x", NewPath: "/n/" }, [TARGET, arn("user/n/x")]],
  [{}, [TARGET]],
];

for (const [change, resources] of RENAMES) {
  test(`UpdateUser ${JSON.stringify(change)} is decided about the user as he is and as he will be`, async () => {
    await world.call("UpdateUser", { UserName, ...change }, await world.as("caller"));
    const event = world.handedIn.at(-1);
    assert.equal(event?.eventName, "UpdateUser");
    assert.deepEqual(JSON.parse(event.decision).resources, resources);
  });
}

test("UpdateGroup is decided about the group as it is and as it will be", async () => {
  await world.call("UpdateGroup", { GroupName, NewGroupName: "x", NewPath: "/n/" }, await world.as("caller"));
  const { decision } = world.handedIn.at(-1) ?? { decision: "{}" };
  assert.deepEqual(JSON.parse(decision).resources, [GROUP, arn("group/n/x")]);
});

test("every operation that is not about devices is among these, and names itself", () => {
  const named = Object.entries(IAM_OPERATIONS);
  assert.ok(named.length >= 28);
  for (const [name, operation] of named) {
    assert.deepEqual([operation.name, operation.action, operation.service], [name, `iam:${name}`, "iam"]);
    assert.equal(operation.readOnly, /^(Get|List|Simulate)/.test(name), name);
    assert.equal(operation.kind, operation.readOnly ? "read" : "write", name);
  }
  const tested = new Set(CASES.map(({ operation }) => operation));
  const untested = named.map(([name]) => name).filter((name) => !name.includes("MFA") && !tested.has(name));
  assert.deepEqual(untested, []);
});

test("the account's grant: one's own password and the rules for it, nothing else", async () => {
  await world.done("UpdateAccountPasswordPolicy", { AllowUsersToChangePassword: true });
  await world.done("CreateLoginProfile", { UserName: "caller", Password: "first-one" });
  const caller = await world.as("caller");
  await world.done("GetAccountPasswordPolicy", {}, caller);
  await world.done("ChangePassword", { OldPassword: "first-one", NewPassword: "second-one" }, caller);
  const answer = await world.call("GetUser", {}, caller);
  assert.ok("error" in answer && answer.error[0] === "AccessDenied");
});

/** What authentication or a decision reads (DESIGN 5). */
const BUMPS: Readonly<Record<string, boolean>> = {
  CreateUser: false,
  UpdateUser: true,
  DeleteUser: true,
  TagUser: true,
  UntagUser: true,
  CreateAccessKey: true,
  UpdateAccessKey: true,
  DeleteAccessKey: true,
  CreateLoginProfile: false,
  UpdateLoginProfile: false,
  DeleteLoginProfile: false,
  ChangePassword: false,
  UpdateAccountPasswordPolicy: true,
  DeleteAccountPasswordPolicy: true,
  CreateAccountAlias: false,
  DeleteAccountAlias: false,
  AttachUserPolicy: true,
  DetachUserPolicy: true,
  AttachGroupPolicy: true,
  DetachGroupPolicy: true,
  AttachRolePolicy: true,
  DetachRolePolicy: true,
  CreatePolicy: false,
  DeletePolicy: true,
  CreatePolicyVersion: true,
  SetDefaultPolicyVersion: true,
  DeletePolicyVersion: false,
  TagPolicy: false,
  UntagPolicy: false,
  PutUserPolicy: true,
  DeleteUserPolicy: true,
  PutUserPermissionsBoundary: true,
  DeleteUserPermissionsBoundary: true,
  CreateGroup: false,
  UpdateGroup: true,
  DeleteGroup: false,
  AddUserToGroup: true,
  RemoveUserFromGroup: true,
  PutGroupPolicy: true,
  DeleteGroupPolicy: true,
  CreateRole: true,
  UpdateRole: true,
  UpdateRoleDescription: false,
  UpdateAssumeRolePolicy: true,
  DeleteRole: true,
  TagRole: true,
  UntagRole: true,
  PutRolePolicy: true,
  DeleteRolePolicy: true,
  PutRolePermissionsBoundary: true,
  DeleteRolePermissionsBoundary: true,
};

test("who reads a change is told of it: the account's revision rises, or stays", async () => {
  const revision = async () => (await world.store.reader.accounts.revision(ACCOUNT)) ?? 0;
  const rises = async (operation: string, input: Readonly<Record<string, unknown>>) => {
    const before = await revision();
    const output = await world.done(operation, input, ROOT);
    assert.equal((await revision()) > before, BUMPS[operation], operation);
    seen.add(operation);
    return output;
  };
  const seen = new Set<string>();
  const UserName = "watched";
  await rises("CreateUser", { UserName });
  await rises("TagUser", { UserName, Tags: [{ Key: "a", Value: "b" }] });
  await rises("UntagUser", { UserName, TagKeys: ["a"] });
  const { AccessKey } = await rises("CreateAccessKey", { UserName });
  const { AccessKeyId } = AccessKey as { AccessKeyId: string };
  await rises("UpdateAccessKey", { UserName, AccessKeyId, Status: "Inactive" });
  await rises("DeleteAccessKey", { UserName, AccessKeyId });
  await rises("UpdateAccountPasswordPolicy", {});
  await rises("DeleteAccountPasswordPolicy", {});
  await rises("CreateLoginProfile", { UserName, Password: "TestPassword123!" });
  await rises("UpdateLoginProfile", { UserName, PasswordResetRequired: true });
  await rises("DeleteLoginProfile", { UserName });
  await rises("AttachUserPolicy", { UserName, PolicyArn: ADMINISTRATOR_ACCESS });
  await rises("DetachUserPolicy", { UserName, PolicyArn: ADMINISTRATOR_ACCESS });
  const PolicyArn = arn("policy/watched");
  const PolicyDocument = documentOf();
  await rises("CreatePolicy", { PolicyName: "watched", PolicyDocument });
  await rises("CreatePolicyVersion", { PolicyArn, PolicyDocument });
  await rises("SetDefaultPolicyVersion", { PolicyArn, VersionId: "v2" });
  await rises("DeletePolicyVersion", { PolicyArn, VersionId: "v1" });
  for (const holder of [{ GroupName: "Holder" }, { RoleName: "Holder" }]) {
    const noun = "GroupName" in holder ? "Group" : "Role";
    await rises(`Attach${noun}Policy`, { ...holder, PolicyArn });
    await rises(`Detach${noun}Policy`, { ...holder, PolicyArn });
  }
  await rises("TagPolicy", { PolicyArn, Tags: [{ Key: "a", Value: "b" }] });
  await rises("UntagPolicy", { PolicyArn, TagKeys: ["a"] });
  await rises("DeletePolicy", { PolicyArn });
  await rises("CreateAccountAlias", { AccountAlias: "an-alias" });
  await rises("DeleteAccountAlias", { AccountAlias: "an-alias" });
  const PermissionsBoundary = ADMINISTRATOR_ACCESS;
  await rises("CreateGroup", { GroupName: "watched" });
  await rises("UpdateGroup", { GroupName: "watched", NewPath: "/w/" });
  await rises("AddUserToGroup", { GroupName: "watched", UserName });
  await rises("RemoveUserFromGroup", { GroupName: "watched", UserName });
  await rises("CreateRole", { RoleName: "watched", AssumeRolePolicyDocument: TRUST });
  const [User, Group, Role] = [{ UserName }, { GroupName: "watched" }, { RoleName: "watched" }];
  for (const [noun, holder] of Object.entries({ User, Group, Role })) {
    await rises(`Put${noun}Policy`, { ...holder, ...INLINE });
    await rises(`Delete${noun}Policy`, { ...holder, PolicyName: "p" });
    if (noun === "Group") continue;
    await rises(`Put${noun}PermissionsBoundary`, { ...holder, PermissionsBoundary });
    await rises(`Delete${noun}PermissionsBoundary`, { ...holder });
  }
  await rises("UpdateRole", { ...Role, MaxSessionDuration: 7200 });
  await rises("UpdateRoleDescription", { ...Role, Description: "watched" });
  await rises("UpdateAssumeRolePolicy", { ...Role, PolicyDocument: TRUST });
  await rises("TagRole", { ...Role, Tags: [{ Key: "a", Value: "b" }] });
  await rises("UntagRole", { ...Role, TagKeys: ["a"] });
  await rises("DeleteRole", Role);
  await rises("DeleteGroup", Group);
  await rises("UpdateUser", { UserName, NewUserName: "seen" });
  await rises("DeleteUser", { UserName: "seen" });
  // its own test changes a password; here its row alone is compared
  assert.equal(
    IAM_OPERATIONS.ChangePassword?.kind === "write" && IAM_OPERATIONS.ChangePassword.bumpsRevision,
    undefined,
  );
  assert.deepEqual([...seen, "ChangePassword"].sort(), Object.keys(BUMPS).sort());
});
