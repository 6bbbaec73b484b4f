import type { AccountId } from "#identity/ids.ts";

/** The account of what concerns the whole deployment: no account has this id, `issueAccountId` starts above it. */
export const DEPLOYMENT = "000000000000" as AccountId;

/** What CreateAccount is told of names. */
export interface AccountNames {
  readonly Email: string;
  readonly AccountAlias?: string | undefined;
  readonly AdminUserName?: string | undefined;
}

// contract appendix A, "A.IAM Account and reports"; 1.8: not twelve digits
const ALIAS = /^(?!\d{12}$)[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]$/;
// contract 8, "name charset"
const USER_NAME = /^[\w+=,.@-]{1,64}$/;
/**
 * One `@` between two parts without white space, and without what ends or wraps an address in a header (RFC 5322 section 3.2.3):
 * whether mail arrives, only mail can tell.
 */
const EMAIL = /^[^\s\p{Cc}@<>()[\]\\,;:"]{1,64}@[^\s\p{Cc}@<>()[\]\\,;:"]{1,189}$/u;

/** Why an account cannot have these names, or undefined. */
export function nameProblem(account: AccountId, names: AccountNames): string | undefined {
  const { Email, AccountAlias, AdminUserName } = names;
  if (account === DEPLOYMENT) return `account id \`${account}\` stands for the whole deployment`;
  if (!EMAIL.test(Email)) return `\`${Email}\` is not an e-mail address`;
  if (AccountAlias !== undefined && !ALIAS.test(AccountAlias)) {
    return `\`${AccountAlias}\` is no account alias: 3 to 63 of a-z, 0-9 and single hyphens, not twelve digits`;
  }
  if (AdminUserName !== undefined && !USER_NAME.test(AdminUserName)) {
    return `\`${AdminUserName}\` is no user name: 1 to 64 letters, digits and _+=,.@-`;
  }
  return undefined;
}
