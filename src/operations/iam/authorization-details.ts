import type {
  GroupDetail,
  ManagedPolicyDetail,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from "@aws-sdk/client-iam";
import type { GroupRow } from "#ports/groups.ts";
import type { PolicyHolder, PolicyUses } from "#ports/policies.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { Reader } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import { wireDocument } from "../documents.ts";
import { isCustomers, nameOfPolicy, type Policy } from "../policies.ts";
import { arnOfRole } from "../roles.ts";
import { livePrincipals, renderTrust } from "../trust.ts";
import { arnOfUser } from "../users.ts";
import { shownBoundary } from "./boundaries.ts";
import { shownGroup } from "./group-shape.ts";
import { listedPolicy, listedVersion } from "./policy-shape.ts";
import { shownLastUse } from "./role-shape.ts";

/** More than one user, group or role may have of anything. */
const ALL = { limit: 10_000 };

/** Recorded in February 2026, as all of these shapes: the list of a user's inline policies is left out where it is empty. */
export async function userDetail(store: Reader, user: UserRow): Promise<UserDetail> {
  const { accountId, userId } = user;
  const holder = { kind: "user", accountId, id: userId } as const;
  const inline = await inlinePolicies(store, holder);
  const groups = await store.groups.listOfUser(accountId, userId, ALL);
  return {
    Path: user.path,
    UserName: user.userName,
    UserId: userId,
    Arn: arnOfUser(user),
    CreateDate: new Date(user.createdAt),
    UserPolicyList: inline.length === 0 ? undefined : inline,
    GroupList: groups.map(({ groupName }) => groupName),
    AttachedManagedPolicies: await attachedPolicies(store, holder),
    PermissionsBoundary: shownBoundary(user.boundaryArn),
    Tags: [...user.tags],
  };
}

export async function groupDetail(store: Reader, group: GroupRow): Promise<GroupDetail> {
  const holder = { kind: "group", accountId: group.accountId, id: group.groupId } as const;
  return {
    ...shownGroup(group),
    GroupPolicyList: await inlinePolicies(store, holder),
    AttachedManagedPolicies: await attachedPolicies(store, holder),
  };
}

/** Neither description nor longest session (recorded). */
export async function roleDetail(store: Reader, role: RoleRow): Promise<RoleDetail> {
  const holder = { kind: "role", accountId: role.accountId, id: role.roleId } as const;
  const live = await livePrincipals(store, [role]);
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: arnOfRole(role),
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: wireDocument(renderTrust(role, live)),
    InstanceProfileList: [],
    RolePolicyList: await inlinePolicies(store, holder),
    AttachedManagedPolicies: await attachedPolicies(store, holder),
    PermissionsBoundary: shownBoundary(role.boundaryArn),
    Tags: [...role.tags],
    RoleLastUsed: shownLastUse(role),
  };
}

/** With all versions, the newest first; of AWS's policies only the default is here. Neither description nor tags (recorded). */
export async function policyDetail(
  store: Reader,
  policy: Policy,
  uses: PolicyUses | undefined,
): Promise<ManagedPolicyDetail> {
  const versions = isCustomers(policy)
    ? await store.policies.versions(policy.accountId, policy.policyId, ALL)
    : [{ version: policy.defaultVersion, document: policy.document, createdAt: policy.updatedAt }];
  return {
    ...listedPolicy(policy, uses),
    PolicyVersionList: versions.map((version) => ({
      ...listedVersion(policy, version),
      Document: wireDocument(version.document),
    })),
  };
}

async function inlinePolicies(store: Reader, holder: PolicyHolder): Promise<PolicyDetail[]> {
  const policies = await store.inlinePolicies.list(holder, ALL);
  return policies.map(({ policyName, document }) => ({
    PolicyName: policyName,
    PolicyDocument: wireDocument(document),
  }));
}

async function attachedPolicies(store: Reader, { accountId, id }: PolicyHolder) {
  const arns = await store.attachments.listFor(accountId, id, ALL);
  return arns.map((arn) => ({ PolicyName: nameOfPolicy(arn), PolicyArn: arn }));
}
