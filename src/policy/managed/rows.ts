/**
 * AWS-managed policies as AWS published them in 2026 (AWS Managed Policy Reference; recorded answers of GetPolicy, ListPolicies
 * and GetPolicyVersion for ids and seconds). Here is what administers accounts, users, credentials and MFA, and what is commonly
 * a boundary. Left out: policies of other services; ReadOnlyAccess, SecurityAudit, job-function/ViewOnlyAccess and
 * job-function/SupportUser, whose documents are thousands of actions long and change every week, so that a shorter one of ours
 * would be another policy under AWS's name. The elements and actions are in AWS's order; the white space of the text is AWS's
 * usual one (four spaces), not recorded for each.
 */
interface Row {
  readonly policyName: string;
  readonly path: string;
  readonly policyId: string | undefined;
  readonly description: string;
  readonly defaultVersion: number;
  readonly statements: readonly object[];
  readonly createdAt: string;
  /** Absent where the first version is still the default. */
  readonly updatedAt?: string;
}

const allow = (actions: string | readonly string[], resources: string | readonly string[]): object => ({
  Effect: "Allow",
  Action: actions,
  Resource: resources,
});

// biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable, AWS's text
const SELF = "arn:aws:iam::*:user/${aws:username}";
// biome-ignore lint/suspicious/noTemplateCurlyInString: as above
const SELF_WITH_PATH = "arn:aws:iam::*:user/*/${aws:username}";

/** By creation. */
export const ROWS: readonly Row[] = [
  {
    policyName: "AdministratorAccess",
    path: "/",
    policyId: "ANPAIWMBCKSKIEE64ZLYK",
    description: "Provides full access to AWS services and resources.",
    defaultVersion: 1,
    statements: [allow("*", "*")],
    createdAt: "2015-02-06T18:39:46Z",
  },
  {
    policyName: "PowerUserAccess",
    path: "/",
    policyId: "ANPAJYRXTHIB4FOVS3ZXS",
    description:
      "Provides full access to AWS services and resources, but does not allow management of Users and groups.",
    defaultVersion: 12,
    statements: [
      { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
      allow(
        [
          "account:GetAccountInformation",
          "account:GetGovCloudAccountInformation",
          "account:GetPrimaryEmail",
          "account:ListRegions",
          "iam:CreateServiceLinkedRole",
          "iam:DeleteServiceLinkedRole",
          "iam:ListRoles",
          "organizations:DescribeEffectivePolicy",
          "organizations:DescribeOrganization",
        ],
        "*",
      ),
    ],
    createdAt: "2015-02-06T18:39:47Z",
    updatedAt: "2026-02-12T17:59:14Z",
  },
  {
    policyName: "IAMFullAccess",
    path: "/",
    policyId: "ANPAI7XKCFMBPM3QQRRVQ",
    description: "Provides full access to IAM via the AWS Management Console.",
    defaultVersion: 2,
    statements: [
      allow(
        [
          "iam:*",
          "organizations:DescribeAccount",
          "organizations:DescribeOrganization",
          "organizations:DescribeOrganizationalUnit",
          "organizations:DescribePolicy",
          "organizations:ListChildren",
          "organizations:ListParents",
          "organizations:ListPoliciesForTarget",
          "organizations:ListRoots",
          "organizations:ListPolicies",
          "organizations:ListTargetsForPolicy",
        ],
        "*",
      ),
    ],
    createdAt: "2015-02-06T18:40:38Z",
    updatedAt: "2019-06-21T19:40:00Z",
  },
  {
    policyName: "IAMReadOnlyAccess",
    path: "/",
    policyId: "ANPAJKSO7NDY4T57MWDSQ",
    description: "Provides read only access to IAM via the AWS Management Console.",
    defaultVersion: 4,
    statements: [
      allow(
        [
          "iam:GenerateCredentialReport",
          "iam:GenerateServiceLastAccessedDetails",
          "iam:Get*",
          "iam:List*",
          "iam:SimulateCustomPolicy",
          "iam:SimulatePrincipalPolicy",
        ],
        "*",
      ),
    ],
    createdAt: "2015-02-06T18:40:39Z",
    updatedAt: "2018-01-25T19:11:27Z",
  },
  {
    policyName: "IAMUserSSHKeys",
    path: "/",
    policyId: "ANPAJTSHUA4UXGXU7ANUA",
    description: "Provides the ability for an IAM user to manage their own SSH keys.",
    defaultVersion: 1,
    statements: [
      allow(
        [
          "iam:DeleteSSHPublicKey",
          "iam:GetSSHPublicKey",
          "iam:ListSSHPublicKeys",
          "iam:UpdateSSHPublicKey",
          "iam:UploadSSHPublicKey",
        ],
        SELF,
      ),
    ],
    createdAt: "2015-07-09T17:08:54Z",
  },
  {
    policyName: "IAMUserChangePassword",
    path: "/",
    policyId: "ANPAJ4L4MM2A7QIEB56MS",
    description: "Provides the ability for an IAM user to change their own password.",
    defaultVersion: 5,
    statements: [
      allow(["iam:ChangePassword"], [SELF, SELF_WITH_PATH]),
      allow(["iam:GetAccountPasswordPolicy"], "*"),
    ],
    createdAt: "2016-11-15T00:25:16Z",
    // published to the minute
    updatedAt: "2026-02-12T17:58:00Z",
  },
  {
    policyName: "IAMSelfManageServiceSpecificCredentials",
    path: "/",
    policyId: "ANPAI4VT74EMXK2PMQJM2",
    description: "Allows an IAM user to manage their own Service Specific Credentials.",
    defaultVersion: 1,
    statements: [
      allow(
        [
          "iam:CreateServiceSpecificCredential",
          "iam:ListServiceSpecificCredentials",
          "iam:UpdateServiceSpecificCredential",
          "iam:DeleteServiceSpecificCredential",
          "iam:ResetServiceSpecificCredential",
        ],
        SELF,
      ),
    ],
    createdAt: "2016-12-22T17:25:18Z",
  },
  {
    policyName: "AWSDenyAll",
    path: "/",
    policyId: "ANPAZKAPJZG4P43IUQ5E5",
    description: "Deny all access.",
    defaultVersion: 2,
    statements: [{ Sid: "DenyAll", Effect: "Deny", Action: ["*"], Resource: "*" }],
    createdAt: "2019-05-01T22:36:14Z",
    updatedAt: "2023-12-18T16:42:05Z",
  },
  {
    policyName: "IAMAccessAnalyzerReadOnlyAccess",
    path: "/",
    policyId: undefined,
    description: "Provides read only access to IAM Access Analyzer resources",
    defaultVersion: 4,
    statements: [
      {
        Sid: "IAMAccessAnalyzerReadOnlyAccess",
        ...allow(
          [
            "access-analyzer:CheckAccessNotGranted",
            "access-analyzer:CheckNoNewAccess",
            "access-analyzer:CheckNoPublicAccess",
            "access-analyzer:Get*",
            "access-analyzer:List*",
            "access-analyzer:ValidatePolicy",
          ],
          "*",
        ),
      },
    ],
    // both published to the minute
    createdAt: "2019-12-02T17:12:00Z",
    updatedAt: "2024-07-18T17:49:00Z",
  },
  {
    policyName: "AWSAccountManagementFullAccess",
    path: "/",
    policyId: undefined,
    // AWS's sentence is known from its translations
    description: "Provides full access to AWS Account Management.",
    defaultVersion: 1,
    statements: [allow("account:*", "*")],
    createdAt: "2021-09-30T23:20:37Z",
  },
  {
    policyName: "AWSAccountManagementReadOnlyAccess",
    path: "/",
    policyId: undefined,
    description: "Provides read-only access to AWS Account Management",
    defaultVersion: 1,
    statements: [allow(["account:Get*", "account:List*"], "*")],
    createdAt: "2021-09-30T23:29:53Z",
  },
];
