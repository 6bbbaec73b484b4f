import type { EpochMs } from "#base/clock.ts";
import type { AccountId, PrincipalId, SeedId, SerialNumber } from "#identity/ids.ts";
import type { Tag } from "#identity/tags.ts";
import type { Page } from "./page.ts";

/** `owner` is undefined while unassigned; an active device has an owner and an enable date, always. */
export interface DeviceRow {
  readonly accountId: AccountId;
  readonly serialNumber: SerialNumber;
  readonly path: string;
  readonly name: string;
  readonly seedId: SeedId;
  readonly createdAt: EpochMs;
  readonly createdBy: PrincipalId;
  readonly tags: readonly Tag[];
  /** Of a device that a wizard of the console has made and that waits for being enabled: when it has waited long enough. */
  readonly enrolUntil: EpochMs | undefined;
  /** Of such a device: the id of the request that made it, which tells it from a later one of the same serial number. */
  readonly enrolmentId: string | undefined;
  readonly owner: { readonly userId: PrincipalId; readonly enabledAt: EpochMs } | undefined;
}

/** A device that waits for being enabled: in a wizard of `waitingFor`, made by the request `enrolmentId`, or since long enough by `until`. */
export interface Waiting {
  readonly waitingFor?: PrincipalId;
  readonly enrolmentId?: string | undefined;
  readonly until?: EpochMs;
}

export type AssignmentStatus = "Assigned" | "Unassigned" | "Any";

export interface DeviceReads {
  load(account: AccountId, serial: string): Promise<DeviceRow | undefined>;
  /** A principal's active devices in order of enabling, then serial; `after` is a serial number. */
  listFor(account: AccountId, owner: PrincipalId, page: Page): Promise<readonly DeviceRow[]>;
  /** Virtual devices in order of creation, which is that of their seed ids; `after` is a seed id, short enough for a marker. */
  list(account: AccountId, status: AssignmentStatus, page: Page): Promise<readonly DeviceRow[]>;
  /** Devices of any account that have waited for being enabled until `until` or longer, the longest first. */
  listForgotten(until: EpochMs, limit: number): Promise<readonly DeviceRow[]>;
}

export interface DeviceWrites {
  /** Makes the device and its seed; false where the serial number is taken. */
  create(row: Omit<DeviceRow, "owner">, sealedSeed: Uint8Array): Promise<boolean>;
  /** It waits no longer. False where it is gone or has an owner. */
  assign(account: AccountId, serial: SerialNumber, owner: PrincipalId, at: EpochMs): Promise<boolean>;
  /** False where `owner` is not its owner. Seed, drift, floor, claims and tags stay. */
  release(account: AccountId, serial: SerialNumber, owner: PrincipalId): Promise<boolean>;
  /** Deletes an unassigned device with its seed and claims; false where it is gone, has an owner, or is not one of `only`. */
  remove(account: AccountId, serial: SerialNumber, only?: Waiting): Promise<boolean>;
  /** Takes the row's lock until the transaction ends and returns the row as it now is. */
  lock(account: AccountId, serial: SerialNumber): Promise<DeviceRow | undefined>;
  setTags(account: AccountId, serial: SerialNumber, tags: readonly Tag[]): Promise<void>;
  /** Unassigned devices that `creator` made. Right only under the creator's row lock. */
  countUnassignedBy(account: AccountId, creator: PrincipalId): Promise<number>;
}
