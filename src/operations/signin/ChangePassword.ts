import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { earlierHashesAfter } from "#identity/password-policy.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { ChangePasswordInput } from "#model/signin/types.ts";
import type { Reader, Transaction } from "#ports/store.ts";
import { afterNewPassword } from "#signin/steps.ts";
import { notSignedIn, renewSession } from "../console-sessions.ts";
import { staleFactor } from "../credential-rules.ts";
import { hashNewPassword } from "../iam/login-profiles.ts";
import { wordProblem } from "../password-words.ts";
import { advance } from "./advance.ts";
import { inSession } from "./answers.ts";
import { failed, openAttempt, succeeded, turnedAway } from "./attempts.ts";
import { type Changing, callOf, loadChanging, mayNotChange, noteChange } from "./changing.ts";
import { startAgain, takeHalfWay } from "./half-way.ts";
import { checkPassword } from "./password-check.ts";
import { type Person, standingOf } from "./people.ts";
import { clockIsBehind, passwordRefused, signInExpired, signInFailed, tooBusy } from "./refusals.ts";
import type { SignInOperation, SignInResult, Visit } from "./visit.ts";

/**
 * Changes one's own password: because it must be before the session begins, or in a session, which is how root does it. All
 * the person's other console sessions end with the old one.
 */
export const ChangePassword: SignInOperation<ChangePasswordInput> = async ({ store }, visit, input) => {
  if (visit.clockBehind) return refuse(clockIsBehind());
  const changing = await loadChanging(store.reader, visit);
  if (!changing.ok) return startAgain(changing.error);
  const { person, session } = changing.value;
  const stale = session && staleFactor(person.user, session.mfa, visit.now);
  if (stale !== undefined) return refuse(stale);
  const right = await checkPassword(visit, input.OldPassword, person.profile, "anybody");
  if (!right.ok) return refuse(tooBusy());
  // also behind a wrong old password: how long it takes tells nothing while the answer is withheld
  const hash = await newHash(store.reader, visit, changing.value, input.NewPassword);
  return store.write((tx) => decide(tx, visit, person.profile.passwordHash, right.value, hash));
};

/** What the rules of passwords say of the new one; its hash where they let it pass. */
async function newHash(
  store: Reader,
  visit: Visit,
  changing: Changing,
  password: string,
): Promise<Outcome<string, ServiceError>> {
  const { account, user, profile } = changing.person;
  const refused = await wordProblem(visit.deps, password, account, user);
  if (refused !== undefined) return refuse(passwordRefused(refused));
  const call = await callOf(store, visit, changing);
  return call === undefined
    ? refuse(signInExpired("the user is gone"))
    : hashNewPassword(store, call, user, password, profile);
}

async function decide(
  tx: Transaction,
  visit: Visit,
  checkedHash: string,
  right: boolean,
  hash: Outcome<string, ServiceError>,
): Promise<SignInResult> {
  const changing = await loadChanging(tx, visit);
  if (!changing.ok) return startAgain(changing.error);
  const { person } = changing.value;
  const attempt = await openAttempt(tx, visit, "password", person, "ConsoleLogin");
  if (attempt.waiting) {
    await turnedAway(tx, visit, attempt);
    return refuse(signInFailed("too many failures"));
  }
  if (!right || person.profile.passwordHash !== checkedHash) {
    await failed(tx, visit, attempt, "wrong old password");
    return refuse(signInFailed("wrong old password"));
  }
  const barred = await mayNotChange(tx, visit, changing.value);
  if (barred !== undefined) return refuse(barred);
  if (!hash.ok) return hash;
  await succeeded(tx, visit, attempt);
  return goOn(tx, visit, changing.value, hash.value);
}

/** The step is taken, or the session's cookie renewed, by the one request that then writes the password. */
async function goOn(
  tx: Transaction,
  visit: Visit,
  changing: Changing,
  passwordHash: string,
): Promise<SignInResult> {
  const { halfWay, session } = changing;
  if (halfWay !== undefined) {
    if (!(await takeHalfWay(tx, halfWay)))
      return startAgain(signInExpired("another request has taken this step"));
    const person = await replacePassword(tx, visit, changing, passwordHash);
    if (person === undefined) return changedMeanwhile();
    const standing = await standingOf(tx, visit, person);
    const standpoint = afterNewPassword(standing, halfWay.mfa, visit.deps.signIn, visit.now);
    return standpoint.step === "refused"
      ? startAgain(signInExpired(standpoint.reason))
      : advance(tx, visit, person, standing, standpoint);
  }
  const cookie = session && (await renewSession(tx, visit, session, {}));
  if (session === undefined || cookie === undefined)
    return refuse(notSignedIn("another request has renewed the session"));
  const person = await replacePassword(tx, visit, changing, passwordHash);
  if (person === undefined) return changedMeanwhile();
  const { reminder } = await standingOf(tx, visit, person);
  return accept({ output: inSession(visit, person, session.enrolment, reminder), cookies: [cookie] });
}

/** Somebody else has set another password: his sessions and sign-ins are over by that. */
const changedMeanwhile = (): SignInResult => startAgain(signInExpired("the password was changed meanwhile"));

async function replacePassword(
  tx: Transaction,
  visit: Visit,
  changing: Changing,
  passwordHash: string,
): Promise<Person | undefined> {
  const { account, user, profile } = changing.person;
  const changed = {
    ...profile,
    passwordHash,
    changedAt: visit.now,
    resetRequired: false,
    earlierHashes: earlierHashesAfter(profile),
  };
  if (!(await tx.loginProfiles.replace(changed, profile.passwordHash))) return undefined;
  await tx.consoleSessions.endAll(user.accountId, user.userId, changing.session?.accessKeyId);
  await noteChange(tx, visit, changing);
  return { account, user, profile: changed };
}
