import { refuse } from "#base/outcome.ts";
import { rootPrincipalId } from "#identity/ids.ts";
import type { PasswordInput } from "#model/signin/types.ts";
import type { Transaction } from "#ports/store.ts";
import { afterPassword } from "#signin/steps.ts";
import { DEPLOYMENT } from "../countersign/account-names.ts";
import { advance } from "./advance.ts";
import { failed, knownBrowser, openAttempt, succeeded, turnedAway } from "./attempts.ts";
import { halfWayToken } from "./half-way.ts";
import { checkPassword, raiseHash } from "./password-check.ts";
import { type Found, findPerson, loadPerson, type Person, standingOf } from "./people.ts";
import { clockIsBehind, signInFailed, tooBusy } from "./refusals.ts";
import type { SignInOperation, SignInResult, Visit } from "./visit.ts";

/**
 * The first page. Unknown account, unknown user, no password, a wrong one, an expired one that only an administrator can
 * change, and too many attempts: one answer, after one hash and the same reads and writes (guarantee 6).
 */
export const SubmitPassword: SignInOperation<PasswordInput> = async ({ store }, visit, input) => {
  if (visit.clockBehind) return refuse(clockIsBehind());
  const found = await findPerson(store.reader, input);
  const rank = (await knownBrowser(store.reader, visit, found)) === undefined ? "anybody" : "ahead";
  const right = await checkPassword(visit, input.Password, found.profile, rank);
  if (!right.ok) return refuse(tooBusy());
  const result = await store.write((tx) => decide(tx, visit, found, right.value));
  const person = personOf(found);
  if (result.ok && person !== undefined) await raiseHash(store, visit, input.Password, person);
  return result;
};

function personOf({ account, user, profile }: Found): Person | undefined {
  return account && user && profile && { account, user, profile };
}

async function decide(tx: Transaction, visit: Visit, found: Found, right: boolean): Promise<SignInResult> {
  const attempt = await openAttempt(tx, visit, "password", found);
  const person = await unchanged(tx, found);
  if (attempt.waiting) {
    await turnedAway(tx, visit, attempt);
    return refuse(signInFailed("too many failures"));
  }
  const fail = async (reason: string): Promise<SignInResult> => {
    await failed(tx, visit, attempt, reason);
    return refuse(signInFailed(reason));
  };
  if (person === undefined || !right) return fail(reasonOf(found, right));
  const standing = await standingOf(tx, visit, person);
  const standpoint = afterPassword(standing, visit.deps.signIn, visit.now);
  if (standpoint.step === "refused") return fail(standpoint.reason);
  await succeeded(tx, visit, attempt);
  await leaveFormer(tx, visit);
  return advance(tx, visit, person, standing, standpoint);
}

/** The person as he is now, with the very password that was checked. The same reads whoever is named, as in `findPerson`. */
async function unchanged(tx: Transaction, { account, user, profile }: Found): Promise<Person | undefined> {
  const accountId = account?.accountId ?? DEPLOYMENT;
  const now = await loadPerson(tx, accountId, user?.userId ?? rootPrincipalId(accountId));
  return profile !== undefined && now?.profile.passwordHash === profile.passwordHash ? now : undefined;
}

function reasonOf({ account, user, profile }: Found, right: boolean): string {
  if (account === undefined) return "no such account";
  if (user === undefined) return "no such user";
  if (profile === undefined) return "the user has no password";
  return right ? "the password was changed meanwhile" : "wrong password";
}

/** A sign-in that was begun in this browser before is over. */
async function leaveFormer(tx: Transaction, visit: Visit): Promise<void> {
  const former = halfWayToken(visit);
  if (former !== undefined) await tx.signIns.take(former.accountId, former.tokenHash);
}
