import type {
  UpdateAccountPasswordPolicyCommandInput,
  UpdateAccountPasswordPolicyCommandOutput,
} from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import { type PasswordPolicy, POLICY_DEFAULTS } from "#identity/password-policy.ts";
import { anyResource, noTarget, type WriteOperation } from "../operation.ts";

type Input = UpdateAccountPasswordPolicyCommandInput;
type Output = Omit<UpdateAccountPasswordPolicyCommandOutput, "$metadata">;

/** Replaces the whole policy: what is left out takes its default (contract 1.5). */
export const UpdateAccountPasswordPolicy: WriteOperation<Input, Output> = {
  kind: "write",
  service: "iam",
  name: "UpdateAccountPasswordPolicy",
  action: "iam:UpdateAccountPasswordPolicy",
  readOnly: false,
  // AllowUsersToChangePassword is a grant that decisions read
  bumpsRevision: true,
  target: noTarget,
  resources: anyResource,
  async run(store, call, input) {
    await store.passwordPolicies.put(call.caller.accountId, policyOf(input));
    return accept({});
  },
};

const policyOf = (input: Input): PasswordPolicy => ({
  minimumPasswordLength: input.MinimumPasswordLength ?? POLICY_DEFAULTS.minimumPasswordLength,
  requireSymbols: input.RequireSymbols ?? POLICY_DEFAULTS.requireSymbols,
  requireNumbers: input.RequireNumbers ?? POLICY_DEFAULTS.requireNumbers,
  requireUppercaseCharacters: input.RequireUppercaseCharacters ?? POLICY_DEFAULTS.requireUppercaseCharacters,
  requireLowercaseCharacters: input.RequireLowercaseCharacters ?? POLICY_DEFAULTS.requireLowercaseCharacters,
  allowUsersToChangePassword: input.AllowUsersToChangePassword ?? POLICY_DEFAULTS.allowUsersToChangePassword,
  maxPasswordAge: input.MaxPasswordAge ?? POLICY_DEFAULTS.maxPasswordAge,
  passwordReusePrevention: input.PasswordReusePrevention ?? POLICY_DEFAULTS.passwordReusePrevention,
  hardExpiry: input.HardExpiry ?? POLICY_DEFAULTS.hardExpiry,
});
