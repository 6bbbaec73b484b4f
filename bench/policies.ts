// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
/** The policies of the decision rows: the documented self-management of MFA, an administrator's, and ten such as AWS manages. */
import type { Condition, PolicyDocument, Statement } from "#policy/document/document.ts";

const statement = (
  effect: Statement["effect"],
  actions: readonly string[],
  resource: string,
  more: { readonly not?: boolean; readonly conditions?: readonly Condition[] } = {},
): Statement => ({
  sid: undefined,
  effect,
  principals: undefined,
  actions: { not: more.not ?? false, values: actions },
  resources: { not: false, values: [resource] },
  conditions: more.conditions ?? [],
});

const document = (...statements: readonly Statement[]): PolicyDocument => ({
  version: "2012-10-17",
  id: undefined,
  statements,
});

const OWN = "arn:aws:iam::*:user/${aws:username}";
const WITHOUT_MFA: Condition = {
  operator: "BoolIfExists",
  key: "aws:MultiFactorAuthPresent",
  values: ["false"],
};

const names = (text: string): readonly string[] => text.split(" ").map((name) => `iam:${name}`);

export const selfManageMfa = document(
  statement("Allow", names("ListVirtualMFADevices GetAccountPasswordPolicy"), "*"),
  statement("Allow", names("ChangePassword GetUser"), OWN),
  statement("Allow", names("CreateAccessKey DeleteAccessKey ListAccessKeys UpdateAccessKey"), OWN),
  statement("Allow", names("CreateVirtualMFADevice"), "arn:aws:iam::*:mfa/*"),
  statement("Allow", names("DeactivateMFADevice EnableMFADevice ListMFADevices ResyncMFADevice"), OWN),
  statement(
    "Deny",
    [
      ...names("CreateVirtualMFADevice EnableMFADevice GetUser ListMFADevices ListVirtualMFADevices"),
      "iam:ResyncMFADevice",
      "sts:GetSessionToken",
    ],
    "*",
    { not: true, conditions: [WITHOUT_MFA] },
  ),
);

export const administrator = document(statement("Allow", ["*"], "*"));

const SERVICES = ["s3", "ec2", "sns", "sqs", "kms", "logs", "rds", "ecs", "iam", "sts"];

export const managed = SERVICES.map((service) =>
  document(
    statement("Allow", [`${service}:Get*`, `${service}:List*`, `${service}:Describe*`], "*"),
    statement(
      "Allow",
      [`${service}:TagResource`, `${service}:UntagResource`],
      `arn:aws:${service}:*:*:team/*`,
    ),
    statement("Deny", [`${service}:DeleteEverything`], "*", { conditions: [WITHOUT_MFA] }),
  ),
);

/** Statements that have nothing to say about IAM, half of them exact and half of them patterns. */
export const others = (count: number): readonly Statement[] =>
  Array.from({ length: count }, (_, at) => {
    const service = `service${at % 500}`;
    const action = at % 2 === 0 ? `${service}:Make${at}` : `${service}:Get*`;
    return statement(at % 3 === 0 ? "Deny" : "Allow", [action], `arn:aws:${service}:*:*:thing/*`);
  });
