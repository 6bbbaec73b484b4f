import type { GetPolicyCommandInput, GetPolicyCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import type { ReadOperation } from "../operation.ts";
import { knownPolicy, type Policy, policyContext, policyResource, policyTarget } from "../policies.ts";
import { shownPolicy } from "./policy-shape.ts";

type Output = Omit<GetPolicyCommandOutput, "$metadata">;

export const GetPolicy: ReadOperation<GetPolicyCommandInput, Output, Policy | undefined> = {
  kind: "read",
  service: "iam",
  name: "GetPolicy",
  action: "iam:GetPolicy",
  readOnly: true,
  target: policyTarget,
  resources: policyResource,
  context: policyContext,
  async run(store, call, input, target) {
    const policy = knownPolicy(call, input, target);
    if (!policy.ok) return policy;
    const { arn } = policy.value;
    const uses = await store.attachments.uses(call.caller.accountId, [arn]);
    return accept({ Policy: shownPolicy(policy.value, uses.get(arn)) });
  },
};
