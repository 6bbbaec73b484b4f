import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { issueAccessKeyId } from "#identity/ids.ts";
import type { MfaProof } from "#mfa/proof.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { ConsoleSessionRow } from "#ports/console-sessions.ts";
import type { SignInRow } from "#ports/signins.ts";
import type { Reader, Transaction } from "#ports/store.ts";
import type { Call } from "../call.ts";
import { decideAbout } from "../decide.ts";
import { denied } from "../denied.ts";
import { eventOf } from "../event.ts";
import { ChangePassword as IamChangePassword } from "../iam/ChangePassword.ts";
import { tell } from "../notices.ts";
import { loadUser, userCaller } from "../principals.ts";
import { arnOfUser, isRootUser } from "../users.ts";
import { signInEvent } from "./events.ts";
import { halfWayAt } from "./half-way.ts";
import type { Person } from "./people.ts";
import { loadSession } from "./sessions.ts";
import type { Visit } from "./visit.ts";

/** Somebody who changes his own password: half-way through signing in, or in a session. */
export interface Changing {
  readonly person: Person;
  readonly halfWay: SignInRow | undefined;
  readonly session: ConsoleSessionRow | undefined;
}

/** A half-way sign-in that owes a new password goes before a session that the browser may have. */
export async function loadChanging(store: Reader, visit: Visit): Promise<Outcome<Changing, ServiceError>> {
  const halfWay = await halfWayAt(store, visit, "change-password");
  if (halfWay.ok) {
    const { row, person } = halfWay.value;
    return accept({ person, halfWay: row, session: undefined });
  }
  const session = await loadSession(store, visit);
  // whoever must enrol a factor does that and nothing else
  if (!session.ok || session.value.row.enrolment === "required") return refuse(halfWay.error);
  const { row, person } = session.value;
  return accept({ person, halfWay: undefined, session: row });
}

/** The change as a call of the person's own, for the rules that speak of calls. Undefined where he is gone. */
export async function callOf(
  store: Reader,
  visit: Visit,
  { person, halfWay, session }: Changing,
): Promise<Call | undefined> {
  const { accountId, userId } = person.user;
  const principal = await loadUser(store, accountId, userId);
  if (principal === undefined) return undefined;
  const { now, deps } = visit;
  const mfa: MfaProof | undefined = (session ?? halfWay)?.mfa;
  const accessKeyId = session?.accessKeyId ?? issueAccessKeyId("temporaryKey", accountId, deps.random);
  const times = { issuedAt: session?.issuedAt ?? now, expiresAt: session?.expiresAt ?? now };
  const credential = { type: "session-token", madeBy: "SignIn", accessKeyId, ...times, mfa } as const;
  return { ...visit, region: "us-east-1", caller: userCaller(principal, credential) };
}

/** A user may change his password only where policies let him, also when he must (contract 7.1). Root always may. */
export async function mayNotChange(
  tx: Transaction,
  visit: Visit,
  changing: Changing,
): Promise<ServiceError | undefined> {
  const { user } = changing.person;
  const call = isRootUser(user) ? undefined : await callOf(tx, visit, changing);
  if (call === undefined) return undefined;
  const decided = decideAbout(IamChangePassword, call, {}, user);
  if (decided.denial === undefined) return undefined;
  const refusal = denied(call, decided.denial, decided.asked);
  if (refusal.ok) return undefined;
  await tx.events.append(eventOf(call, IamChangePassword, { input: {}, decided, error: refusal.error }));
  return refusal.error;
}

/** Tells the person, and makes the change's event: root's is one of sign-in, a user's is IAM's (contract 5.2). */
export async function noteChange(tx: Transaction, visit: Visit, changing: Changing): Promise<void> {
  const { person, halfWay, session } = changing;
  const details = { by: arnOfUser(person.user) };
  await tell(tx, visit, { about: person.user, kind: "password-changed", details });
  if (isRootUser(person.user)) {
    const mfa = (session ?? halfWay)?.mfa;
    const ending = { name: "PasswordUpdated", mfaUsed: mfa !== undefined, mfa } as const;
    await tx.events.append(signInEvent(visit, person, ending));
    return;
  }
  const call = await callOf(tx, visit, changing);
  if (call === undefined) return;
  const decided = decideAbout(IamChangePassword, call, {}, person.user);
  await tx.events.append(eventOf(call, IamChangePassword, { input: {}, decided, output: {} }));
}
