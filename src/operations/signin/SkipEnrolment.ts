import { accept, refuse } from "#base/outcome.ts";
import type { Transaction } from "#ports/store.ts";
import { afterSkipping } from "#signin/steps.ts";
import { notSignedIn } from "../console-sessions.ts";
import { clearCookie } from "../cookies.ts";
import { inSession } from "./answers.ts";
import { signInEvent } from "./events.ts";
import { standingOf } from "./people.ts";
import { loadSession } from "./sessions.ts";
import type { SignInOperation, SignInResult, Visit } from "./visit.ts";

/** Puts off what may be put off: where it may not, the answer is where the sign-in stands still. */
export const SkipEnrolment: SignInOperation<object> = ({ store }, visit) =>
  store.write((tx) => decide(tx, visit));

async function decide(tx: Transaction, visit: Visit): Promise<SignInResult> {
  const session = await loadSession(tx, visit);
  if (!session.ok) return { ...refuse(session.error), cookies: [clearCookie("session")] };
  const { row, person } = session.value;
  const enrolment = afterSkipping(row.enrolment);
  if (enrolment !== row.enrolment) {
    if (!(await tx.consoleSessions.renew(row.accountId, row.tokenHash, { enrolment })))
      return refuse(notSignedIn("another request has ended or renewed the session"));
    await tx.events.append(signInEvent(visit, person, { name: "SkipEnrolment", mfaUsed: false }));
  }
  const { reminder } = await standingOf(tx, visit, person);
  return accept({ output: inSession(visit, person, enrolment, reminder), cookies: [] });
}
