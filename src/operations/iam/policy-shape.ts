import type { PolicyVersion, Policy as ShownPolicy } from "@aws-sdk/client-iam";
import type { PolicyUses, PolicyVersionRow } from "#ports/policies.ts";
import { isCustomers, type Policy, tagsOf } from "../policies.ts";
import { versionId } from "../policy-versions.ts";

const NO_USES: PolicyUses = Object.freeze({ attachments: 0, boundaries: 0 });

/** A customer's policy counts its own uses; those of AWS's are counted by the account that asks. */
const usesOf = (policy: Policy, uses: PolicyUses = NO_USES): PolicyUses =>
  isCustomers(policy) ? { attachments: policy.attachmentCount, boundaries: policy.boundaryCount } : uses;

/** A policy as lists show it: with neither description nor tags (recorded). */
export function listedPolicy(policy: Policy, uses?: PolicyUses): ShownPolicy {
  const { attachments, boundaries } = usesOf(policy, uses);
  return {
    PolicyName: policy.policyName,
    PolicyId: policy.policyId,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: versionId(policy.defaultVersion),
    AttachmentCount: attachments,
    PermissionsBoundaryUsageCount: boundaries,
    IsAttachable: true,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
  };
}

/** A policy as GetPolicy shows it: the list of tags is there even where there are none (recorded). */
export const shownPolicy = (policy: Policy, uses?: PolicyUses): ShownPolicy => ({
  ...listedPolicy(policy, uses),
  Description: policy.description,
  Tags: [...tagsOf(policy)],
});

/** A version without its document, as all but GetPolicyVersion show it (recorded). */
export const listedVersion = (
  policy: Policy,
  { version, createdAt }: Pick<PolicyVersionRow, "version" | "createdAt">,
): PolicyVersion => ({
  VersionId: versionId(version),
  IsDefaultVersion: version === policy.defaultVersion,
  CreateDate: new Date(createdAt),
});
