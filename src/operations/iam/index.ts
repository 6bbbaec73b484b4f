import { type Table, table } from "#base/table.ts";
import type { AnyOperation } from "../operation.ts";
import { AddUserToGroup } from "./AddUserToGroup.ts";
import { AttachGroupPolicy } from "./AttachGroupPolicy.ts";
import { AttachRolePolicy } from "./AttachRolePolicy.ts";
import { AttachUserPolicy } from "./AttachUserPolicy.ts";
import { ChangePassword } from "./ChangePassword.ts";
import { CreateAccessKey } from "./CreateAccessKey.ts";
import { CreateAccountAlias } from "./CreateAccountAlias.ts";
import { CreateGroup } from "./CreateGroup.ts";
import { CreateLoginProfile } from "./CreateLoginProfile.ts";
import { CreatePolicy } from "./CreatePolicy.ts";
import { CreatePolicyVersion } from "./CreatePolicyVersion.ts";
import { CreateRole } from "./CreateRole.ts";
import { CreateUser } from "./CreateUser.ts";
import { CreateVirtualMFADevice } from "./CreateVirtualMFADevice.ts";
import { DeactivateMFADevice } from "./DeactivateMFADevice.ts";
import { DeleteAccessKey } from "./DeleteAccessKey.ts";
import { DeleteAccountAlias } from "./DeleteAccountAlias.ts";
import { DeleteAccountPasswordPolicy } from "./DeleteAccountPasswordPolicy.ts";
import { DeleteGroup } from "./DeleteGroup.ts";
import { DeleteGroupPolicy } from "./DeleteGroupPolicy.ts";
import { DeleteLoginProfile } from "./DeleteLoginProfile.ts";
import { DeletePolicy } from "./DeletePolicy.ts";
import { DeletePolicyVersion } from "./DeletePolicyVersion.ts";
import { DeleteRole } from "./DeleteRole.ts";
import { DeleteRolePermissionsBoundary } from "./DeleteRolePermissionsBoundary.ts";
import { DeleteRolePolicy } from "./DeleteRolePolicy.ts";
import { DeleteUser } from "./DeleteUser.ts";
import { DeleteUserPermissionsBoundary } from "./DeleteUserPermissionsBoundary.ts";
import { DeleteUserPolicy } from "./DeleteUserPolicy.ts";
import { DeleteVirtualMFADevice } from "./DeleteVirtualMFADevice.ts";
import { DetachGroupPolicy } from "./DetachGroupPolicy.ts";
import { DetachRolePolicy } from "./DetachRolePolicy.ts";
import { DetachUserPolicy } from "./DetachUserPolicy.ts";
import { EnableMFADevice } from "./EnableMFADevice.ts";
import { GetAccessKeyLastUsed } from "./GetAccessKeyLastUsed.ts";
import { GetAccountAuthorizationDetails } from "./GetAccountAuthorizationDetails.ts";
import { GetAccountPasswordPolicy } from "./GetAccountPasswordPolicy.ts";
import { GetAccountSummary } from "./GetAccountSummary.ts";
import { GetContextKeysForCustomPolicy } from "./GetContextKeysForCustomPolicy.ts";
import { GetContextKeysForPrincipalPolicy } from "./GetContextKeysForPrincipalPolicy.ts";
import { GetGroup } from "./GetGroup.ts";
import { GetGroupPolicy } from "./GetGroupPolicy.ts";
import { GetLoginProfile } from "./GetLoginProfile.ts";
import { GetMFADevice } from "./GetMFADevice.ts";
import { GetPolicy } from "./GetPolicy.ts";
import { GetPolicyVersion } from "./GetPolicyVersion.ts";
import { GetRole } from "./GetRole.ts";
import { GetRolePolicy } from "./GetRolePolicy.ts";
import { GetUser } from "./GetUser.ts";
import { GetUserPolicy } from "./GetUserPolicy.ts";
import { ListAccessKeys } from "./ListAccessKeys.ts";
import { ListAccountAliases } from "./ListAccountAliases.ts";
import { ListAttachedGroupPolicies } from "./ListAttachedGroupPolicies.ts";
import { ListAttachedRolePolicies } from "./ListAttachedRolePolicies.ts";
import { ListAttachedUserPolicies } from "./ListAttachedUserPolicies.ts";
import { ListEntitiesForPolicy } from "./ListEntitiesForPolicy.ts";
import { ListGroupPolicies } from "./ListGroupPolicies.ts";
import { ListGroups } from "./ListGroups.ts";
import { ListGroupsForUser } from "./ListGroupsForUser.ts";
import { ListInstanceProfilesForRole } from "./ListInstanceProfilesForRole.ts";
import { ListMFADevices } from "./ListMFADevices.ts";
import { ListMFADeviceTags } from "./ListMFADeviceTags.ts";
import { ListPolicies } from "./ListPolicies.ts";
import { ListPolicyTags } from "./ListPolicyTags.ts";
import { ListPolicyVersions } from "./ListPolicyVersions.ts";
import { ListRolePolicies } from "./ListRolePolicies.ts";
import { ListRoles } from "./ListRoles.ts";
import { ListRoleTags } from "./ListRoleTags.ts";
import { ListUserPolicies } from "./ListUserPolicies.ts";
import { ListUsers } from "./ListUsers.ts";
import { ListUserTags } from "./ListUserTags.ts";
import { ListVirtualMFADevices } from "./ListVirtualMFADevices.ts";
import { PutGroupPolicy } from "./PutGroupPolicy.ts";
import { PutRolePermissionsBoundary } from "./PutRolePermissionsBoundary.ts";
import { PutRolePolicy } from "./PutRolePolicy.ts";
import { PutUserPermissionsBoundary } from "./PutUserPermissionsBoundary.ts";
import { PutUserPolicy } from "./PutUserPolicy.ts";
import { RemoveUserFromGroup } from "./RemoveUserFromGroup.ts";
import { ResyncMFADevice } from "./ResyncMFADevice.ts";
import { SetDefaultPolicyVersion } from "./SetDefaultPolicyVersion.ts";
import { SimulateCustomPolicy } from "./SimulateCustomPolicy.ts";
import { SimulatePrincipalPolicy } from "./SimulatePrincipalPolicy.ts";
import { TagMFADevice } from "./TagMFADevice.ts";
import { TagPolicy } from "./TagPolicy.ts";
import { TagRole } from "./TagRole.ts";
import { TagUser } from "./TagUser.ts";
import { UntagMFADevice } from "./UntagMFADevice.ts";
import { UntagPolicy } from "./UntagPolicy.ts";
import { UntagRole } from "./UntagRole.ts";
import { UntagUser } from "./UntagUser.ts";
import { UpdateAccessKey } from "./UpdateAccessKey.ts";
import { UpdateAccountPasswordPolicy } from "./UpdateAccountPasswordPolicy.ts";
import { UpdateAssumeRolePolicy } from "./UpdateAssumeRolePolicy.ts";
import { UpdateGroup } from "./UpdateGroup.ts";
import { UpdateLoginProfile } from "./UpdateLoginProfile.ts";
import { UpdateRole } from "./UpdateRole.ts";
import { UpdateRoleDescription } from "./UpdateRoleDescription.ts";
import { UpdateUser } from "./UpdateUser.ts";

/** Every IAM operation that is built, by name. */
export const IAM_OPERATIONS: Table<AnyOperation> = table<AnyOperation, string>({
  AddUserToGroup,
  AttachGroupPolicy,
  AttachRolePolicy,
  AttachUserPolicy,
  ChangePassword,
  CreateAccessKey,
  CreateAccountAlias,
  CreateGroup,
  CreateLoginProfile,
  CreatePolicy,
  CreatePolicyVersion,
  CreateRole,
  CreateUser,
  CreateVirtualMFADevice,
  DeactivateMFADevice,
  DeleteAccessKey,
  DeleteAccountAlias,
  DeleteAccountPasswordPolicy,
  DeleteGroup,
  DeleteGroupPolicy,
  DeleteLoginProfile,
  DeletePolicy,
  DeletePolicyVersion,
  DeleteRole,
  DeleteRolePermissionsBoundary,
  DeleteRolePolicy,
  DeleteUser,
  DeleteUserPermissionsBoundary,
  DeleteUserPolicy,
  DeleteVirtualMFADevice,
  DetachGroupPolicy,
  DetachRolePolicy,
  DetachUserPolicy,
  EnableMFADevice,
  GetAccessKeyLastUsed,
  GetAccountAuthorizationDetails,
  GetAccountPasswordPolicy,
  GetAccountSummary,
  GetContextKeysForCustomPolicy,
  GetContextKeysForPrincipalPolicy,
  GetGroup,
  GetGroupPolicy,
  GetLoginProfile,
  GetMFADevice,
  GetPolicy,
  GetPolicyVersion,
  GetRole,
  GetRolePolicy,
  GetUser,
  GetUserPolicy,
  ListAccessKeys,
  ListAccountAliases,
  ListAttachedGroupPolicies,
  ListAttachedRolePolicies,
  ListAttachedUserPolicies,
  ListEntitiesForPolicy,
  ListGroupPolicies,
  ListGroups,
  ListGroupsForUser,
  ListInstanceProfilesForRole,
  ListMFADeviceTags,
  ListMFADevices,
  ListPolicies,
  ListPolicyTags,
  ListPolicyVersions,
  ListRolePolicies,
  ListRoleTags,
  ListRoles,
  ListUserPolicies,
  ListUserTags,
  ListUsers,
  ListVirtualMFADevices,
  PutGroupPolicy,
  PutRolePermissionsBoundary,
  PutRolePolicy,
  PutUserPermissionsBoundary,
  PutUserPolicy,
  RemoveUserFromGroup,
  ResyncMFADevice,
  SetDefaultPolicyVersion,
  SimulateCustomPolicy,
  SimulatePrincipalPolicy,
  TagMFADevice,
  TagPolicy,
  TagRole,
  TagUser,
  UntagMFADevice,
  UntagPolicy,
  UntagRole,
  UntagUser,
  UpdateAccessKey,
  UpdateAccountPasswordPolicy,
  UpdateAssumeRolePolicy,
  UpdateGroup,
  UpdateLoginProfile,
  UpdateRole,
  UpdateRoleDescription,
  UpdateUser,
});
