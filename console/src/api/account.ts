import {
  CreateAccountAliasCommand,
  DeleteAccountAliasCommand,
  DeleteAccountPasswordPolicyCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  ListAccountAliasesCommand,
  UpdateAccountPasswordPolicyCommand,
} from "@aws-sdk/client-iam";
import { failureOf } from "./failure.ts";
import { iam } from "./iam.ts";
import type { Through } from "./unchanged.ts";

/** One at most (contract 1.8). */
export async function loadAlias(): Promise<string | undefined> {
  const { AccountAliases = [] } = await iam.send(new ListAccountAliasesCommand({}));
  return AccountAliases[0];
}

export const setAlias = (AccountAlias: string) => iam.send(new CreateAccountAliasCommand({ AccountAlias }));

export const removeAlias = (AccountAlias: string) =>
  iam.send(new DeleteAccountAliasCommand({ AccountAlias }));

/** An account's own rules for passwords (contract 1.5). */
export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly symbols: boolean;
  readonly numbers: boolean;
  readonly uppercase: boolean;
  readonly lowercase: boolean;
  readonly mayChangeOwn: boolean;
  /** Days; 0 is for ever. */
  readonly maxAge: number;
  readonly hardExpiry: boolean;
  /** How many of the last ones are not taken again. */
  readonly remembered: number;
}

/** What a policy has that says nothing else. */
export const FIRST_POLICY: PasswordPolicy = {
  minimumLength: 8,
  symbols: false,
  numbers: false,
  uppercase: false,
  lowercase: false,
  mayChangeOwn: true,
  maxAge: 0,
  hardExpiry: false,
  remembered: 0,
};

/** `own` is absent where the default policy holds. */
export async function loadPasswordPolicy(through: Through): Promise<{ readonly own?: PasswordPolicy }> {
  try {
    const { PasswordPolicy } = await through.send(new GetAccountPasswordPolicyCommand({}));
    return {
      own: {
        minimumLength: PasswordPolicy?.MinimumPasswordLength ?? 6,
        symbols: PasswordPolicy?.RequireSymbols ?? false,
        numbers: PasswordPolicy?.RequireNumbers ?? false,
        uppercase: PasswordPolicy?.RequireUppercaseCharacters ?? false,
        lowercase: PasswordPolicy?.RequireLowercaseCharacters ?? false,
        mayChangeOwn: PasswordPolicy?.AllowUsersToChangePassword ?? false,
        maxAge: PasswordPolicy?.MaxPasswordAge ?? 0,
        hardExpiry: PasswordPolicy?.HardExpiry ?? false,
        remembered: PasswordPolicy?.PasswordReusePrevention ?? 0,
      },
    };
  } catch (error) {
    if (failureOf(error).code === "NoSuchEntity") return {};
    throw error;
  }
}

/** The whole policy; no age and no memory are said by leaving them out. */
export const savePasswordPolicy = (policy: PasswordPolicy, through: Through) =>
  through.send(
    new UpdateAccountPasswordPolicyCommand({
      MinimumPasswordLength: policy.minimumLength,
      RequireSymbols: policy.symbols,
      RequireNumbers: policy.numbers,
      RequireUppercaseCharacters: policy.uppercase,
      RequireLowercaseCharacters: policy.lowercase,
      AllowUsersToChangePassword: policy.mayChangeOwn,
      ...(policy.maxAge === 0 ? {} : { MaxPasswordAge: policy.maxAge, HardExpiry: policy.hardExpiry }),
      ...(policy.remembered === 0 ? {} : { PasswordReusePrevention: policy.remembered }),
    }),
  );

export const deletePasswordPolicy = () => iam.send(new DeleteAccountPasswordPolicyCommand({}));

/** Counts and quotas by the names that AWS has for them. */
export async function loadSummary(): Promise<Readonly<Record<string, number | undefined>>> {
  const { SummaryMap = {} } = await iam.send(new GetAccountSummaryCommand({}));
  return SummaryMap;
}
