import { accept, refuse } from "#base/outcome.ts";
import type { Transaction } from "#ports/store.ts";
import { afterEnrolling } from "#signin/steps.ts";
import { advance, withoutSession } from "./advance.ts";
import { inSession } from "./answers.ts";
import { whereItStands } from "./GetSignIn.ts";
import { standingOf } from "./people.ts";
import { clockIsBehind } from "./refusals.ts";
import { loadSession } from "./sessions.ts";
import type { SignInOperation, SignInResult, Visit } from "./visit.ts";

/**
 * Asks where the sign-in stands now. A session that was for enrolling ends as soon as there is a device: its code is owed, and
 * what comes of it is another session.
 */
export const Continue: SignInOperation<object> = async ({ store }, visit) =>
  visit.clockBehind ? refuse(clockIsBehind()) : store.write((tx) => decide(tx, visit));

async function decide(tx: Transaction, visit: Visit): Promise<SignInResult> {
  const session = await loadSession(tx, visit);
  if (!session.ok || session.value.row.enrolment === "none") {
    return accept({ output: await whereItStands(tx, visit), cookies: [] });
  }
  const { row, person } = session.value;
  const standing = await standingOf(tx, visit, person);
  const standpoint = afterEnrolling(standing, row.enrolment === "required" ? "required" : "offered");
  if (standpoint.step !== "factor") {
    return accept({ output: inSession(visit, person, row.enrolment, standing.reminder), cookies: [] });
  }
  // of two at once the second finds no session, and the sign-in that the first has begun is in the other's cookie
  if (!(await tx.consoleSessions.end(row.accountId, row.tokenHash))) return loadedNone(tx, visit);
  return withoutSession(await advance(tx, visit, person, standing, standpoint));
}

const loadedNone = async (tx: Transaction, visit: Visit): Promise<SignInResult> => {
  const session = await loadSession(tx, visit);
  return session.ok ? accept({ output: await whereItStands(tx, visit), cookies: [] }) : refuse(session.error);
};
