import type { SimulateCustomPolicyCommandInput, SimulatePolicyResponse } from "@aws-sdk/client-iam";
import { refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";
import { answerSimulation } from "../simulation/answer.ts";
import { noCaller } from "../simulation/entities.ts";
import { readSimulation } from "../simulation/simulation.ts";

/** What policies that need not exist would decide. */
export const SimulateCustomPolicy: ReadOperation<SimulateCustomPolicyCommandInput, SimulatePolicyResponse> = {
  kind: "read",
  service: "iam",
  name: "SimulateCustomPolicy",
  action: "iam:SimulateCustomPolicy",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  async run(_store, call, input) {
    if (input.OrderedOrganizationPolicyInputList !== undefined) {
      const sentence = "Countersign does not simulate policies of organizations.";
      return refuse(serviceError("UnsupportedOperation", sentence));
    }
    const caller = noCaller(call.caller.accountId);
    const source = { caller, isNamed: false, identity: [], boundary: undefined };
    const simulation = readSimulation(source, input);
    if (!simulation.ok) return simulation;
    return answerSimulation(call, "SimulateCustomPolicy", input, simulation.value);
  },
};
