import { accept } from "#base/outcome.ts";
import type { SignIn } from "#model/signin/types.ts";
import type { Reader } from "#ports/store.ts";
import { passwordReason } from "#signin/steps.ts";
import { endOf } from "../console-sessions.ts";
import { atChangePassword, atFactor, inSession } from "./answers.ts";
import { loadHalfWay } from "./half-way.ts";
import { standingOf } from "./people.ts";
import { loadSession } from "./sessions.ts";
import type { SignInOperation, Visit } from "./visit.ts";

/** Where this browser stands: it changes nothing, and tells nobody but the browser whose cookies these are. */
export const GetSignIn: SignInOperation<object> = async ({ store }, visit) =>
  accept({ output: await whereItStands(store.reader, visit), cookies: [] });

export async function whereItStands(store: Reader, visit: Visit): Promise<SignIn> {
  const session = await loadSession(store, visit);
  if (session.ok) {
    const { row, person } = session.value;
    const { reminder } = await standingOf(store, visit, person);
    const SessionEndsAt = endOf(row, visit.deps.signIn);
    return { ...inSession(visit, person, row.enrolment, reminder), SessionEndsAt };
  }
  const halfWay = await loadHalfWay(store, visit);
  if (!halfWay.ok) return atPassword(store, visit);
  const { row, person } = halfWay.value;
  if (row.step === "factor") return atFactor(store, visit, person);
  const reason = passwordReason(await standingOf(store, visit, person));
  // what forced the change is over, the change is not: it was begun
  return atChangePassword(store, visit, person, reason ?? "reset");
}

async function atPassword(store: Reader, { now }: Visit): Promise<SignIn> {
  const [account] = await store.accounts.list({ limit: 1 });
  return { Step: "password", ServerTime: now, ...(account === undefined ? { SetUpNeeded: true } : {}) };
}
