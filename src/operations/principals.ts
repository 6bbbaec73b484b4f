import { roleArn, rootArn, userArn } from "#identity/arns.ts";
import { type AccountId, type Arn, isRootOf, type PrincipalId } from "#identity/ids.ts";
import type { AccountRow } from "#ports/accounts.ts";
import type { RoleRow } from "#ports/roles.ts";
import type { Reader } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { PrincipalCaller, PrincipalPolicies } from "./call.ts";
import { passwordGrant, policiesOf, unlimited } from "./compiled-policies.ts";

/** A user, root included, with all that decides about him. */
export interface UserPrincipal {
  readonly account: AccountRow;
  readonly user: UserRow;
  readonly policies: PrincipalPolicies;
}

/** A role with all that decides about its sessions, but for their own policies. */
export interface RolePrincipal {
  readonly account: AccountRow;
  readonly role: RoleRow;
  readonly arn: Arn;
  readonly policies: PrincipalPolicies;
}

export async function loadUser(
  reader: Reader,
  accountId: AccountId,
  id: PrincipalId,
): Promise<UserPrincipal | undefined> {
  const [account, user, grants, passwordPolicy] = await Promise.all([
    reader.accounts.load(accountId),
    reader.users.byId(accountId, id),
    reader.grants.load(accountId, "user", id),
    reader.passwordPolicies.load(accountId),
  ]);
  if (account === undefined || user === undefined) return undefined;
  if (isRootOf(id, accountId)) return { account, user, policies: unlimited("root user") };
  const policies = policiesOf(grants);
  if (passwordPolicy?.allowUsersToChangePassword !== true) return { account, user, policies };
  return { account, user, policies: { ...policies, identity: [...policies.identity, passwordGrant()] } };
}

export async function loadRole(
  reader: Reader,
  accountId: AccountId,
  id: PrincipalId,
): Promise<RolePrincipal | undefined> {
  const [account, role, grants] = await Promise.all([
    reader.accounts.load(accountId),
    reader.roles.byId(accountId, id),
    reader.grants.load(accountId, "role", id),
  ]);
  if (account === undefined || role === undefined) return undefined;
  const arn = roleArn(accountId, role.path, role.roleName);
  return { account, role, arn, policies: policiesOf(grants) };
}

/** The user as he calls with `credential` of his own: a long-term key, or a session that GetSessionToken made. */
export function userCaller(
  { user, policies }: UserPrincipal,
  credential: PrincipalCaller["credential"],
): PrincipalCaller {
  const { accountId, userId, path, userName, tags } = user;
  const root = isRootOf(userId, accountId);
  return {
    kind: root ? "root" : "user",
    accountId,
    principalId: userId,
    arn: root ? rootArn(accountId) : userArn(accountId, path, userName),
    userName: root ? undefined : userName,
    session: undefined,
    tags,
    policies,
    credential,
  };
}
