import { ChangePasswordCommand, GetAccountPasswordPolicyCommand } from "@aws-sdk/client-iam";
import { DEFAULT_RULES, type Rules } from "../parts/password-rules.ts";
import type { UserName } from "./devices.ts";
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

/** IAM changes users' passwords alone: root's is the sign-in service's. */
export async function changePassword(user: UserName, old: string, fresh: string): Promise<void> {
  if (user === undefined) await server.signin.ChangePassword({ OldPassword: old, NewPassword: fresh });
  else await iam.send(new ChangePasswordCommand({ OldPassword: old, NewPassword: fresh }));
}
