/**
 * The documents of the ready-made policies: the console makes customer managed policies of them, and the tests have them decided.
 * The two forms of self-management are those of the IAM User Guide ("Allows MFA-authenticated IAM users to manage their own
 * credentials"), the classic one as it was documented. The newer one names a user's ARN with a path too, as AWS's managed policy
 * IAMUserChangePassword does since its version 5. All of them deny also where the key is absent, as it is for long-term access
 * keys: `Bool` alone would not (User Guide, "AWS global condition context keys").
 */
interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
const SELF = "arn:aws:iam::*:user/${aws:username}";
// biome-ignore lint/suspicious/noTemplateCurlyInString: as above
const SELF_WITH_PATH = "arn:aws:iam::*:user/*/${aws:username}";
// biome-ignore lint/suspicious/noTemplateCurlyInString: as above
const OWN_DEVICE = "arn:aws:iam::*:mfa/${aws:username}";

const WITHOUT_MFA = { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } };
/** An hour in seconds; also where the key is absent. */
const WITHOUT_FRESH_MFA = { NumericGreaterThanIfExists: { "aws:MultiFactorAuthAge": "3600" } };

/**
 * What changes who may do what. `CreateVirtualMFADevice`, `EnableMFADevice`, `ResyncMFADevice` and `ChangePassword` are left
 * out: without them nobody could sign in for the first time and set MFA up. A device once made is not deleted without MFA.
 */
const SENSITIVE = [
  "iam:Add*",
  "iam:Attach*",
  "iam:CreateAccessKey",
  "iam:CreateAccountAlias",
  "iam:CreateGroup",
  "iam:CreateInstanceProfile",
  "iam:CreateLoginProfile",
  "iam:CreateOpenIDConnectProvider",
  "iam:CreatePolicy",
  "iam:CreatePolicyVersion",
  "iam:CreateRole",
  "iam:CreateSAMLProvider",
  "iam:CreateServiceLinkedRole",
  "iam:CreateServiceSpecificCredential",
  "iam:CreateUser",
  "iam:DeactivateMFADevice",
  "iam:Delete*",
  "iam:Detach*",
  "iam:PassRole",
  "iam:Put*",
  "iam:Remove*",
  "iam:ResetServiceSpecificCredential",
  "iam:Set*",
  "iam:Tag*",
  "iam:Untag*",
  "iam:Update*",
  "iam:Upload*",
  "sts:AssumeRole",
  "sts:GetFederationToken",
  "countersign:Create*",
  "countersign:Delete*",
  "countersign:Put*",
  "countersign:Revoke*",
  "countersign:Unlock*",
];

const documentOf = (...statements: readonly Statement[]) =>
  Object.freeze({ Version: "2012-10-17", Statement: statements });

export const READY_MADE_DOCUMENTS = Object.freeze({
  CountersignSelfManageMFA: documentOf(
    {
      Sid: "AllowViewAccountInfo",
      Effect: "Allow",
      Action: ["iam:GetAccountPasswordPolicy", "iam:GetAccountSummary", "iam:ListVirtualMFADevices"],
      Resource: "*",
    },
    {
      Sid: "AllowManageOwnPasswords",
      Effect: "Allow",
      Action: ["iam:ChangePassword", "iam:GetUser"],
      Resource: [SELF, SELF_WITH_PATH],
    },
    {
      Sid: "AllowManageOwnAccessKeys",
      Effect: "Allow",
      Action: [
        "iam:CreateAccessKey",
        "iam:DeleteAccessKey",
        "iam:GetAccessKeyLastUsed",
        "iam:ListAccessKeys",
        "iam:UpdateAccessKey",
      ],
      Resource: [SELF, SELF_WITH_PATH],
    },
    {
      Sid: "AllowManageOwnVirtualMFADevice",
      Effect: "Allow",
      Action: ["iam:CreateVirtualMFADevice"],
      Resource: "arn:aws:iam::*:mfa/*",
    },
    {
      Sid: "AllowManageOwnUserMFA",
      Effect: "Allow",
      Action: [
        "iam:DeactivateMFADevice",
        "iam:EnableMFADevice",
        "iam:GetMFADevice",
        "iam:ListMFADevices",
        "iam:ResyncMFADevice",
      ],
      Resource: [SELF, SELF_WITH_PATH],
    },
    {
      Sid: "BlockAnyAccessUnlessSignedInWithMFA",
      Effect: "Deny",
      NotAction: [
        "iam:CreateVirtualMFADevice",
        "iam:EnableMFADevice",
        "iam:GetMFADevice",
        "iam:GetUser",
        "iam:ListMFADevices",
        "iam:ListVirtualMFADevices",
        "iam:ResyncMFADevice",
        "sts:GetSessionToken",
      ],
      Resource: "*",
      Condition: WITHOUT_MFA,
    },
  ),
  CountersignSelfManageMFAClassic: documentOf(
    {
      Sid: "AllowViewAccountInfo",
      Effect: "Allow",
      Action: ["iam:GetAccountPasswordPolicy", "iam:ListVirtualMFADevices"],
      Resource: "*",
    },
    {
      Sid: "AllowManageOwnPasswords",
      Effect: "Allow",
      Action: ["iam:ChangePassword", "iam:GetUser"],
      Resource: SELF,
    },
    {
      Sid: "AllowManageOwnAccessKeys",
      Effect: "Allow",
      Action: ["iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:ListAccessKeys", "iam:UpdateAccessKey"],
      Resource: SELF,
    },
    {
      Sid: "AllowManageOwnVirtualMFADevice",
      Effect: "Allow",
      Action: ["iam:CreateVirtualMFADevice", "iam:DeleteVirtualMFADevice"],
      Resource: OWN_DEVICE,
    },
    {
      Sid: "AllowManageOwnUserMFA",
      Effect: "Allow",
      Action: ["iam:DeactivateMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices", "iam:ResyncMFADevice"],
      Resource: SELF,
    },
    {
      Sid: "DenyAllExceptListedIfNoMFA",
      Effect: "Deny",
      NotAction: [
        "iam:CreateVirtualMFADevice",
        "iam:EnableMFADevice",
        "iam:GetUser",
        "iam:ListMFADevices",
        "iam:ListVirtualMFADevices",
        "iam:ResyncMFADevice",
        "sts:GetSessionToken",
      ],
      Resource: "*",
      Condition: WITHOUT_MFA,
    },
  ),
  CountersignRequireMFA: documentOf({
    Sid: "DenySensitiveWithoutMFA",
    Effect: "Deny",
    Action: SENSITIVE,
    Resource: "*",
    Condition: WITHOUT_MFA,
  }),
  CountersignRequireRecentMFA: documentOf({
    Sid: "DenySensitiveWithoutRecentMFA",
    Effect: "Deny",
    Action: SENSITIVE,
    Resource: "*",
    Condition: WITHOUT_FRESH_MFA,
  }),
  CountersignRequireMFAToRead: documentOf({
    Sid: "DenyReadingOthersWithoutMFA",
    Effect: "Deny",
    Action: [
      "iam:Generate*",
      "iam:Get*",
      "iam:List*",
      "iam:Simulate*",
      "countersign:ExplainAccess",
      "countersign:ListUserActivity",
      "countersign:ListUserSummaries",
    ],
    // what one has to read to set MFA up is about oneself
    NotResource: [SELF, SELF_WITH_PATH],
    Condition: WITHOUT_MFA,
  }),
});

export type ReadyMadeName = keyof typeof READY_MADE_DOCUMENTS;
// the table's own keys
export const READY_MADE_NAMES = Object.keys(READY_MADE_DOCUMENTS) as ReadyMadeName[];
