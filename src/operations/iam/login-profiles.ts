import type { LoginProfile } from "@aws-sdk/client-iam";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import {
  barredHashes,
  type PasswordHistory,
  passwordProblem,
  REUSE_PROBLEM,
} from "#identity/password-policy.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { LoginProfileRow, PasswordPolicyRow } from "#ports/passwords.ts";
import type { Reader, Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import { type Call, isConsoleCaller } from "../call.ts";
import { notSignedIn, renewSession } from "../console-sessions.ts";
import type { Result } from "../operation.ts";
import { wordProblem } from "../password-words.ts";
import { isRootUser } from "../users.ts";

export const noLoginProfile = (user: UserRow): ServiceError =>
  serviceError("NoSuchEntity", `Login Profile for User ${user.userName} cannot be found.`);

/** The profile changed between the hashing and the write that was to replace it. */
export const loginProfileBusy = (user: UserRow): ServiceError =>
  serviceError(
    "EntityTemporarilyUnmodifiable",
    `Login Profile for User ${user.userName} cannot be modified while it is being changed.`,
  );

export const shownLoginProfile = (profile: LoginProfileRow, user: UserRow): LoginProfile => ({
  UserName: user.userName,
  CreateDate: new Date(profile.createdAt),
  PasswordResetRequired: profile.resetRequired,
});

/** The hasher's queue is full: shed before any work is done (DESIGN 3.7). */
const rateExceeded = (): ServiceError => serviceError("Throttling", "Rate exceeded");

/**
 * The hash of a password that the account's policy lets `user` have, or why not. At the console the commonest ones, and those
 * made of his names, are refused as well. Slow: an operation's `prepare`
 * calls it, and the write that follows names the hash it expects to replace.
 */
export async function hashNewPassword(
  store: Reader,
  call: Call,
  user: UserRow,
  password: string,
  history: PasswordHistory | undefined,
): Promise<Outcome<string, ServiceError>> {
  const [account, policy] = await Promise.all([
    store.accounts.load(user.accountId),
    // the account's policy is about users: root has the default
    isRootUser(user) ? undefined : store.passwordPolicies.load(user.accountId),
  ]);
  const names = [user.accountId, account?.alias, account?.rootEmail].filter((name) => name !== undefined);
  const problem = passwordProblem(password, policy, names);
  if (problem !== undefined) return refuse(serviceError("PasswordPolicyViolation", problem));
  const refused =
    account && isConsoleCaller(call.caller) && (await wordProblem(call.deps, password, account, user));
  if (typeof refused === "string") return refuse(serviceError("PasswordPolicyViolation", refused));
  const reuse = await reuseProblem(call, password, history, policy);
  if (reuse !== undefined) return refuse(reuse);
  const hashed = await call.deps.passwords.hash(password, "proven");
  return hashed.ok ? accept(hashed.value) : refuse(rateExceeded());
}

async function reuseProblem(
  call: Call,
  password: string,
  history: PasswordHistory | undefined,
  policy: PasswordPolicyRow | undefined,
): Promise<ServiceError | undefined> {
  for (const hash of history === undefined ? [] : barredHashes(history, policy)) {
    const same = await call.deps.passwords.verify(password, hash, "proven");
    if (!same.ok) return rateExceeded();
    if (same.value) return serviceError("PasswordPolicyViolation", REUSE_PROBLEM);
  }
  return undefined;
}

/** Undefined where `password` is the profile's; else why not. */
export async function oldPasswordProblem(
  call: Call,
  password: string,
  profile: LoginProfileRow,
): Promise<ServiceError | undefined> {
  const right = await call.deps.passwords.verify(password, profile.passwordHash, "proven");
  if (!right.ok) return rateExceeded();
  return right.value ? undefined : serviceError("AccessDenied", "The old password was incorrect.");
}

/**
 * The user's console sessions end with his password. The one that he changes his own in lives on under another cookie, as after every
 * proof of who he is (DESIGN 3.5): `done` with that, or why it cannot be.
 */
export async function endConsoleSessions(
  store: Transaction,
  call: Call,
  { accountId, userId }: UserRow,
): Promise<Result<object>> {
  const { caller } = call;
  const own = caller.kind === "operator" ? undefined : caller.credential.accessKeyId;
  await store.consoleSessions.endAll(accountId, userId, own);
  const [left] = isConsoleCaller(caller) ? await store.consoleSessions.listFor(accountId, userId) : [];
  if (left === undefined) return accept({});
  const cookie = await renewSession(store, call, left, {});
  return cookie === undefined
    ? refuse(notSignedIn("another request has renewed the session"))
    : { ...accept({}), cookies: [cookie] };
}
