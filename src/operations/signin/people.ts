import { type AccountId, parseAccountId, rootPrincipalId } from "#identity/ids.ts";
import { passwordAge } from "#identity/password-policy.ts";
import type { PasswordInput } from "#model/signin/types.ts";
import type { AccountRow } from "#ports/accounts.ts";
import type { LoginProfileRow, PasswordPolicyRow } from "#ports/passwords.ts";
import type { Reader } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Standing } from "#signin/steps.ts";
import { DEPLOYMENT } from "../countersign/account-names.ts";
import { isRootUser } from "../users.ts";
import type { Visit } from "./visit.ts";

/** Somebody who can sign in: a user, root included, with a password. */
export interface Person {
  readonly account: AccountRow;
  readonly user: UserRow;
  readonly profile: LoginProfileRow;
}

/** What there is of the one that a visitor says he is. */
export type Found = { readonly [Part in keyof Person]: Person[Part] | undefined };

/** The same reads whoever is named: how long it takes does not tell who exists (guarantee 6). */
export async function findPerson(store: Reader, input: PasswordInput): Promise<Found> {
  const account = await namedAccount(store, input);
  const accountId = account?.accountId ?? DEPLOYMENT;
  const user =
    input.Type === "root"
      ? await store.users.byId(accountId, rootPrincipalId(accountId))
      : await store.users.byName(accountId, input.UserName ?? "");
  const profile = await store.loginProfiles.load(accountId, user?.userId ?? rootPrincipalId(DEPLOYMENT));
  return { account, user, profile };
}

/** Root says his e-mail address, a user the account's id or alias: aliases are in lower case. */
function namedAccount(store: Reader, input: PasswordInput): Promise<AccountRow | undefined> {
  if (input.Type === "root") return store.accounts.byRootEmail(input.Email ?? "");
  const named = input.Account ?? "";
  const id = parseAccountId(named);
  return id === undefined ? store.accounts.byAlias(named.toLowerCase()) : store.accounts.load(id);
}

/** Somebody as he is now; undefined where he is gone or has no password any more. */
export async function loadPerson(
  store: Reader,
  accountId: AccountId,
  id: UserRow["userId"],
): Promise<Person | undefined> {
  const [account, user, profile] = await Promise.all([
    store.accounts.load(accountId),
    store.users.byId(accountId, id),
    store.loginProfiles.load(accountId, id),
  ]);
  return account && user && profile && { account, user, profile };
}

/** What the account's policy of passwords says of this one: it is about users alone, root has the default. */
export const passwordPolicyOf = async (
  store: Reader,
  user: UserRow,
): Promise<PasswordPolicyRow | undefined> =>
  isRootUser(user) ? undefined : store.passwordPolicies.load(user.accountId);

export async function standingOf(
  store: Reader,
  { now }: Visit,
  { account, user, profile }: Person,
): Promise<Standing> {
  const root = isRootUser(user);
  return {
    root,
    devices: user.mfaCount,
    resetRequired: profile.resetRequired,
    passwordAge: passwordAge(profile.changedAt, await passwordPolicyOf(store, user), now),
    reminder: root ? await store.mfaReminders.load(account.accountId) : undefined,
  };
}
