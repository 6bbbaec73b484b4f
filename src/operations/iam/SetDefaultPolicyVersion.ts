import type {
  SetDefaultPolicyVersionCommandInput,
  SetDefaultPolicyVersionCommandOutput,
} from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { WriteOperation } from "../operation.ts";
import { ownPolicy, type Policy, policyContext, policyResource, policyTarget } from "../policies.ts";
import { noSuchVersion, versionNumber } from "../policy-versions.ts";

type Input = SetDefaultPolicyVersionCommandInput;
type Output = Omit<SetDefaultPolicyVersionCommandOutput, "$metadata">;

export const SetDefaultPolicyVersion: WriteOperation<Input, Output, Policy | undefined> = {
  kind: "write",
  service: "iam",
  name: "SetDefaultPolicyVersion",
  action: "iam:SetDefaultPolicyVersion",
  readOnly: false,
  bumpsRevision: true,
  target: policyTarget,
  resources: policyResource,
  context: policyContext,
  async run(store, call, input, target) {
    const policy = ownPolicy(call, input, target, "update policies", noSuchVersion(input));
    if (!policy.ok) return policy;
    const { accountId, policyId } = policy.value;
    const version = versionNumber(input);
    const set =
      version !== undefined && (await store.policies.setDefault(accountId, policyId, version, call.now));
    return set ? accept({}) : refuse(noSuchVersion(input));
  },
};
