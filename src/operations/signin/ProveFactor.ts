import { accept, refuse } from "#base/outcome.ts";
import type { CodeInput } from "#model/signin/types.ts";
import type { Transaction } from "#ports/store.ts";
import { notSignedIn, renewSession } from "../console-sessions.ts";
import { clearCookie } from "../cookies.ts";
import { openAttempt, succeeded, turnedAway } from "./attempts.ts";
import { notAccepted, proveVisitorsCode } from "./codes.ts";
import { signInEvent } from "./events.ts";
import { clockIsBehind, invalidCode } from "./refusals.ts";
import { loadSession, rememberBrowser } from "./sessions.ts";
import type { SignInOperation, SignInResult, Visit } from "./visit.ts";

/** Proves a factor in a session, for what wants a fresh proof. The session gets a new cookie: it is worth more than before. */
export const ProveFactor: SignInOperation<CodeInput> = async ({ store }, visit, input) =>
  visit.clockBehind ? refuse(clockIsBehind()) : store.write((tx) => decide(tx, visit, input));

async function decide(tx: Transaction, visit: Visit, input: CodeInput): Promise<SignInResult> {
  const session = await loadSession(tx, visit);
  if (!session.ok) return { ...refuse(session.error), cookies: [clearCookie("session")] };
  const { row, person } = session.value;
  const attempt = await openAttempt(tx, visit, "code", person, "ProveFactor");
  if (attempt.waiting) {
    await turnedAway(tx, visit, attempt);
    return refuse(invalidCode("too many failures"));
  }
  const proof = await proveVisitorsCode(tx, visit, person.user, input);
  if (!proof.ok) {
    await notAccepted(tx, visit, attempt, proof.error);
    return refuse(invalidCode(proof.error.reason));
  }
  const mfa = proof.value;
  const cookie = await renewSession(tx, visit, row, { mfa, enrolment: "none" });
  // the code is spent, whoever goes on
  if (cookie === undefined) return refuse(notSignedIn("another request has renewed the session"));
  await succeeded(tx, visit, attempt);
  const browser = await rememberBrowser(tx, visit, person.user);
  await tx.events.append(signInEvent(visit, person, { name: "ProveFactor", mfaUsed: true, mfa }));
  return accept({ output: { ProvedAt: mfa.at }, cookies: [cookie, browser] });
}
