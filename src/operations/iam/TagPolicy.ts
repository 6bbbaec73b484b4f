import type { TagPolicyCommandInput, TagPolicyCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { WriteOperation } from "../operation.ts";
import { ownPolicy, type Policy, policyNotFound, policyResource, policyTarget, tagsOf } from "../policies.ts";
import { checkTagging, taggingContext } from "../tags.ts";

type Output = Omit<TagPolicyCommandOutput, "$metadata">;

export const TagPolicy: WriteOperation<TagPolicyCommandInput, Output, Policy | undefined> = {
  kind: "write",
  service: "iam",
  name: "TagPolicy",
  action: "iam:TagPolicy",
  readOnly: false,
  target: policyTarget,
  resources: policyResource,
  context: (call, input, target) => taggingContext(call, input, target && { tags: tagsOf(target) }),
  async run(store, call, input, target) {
    const policy = ownPolicy(call, input, target, "tag");
    if (!policy.ok) return policy;
    const { accountId, policyId, arn } = policy.value;
    const locked = await store.policies.lock(accountId, policyId);
    if (locked === undefined) return refuse(policyNotFound(arn));
    const tags = checkTagging(locked.tags, input.Tags, "exact");
    if (!tags.ok) return tags;
    await store.policies.setTags(accountId, policyId, tags.value);
    return accept({});
  },
};
