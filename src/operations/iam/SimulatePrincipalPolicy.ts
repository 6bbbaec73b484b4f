import type { SimulatePolicyResponse, SimulatePrincipalPolicyCommandInput } from "@aws-sdk/client-iam";
import type { Holder } from "../holders.ts";
import type { ReadOperation } from "../operation.ts";
import { answerSimulation } from "../simulation/answer.ts";
import { callerOf } from "../simulation/entities.ts";
import { withoutExcluded } from "../simulation/exclusions.ts";
import { knownPrincipal, principalResource, principalTarget } from "../simulation/principal.ts";
import { readSimulation } from "../simulation/simulation.ts";
import { loadSources, policyOf } from "../simulation/sources.ts";

type Input = SimulatePrincipalPolicyCommandInput;

/** What the policies of a user, group or role would decide, with others that the call gives. */
export const SimulatePrincipalPolicy: ReadOperation<Input, SimulatePolicyResponse, Holder | undefined> = {
  kind: "read",
  service: "iam",
  name: "SimulatePrincipalPolicy",
  action: "iam:SimulatePrincipalPolicy",
  readOnly: true,
  target: principalTarget,
  resources: principalResource,
  async run(store, call, input, target) {
    const holder = knownPrincipal(call, input, target);
    if (!holder.ok) return holder;
    const { kind, name, accountId, arn, tags } = holder.value;
    const sources = withoutExcluded(await loadSources(store, holder.value), input.PolicyExclusionList);
    if (!sources.ok) return sources;
    const { identity, boundary } = sources.value;
    const source = {
      caller: callerOf({ arn, accountId, kind, name }, tags),
      isNamed: true,
      identity: identity.map(policyOf),
      boundary: boundary && policyOf(boundary),
    };
    const simulation = readSimulation(source, input);
    if (!simulation.ok) return simulation;
    return answerSimulation(call, "SimulatePrincipalPolicy", input, simulation.value);
  },
};
