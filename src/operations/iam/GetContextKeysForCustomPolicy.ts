import type {
  GetContextKeysForCustomPolicyCommandInput,
  GetContextKeysForPolicyResponse,
} from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";
import { reportedKeysOf } from "../simulation/keys.ts";
import { givenPolicies } from "../simulation/policies.ts";

/** The keys that a simulation of these documents could be given. */
export const GetContextKeysForCustomPolicy: ReadOperation<
  GetContextKeysForCustomPolicyCommandInput,
  GetContextKeysForPolicyResponse
> = {
  kind: "read",
  service: "iam",
  name: "GetContextKeysForCustomPolicy",
  action: "iam:GetContextKeysForCustomPolicy",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  async run(_store, _call, input) {
    const given = givenPolicies("PolicyInputList", input.PolicyInputList);
    return given.ok ? accept({ ContextKeyNames: reportedKeysOf(given.value) }) : given;
  },
};
