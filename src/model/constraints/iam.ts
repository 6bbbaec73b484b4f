import { type Table, table } from "#base/table.ts";
import { entityArn, policyArn, policyArns } from "./arns.ts";
import {
  boolean,
  integer,
  list,
  type Members,
  map,
  oneOf,
  pattern,
  required,
  string,
  structure,
} from "./constraint.ts";
import { LATIN_1, page, tagKeys, tags } from "./shared.ts";

/** Names of users, groups, roles, policies and virtual devices. The sentence is recorded for a user's and a role's. */
const NAME = pattern(String.raw`[\w+=,.@-]+`, {
  sentence: (member) =>
    `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
});
const badPath = (member: string) =>
  `The specified value for ${member} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`;
const badPrefix = (member: string) =>
  `The specified value for ${member} is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.`;

const name64 = string({ min: 1, max: 64, pattern: NAME });
const name128 = string({ min: 1, max: 128, pattern: NAME });
/** `/a//b/` is one, `//` alone is not (contract 11): between the outer slashes stands at least one character. */
const path = string({
  min: 1,
  max: 512,
  pattern: pattern(String.raw`(\u002F)|(\u002F[\u0021-\u007E]+\u002F)`, { sentence: badPath }),
});
const pathPrefix = string({
  min: 1,
  max: 512,
  pattern: pattern(String.raw`\u002F[\u0021-\u007F]*`, { sentence: badPrefix }),
});
const POLICY_PATH = String.raw`((/[A-Za-z0-9\.,\+@=_-]+)*)/`;
const policyPath = string({ min: 1, max: 512, pattern: pattern(POLICY_PATH, { sentence: badPath }) });
const policyPathPrefix = string({ min: 1, max: 512, pattern: pattern(POLICY_PATH, { sentence: badPrefix }) });
const virtualDeviceName = string({ min: 1, pattern: NAME });
const serialNumber = string({ min: 9, max: 256, pattern: pattern(String.raw`[\w+=/:,.@-]+`) });
const authenticationCode = string({ min: 6, max: 6, pattern: pattern(String.raw`[\d]+`) });
const accessKeyId = string({ min: 16, max: 128, pattern: pattern(String.raw`[\w]+`) });
const password = string({ min: 1, max: 128, pattern: LATIN_1 });
const versionId = string({ pattern: pattern(String.raw`v[1-9][0-9]*(\.[A-Za-z0-9-]*)?`) });
const policyDocument = string({ min: 1, max: 131072, pattern: LATIN_1 });
/** Recorded: in a list a policy's characters are fewer than the model says. */
const policyDocuments = list(
  string({
    min: 1,
    max: 131072,
    pattern: pattern(String.raw`[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+`),
  }),
);
const policyUsage = oneOf("PermissionsPolicy", "PermissionsBoundary");
/** Recorded: told in this order. */
const entityFilter = oneOf("LocalManagedPolicy", "User", "AWSManagedPolicy", "Role", "Group");
const roleDescription = string({
  max: 1000,
  pattern: pattern(String.raw`[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*`),
});
const sessionDuration = integer({ min: 3600, max: 43200 });
const { Marker: marker, MaxItems: maxItems } = page;

const ALIAS = "^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$";
const accountAlias = string({ min: 3, max: 63, pattern: pattern(ALIAS) });
/** An alias that reads as an account id is refused (contract 11); one that exists can still be named, to delete it. */
const newAccountAlias = string({
  min: 3,
  max: 63,
  pattern: pattern(ALIAS, { source: String.raw`(?!\d{12}$)${ALIAS}` }),
});

/** Recorded in 2026: there may be anything around a character of a name, but there must be one. */
const excludedName = string({
  min: 1,
  max: 128,
  pattern: pattern(String.raw`.*[\w+=,.@-]+.*`, { source: String.raw`(?=.*[\w+=,.@-]).*` }),
});
/** A union: the operation sees to it that one is given. */
const policyIdentifier = structure({
  PolicyType: oneOf("aws-managed", "inline", "permission-boundary", "rcp", "scp", "user-managed"),
  PolicyArn: policyArns,
  InlinePolicyIdentifier: structure({
    PolicyName: required(excludedName),
    AttachmentType: required(oneOf("group", "role", "user")),
    AttachmentName: required(excludedName),
  }),
});
const actionNames = list(string({ min: 3, max: 128 }));
const resourceName = string({ min: 1, max: 2048 });
const resourceArns = list(resourceName);
const contextEntries = list(
  structure({
    ContextKeyName: string({ min: 5, max: 256 }),
    ContextKeyValues: list(string()),
    ContextKeyType: oneOf(
      ...["string", "stringList", "numeric", "numericList", "boolean", "booleanList"],
      ...["ip", "ipList", "binary", "binaryList", "date", "dateList"],
    ),
  }),
);
const simulated = {
  ActionNames: required(actionNames),
  ResourceArns: resourceArns,
  ResourcePolicy: policyDocument,
  ResourceOwner: resourceName,
  CallerArn: resourceName,
  ContextEntries: contextEntries,
  ResourceHandlingOption: string({ min: 1, max: 64 }),
  MaxItems: maxItems,
  Marker: marker,
};

/** Contract appendix A. An operation that is not here is not implemented, and its input is never used. */
export const IAM_CONSTRAINTS: Table<Members> = table({
  // MFA
  CreateVirtualMFADevice: { Path: path, VirtualMFADeviceName: required(virtualDeviceName), Tags: tags },
  EnableMFADevice: {
    UserName: required(name128),
    SerialNumber: required(serialNumber),
    AuthenticationCode1: required(authenticationCode),
    AuthenticationCode2: required(authenticationCode),
  },
  DeactivateMFADevice: { UserName: name128, SerialNumber: required(serialNumber) },
  DeleteVirtualMFADevice: { SerialNumber: required(serialNumber) },
  ResyncMFADevice: {
    UserName: required(name128),
    SerialNumber: required(serialNumber),
    AuthenticationCode1: required(authenticationCode),
    AuthenticationCode2: required(authenticationCode),
  },
  ListMFADevices: { UserName: name128, ...page },
  ListVirtualMFADevices: { AssignmentStatus: oneOf("Assigned", "Unassigned", "Any"), ...page },
  GetMFADevice: { SerialNumber: required(serialNumber), UserName: name64 },
  TagMFADevice: { SerialNumber: required(serialNumber), Tags: required(tags) },
  UntagMFADevice: { SerialNumber: required(serialNumber), TagKeys: required(tagKeys) },
  ListMFADeviceTags: { SerialNumber: required(serialNumber), ...page },

  // Users
  CreateUser: { Path: path, UserName: required(name64), PermissionsBoundary: policyArn, Tags: tags },
  GetUser: { UserName: name128 },
  ListUsers: { PathPrefix: pathPrefix, ...page },
  UpdateUser: { UserName: required(name128), NewPath: path, NewUserName: name64 },
  DeleteUser: { UserName: required(name128) },
  TagUser: { UserName: required(name128), Tags: required(tags) },
  UntagUser: { UserName: required(name128), TagKeys: required(tagKeys) },
  ListUserTags: { UserName: required(name128), ...page },
  PutUserPermissionsBoundary: { UserName: required(name64), PermissionsBoundary: required(policyArn) },
  DeleteUserPermissionsBoundary: { UserName: required(name64) },

  // Login profile, password, access keys
  CreateLoginProfile: { UserName: name64, Password: password, PasswordResetRequired: boolean },
  GetLoginProfile: { UserName: name64 },
  UpdateLoginProfile: { UserName: required(name64), Password: password, PasswordResetRequired: boolean },
  DeleteLoginProfile: { UserName: name64 },
  ChangePassword: { OldPassword: required(password), NewPassword: required(password) },
  // AWS tells these three in this order (recorded), which is not the model's
  UpdateAccountPasswordPolicy: {
    MinimumPasswordLength: integer({ min: 6, max: 128 }),
    PasswordReusePrevention: integer({ min: 1, max: 24 }),
    MaxPasswordAge: integer({ min: 1, max: 1095 }),
    RequireSymbols: boolean,
    RequireNumbers: boolean,
    RequireUppercaseCharacters: boolean,
    RequireLowercaseCharacters: boolean,
    AllowUsersToChangePassword: boolean,
    HardExpiry: boolean,
  },
  GetAccountPasswordPolicy: {},
  DeleteAccountPasswordPolicy: {},
  CreateAccessKey: { UserName: name128 },
  ListAccessKeys: { UserName: name128, ...page },
  UpdateAccessKey: {
    UserName: name128,
    AccessKeyId: required(accessKeyId),
    Status: required(oneOf("Active", "Inactive", "Expired")),
  },
  DeleteAccessKey: { UserName: name128, AccessKeyId: required(accessKeyId) },
  GetAccessKeyLastUsed: { AccessKeyId: required(accessKeyId) },

  // Groups
  CreateGroup: { Path: path, GroupName: required(name128) },
  GetGroup: { GroupName: required(name128), ...page },
  ListGroups: { PathPrefix: pathPrefix, ...page },
  UpdateGroup: { GroupName: required(name128), NewPath: path, NewGroupName: name128 },
  DeleteGroup: { GroupName: required(name128) },
  AddUserToGroup: { GroupName: required(name128), UserName: required(name128) },
  RemoveUserFromGroup: { GroupName: required(name128), UserName: required(name128) },
  ListGroupsForUser: { UserName: required(name128), ...page },

  // Roles
  CreateRole: {
    Path: path,
    RoleName: required(name64),
    AssumeRolePolicyDocument: required(policyDocument),
    Description: roleDescription,
    MaxSessionDuration: sessionDuration,
    PermissionsBoundary: policyArn,
    Tags: tags,
  },
  GetRole: { RoleName: required(name64) },
  ListRoles: { PathPrefix: pathPrefix, ...page },
  UpdateRole: {
    RoleName: required(name64),
    Description: roleDescription,
    MaxSessionDuration: sessionDuration,
  },
  UpdateRoleDescription: { RoleName: required(name64), Description: required(roleDescription) },
  UpdateAssumeRolePolicy: { RoleName: required(name64), PolicyDocument: required(policyDocument) },
  DeleteRole: { RoleName: required(name64) },
  TagRole: { RoleName: required(name64), Tags: required(tags) },
  UntagRole: { RoleName: required(name64), TagKeys: required(tagKeys) },
  ListRoleTags: { RoleName: required(name64), ...page },
  ListInstanceProfilesForRole: { RoleName: required(name64), ...page },
  PutRolePermissionsBoundary: { RoleName: required(name64), PermissionsBoundary: required(policyArn) },
  DeleteRolePermissionsBoundary: { RoleName: required(name64) },

  // Policies
  CreatePolicy: {
    PolicyName: required(name128),
    Path: policyPath,
    PolicyDocument: required(policyDocument),
    Description: string({ max: 1000 }),
    Tags: tags,
  },
  GetPolicy: { PolicyArn: required(policyArn) },
  ListPolicies: {
    Scope: oneOf("All", "AWS", "Local"),
    OnlyAttached: boolean,
    PathPrefix: policyPathPrefix,
    PolicyUsageFilter: policyUsage,
    ...page,
  },
  DeletePolicy: { PolicyArn: required(policyArn) },
  CreatePolicyVersion: {
    PolicyArn: required(policyArn),
    PolicyDocument: required(policyDocument),
    SetAsDefault: boolean,
  },
  GetPolicyVersion: { PolicyArn: required(policyArn), VersionId: required(versionId) },
  ListPolicyVersions: { PolicyArn: required(policyArn), ...page },
  DeletePolicyVersion: { PolicyArn: required(policyArn), VersionId: required(versionId) },
  SetDefaultPolicyVersion: { PolicyArn: required(policyArn), VersionId: required(versionId) },
  TagPolicy: { PolicyArn: required(policyArn), Tags: required(tags) },
  UntagPolicy: { PolicyArn: required(policyArn), TagKeys: required(tagKeys) },
  ListPolicyTags: { PolicyArn: required(policyArn), ...page },
  AttachUserPolicy: { UserName: required(name64), PolicyArn: required(policyArn) },
  DetachUserPolicy: { UserName: required(name64), PolicyArn: required(policyArn) },
  AttachGroupPolicy: { GroupName: required(name128), PolicyArn: required(policyArn) },
  DetachGroupPolicy: { GroupName: required(name128), PolicyArn: required(policyArn) },
  AttachRolePolicy: { RoleName: required(name64), PolicyArn: required(policyArn) },
  DetachRolePolicy: { RoleName: required(name64), PolicyArn: required(policyArn) },
  ListAttachedUserPolicies: { UserName: required(name64), PathPrefix: policyPathPrefix, ...page },
  ListAttachedGroupPolicies: { GroupName: required(name128), PathPrefix: policyPathPrefix, ...page },
  ListAttachedRolePolicies: { RoleName: required(name64), PathPrefix: policyPathPrefix, ...page },
  PutUserPolicy: {
    UserName: required(name128),
    PolicyName: required(name128),
    PolicyDocument: required(policyDocument),
  },
  GetUserPolicy: { UserName: required(name128), PolicyName: required(name128) },
  ListUserPolicies: { UserName: required(name128), ...page },
  DeleteUserPolicy: { UserName: required(name128), PolicyName: required(name128) },
  PutGroupPolicy: {
    GroupName: required(name128),
    PolicyName: required(name128),
    PolicyDocument: required(policyDocument),
  },
  GetGroupPolicy: { GroupName: required(name128), PolicyName: required(name128) },
  ListGroupPolicies: { GroupName: required(name128), ...page },
  DeleteGroupPolicy: { GroupName: required(name128), PolicyName: required(name128) },
  PutRolePolicy: {
    RoleName: required(name64),
    PolicyName: required(name128),
    PolicyDocument: required(policyDocument),
  },
  GetRolePolicy: { RoleName: required(name64), PolicyName: required(name128) },
  ListRolePolicies: { RoleName: required(name64), ...page },
  DeleteRolePolicy: { RoleName: required(name64), PolicyName: required(name128) },
  ListEntitiesForPolicy: {
    PolicyArn: required(policyArn),
    EntityFilter: entityFilter,
    PathPrefix: path,
    PolicyUsageFilter: policyUsage,
    ...page,
  },

  // Account and reports
  GetAccountSummary: {},
  GenerateCredentialReport: {},
  GetCredentialReport: {},
  GetAccountAuthorizationDetails: { Filter: list(entityFilter), MaxItems: maxItems, Marker: marker },
  SimulatePrincipalPolicy: {
    PolicySourceArn: required(entityArn),
    PolicyInputList: policyDocuments,
    PermissionsBoundaryPolicyInputList: policyDocuments,
    PolicyExclusionList: list(policyIdentifier, { max: 256 }),
    ...simulated,
  },
  SimulateCustomPolicy: {
    PolicyInputList: required(policyDocuments),
    PermissionsBoundaryPolicyInputList: policyDocuments,
    OrderedOrganizationPolicyInputList: list(structure({ ServiceControlPolicyInputList: policyDocuments }), {
      max: 7,
    }),
    ...simulated,
  },
  GetContextKeysForCustomPolicy: { PolicyInputList: required(policyDocuments) },
  GetContextKeysForPrincipalPolicy: {
    PolicySourceArn: required(entityArn),
    PolicyInputList: policyDocuments,
  },
  CreateAccountAlias: { AccountAlias: required(newAccountAlias) },
  DeleteAccountAlias: { AccountAlias: required(accountAlias) },
  ListAccountAliases: { ...page },
  SetSecurityTokenServicePreferences: { GlobalEndpointTokenVersion: required(oneOf("v1Token", "v2Token")) },
  GetAccountProperties: {},
  PutAccountProperties: { Properties: required(map) },

  // organizations root features
  EnableOrganizationsRootCredentialsManagement: {},
  DisableOrganizationsRootCredentialsManagement: {},
  EnableOrganizationsRootSessions: {},
  DisableOrganizationsRootSessions: {},
  ListOrganizationsFeatures: {},
} satisfies Record<string, Members>);

/** Members that the model requires but a root caller may leave out: he is meant (DESIGN 4). */
export const IAM_OPTIONAL_FOR_ROOT: Table<readonly string[]> = table({
  EnableMFADevice: ["UserName"],
  ResyncMFADevice: ["UserName"],
});
