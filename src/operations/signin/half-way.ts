import { epochMs } from "#base/clock.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { MfaProof } from "#mfa/proof.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { SignInRow } from "#ports/signins.ts";
import type { Reader, Transaction } from "#ports/store.ts";
import { SIGN_IN_MS } from "#signin/limits.ts";
import { issueToken, readToken, type Token } from "#signin/token.ts";
import { type CookieChange, clearCookie, signInCookie } from "../cookies.ts";
import { loadPerson, type Person } from "./people.ts";
import { signInExpired } from "./refusals.ts";
import type { SignInResult, Visit } from "./visit.ts";

/** Refusals in one step after which the sign-in begins anew. */
const MOST_FAILURES = 10;

/** A half-way sign-in that is still good, and whose it is. */
export interface HalfWay {
  readonly row: SignInRow;
  readonly person: Person;
}

/** What the browser's cookie says. In another kind of browser than the one that it was given to it is nobody's (DESIGN 3.5). */
export const halfWayToken = ({ cookies, userAgent }: Visit): Token | undefined =>
  readToken(cookies.signin, userAgent);

/** The browser's half-way sign-in, at whatever step; why there is none, else. */
export async function loadHalfWay(store: Reader, visit: Visit): Promise<Outcome<HalfWay, string>> {
  const token = halfWayToken(visit);
  const row = token && (await store.signIns.load(token.accountId, token.tokenHash));
  if (row === undefined) return refuse("no such sign-in");
  if (visit.now >= row.expiresAt) return refuse("more than five minutes have gone by");
  const person = await loadPerson(store, row.accountId, row.principalId);
  if (person === undefined) return refuse("the user or his password is gone");
  const { account, user, profile } = person;
  if (profile.changedAt !== row.passwordChangedAt) return refuse("the password was changed meanwhile");
  const notBefore = Math.max(account.sessionsNotBefore, user.sessionsNotBefore);
  return row.createdAt <= notBefore ? refuse("the user's sessions were ended") : accept({ row, person });
}

/** As `loadHalfWay`, and it must stand at `step`. */
export async function halfWayAt(
  store: Reader,
  visit: Visit,
  step: SignInRow["step"],
): Promise<Outcome<HalfWay, ServiceError>> {
  const found = await loadHalfWay(store, visit);
  if (!found.ok) return refuse(signInExpired(found.error));
  return found.value.row.step === step
    ? found
    : refuse(signInExpired(`the sign-in stands at another step: ${found.value.row.step}`));
}

/** The browser's sign-in is over. */
export const startAgain = (error: ServiceError): SignInResult => ({
  ...refuse(error),
  cookies: [clearCookie("signin")],
});

/** Makes a half-way sign-in under a cookie of its own: a step that is taken never leaves the cookie as it was. */
export async function openHalfWay(
  tx: Transaction,
  { now, deps, userAgent }: Visit,
  { user, profile }: Person,
  step: SignInRow["step"],
  mfa: MfaProof | undefined,
): Promise<CookieChange> {
  const { token, tokenHash } = issueToken(user.accountId, deps.random, userAgent);
  await tx.signIns.create({
    accountId: user.accountId,
    tokenHash,
    principalId: user.userId,
    step,
    passwordChangedAt: profile.changedAt,
    mfa,
    createdAt: now,
    expiresAt: epochMs(now + SIGN_IN_MS),
    failures: 0,
  });
  return signInCookie(token);
}

/** Takes the step: of two at once one goes on, and the other finds the sign-in gone. */
export const takeHalfWay = (tx: Transaction, { accountId, tokenHash }: SignInRow): Promise<boolean> =>
  tx.signIns.take(accountId, tokenHash);

/** Counts a refusal in the step, and answers with it: also the last one, after which the sign-in is gone. */
export async function refusedInStep(
  tx: Transaction,
  { accountId, tokenHash }: SignInRow,
  error: ServiceError,
): Promise<SignInResult> {
  await tx.signIns.countFailure(accountId, tokenHash, MOST_FAILURES);
  return refuse(error);
}
