import { type EpochMs, epochMs } from "#base/clock.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { isRootOf } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { NamedPolicy } from "#policy/request.ts";
import type { AccountRow } from "#ports/accounts.ts";
import type { ConsoleSessionRow } from "#ports/console-sessions.ts";
import type { Reader, Store, Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import { type SignInLimits, TOUCH_MS } from "#signin/limits.ts";
import { ENROL_POLICY } from "#signin/restrictions.ts";
import { issueToken, readToken } from "#signin/token.ts";
import type { Call, PrincipalCaller } from "./call.ts";
import type { Callers } from "./callers.ts";
import { compiledPolicy } from "./compiled-policies.ts";
import { type CookieChange, sessionCookie } from "./cookies.ts";
import { type UserPrincipal, userCaller } from "./principals.ts";

/** Who calls with a session's cookie. */
export interface ConsoleSessions {
  /**
   * The caller behind the cookie, or NotSignedIn. The row is read anew at each call, so an ended session is over at once; its
   * principal comes through the cache of `callers`. What policies say of a restricted session is in the caller's own policies.
   */
  load(token: string, now: EpochMs): Promise<Outcome<PrincipalCaller, ServiceError>>;
}

export function openConsoleSessions(store: Store, callers: Callers, limits: SignInLimits): ConsoleSessions {
  return {
    async load(token, now) {
      const row = await sessionOf(store.reader, token);
      const principal = row && (await callers.user(row.accountId, row.principalId));
      const problem = sessionProblem(row, principal, limits, now);
      if (row === undefined || principal === undefined || problem !== undefined)
        return refuse(notSignedIn(problem));
      await noteUse(store, row, now);
      return accept(consoleCaller(principal, row));
    },
  };
}

/** The session of a cookie, good or not. */
export async function sessionOf(
  store: Reader,
  token: string | undefined,
): Promise<ConsoleSessionRow | undefined> {
  const read = readToken(token);
  return read && (await store.consoleSessions.load(read.accountId, read.tokenHash));
}

/** Outwardly one sentence for every reason. */
export const notSignedIn = (reason: string | undefined): ServiceError =>
  serviceError("NotSignedIn", "You are not signed in, or your session is over. Sign in again.", reason);

/** Why the session is not good for a call at `now`, or undefined. */
export function sessionProblem(
  row: ConsoleSessionRow | undefined,
  principal: { readonly account: AccountRow; readonly user: UserRow } | undefined,
  limits: SignInLimits,
  now: EpochMs,
): string | undefined {
  if (row === undefined) return "no such session";
  if (principal === undefined) return "the session's principal is gone";
  if (now >= row.expiresAt) return "the session has expired";
  if (now >= endOf(row, limits)) return "the session was idle for too long";
  const notBefore = Math.max(principal.account.sessionsNotBefore, principal.user.sessionsNotBefore);
  return row.issuedAt <= notBefore ? "the session was ended" : undefined;
}

/** How long the session may go without a request. */
export const idleOf = ({ principalId, accountId }: ConsoleSessionRow, limits: SignInLimits): number =>
  isRootOf(principalId, accountId) ? limits.rootIdle : limits.idle;

/** When the session is over if no request comes any more. */
export const endOf = (row: ConsoleSessionRow, limits: SignInLimits): number =>
  Math.min(row.expiresAt, row.lastSeenAt + idleOf(row, limits));

/** The session's holder as he calls with it. */
export function consoleCaller(principal: UserPrincipal, row: ConsoleSessionRow): PrincipalCaller {
  const { accessKeyId, issuedAt, expiresAt, mfa } = row;
  const credential = {
    type: "session-token",
    madeBy: "SignIn",
    accessKeyId,
    issuedAt,
    expiresAt,
    mfa,
  } as const;
  const caller = userCaller(principal, credential);
  if (row.enrolment !== "required") return caller;
  return { ...caller, policies: { ...caller.policies, session: [mustEnrol()] } };
}

const mustEnrol = (): NamedPolicy => ({
  name: "must set up MFA",
  compiled: compiledPolicy(ENROL_POLICY, "session"),
});

/** Once a minute is enough: how idle a session is does not matter to the second. */
async function noteUse(store: Store, { accountId, tokenHash, lastSeenAt }: ConsoleSessionRow, now: EpochMs) {
  if (now - lastSeenAt < TOUCH_MS) return;
  const before = epochMs(now - TOUCH_MS);
  await store.write((tx) => tx.consoleSessions.touch(accountId, tokenHash, now, before));
}

/** Gives the session another cookie with what `change` says; undefined where another request has done so first. */
export async function renewSession(
  tx: Transaction,
  { deps, now }: Pick<Call, "deps" | "now">,
  { accountId, tokenHash, expiresAt }: ConsoleSessionRow,
  change: Partial<Pick<ConsoleSessionRow, "mfa" | "enrolment">>,
): Promise<CookieChange | undefined> {
  const fresh = issueToken(accountId, deps.random);
  const renewed = await tx.consoleSessions.renew(accountId, tokenHash, {
    ...change,
    tokenHash: fresh.tokenHash,
  });
  return renewed ? sessionCookie(fresh.token, expiresAt - now) : undefined;
}

/** One of the caller's own sessions, as he is shown it. */
export interface OwnSession extends ConsoleSessionRow {
  /** The one that he calls with. */
  readonly current: boolean;
}

/** The caller's sessions that are good, newest first. */
export async function ownSessions(store: Reader, call: Call): Promise<readonly OwnSession[]> {
  const { caller, now, deps } = call;
  if (caller.kind !== "user" && caller.kind !== "root") return [];
  const { accountId, principalId, credential } = caller;
  const [account, user, rows] = await Promise.all([
    store.accounts.load(accountId),
    store.users.byId(accountId, principalId),
    store.consoleSessions.listFor(accountId, principalId),
  ]);
  const principal = account && user && { account, user };
  return rows
    .filter((row) => sessionProblem(row, principal, deps.signIn, now) === undefined)
    .map((row) => ({ ...row, current: row.accessKeyId === credential.accessKeyId }));
}

/** Ends one of the caller's own sessions; false where he has none of that id. */
export async function endOwnSession(tx: Transaction, { caller }: Call, sessionId: string): Promise<boolean> {
  if (caller.kind !== "user" && caller.kind !== "root") return false;
  return tx.consoleSessions.endNamed(caller.accountId, caller.principalId, sessionId);
}

/**
 * Ends the caller's console sessions but for the one that he calls with, and with `temporaryCredentials` every session token of
 * his too: the account's revision must then rise in the same transaction. Tells how many console sessions there were.
 */
export async function endOtherSessions(
  tx: Transaction,
  { caller, now }: Call,
  temporaryCredentials: boolean,
): Promise<number> {
  if (caller.kind !== "user" && caller.kind !== "root") return 0;
  const { accountId, principalId, credential } = caller;
  const ended = await tx.consoleSessions.endAll(accountId, principalId, credential.accessKeyId);
  if (!temporaryCredentials) return ended;
  await tx.users.endSessions(accountId, principalId, now);
  const [own] = await tx.consoleSessions.listFor(accountId, principalId);
  // the one that asked lives on: it counts as issued just after
  if (own !== undefined) {
    await tx.consoleSessions.renew(accountId, own.tokenHash, { issuedAt: epochMs(now + 1) });
  }
  return ended;
}
