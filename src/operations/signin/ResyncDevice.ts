import { accept, refuse } from "#base/outcome.ts";
import type { ResyncInput } from "#model/signin/types.ts";
import type { Transaction } from "#ports/store.ts";
import { acceptPair, ownDevice } from "../codes.ts";
import { atFactor } from "./answers.ts";
import { type Attempt, openAttempt, turnedAway } from "./attempts.ts";
import { type CodeProblem, notAccepted, problemOf } from "./codes.ts";
import { signInEvent } from "./events.ts";
import { halfWayAt, refusedInStep, startAgain } from "./half-way.ts";
import type { Person } from "./people.ts";
import { clockIsBehind, invalidCode } from "./refusals.ts";
import type { SignInOperation, SignInResult, Visit } from "./visit.ts";

/**
 * Learns a device's drift from two consecutive codes, as ResyncMFADevice does. It signs nobody in: the pair spends its codes at
 * the console, and a fresh one is asked (DESIGN 3.2).
 */
export const ResyncDevice: SignInOperation<ResyncInput> = async ({ store }, visit, input) =>
  visit.clockBehind ? refuse(clockIsBehind()) : store.write((tx) => decide(tx, visit, input));

async function decide(tx: Transaction, visit: Visit, input: ResyncInput): Promise<SignInResult> {
  const halfWay = await halfWayAt(tx, visit, "factor");
  if (!halfWay.ok) return startAgain(halfWay.error);
  const { row, person } = halfWay.value;
  const attempt = await openAttempt(tx, visit, "code", person, "ResyncMFADevice");
  const problem = attempt.waiting ? "turned away" : await resync(tx, visit, person, input);
  if (problem === undefined) {
    await tx.events.append(signInEvent(visit, person, { name: "ResyncMFADevice", mfaUsed: true }));
    return accept({ output: await atFactor(tx, visit, person), cookies: [] });
  }
  return refused(tx, visit, attempt, problem, (error) => refusedInStep(tx, row, error));
}

async function resync(
  tx: Transaction,
  visit: Visit,
  { user }: Person,
  { DeviceId, Code1, Code2 }: ResyncInput,
): Promise<CodeProblem | undefined> {
  const device = await ownDevice(tx, user, DeviceId);
  if (device === undefined) return problemOf("no active device of the user");
  const pair = await acceptPair(tx, visit, device, user.userId, [Code1, Code2]);
  return pair.ok ? undefined : problemOf(pair.error);
}

async function refused(
  tx: Transaction,
  visit: Visit,
  attempt: Attempt,
  problem: CodeProblem | "turned away",
  inStep: (error: ReturnType<typeof invalidCode>) => Promise<SignInResult>,
): Promise<SignInResult> {
  if (problem === "turned away") {
    await turnedAway(tx, visit, attempt);
    return inStep(invalidCode("too many failures"));
  }
  await notAccepted(tx, visit, attempt, problem);
  return inStep(invalidCode(problem.reason));
}
