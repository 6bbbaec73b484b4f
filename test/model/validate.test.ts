import assert from "node:assert/strict";
import { test } from "node:test";
import type { QueryServiceName } from "#model/services.ts";
import { validateInput } from "#model/validate.ts";
import { modelOf } from "../wire/query/sdk.ts";

interface Case {
  readonly operation: string;
  readonly service?: QueryServiceName;
  readonly root?: boolean;
  readonly input: object;
  /** AWS's sentence; undefined where nothing is wrong. */
  readonly want: string | undefined;
  /** Where it is another than ValidationError. */
  readonly code?: "InvalidInput";
}

const one = (path: string, rule: string) =>
  `1 validation error detected: Value at '${path}' failed to satisfy constraint: ${rule}`;
const lacking = (from: number, to: number) => {
  const told = Array.from({ length: to - from + 1 }, (_, at) =>
    ["value", "key"].map(
      (member) =>
        `Value at 'tags.${from + at}.member.${member}' failed to satisfy constraint: Member must not be null`,
    ),
  ).flat();
  return `${told.length} validation errors detected: ${told.join("; ")}`;
};
const badName = (member: string) =>
  `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`;
const BAD_PATH =
  "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.";
const BAD_PREFIX =
  "The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.";
const TAG_KEYS =
  "Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, " +
  "Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]";

const user = (UserName: string, more: object = {}) => ({
  operation: "CreateUser",
  input: { UserName, ...more },
});
const path = (Path: string, want: string | undefined): Case => ({ ...user("a", { Path }), want });
const prefix = (PathPrefix: string, want: string | undefined): Case => ({
  operation: "ListUsers",
  input: { PathPrefix },
  want,
});
const tag = (Tags: readonly unknown[]) => user("a", { Tags });
const alias = (AccountAlias: string, operation = "CreateAccountAlias") => ({
  operation,
  input: { AccountAlias },
});
const ALIAS = one(
  "accountAlias",
  "Member must satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$",
);
const attach = (PolicyArn: string, want?: string, code?: "InvalidInput"): Case => ({
  operation: "AttachRolePolicy",
  input: { RoleName: "r", PolicyArn },
  want,
  ...(code === undefined ? {} : { code }),
});
const invalidArn = (arn: string) => `ARN ${arn} is not valid.`;
const entity = (PolicySourceArn: string): Omit<Case, "want"> => ({
  operation: "GetContextKeysForPrincipalPolicy",
  input: { PolicySourceArn },
});
const NAMED = "arn:aws:iam::123456789012:policy/p";
const session = (input: object): Omit<Case, "want"> => ({
  operation: "GetSessionToken",
  service: "sts",
  input,
});
const pair = { SerialNumber: "GAHT12345678", AuthenticationCode1: "123456", AuthenticationCode2: "654321" };

const CASES: readonly Case[] = [
  // names
  { ...user("a"), want: undefined },
  { ...user("A1+=,.@_-"), want: undefined },
  { ...user("x".repeat(64)), want: undefined },
  { ...user("x".repeat(65)), want: one("userName", "Member must have length less than or equal to 64") },
  { ...user(""), want: one("userName", "Member must have length greater than or equal to 1") },
  ...["a b", "a\n", "\na", "a/b", "é", "a\u007f", "a:b", "\u0430", "a\u0000"].map((name) => ({
    ...user(name),
    want: badName("userName"),
  })),
  { operation: "CreateUser", input: {}, want: one("userName", "Member must not be null") },
  { operation: "CreateUser", input: { UserName: null }, want: one("userName", "Member must not be null") },
  { operation: "UpdateUser", input: { UserName: "a", NewUserName: "b c" }, want: badName("newUserName") },
  {
    operation: "CreateVirtualMFADevice",
    input: { VirtualMFADeviceName: "a b" },
    want: badName("virtualMFADeviceName"),
  },
  { operation: "GetUser", input: {}, want: undefined },
  { operation: "GetUser", input: { UserName: "x".repeat(128) }, want: undefined },
  {
    operation: "GetUser",
    input: { UserName: "x".repeat(129) },
    want: one("userName", "Member must have length less than or equal to 128"),
  },
  // the first bad name is told, and only where all else holds
  { ...user("a b", { Path: "c" }), want: BAD_PATH },
  {
    ...user("a b", { PermissionsBoundary: "x" }),
    want: one("permissionsBoundary", "Member must have length greater than or equal to 20"),
  },
  // paths
  ...["/", "/team/", "/a//b/", "///", "/a/b/c/", "/!~/", `/${"a".repeat(510)}/`].map((good) =>
    path(good, undefined),
  ),
  ...["//", "/team", "team/", "/a b/", "/a\u007f/", "/é/", "a", " /", "/\n", "/a/\n"].map((bad) =>
    path(bad, BAD_PATH),
  ),
  path(`/${"a".repeat(512)}/`, one("path", "Member must have length less than or equal to 512")),
  path("", one("path", "Member must have length greater than or equal to 1")),
  ...["/", "/a", "/a/"].map((good) => prefix(good, undefined)),
  ...["a", "/a b", "/invalid\n"].map((bad) => prefix(bad, BAD_PREFIX)),
  // lengths are counted in code points: 128 letters beyond the basic plane are a good tag key
  { ...tag([{ Key: "\u{10400}".repeat(128), Value: "" }]), want: undefined },
  {
    ...tag([{ Key: "\u{10400}".repeat(129), Value: "" }]),
    want: one("tags.1.member.key", "Member must have length less than or equal to 128"),
  },
  // tags
  { ...tag([]), want: undefined },
  { ...tag([{ Key: "k", Value: "" }]), want: undefined },
  { ...tag([{ Key: "k" }]), want: one("tags.1.member.value", "Member must not be null") },
  // recorded from AWS: a left-out position lacks both, the value is told first, and no more than ten failures are
  { ...tag([null, { Key: "k", Value: "v" }]), want: lacking(1, 1) },
  { ...tag([null, null, { Key: "k", Value: "v" }]), want: lacking(1, 2) },
  { ...tag([{ Key: "k", Value: "v" }, null, { Key: "l", Value: "v" }]), want: lacking(2, 2) },
  { ...tag(Array.from({ length: 11 }, () => null)), want: lacking(1, 5) },
  {
    ...tag([
      { Key: "k", Value: "v" },
      { Key: "bad*key", Value: "v" },
    ]),
    want: one(
      "tags.2.member.key",
      "Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
    ),
  },
  {
    ...tag([{ Key: "", Value: "v" }]),
    want:
      "2 validation errors detected: Value at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
      "Value at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
  },
  {
    ...tag(Array.from({ length: 51 }, () => ({ Key: "k", Value: "v" }))),
    want: one("tags", "Member must have length less than or equal to 50"),
  },
  { operation: "UntagUser", input: { UserName: "a" }, want: one("tagKeys", "Member must not be null") },
  {
    operation: "UntagUser",
    input: { UserName: "a", TagKeys: ["good", "bad#", null] },
    want: one("tagKeys", TAG_KEYS),
  },
  { operation: "UntagUser", input: { UserName: "a", TagKeys: [] }, want: undefined },
  // integers and enumerations
  { operation: "ListUsers", input: { MaxItems: 1 }, want: undefined },
  {
    operation: "ListUsers",
    input: { MaxItems: 0 },
    want: one("maxItems", "Member must have value greater than or equal to 1"),
  },
  {
    operation: "ListUsers",
    input: { MaxItems: 1001 },
    want: one("maxItems", "Member must have value less than or equal to 1000"),
  },
  {
    operation: "ListUsers",
    input: { Marker: "" },
    want:
      "2 validation errors detected: Value at 'marker' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
      "Value at 'marker' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\u0020-\\u00FF]+",
  },
  {
    operation: "ListVirtualMFADevices",
    input: { AssignmentStatus: "any" },
    want: one("assignmentStatus", "Member must satisfy enum value set: [Assigned, Unassigned, Any]"),
  },
  {
    operation: "GetAccountAuthorizationDetails",
    input: { Filter: ["User", "Nobody"] },
    want: one(
      "filter",
      "Member must satisfy constraint: [Member must satisfy enum value set: [LocalManagedPolicy, User, AWSManagedPolicy, Role, Group]]",
    ),
  },
  // recorded from AWS: this order
  {
    operation: "UpdateAccountPasswordPolicy",
    input: { MaxPasswordAge: 1096, MinimumPasswordLength: 129, PasswordReusePrevention: 25 },
    want:
      "3 validation errors detected: Value at 'minimumPasswordLength' failed to satisfy constraint: Member must have value less than or equal to 128; " +
      "Value at 'passwordReusePrevention' failed to satisfy constraint: Member must have value less than or equal to 24; " +
      "Value at 'maxPasswordAge' failed to satisfy constraint: Member must have value less than or equal to 1095",
  },
  { operation: "UpdateAccountPasswordPolicy", input: {}, want: undefined },
  {
    operation: "UpdateAccountPasswordPolicy",
    input: { MaxPasswordAge: 0 },
    want: one("maxPasswordAge", "Member must have value greater than or equal to 1"),
  },
  // passwords
  { operation: "ChangePassword", input: { OldPassword: "\t\n\rÿ ", NewPassword: "p" }, want: undefined },
  {
    operation: "ChangePassword",
    input: { OldPassword: "p", NewPassword: "\u0100" },
    want: one(
      "newPassword",
      "Member must satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
    ),
  },
  // codes and serial numbers
  { operation: "EnableMFADevice", input: { UserName: "a", ...pair }, want: undefined },
  {
    operation: "EnableMFADevice",
    input: { ...pair, UserName: "a", AuthenticationCode1: "12345x", AuthenticationCode2: "12345" },
    want:
      "2 validation errors detected: Value at 'authenticationCode1' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\d]+; " +
      "Value at 'authenticationCode2' failed to satisfy constraint: Member must have length greater than or equal to 6",
  },
  {
    operation: "EnableMFADevice",
    input: { ...pair, UserName: "a", AuthenticationCode1: "١٢٣٤٥٦" },
    want: one("authenticationCode1", "Member must satisfy regular expression pattern: [\\d]+"),
  },
  {
    operation: "DeleteVirtualMFADevice",
    input: { SerialNumber: "12345678" },
    want: one("serialNumber", "Member must have length greater than or equal to 9"),
  },
  {
    operation: "DeleteVirtualMFADevice",
    input: { SerialNumber: "arn aws iam" },
    want: one("serialNumber", "Member must satisfy regular expression pattern: [\\w+=/:,.@-]+"),
  },
  // a root caller means himself (DESIGN 4), in these two alone
  { operation: "EnableMFADevice", input: pair, want: one("userName", "Member must not be null") },
  { operation: "EnableMFADevice", root: true, input: pair, want: undefined },
  { operation: "ResyncMFADevice", input: pair, want: one("userName", "Member must not be null") },
  { operation: "ResyncMFADevice", root: true, input: pair, want: undefined },
  {
    operation: "EnableMFADevice",
    root: true,
    input: { ...pair, UserName: "a b" },
    want: badName("userName"),
  },
  {
    operation: "EnableMFADevice",
    root: true,
    input: { ...pair, SerialNumber: undefined },
    want: one("serialNumber", "Member must not be null"),
  },
  {
    operation: "UpdateLoginProfile",
    root: true,
    input: {},
    want: one("userName", "Member must not be null"),
  },
  { operation: "DeactivateMFADevice", input: { SerialNumber: "GAHT12345678" }, want: undefined },
  // ARNs of managed policies: recorded
  attach("longpolicynamebutnoarn", invalidArn("longpolicynamebutnoarn")),
  attach("arn:aws-cn:iam::aws:policy/AmazonS3FullAccess", "Invalid ARN partition"),
  {
    operation: "PutRolePermissionsBoundary",
    input: { RoleName: "r", PermissionsBoundary: "arn:aws:iam::111111111111:not_a_policy/invalid" },
    want: invalidArn("arn:aws:iam::111111111111:not_a_policy/invalid"),
    code: "InvalidInput",
  },
  attach("short", one("policyArn", "Member must have length greater than or equal to 20")),
  // and inferred
  ...[NAMED, `${NAMED}/q`, "arn:aws:iam::aws:policy/service-role/X", `${NAMED}/${"a/".repeat(900)}b`].map(
    (good) => attach(good),
  ),
  ...[
    "arn:aws:iam:aws:policy/AdministratorAccess",
    "arn:aws:iam:us-east-1:123456789012:policy/p",
    "arn:aws:s3::123456789012:policy/p",
    `${NAMED} `,
    `${NAMED}\n`,
    ` ${NAMED}`,
    NAMED.toUpperCase(),
  ].map((bad) => attach(bad, invalidArn(bad))),
  ...[
    "arn:aws:iam::aws:policy/arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess",
    "arn:aws:iam::123456789012:role/p",
    "arn:aws:iam::123456789012:policy/",
    "arn:aws:iam::123456789012:policy//p",
    "arn:aws:iam::123456789012:policyp",
    "arn:aws:iam::12345678901:policy/p",
    "arn:aws:iam::AWS:policy/p",
    "arn:aws:iam::123456789012:policy/*",
  ].map((bad) => attach(bad, invalidArn(bad), "InvalidInput")),
  // a name is told before an ARN that is named after it, and a rule of the model before both
  {
    operation: "AttachUserPolicy",
    input: { UserName: "a b", PolicyArn: "longpolicynamebutnoarn" },
    want: badName("userName"),
  },
  {
    operation: "SetDefaultPolicyVersion",
    input: { PolicyArn: "longpolicynamebutnoarn", VersionId: "v0" },
    want: one("versionId", "Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?"),
  },
  ...["CreateUser", "CreateRole"].map(
    (operation): Case => ({
      operation,
      input: {
        UserName: "u",
        RoleName: "r",
        AssumeRolePolicyDocument: "{}",
        PermissionsBoundary: "arn:aws:iam::123456789012:user/u",
      },
      want: invalidArn("arn:aws:iam::123456789012:user/u"),
      code: "InvalidInput",
    }),
  ),
  // policies
  {
    operation: "CreatePolicy",
    input: { PolicyName: "a b", PolicyDocument: "{}" },
    want: badName("policyName"),
  },
  ...["/", "/a/", "/a/b/", "/A.,+@=_-/"].map(
    (Path): Case => ({
      operation: "CreatePolicy",
      input: { PolicyName: "p", PolicyDocument: "{}", Path },
      want: undefined,
    }),
  ),
  ...["a", "/a", "//", "/a//b/", "/a:b/", "/\n"].map(
    (Path): Case => ({
      operation: "CreatePolicy",
      input: { PolicyName: "p", PolicyDocument: "{}", Path },
      want: BAD_PATH,
    }),
  ),
  {
    operation: "CreatePolicy",
    input: { PolicyName: "p", PolicyDocument: "\u0100", Description: "x".repeat(1001) },
    want:
      "2 validation errors detected: Value at 'policyDocument' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+; " +
      "Value at 'description' failed to satisfy constraint: Member must have length less than or equal to 1000",
  },
  {
    operation: "PutGroupPolicy",
    input: { GroupName: "g", PolicyName: "a/b", PolicyDocument: "{}" },
    want: badName("policyName"),
  },
  {
    operation: "PutUserPolicy",
    input: { UserName: "u", PolicyName: "p", PolicyDocument: "x".repeat(131073) },
    want: one("policyDocument", "Member must have length less than or equal to 131072"),
  },
  {
    operation: "UntagPolicy",
    input: { PolicyArn: NAMED, TagKeys: ["bad#"] },
    want: one("tagKeys", TAG_KEYS),
  },
  {
    operation: "TagPolicy",
    input: { PolicyArn: NAMED, Tags: [{ Key: "k".repeat(129), Value: "" }] },
    want: one("tags.1.member.key", "Member must have length less than or equal to 128"),
  },
  { operation: "ListPolicyTags", input: {}, want: one("policyArn", "Member must not be null") },
  {
    operation: "ListEntitiesForPolicy",
    input: { PolicyArn: NAMED, EntityFilter: "user", PolicyUsageFilter: "Both" },
    want:
      "2 validation errors detected: Value at 'entityFilter' failed to satisfy constraint: Member must satisfy enum value set: [LocalManagedPolicy, User, AWSManagedPolicy, Role, Group]; " +
      "Value at 'policyUsageFilter' failed to satisfy constraint: Member must satisfy enum value set: [PermissionsPolicy, PermissionsBoundary]",
  },
  // groups and roles
  { operation: "CreateGroup", input: { GroupName: "x".repeat(128) }, want: undefined },
  { operation: "AddUserToGroup", input: { GroupName: "g g", UserName: "u u" }, want: badName("groupName") },
  {
    operation: "GetRole",
    input: { RoleName: "arn:aws:iam::784247513179:role/r" },
    want: badName("roleName"),
  },
  {
    operation: "GetRole",
    input: { RoleName: "x".repeat(65) },
    want: one("roleName", "Member must have length less than or equal to 64"),
  },
  ...[3599, 43201].map(
    (MaxSessionDuration): Case => ({
      operation: "UpdateRole",
      input: { RoleName: "r", MaxSessionDuration },
      want: one(
        "maxSessionDuration",
        MaxSessionDuration < 3600
          ? "Member must have value greater than or equal to 3600"
          : "Member must have value less than or equal to 43200",
      ),
    }),
  ),
  // recorded: Latin-1 letters, and nothing
  ...["é".repeat(1000), "", "a\n\tb"].map(
    (Description): Case => ({
      operation: "UpdateRole",
      input: { RoleName: "r", Description },
      want: undefined,
    }),
  ),
  ...["\u0100", "\u00a0"].map(
    (Description): Case => ({
      operation: "UpdateRole",
      input: { RoleName: "r", Description },
      want: one(
        "description",
        "Member must satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*",
      ),
    }),
  ),
  // simulation
  ...["user/u", "user/path/u", "group/g", "role/service-role/r"].map(
    (named): Case => ({ ...entity(`arn:aws:iam::123456789012:${named}`), want: undefined }),
  ),
  ...[
    "arn:aws:sts::123456789012:assumed-role/r/s",
    "arn:aws:iam::123456789012:root",
    "arn:aws:iam::123456789012:policy/p",
    "arn:aws:iam::123456789012:user/",
    "arn:aws:iam::aws:user/somebody",
    "a name that is no arn",
  ].map(
    (arn): Case => ({
      ...entity(arn),
      want: `Invalid ARN provided in the request: ${arn}`,
      code: "InvalidInput",
    }),
  ),
  {
    operation: "SimulateCustomPolicy",
    input: {
      PolicyInputList: ["{}"],
      ActionNames: ["iam:GetUser"],
      ContextEntries: [{ ContextKeyName: "k", ContextKeyValues: [], ContextKeyType: "bool" }],
    },
    want:
      "2 validation errors detected: Value at 'contextEntries.1.member.contextKeyName' failed to satisfy constraint: Member must have length greater than or equal to 5; " +
      "Value at 'contextEntries.1.member.contextKeyType' failed to satisfy constraint: Member must satisfy enum value set: " +
      "[string, stringList, numeric, numericList, boolean, booleanList, ip, ipList, binary, binaryList, date, dateList]",
  },
  {
    operation: "SimulatePrincipalPolicy",
    input: {
      PolicySourceArn: "arn:aws:iam::123456789012:user/u",
      ActionNames: ["iam:GetUser", "iam"],
      PolicyExclusionList: [{ PolicyType: "aws-managed" }, { InlinePolicyIdentifier: { PolicyName: "p" } }],
    },
    want:
      "2 validation errors detected: Value at 'policyExclusionList.2.member.inlinePolicyIdentifier.attachmentType' failed to satisfy constraint: Member must not be null; " +
      "Value at 'policyExclusionList.2.member.inlinePolicyIdentifier.attachmentName' failed to satisfy constraint: Member must not be null",
  },
  {
    operation: "SimulateCustomPolicy",
    input: {},
    want:
      "2 validation errors detected: Value at 'policyInputList' failed to satisfy constraint: Member must not be null; " +
      "Value at 'actionNames' failed to satisfy constraint: Member must not be null",
  },
  // aliases
  ...["abc", "a-b", "123", "a".repeat(63), "1234567890123"].map((good) => ({
    ...alias(good),
    want: undefined,
  })),
  ...["a--b", "-ab", "ab-", "aBc", "a_b", "123456789012", "ab\nc"].map((bad) => ({
    ...alias(bad),
    want: ALIAS,
  })),
  { ...alias("123456789012", "DeleteAccountAlias"), want: undefined },
  // STS tells the value
  { ...session({}), want: undefined },
  {
    ...session({ TokenCode: "12" }),
    want: "1 validation error detected: Value '12' at 'tokenCode' failed to satisfy constraint: Member must have length greater than or equal to 6",
  },
  {
    ...session({ DurationSeconds: 899 }),
    want: "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  },
  {
    ...session({ DurationSeconds: 129601, SerialNumber: "a b" }),
    want:
      "3 validation errors detected: Value '129601' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 129600; " +
      "Value 'a b' at 'serialNumber' failed to satisfy constraint: Member must have length greater than or equal to 9; " +
      "Value 'a b' at 'serialNumber' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=/:,.@-]*",
  },
  {
    operation: "GetAccessKeyInfo",
    service: "sts",
    input: {},
    want: "1 validation error detected: Value null at 'accessKeyId' failed to satisfy constraint: Member must not be null",
  },
  {
    operation: "AssumeRole",
    service: "sts",
    input: {
      RoleArn: "arn:aws:iam::123456789012:role/r",
      RoleSessionName: "a b",
      TransitiveTagKeys: ["#", "b"],
    },
    want:
      "2 validation errors detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*; " +
      `Value '[#, b]' at 'transitiveTagKeys' failed to satisfy constraint: ${TAG_KEYS}`,
  },
  {
    operation: "AssumeRole",
    service: "sts",
    input: { RoleArn: "arn:aws:iam::123456789012:role/\u{1f511}", RoleSessionName: "ab" },
    want: undefined,
  },
  {
    operation: "AssumeRole",
    service: "sts",
    input: {
      RoleArn: "arn:aws:iam::123456789012:role/r",
      RoleSessionName: "ab",
      ExternalId: "x",
      DurationSeconds: 43201,
      PolicyArns: [{ arn: "short" }],
    },
    want:
      "3 validation errors detected: Value 'short' at 'policyArns.1.member.arn' failed to satisfy constraint: Member must have length greater than or equal to 20; " +
      "Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200; " +
      "Value 'x' at 'externalId' failed to satisfy constraint: Member must have length greater than or equal to 2",
  },
  {
    operation: "GetFederationToken",
    service: "sts",
    input: { Name: "x".repeat(33) },
    want: `1 validation error detected: Value '${"x".repeat(33)}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 32`,
  },
  {
    operation: "DecodeAuthorizationMessage",
    service: "sts",
    input: { EncodedMessage: "" },
    want: "1 validation error detected: Value '' at 'encodedMessage' failed to satisfy constraint: Member must have length greater than or equal to 1",
  },
  // no row: the operation is not implemented and says so itself
  { operation: "CreateSAMLProvider", input: {}, want: undefined },
];

for (const { operation, service = "iam", root = false, input, want, code = "ValidationError" } of CASES) {
  test(`validate: ${operation} ${JSON.stringify(input).slice(0, 90)}${root ? " as root" : ""}`, async () => {
    const error = validateInput(service, await modelOf(service, operation), input, { rootCaller: root });
    assert.equal(error?.message, want);
    if (error !== undefined) assert.deepEqual([error.code, error.status], [code, 400]);
  });
}
