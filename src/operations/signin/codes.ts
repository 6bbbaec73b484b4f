import { type Outcome, refuse } from "#base/outcome.ts";
import type { MfaProof } from "#mfa/proof.ts";
import type { CodeInput } from "#model/signin/types.ts";
import type { Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import { proveCode } from "../codes.ts";
import { type Attempt, failed, turnedAway } from "./attempts.ts";
import type { Visit } from "./visit.ts";

/** Why a code or a pair is not accepted; held back: nothing was looked at, and nothing counts. */
export interface CodeProblem {
  readonly reason: string;
  readonly heldBack: boolean;
}

/** What was not looked at, by the words of `operations/codes.ts`. */
const HELD_BACK: ReadonlySet<string> = new Set([
  "locked",
  "waiting",
  "window-spent",
  "pair budget spent",
  "clock behind",
]);

export const problemOf = (reason: string): CodeProblem => ({ reason, heldBack: HELD_BACK.has(reason) });

/** One guess tests one device. What the code proves, or why it was not accepted: of that the visitor is told nothing. */
export async function proveVisitorsCode(
  tx: Transaction,
  visit: Visit,
  user: UserRow,
  { DeviceId, Code }: CodeInput,
): Promise<Outcome<MfaProof, CodeProblem>> {
  const proof = await proveCode(tx, visit, user, { serial: DeviceId, code: Code }, "console");
  return proof.ok ? proof : refuse(problemOf(proof.error));
}

/** Counts and tells what became of a code that was not accepted. */
export const notAccepted = (
  tx: Transaction,
  visit: Visit,
  attempt: Attempt,
  { reason, heldBack }: CodeProblem,
): Promise<void> => (heldBack ? turnedAway(tx, visit, attempt) : failed(tx, visit, attempt, reason));
