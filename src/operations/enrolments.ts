import { randomUUID } from "node:crypto";
import { type EventRow, renderEvent } from "#audit/event.ts";
import { type EpochMs, HOUR } from "#base/clock.ts";
import type { DeviceRow, Waiting } from "#ports/devices.ts";
import type { Store, Transaction } from "#ports/store.ts";
import { type Call, isConsoleCaller } from "./call.ts";

/** A device that a wizard of the console has made waits as long for being enabled. */
const WAIT_MS = HOUR;

/** Devices that one round removes: each is a transaction of its own. */
const ROUND = 100;

/**
 * Until when a device that is made now waits, and by which id its wizard cancels it: the request's own, which every client reads from
 * the answer. Both undefined for one that is made by other clients, which stays until it is deleted.
 */
export const enrolmentOf = ({
  caller,
  now,
  requestId,
}: Call): Pick<DeviceRow, "enrolUntil" | "enrolmentId"> =>
  isConsoleCaller(caller)
    ? { enrolUntil: (now + WAIT_MS) as EpochMs, enrolmentId: requestId }
    : { enrolUntil: undefined, enrolmentId: undefined };

/**
 * Removes a device that waits in the caller's own wizard: he has left it, or begins again under the same name. What his policies
 * say of deleting devices is not asked, so that one who may only enrol is not stranded; nothing but his own unfinished enrolment
 * can go this way; with an id, only what that request has made.
 */
export async function removeOwnWaiting(
  tx: Transaction,
  { caller, now, region, requestId }: Call,
  device: DeviceRow | undefined,
  enrolmentId?: string,
): Promise<boolean> {
  if (device?.enrolUntil === undefined || caller.kind === "operator") return false;
  return removeWaiting(
    tx,
    device,
    { waitingFor: caller.principalId, enrolmentId },
    { now, region, requestId },
  );
}

/** Removes, in every account, what has waited for long enough. Several processes may do so at once: each device goes once. */
export async function removeForgotten(store: Store, now: EpochMs): Promise<void> {
  for (const device of await store.reader.devices.listForgotten(now, ROUND)) {
    const facts = { now, region: "us-east-1", requestId: randomUUID() };
    await store.write((tx) => removeWaiting(tx, device, { until: now }, facts));
  }
}

interface Removal {
  readonly now: EpochMs;
  readonly region: string;
  readonly requestId: string;
}

/** The store's condition decides: a device that has just been enabled has an owner and waits no longer. */
async function removeWaiting(
  tx: Transaction,
  device: DeviceRow,
  only: Waiting,
  removal: Removal,
): Promise<boolean> {
  const { accountId, serialNumber } = device;
  if (!(await tx.devices.remove(accountId, serialNumber, only))) return false;
  await tx.accounts.count(accountId, "virtualMfaCount", -1);
  await tx.events.append(removalEvent(device, removal));
  return true;
}

/** As CloudTrail has what a service does by itself. */
const removalEvent = (
  { accountId, serialNumber }: DeviceRow,
  { now, region, requestId }: Removal,
): EventRow =>
  renderEvent({
    eventId: randomUUID(),
    requestId,
    time: now,
    accountId,
    identity: { type: "AWSService", accountId, invokedBy: "countersign" },
    eventSource: "iam.amazonaws.com",
    eventName: "DeleteVirtualMFADevice",
    region,
    sourceIp: "countersign",
    userAgent: "countersign",
    readOnly: false,
    requestParameters: { serialNumber },
    responseElements: null,
    error: undefined,
    decision: { action: "iam:DeleteVirtualMFADevice", reason: "made in a wizard and never enabled" },
  });
