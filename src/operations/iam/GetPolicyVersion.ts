import type { GetPolicyVersionCommandInput, GetPolicyVersionCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { PolicyVersionRow } from "#ports/policies.ts";
import type { Reader } from "#ports/store.ts";
import { wireDocument } from "../documents.ts";
import type { ReadOperation } from "../operation.ts";
import {
  isCustomers,
  knownPolicy,
  type Policy,
  policyContext,
  policyResource,
  policyTarget,
} from "../policies.ts";
import { noSuchVersion, versionNumber } from "../policy-versions.ts";
import { listedVersion } from "./policy-shape.ts";

type Input = GetPolicyVersionCommandInput;
type Output = Omit<GetPolicyVersionCommandOutput, "$metadata">;

/** Of AWS's policies only the default version is here. */
export const GetPolicyVersion: ReadOperation<Input, Output, Policy | undefined> = {
  kind: "read",
  service: "iam",
  name: "GetPolicyVersion",
  action: "iam:GetPolicyVersion",
  readOnly: true,
  target: policyTarget,
  resources: policyResource,
  context: policyContext,
  async run(store, call, input, target) {
    const policy = knownPolicy(call, input, target, noSuchVersion(input));
    if (!policy.ok) return policy;
    const version = await versionOf(store, policy.value, versionNumber(input));
    if (version === undefined) return refuse(noSuchVersion(input));
    const Document = wireDocument(version.document);
    return accept({ PolicyVersion: { Document, ...listedVersion(policy.value, version) } });
  },
};

async function versionOf(
  store: Reader,
  policy: Policy,
  version: number | undefined,
): Promise<PolicyVersionRow | undefined> {
  if (version === undefined) return undefined;
  if (isCustomers(policy)) return store.policies.version(policy.accountId, policy.policyId, version);
  const { defaultVersion, document, updatedAt } = policy;
  return version === defaultVersion ? { version, document, createdAt: updatedAt } : undefined;
}
