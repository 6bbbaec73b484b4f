import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { MfaProof } from "#mfa/proof.ts";
import type { CodeInput } from "#model/signin/types.ts";
import type { DeviceRow, Reader, Transaction, UserRow } from "#ports/store.ts";
import { acceptCode } from "../codes.ts";
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

/** The person's own active device of that number. */
export async function ownDevice(
  store: Reader,
  { accountId, userId }: UserRow,
  serial: string,
): Promise<DeviceRow | undefined> {
  const device = await store.devices.load(accountId, serial);
  return device?.owner?.userId === userId ? device : undefined;
}

/** One guess tests one device. What the code proves, or why it was not accepted: of that the visitor is told nothing. */
export async function proveCode(
  tx: Transaction,
  visit: Visit,
  user: UserRow,
  { DeviceId, Code }: CodeInput,
): Promise<Outcome<MfaProof, CodeProblem>> {
  const device = await ownDevice(tx, user, DeviceId);
  if (device === undefined) return refuse(problemOf("no active device of the user"));
  const accepted = await acceptCode(tx, visit, device, user.userId, Code, "console");
  if (!accepted.ok) return refuse(problemOf(accepted.error));
  // the seed's lock is held now: what was taken from him while the code waited for it is his no more
  const still = await ownDevice(tx, user, DeviceId);
  if (still === undefined) return refuse(problemOf("deactivated meanwhile"));
  return accept({ at: visit.now, method: "virtual", serialNumber: device.serialNumber });
}

/** Counts and tells what became of a code that was not accepted. */
export const notAccepted = (
  tx: Transaction,
  visit: Visit,
  attempt: Attempt,
  { reason, heldBack }: CodeProblem,
): Promise<void> => (heldBack ? turnedAway(tx, visit, attempt) : failed(tx, visit, attempt, reason));
