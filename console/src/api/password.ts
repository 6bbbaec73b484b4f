import { GetAccountPasswordPolicyCommand } from "@aws-sdk/client-iam";
import { DEFAULT_RULES, type Rules } from "../parts/password-rules.ts";
import { failureOf } from "./failure.ts";
import { iam } from "./iam.ts";
import { server } from "./server.ts";

/** The account's policy; the default one where it has none. Undefined for whoever may not read it: the server says then. */
export async function passwordRules(): Promise<Rules | undefined> {
  try {
    const { PasswordPolicy } = await iam.send(new GetAccountPasswordPolicyCommand({}));
    return {
      MinimumLength: PasswordPolicy?.MinimumPasswordLength ?? 6,
      RequireSymbols: PasswordPolicy?.RequireSymbols ?? false,
      RequireNumbers: PasswordPolicy?.RequireNumbers ?? false,
      RequireUppercaseCharacters: PasswordPolicy?.RequireUppercaseCharacters ?? false,
      RequireLowercaseCharacters: PasswordPolicy?.RequireLowercaseCharacters ?? false,
      ReusePrevention: PasswordPolicy?.PasswordReusePrevention ?? 0,
    };
  } catch (error) {
    return failureOf(error).code === "NoSuchEntity" ? DEFAULT_RULES : undefined;
  }
}

/** The sign-in service's, and not IAM's: it knows root, and gives the session another cookie, so that no copy of it lives on. */
export async function changePassword(old: string, fresh: string): Promise<void> {
  await server.signin.ChangePassword({ OldPassword: old, NewPassword: fresh });
}
