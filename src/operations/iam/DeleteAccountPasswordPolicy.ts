import type {
  DeleteAccountPasswordPolicyCommandInput,
  DeleteAccountPasswordPolicyCommandOutput,
} from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import { anyResource, noTarget, type WriteOperation } from "../operation.ts";

type Input = DeleteAccountPasswordPolicyCommandInput;
type Output = Omit<DeleteAccountPasswordPolicyCommandOutput, "$metadata">;

export const DeleteAccountPasswordPolicy: WriteOperation<Input, Output> = {
  kind: "write",
  service: "iam",
  name: "DeleteAccountPasswordPolicy",
  action: "iam:DeleteAccountPasswordPolicy",
  readOnly: false,
  bumpsRevision: true,
  target: noTarget,
  resources: anyResource,
  async run(store, call) {
    if (await store.passwordPolicies.remove(call.caller.accountId)) return accept({});
    return refuse(
      serviceError("NoSuchEntity", "The account policy with name PasswordPolicy cannot be found."),
    );
  },
};
