import { randomUUID } from "node:crypto";
import { epochMs } from "#base/clock.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { issueAccessKeyId } from "#identity/ids.ts";
import type { MfaProof } from "#mfa/proof.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { ConsoleSessionRow } from "#ports/console-sessions.ts";
import type { Reader, Transaction } from "#ports/store.ts";
import { BROWSER_MS } from "#signin/limits.ts";
import type { Enrolment } from "#signin/steps.ts";
import { issueSecret, issueToken, readToken, secretHash } from "#signin/token.ts";
import { notSignedIn, sessionOf, sessionProblem } from "../console-sessions.ts";
import { browserCookie, type CookieChange, clearCookie, sessionCookie } from "../cookies.ts";
import { tell } from "../notices.ts";
import { isRootUser } from "../users.ts";
import { knownBrowser } from "./attempts.ts";
import { loadPerson, type Person } from "./people.ts";
import type { Visit } from "./visit.ts";

/** The browser's session, if it is good, and whose it is. */
export interface OpenSession {
  readonly row: ConsoleSessionRow;
  readonly person: Person;
}

export async function loadSession(store: Reader, visit: Visit): Promise<Outcome<OpenSession, ServiceError>> {
  const row = await sessionOf(store, visit.cookies.session);
  const person = row && (await loadPerson(store, row.accountId, row.principalId));
  const problem = sessionProblem(row, person, visit.deps.signIn, visit.now);
  if (row === undefined || person === undefined || problem !== undefined) return refuse(notSignedIn(problem));
  return accept({ row, person });
}

/**
 * Begins a session under a cookie that was never out before, and ends what the browser had: no cookie that someone could have
 * planted becomes worth anything. Undefined where the password is another by now: the write that looks holds up whoever changes
 * it until the session is there to be ended.
 */
export async function beginSession(
  tx: Transaction,
  visit: Visit,
  person: Person,
  mfa: MfaProof | undefined,
  enrolment: Enrolment,
): Promise<readonly CookieChange[] | undefined> {
  const { now, deps } = visit;
  const { user, profile } = person;
  const { accountId, userId } = user;
  if (!(await tx.loginProfiles.replace(profile, profile.passwordHash))) return undefined;
  const lasts = isRootUser(user) ? deps.signIn.rootAbsolute : deps.signIn.absolute;
  const { token, tokenHash } = issueToken(accountId, deps.random);
  await endFormer(tx, visit);
  await tx.consoleSessions.create({
    accountId,
    sessionId: randomUUID(),
    tokenHash,
    principalId: userId,
    accessKeyId: issueAccessKeyId("temporaryKey", accountId, deps.random),
    signedInAt: now,
    issuedAt: now,
    lastSeenAt: now,
    expiresAt: epochMs(now + lasts),
    mfa,
    enrolment,
    sourceIp: visit.sourceIp,
    userAgent: visit.userAgent,
  });
  await tx.users.notePasswordUse(accountId, userId, now);
  if (mfa !== undefined) await tellOfNewBrowser(tx, visit, person);
  return [
    sessionCookie(token, lasts),
    clearCookie("signin"),
    ...(mfa === undefined ? [] : [await rememberBrowser(tx, visit, user)]),
  ];
}

/** Somebody who has never signed in before knows that he does so now. */
async function tellOfNewBrowser(tx: Transaction, visit: Visit, person: Person): Promise<void> {
  const { user } = person;
  if (user.passwordLastUsed === undefined || (await knownBrowser(tx, visit, person)) !== undefined) return;
  await tell(tx, visit, { about: user, kind: "new-device-signed-in" });
}

/** Whoever signs in leaves the session that the browser had. */
async function endFormer(tx: Transaction, { cookies }: Visit): Promise<void> {
  const former = readToken(cookies.session);
  if (former !== undefined) await tx.consoleSessions.end(former.accountId, former.tokenHash);
}

/** Browsers of one person that have a budget of their own. */
const MOST_BROWSERS = 10;

/** This browser has completed MFA for this person. It gets a new cookie, and those it was known for before keep it. */
export async function rememberBrowser(
  tx: Transaction,
  { now, deps, cookies }: Visit,
  { accountId, userId }: Person["user"],
): Promise<CookieChange> {
  const { token, tokenHash } = issueSecret(deps.random);
  await tx.browsers.remember({
    accountId,
    principalId: userId,
    tokenHash,
    formerHash: secretHash(cookies.browser),
    usedAt: now,
    expiresAt: epochMs(now + BROWSER_MS),
    most: MOST_BROWSERS,
  });
  return browserCookie(token);
}
