import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { rootArn, userArn } from "#identity/arns.ts";
import { isRootOf, rootPrincipalId } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Reader, Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "./call.ts";

/** The member that says whom a call is about. */
export interface UserInput {
  readonly UserName?: string | undefined;
}

/**
 * Whom a call is about: the user named, in whatever letter case, or without a name the caller himself, root included
 * (DESIGN 4). Undefined where there is no such user, and without a name for who is no user: a role's session, the operator.
 */
export async function userTarget(store: Reader, call: Call, input: UserInput): Promise<UserRow | undefined> {
  const { caller } = call;
  if (input.UserName !== undefined) return store.users.byName(caller.accountId, input.UserName);
  const isUser = caller.kind === "user" || caller.kind === "root";
  return isUser ? store.users.byId(caller.accountId, caller.principalId) : undefined;
}

export const isRootUser = (user: Pick<UserRow, "accountId" | "userId">): boolean =>
  isRootOf(user.userId, user.accountId);

/** The ARN under which `user` is shown and decided about: the stored spelling and path. */
export const arnOfUser = (user: UserRow): string =>
  isRootUser(user) ? rootArn(user.accountId) : userArn(user.accountId, user.path, user.userName);

/** The resource of a decision: the user's ARN, or `user/NAME` as asked for where there is none. */
export function userResource(call: Call, input: UserInput, target: UserRow | undefined): readonly string[] {
  if (target !== undefined) return [arnOfUser(target)];
  if (input.UserName !== undefined) return [userArn(call.caller.accountId, "/", input.UserName)];
  return [call.caller.arn];
}

export const noSuchUser = (name: string | undefined): ServiceError =>
  serviceError("NoSuchEntity", `The user with name ${name} cannot be found.`);

/** Whom the call is about, root included where root left out the name; else why not. */
export function userOrRoot(
  call: Call,
  input: UserInput,
  target: UserRow | undefined,
): Outcome<UserRow, ServiceError> {
  if (target !== undefined) return accept(target);
  const { caller } = call;
  const name = input.UserName ?? (caller.kind === "user" ? caller.userName : undefined);
  return refuse(name === undefined ? mustNameUser() : noSuchUser(name));
}

/** The IAM user whom the call is about, never root; else why not. */
export function iamUser(
  call: Call,
  input: UserInput,
  target: UserRow | undefined,
): Outcome<UserRow, ServiceError> {
  const user = userOrRoot(call, input, target);
  return user.ok && isRootUser(user.value) ? refuse(mustNameUser()) : user;
}

const mustNameUser = (): ServiceError =>
  serviceError("ValidationError", "Must specify userName when calling with non-User credentials");

/** The account's root user. */
export const rootUser = (store: Reader, call: Call): Promise<UserRow | undefined> =>
  store.users.byId(call.caller.accountId, rootPrincipalId(call.caller.accountId));

/** The same, its row locked until the transaction ends. */
export async function lockRoot(tx: Transaction, { caller: { accountId } }: Call): Promise<UserRow> {
  const root = await tx.users.lock(accountId, rootPrincipalId(accountId));
  if (root === undefined) throw new Error(`account \`${accountId}\` has no root user`);
  return root;
}
