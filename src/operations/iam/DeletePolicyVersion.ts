import type { DeletePolicyVersionCommandInput, DeletePolicyVersionCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { WriteOperation } from "../operation.ts";
import { ownPolicy, type Policy, policyContext, policyResource, policyTarget } from "../policies.ts";
import { noSuchVersion, versionNumber } from "../policy-versions.ts";

type Input = DeletePolicyVersionCommandInput;
type Output = Omit<DeletePolicyVersionCommandOutput, "$metadata">;

export const DeletePolicyVersion: WriteOperation<Input, Output, Policy | undefined> = {
  kind: "write",
  service: "iam",
  name: "DeletePolicyVersion",
  action: "iam:DeletePolicyVersion",
  readOnly: false,
  target: policyTarget,
  resources: policyResource,
  context: policyContext,
  async run(store, call, input, target) {
    const policy = ownPolicy(
      call,
      input,
      target,
      "delete policy versions for policies",
      noSuchVersion(input),
    );
    if (!policy.ok) return policy;
    const { accountId, policyId } = policy.value;
    const version = versionNumber(input);
    const locked = await store.policies.lock(accountId, policyId);
    if (locked === undefined || version === undefined) return refuse(noSuchVersion(input));
    if (version === locked.defaultVersion)
      return refuse(serviceError("DeleteConflict", "Cannot delete the default version of a policy."));
    const removed = await store.policies.removeVersion(accountId, policyId, version);
    return removed ? accept({}) : refuse(noSuchVersion(input));
  },
};
