import { accept } from "#base/outcome.ts";
import type { Transaction } from "#ports/store.ts";
import type { Standing, Standpoint } from "#signin/steps.ts";
import { clearCookie } from "../cookies.ts";
import { atChangePassword, atFactor, inSession } from "./answers.ts";
import { appendSignIn, signInEvent } from "./events.ts";
import { openHalfWay, startAgain } from "./half-way.ts";
import type { Person } from "./people.ts";
import { signInExpired } from "./refusals.ts";
import { beginSession } from "./sessions.ts";
import type { SignInResult, Visit } from "./visit.ts";

/** Goes to where the sign-in stands now: its row, its event, its cookies and its answer, in the transaction that decided it. */
export async function advance(
  tx: Transaction,
  visit: Visit,
  person: Person,
  standing: Standing,
  standpoint: Exclude<Standpoint, { step: "refused" }>,
): Promise<SignInResult> {
  switch (standpoint.step) {
    case "factor": {
      await tx.events.append(signInEvent(visit, person, { name: "CheckMfa", mfaUsed: false }));
      const cookie = await openHalfWay(tx, visit, person, "factor", undefined);
      return accept({ output: await atFactor(tx, visit, person), cookies: [cookie] });
    }
    case "change-password": {
      const { mfa, reason } = standpoint;
      const ending = { name: "PasswordChangeRequired", mfaUsed: mfa !== undefined, mfa } as const;
      await tx.events.append(signInEvent(visit, person, ending));
      const cookie = await openHalfWay(tx, visit, person, "change-password", mfa);
      return accept({ output: await atChangePassword(tx, visit, person, reason), cookies: [cookie] });
    }
    case "enrol": {
      await tx.mfaReminders.note(person.account.accountId, visit.now);
      const cookies = await beginSession(tx, visit, person, undefined, standpoint.enrolment);
      if (cookies === undefined) return passwordGone();
      await appendSignIn(tx, visit, person, { name: "ConsoleLogin", mfaUsed: false });
      const reminder = standing.reminder ?? { firstAt: visit.now, lastAt: visit.now };
      return accept({ output: inSession(visit, person, standpoint.enrolment, reminder), cookies });
    }
    case "session": {
      const { mfa } = standpoint;
      const cookies = await beginSession(tx, visit, person, mfa, "none");
      if (cookies === undefined) return passwordGone();
      const ending = { name: "ConsoleLogin", mfaUsed: mfa !== undefined, mfa } as const;
      await appendSignIn(tx, visit, person, ending);
      return accept({ output: inSession(visit, person, "none", undefined), cookies });
    }
    default:
      return standpoint satisfies never;
  }
}

const passwordGone = (): SignInResult => startAgain(signInExpired("the password was changed meanwhile"));

/** The session that was for enrolling gives way to a sign-in that asks for the new device's code. */
export const withoutSession = (result: SignInResult): SignInResult =>
  result.ok
    ? accept({ ...result.value, cookies: [...result.value.cookies, clearCookie("session")] })
    : result;
