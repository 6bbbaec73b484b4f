import type { DeletePolicyCommandInput, DeletePolicyCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { PolicyRow } from "#ports/policies.ts";
import type { WriteOperation } from "../operation.ts";
import {
  ownPolicy,
  type Policy,
  policyContext,
  policyNotFound,
  policyResource,
  policyTarget,
} from "../policies.ts";

type Output = Omit<DeletePolicyCommandOutput, "$metadata">;

/** What nobody has attached goes, with its one version. Sessions that it limits may still read it, and then are allowed nothing. */
export const DeletePolicy: WriteOperation<DeletePolicyCommandInput, Output, Policy | undefined> = {
  kind: "write",
  service: "iam",
  name: "DeletePolicy",
  action: "iam:DeletePolicy",
  readOnly: false,
  bumpsRevision: true,
  target: policyTarget,
  resources: policyResource,
  context: policyContext,
  async run(store, call, input, target) {
    const policy = ownPolicy(call, input, target, "delete policies");
    if (!policy.ok) return policy;
    const { accountId, policyId, arn } = policy.value;
    if (await store.policies.remove(accountId, policyId)) {
      await store.accounts.count(accountId, "policyCount", -1);
      return accept({});
    }
    const locked = await store.policies.lock(accountId, policyId);
    return refuse(locked === undefined ? policyNotFound(arn) : conflictOf(locked));
  },
};

/** Why it stays; a boundary counts as attached. */
function conflictOf({ attachmentCount, boundaryCount, versionCount }: PolicyRow): ServiceError {
  const used = attachmentCount > 0 || boundaryCount > 0;
  if (used || versionCount === 1)
    return serviceError("DeleteConflict", "Cannot delete a policy attached to entities.");
  return serviceError(
    "DeleteConflict",
    "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
  );
}
