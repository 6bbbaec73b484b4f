import { refuse } from "#base/outcome.ts";
import type { CodeInput } from "#model/signin/types.ts";
import type { Transaction } from "#ports/store.ts";
import { afterFactor } from "#signin/steps.ts";
import { advance } from "./advance.ts";
import { openAttempt, succeeded, turnedAway } from "./attempts.ts";
import { notAccepted, proveVisitorsCode } from "./codes.ts";
import { halfWayAt, refusedInStep, startAgain, takeHalfWay } from "./half-way.ts";
import { standingOf } from "./people.ts";
import { clockIsBehind, invalidCode, signInExpired } from "./refusals.ts";
import type { SignInOperation, SignInResult, Visit } from "./visit.ts";

/** The second page: a wrong, used, stale, locked or throttled code, and another's device, are one answer (guarantee 6). */
export const SubmitCode: SignInOperation<CodeInput> = async ({ store }, visit, input) =>
  visit.clockBehind ? refuse(clockIsBehind()) : store.write((tx) => decide(tx, visit, input));

async function decide(tx: Transaction, visit: Visit, input: CodeInput): Promise<SignInResult> {
  const halfWay = await halfWayAt(tx, visit, "factor");
  if (!halfWay.ok) return startAgain(halfWay.error);
  const { row, person } = halfWay.value;
  const attempt = await openAttempt(tx, visit, "code", person);
  if (attempt.waiting) {
    await turnedAway(tx, visit, attempt);
    return refusedInStep(tx, row, invalidCode("too many failures"));
  }
  const proof = await proveVisitorsCode(tx, visit, person.user, input);
  if (!proof.ok) {
    await notAccepted(tx, visit, attempt, proof.error);
    return refusedInStep(tx, row, invalidCode(proof.error.reason));
  }
  // the code is spent, whoever goes on
  if (!(await takeHalfWay(tx, row))) return startAgain(signInExpired("another request has taken this step"));
  await succeeded(tx, visit, attempt);
  const standing = await standingOf(tx, visit, person);
  const standpoint = afterFactor(standing, proof.value, visit.deps.signIn, visit.now);
  return standpoint.step === "refused"
    ? startAgain(signInExpired(standpoint.reason))
    : advance(tx, visit, person, standing, standpoint);
}
