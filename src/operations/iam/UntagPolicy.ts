import type { UntagPolicyCommandInput, UntagPolicyCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { withoutTags } from "#identity/tags.ts";
import type { WriteOperation } from "../operation.ts";
import { ownPolicy, type Policy, policyNotFound, policyResource, policyTarget, tagsOf } from "../policies.ts";
import { untaggingContext } from "../tags.ts";

type Output = Omit<UntagPolicyCommandOutput, "$metadata">;

/** A key that is not there is passed over. */
export const UntagPolicy: WriteOperation<UntagPolicyCommandInput, Output, Policy | undefined> = {
  kind: "write",
  service: "iam",
  name: "UntagPolicy",
  action: "iam:UntagPolicy",
  readOnly: false,
  target: policyTarget,
  resources: policyResource,
  context: (call, input, target) => untaggingContext(call, input, target && { tags: tagsOf(target) }),
  async run(store, call, input, target) {
    const policy = ownPolicy(call, input, target, "tag");
    if (!policy.ok) return policy;
    const { accountId, policyId, arn } = policy.value;
    const locked = await store.policies.lock(accountId, policyId);
    if (locked === undefined) return refuse(policyNotFound(arn));
    const tags = withoutTags(locked.tags, input.TagKeys ?? [], "exact");
    await store.policies.setTags(accountId, policyId, tags);
    return accept({});
  },
};
