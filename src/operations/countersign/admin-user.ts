import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { type Arn, issuePrincipalId, type UserName } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { ADMINISTRATOR_ACCESS } from "#policy/managed/managed.ts";
import type { Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "../call.ts";
import { type IssuedKey, issueKeyFor } from "./issued-key.ts";

export interface AdminUser extends IssuedKey {
  readonly UserName: string;
}

/** The first user of a new account: AdministratorAccess and one access key. `name` has been checked. */
export async function createAdminUser(
  store: Transaction,
  call: Call,
  name: string,
): Promise<Outcome<AdminUser, ServiceError>> {
  const user = newAdmin(call, name);
  const { accountId, userId } = user;
  const made =
    (await store.users.create(user)) &&
    (await store.accounts.count(accountId, "userCount", 1)) &&
    (await store.attachments.attach(accountId, userId, ADMINISTRATOR_ACCESS as Arn, call.now)) ===
      "attached" &&
    (await store.users.count(accountId, userId, "policyCount", 1));
  // the account is new in this transaction, so nobody can have been there before
  if (!made)
    return refuse(serviceError("ServiceUnavailable", "the administrator could not be made: try again"));
  const key = await issueKeyFor(store, call, user);
  return key.ok ? accept({ UserName: name, ...key.value }) : key;
}

function newAdmin(call: Call, name: string): UserRow {
  return {
    accountId: call.caller.accountId,
    userId: issuePrincipalId("user", call.deps.random),
    // CreateAccount has held the name to AWS's alphabet and length
    userName: name as UserName,
    path: "/",
    createdAt: call.now,
    tags: [],
    passwordLastUsed: undefined,
    mfaCount: 0,
    accessKeyCount: 0,
    policyCount: 0,
    groupCount: 0,
    inlineCount: 0,
    inlineSize: 0,
    boundaryArn: undefined,
    sessionsNotBefore: call.now,
  };
}
