import type {
  GetContextKeysForPolicyResponse,
  GetContextKeysForPrincipalPolicyCommandInput,
} from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import type { Holder } from "../holders.ts";
import type { ReadOperation } from "../operation.ts";
import { reportedKeysOf } from "../simulation/keys.ts";
import { givenPolicies } from "../simulation/policies.ts";
import { knownPrincipal, principalResource, principalTarget } from "../simulation/principal.ts";
import { loadSources, policyOf } from "../simulation/sources.ts";

/** The keys that a simulation of a principal's policies could be given, those of his boundary among them. */
export const GetContextKeysForPrincipalPolicy: ReadOperation<
  GetContextKeysForPrincipalPolicyCommandInput,
  GetContextKeysForPolicyResponse,
  Holder | undefined
> = {
  kind: "read",
  service: "iam",
  name: "GetContextKeysForPrincipalPolicy",
  action: "iam:GetContextKeysForPrincipalPolicy",
  readOnly: true,
  target: principalTarget,
  resources: principalResource,
  async run(store, call, input, target) {
    const holder = knownPrincipal(call, input, target);
    if (!holder.ok) return holder;
    const given = givenPolicies("PolicyInputList", input.PolicyInputList);
    if (!given.ok) return given;
    const { identity, boundary } = await loadSources(store, holder.value);
    const stored = [...identity, ...(boundary === undefined ? [] : [boundary])].map(policyOf);
    return accept({ ContextKeyNames: reportedKeysOf([...stored, ...given.value]) });
  },
};
