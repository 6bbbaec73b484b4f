import type {
  GetAccountPasswordPolicyCommandInput,
  GetAccountPasswordPolicyCommandOutput,
  PasswordPolicy,
} from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { PasswordPolicyRow } from "#ports/passwords.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";

type Input = GetAccountPasswordPolicyCommandInput;
type Output = Omit<GetAccountPasswordPolicyCommandOutput, "$metadata">;

export const GetAccountPasswordPolicy: ReadOperation<Input, Output> = {
  kind: "read",
  service: "iam",
  name: "GetAccountPasswordPolicy",
  action: "iam:GetAccountPasswordPolicy",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  async run(store, { caller: { accountId } }) {
    const policy = await store.passwordPolicies.load(accountId);
    if (policy !== undefined) return accept({ PasswordPolicy: shownPolicy(policy) });
    return refuse(
      serviceError("NoSuchEntity", `The Password Policy with domain name ${accountId} cannot be found.`),
    );
  },
};

/** Recorded from AWS: age, reuse and hard expiry are absent where they were not set. */
function shownPolicy(policy: PasswordPolicyRow): PasswordPolicy {
  const expires = policy.maxPasswordAge > 0;
  return {
    MinimumPasswordLength: policy.minimumPasswordLength,
    RequireSymbols: policy.requireSymbols,
    RequireNumbers: policy.requireNumbers,
    RequireUppercaseCharacters: policy.requireUppercaseCharacters,
    RequireLowercaseCharacters: policy.requireLowercaseCharacters,
    AllowUsersToChangePassword: policy.allowUsersToChangePassword,
    ExpirePasswords: expires,
    MaxPasswordAge: policy.maxPasswordAge || undefined,
    PasswordReusePrevention: policy.passwordReusePrevention || undefined,
    HardExpiry: expires || policy.hardExpiry ? policy.hardExpiry : undefined,
  };
}
