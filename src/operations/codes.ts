import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { AccountId, PrincipalId, SerialNumber } from "#identity/ids.ts";
import {
  afterFailure,
  afterPairFailure,
  afterSuccess,
  mayTryPair,
  type StageReached,
  spendCheck,
  type Throttle,
  unlocked,
} from "#mfa/budget.ts";
import { afterPair, findPair } from "#mfa/pair.ts";
import type { MfaProof } from "#mfa/proof.ts";
import { afterAccepted, stepsOf } from "#mfa/seed.ts";
import type { BudgetRow } from "#ports/budgets.ts";
import type { DeviceRow } from "#ports/devices.ts";
import { seedContext } from "#ports/sealed.ts";
import type { SeedRow } from "#ports/seeds.ts";
import type { Reader, Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "./call.ts";
import { type Occasion, tell } from "./notices.ts";

/** What the acceptance of a code needs of the call that gives it. */
type Moment = Occasion & Pick<Call, "clockBehind">;

/** At the console a pair spends its codes; for STS it does not, as on AWS (DESIGN 3.2). */
type Door = "sts" | "console";

/** Why a single code was not accepted; the outward sentence is chosen by the door (contract 2.1). */
export type CodeRefusal = "wrong code" | "code used before" | Throttle | "clock behind" | typeof GONE;

/** Another call deleted the device since it was read, as PostgreSQL lets it: nothing was checked. */
const GONE = "the device is gone";

/**
 * Accepts one code of an active device, once: by every door alike. Ownership has been checked: from here on the attempt
 * counts. All rows are locked in one order (device's budget, person's budget, seed), and what was counted stays counted when the
 * transaction commits.
 */
export async function acceptCode(
  tx: Transaction,
  call: Moment,
  device: DeviceRow,
  owner: PrincipalId,
  code: string,
  door: Door = "sts",
): Promise<Outcome<undefined, CodeRefusal>> {
  if (call.clockBehind) return refuse("clock behind");
  const budgets = await lockBudgets(tx, device, owner);
  const spent = spendCheck(budgets.device, budgets.person, call.now);
  if (!spent.ok) return spent;
  const checked = await claimCode(tx, call, device, code, door);
  if (!checked.ok && checked.error === GONE) return checked;
  if (checked.ok && budgets.person.locked) await unlockDevicesOf(tx, device.accountId, owner);
  const after = checked.ok
    ? { ...afterSuccess(spent.value, unlocked(budgets.person)), stage: undefined }
    : afterFailure(spent.value, budgets.person, call.now);
  await tx.budgets.save({ ...budgets.device, ...after.device });
  await tx.budgets.save({
    ...budgets.person,
    ...after.person,
    locked: after.person.locked || after.device.locked,
  });
  if (after.stage !== undefined) await tellStage(tx, call, device, owner, after.stage);
  return checked;
}

/** The owner is told once a stage (DESIGN 3.2): whoever guesses knows his password or his key. */
async function tellStage(
  tx: Transaction,
  call: Moment,
  { accountId, serialNumber }: DeviceRow,
  owner: PrincipalId,
  { subject, failures, locked }: StageReached,
): Promise<void> {
  const about = await tx.users.byId(accountId, owner);
  if (about === undefined) return;
  const device = subject === "device" ? { device: serialNumber } : {};
  const details = { ...device, failures: String(failures) };
  await tell(tx, call, { about, kind: locked ? "device-locked" : "waits-reached", details });
}

/** Whose device a proof wants, by account and unique id. */
type Owner = Pick<UserRow, "accountId" | "userId">;

/** The owner's active device of that serial number. */
export async function ownDevice(
  store: Reader,
  { accountId, userId }: Owner,
  serial: string,
): Promise<DeviceRow | undefined> {
  const device = await store.devices.load(accountId, serial);
  return device?.owner?.userId === userId ? device : undefined;
}

const NOT_HIS = "no active device of the user";
const TAKEN_AWAY = "deactivated meanwhile";

/** Why a code proves nothing. Nothing was counted of a device that is not his. */
export type ProofRefusal = CodeRefusal | typeof NOT_HIS | typeof TAKEN_AWAY;

/** What a code of one of the owner's devices proves, by whichever door. */
export async function proveCode(
  tx: Transaction,
  call: Moment,
  owner: Owner,
  { serial, code }: { readonly serial: string; readonly code: string },
  door: Door,
): Promise<Outcome<MfaProof, ProofRefusal> & { readonly counted?: true }> {
  const device = await ownDevice(tx, owner, serial);
  if (device === undefined) return refuse(NOT_HIS);
  const accepted = await acceptCode(tx, call, device, owner.userId, code, door);
  if (!accepted.ok) return { ...accepted, counted: true };
  // the seed's lock is held now: what was taken from him while the code waited for it is his no more
  const still = await ownDevice(tx, owner, serial);
  if (still === undefined) return { ...refuse(TAKEN_AWAY), counted: true };
  return accept({ at: call.now, method: "virtual", serialNumber: device.serialNumber });
}

/**
 * A locked device is open again when its owner proves another factor (DESIGN 3.2). That one of his is locked is noted at the
 * person, so that a success without any reads no other row.
 */
async function unlockDevicesOf(tx: Transaction, account: AccountId, owner: PrincipalId): Promise<void> {
  for (const { serialNumber } of await tx.devices.listFor(account, owner, { limit: ALL_DEVICES })) {
    const budget = await tx.budgets.lock(account, deviceSubject(serialNumber));
    if (budget.locked) await tx.budgets.save({ ...budget, ...unlocked(budget) });
  }
}

/** More than a person may have. */
const ALL_DEVICES = 1000;

/** Serial numbers are unique without regard to case: one made anew in other letters keeps its budget. */
export const deviceSubject = (serial: SerialNumber): string => `device:${serial.toLowerCase()}`;

/** The steps that the code fits are claimed in turn; the insert that succeeds is the acceptance (DESIGN 3.2). */
async function claimCode(
  tx: Transaction,
  call: Moment,
  device: DeviceRow,
  code: string,
  door: Door,
): Promise<Outcome<undefined, CodeRefusal>> {
  const locked = await lockSeed(tx, call, device);
  if (locked === undefined) return refuse(GONE);
  const { row, seed } = locked;
  const steps = stepsOf(code, seed, row, call.now);
  for (const step of steps) {
    if (door === "console" && step <= row.lastPairStep) continue;
    if (!(await tx.seeds.claim(row.accountId, row.seedId, step))) continue;
    const after = { ...row, ...afterAccepted(row, step, call.now) };
    await tx.seeds.save(after);
    await tx.seeds.prune(row.accountId, row.seedId, after.floorStep);
    return accept(undefined);
  }
  return refuse(steps.length > 0 ? "code used before" : "wrong code");
}

/**
 * Accepts two consecutive codes of a device and learns its drift from them. `owner` is the device's owner or owner-to-be. Only
 * failures count, and a refusal's reason is for the event alone: outwardly there is one sentence.
 */
export async function acceptPair(
  tx: Transaction,
  call: Moment,
  device: DeviceRow,
  owner: PrincipalId,
  [first, second]: readonly [string, string],
): Promise<Outcome<undefined, string>> {
  if (call.clockBehind) return refuse("clock behind");
  const budgets = await lockBudgets(tx, device, owner);
  if (budgets.device.locked) return refuse("locked");
  if (call.now < Math.max(budgets.device.waitUntil, budgets.person.waitUntil)) return refuse("waiting");
  if (!mayTryPair(budgets.device, budgets.person, call.now)) return refuse("pair budget spent");
  const locked = await lockSeed(tx, call, device);
  if (locked === undefined) return refuse(GONE);
  const { row, seed } = locked;
  const secondStep = findPair(first, second, seed, row, call.now);
  if (secondStep === undefined) {
    const after = afterPairFailure(budgets.device, budgets.person, call.now);
    await tx.budgets.save({ ...budgets.device, ...after.device });
    await tx.budgets.save({ ...budgets.person, ...after.owner });
    return refuse("no newer pair of consecutive codes");
  }
  await tx.seeds.save({ ...row, ...afterPair(row, secondStep, call.now) });
  return accept(undefined);
}

async function lockBudgets(
  tx: Transaction,
  { accountId, serialNumber }: DeviceRow,
  owner: PrincipalId,
): Promise<{ readonly device: BudgetRow; readonly person: BudgetRow }> {
  const device = await tx.budgets.lock(accountId, deviceSubject(serialNumber));
  const person = await tx.budgets.lock(accountId, `person:${owner}`);
  return { device, person };
}

async function lockSeed(
  tx: Transaction,
  call: Moment,
  { accountId, seedId }: DeviceRow,
): Promise<{ readonly row: SeedRow; readonly seed: Uint8Array } | undefined> {
  const row = await tx.seeds.lock(accountId, seedId);
  if (row === undefined) return undefined;
  const seed = call.deps.keyring.open("mfa-seed", seedContext(accountId, seedId), row.sealedSeed);
  if (seed === undefined) throw new Error(`seed \`${seedId}\` does not open under the keys at hand`);
  return { row, seed };
}
