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
import { CreateUser } from "./CreateUser.ts";
import { CreateVirtualMFADevice } from "./CreateVirtualMFADevice.ts";
import { DeactivateMFADevice } from "./DeactivateMFADevice.ts";
import { DeleteAccessKey } from "./DeleteAccessKey.ts";
import { DeleteAccountAlias } from "./DeleteAccountAlias.ts";
import { DeleteAccountPasswordPolicy } from "./DeleteAccountPasswordPolicy.ts";
import { DeleteGroup } from "./DeleteGroup.ts";
import { DeleteLoginProfile } from "./DeleteLoginProfile.ts";
import { DeletePolicy } from "./DeletePolicy.ts";
import { DeletePolicyVersion } from "./DeletePolicyVersion.ts";
import { DeleteUser } from "./DeleteUser.ts";
import { DeleteVirtualMFADevice } from "./DeleteVirtualMFADevice.ts";
import { DetachGroupPolicy } from "./DetachGroupPolicy.ts";
import { DetachRolePolicy } from "./DetachRolePolicy.ts";
import { DetachUserPolicy } from "./DetachUserPolicy.ts";
import { EnableMFADevice } from "./EnableMFADevice.ts";
import { GetAccessKeyLastUsed } from "./GetAccessKeyLastUsed.ts";
import { GetAccountPasswordPolicy } from "./GetAccountPasswordPolicy.ts";
import { GetAccountSummary } from "./GetAccountSummary.ts";
import { GetGroup } from "./GetGroup.ts";
import { GetLoginProfile } from "./GetLoginProfile.ts";
import { GetMFADevice } from "./GetMFADevice.ts";
import { GetPolicy } from "./GetPolicy.ts";
import { GetPolicyVersion } from "./GetPolicyVersion.ts";
import { GetUser } from "./GetUser.ts";
import { ListAccessKeys } from "./ListAccessKeys.ts";
import { ListAccountAliases } from "./ListAccountAliases.ts";
import { ListAttachedGroupPolicies } from "./ListAttachedGroupPolicies.ts";
import { ListAttachedRolePolicies } from "./ListAttachedRolePolicies.ts";
import { ListAttachedUserPolicies } from "./ListAttachedUserPolicies.ts";
import { ListEntitiesForPolicy } from "./ListEntitiesForPolicy.ts";
import { ListGroups } from "./ListGroups.ts";
import { ListGroupsForUser } from "./ListGroupsForUser.ts";
import { ListMFADevices } from "./ListMFADevices.ts";
import { ListMFADeviceTags } from "./ListMFADeviceTags.ts";
import { ListPolicies } from "./ListPolicies.ts";
import { ListPolicyTags } from "./ListPolicyTags.ts";
import { ListPolicyVersions } from "./ListPolicyVersions.ts";
import { ListUsers } from "./ListUsers.ts";
import { ListUserTags } from "./ListUserTags.ts";
import { ListVirtualMFADevices } from "./ListVirtualMFADevices.ts";
import { RemoveUserFromGroup } from "./RemoveUserFromGroup.ts";
import { ResyncMFADevice } from "./ResyncMFADevice.ts";
import { SetDefaultPolicyVersion } from "./SetDefaultPolicyVersion.ts";
import { TagMFADevice } from "./TagMFADevice.ts";
import { TagPolicy } from "./TagPolicy.ts";
import { TagUser } from "./TagUser.ts";
import { UntagMFADevice } from "./UntagMFADevice.ts";
import { UntagPolicy } from "./UntagPolicy.ts";
import { UntagUser } from "./UntagUser.ts";
import { UpdateAccessKey } from "./UpdateAccessKey.ts";
import { UpdateAccountPasswordPolicy } from "./UpdateAccountPasswordPolicy.ts";
import { UpdateGroup } from "./UpdateGroup.ts";
import { UpdateLoginProfile } from "./UpdateLoginProfile.ts";
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
  CreateUser,
  CreateVirtualMFADevice,
  DeactivateMFADevice,
  DeleteAccessKey,
  DeleteAccountAlias,
  DeleteAccountPasswordPolicy,
  DeleteGroup,
  DeleteLoginProfile,
  DeletePolicy,
  DeletePolicyVersion,
  DeleteUser,
  DeleteVirtualMFADevice,
  DetachGroupPolicy,
  DetachRolePolicy,
  DetachUserPolicy,
  EnableMFADevice,
  GetAccessKeyLastUsed,
  GetAccountPasswordPolicy,
  GetAccountSummary,
  GetGroup,
  GetLoginProfile,
  GetMFADevice,
  GetPolicy,
  GetPolicyVersion,
  GetUser,
  ListAccessKeys,
  ListAccountAliases,
  ListAttachedGroupPolicies,
  ListAttachedRolePolicies,
  ListAttachedUserPolicies,
  ListEntitiesForPolicy,
  ListGroups,
  ListGroupsForUser,
  ListMFADeviceTags,
  ListMFADevices,
  ListPolicies,
  ListPolicyTags,
  ListPolicyVersions,
  ListUserTags,
  ListUsers,
  ListVirtualMFADevices,
  RemoveUserFromGroup,
  ResyncMFADevice,
  SetDefaultPolicyVersion,
  TagMFADevice,
  TagPolicy,
  TagUser,
  UntagMFADevice,
  UntagPolicy,
  UntagUser,
  UpdateAccessKey,
  UpdateAccountPasswordPolicy,
  UpdateGroup,
  UpdateLoginProfile,
  UpdateUser,
});
