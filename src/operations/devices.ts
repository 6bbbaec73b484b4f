import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { DeviceRow } from "#ports/devices.ts";
import type { Reader } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import { type Call, isConsoleCaller, provedMfa } from "./call.ts";
import type { Told } from "./notices.ts";
import { userTarget } from "./users.ts";

/** What a call that names a device is about. Serial numbers are matched exactly, in the caller's own account alone. */
export const deviceTarget = (
  store: Reader,
  call: Call,
  input: { readonly SerialNumber: string | undefined },
): Promise<DeviceRow | undefined> => store.devices.load(call.caller.accountId, input.SerialNumber ?? "");

/** What a call is about that names a user and one of his devices. */
export interface OwnedDevice {
  readonly owner: UserRow | undefined;
  readonly device: DeviceRow | undefined;
}

export async function ownedDeviceTarget(
  store: Reader,
  call: Call,
  input: { readonly UserName?: string | undefined; readonly SerialNumber: string | undefined },
): Promise<OwnedDevice> {
  const [owner, device] = await Promise.all([
    userTarget(store, call, input),
    deviceTarget(store, call, input),
  ]);
  return { owner, device };
}

/** The device, if it is active and `owner`'s; else why not. */
export function hisDevice(
  input: { readonly SerialNumber: string | undefined },
  owner: UserRow,
  device: DeviceRow | undefined,
): Outcome<DeviceRow, ServiceError> {
  if (device === undefined) return refuse(noSuchDevice(input.SerialNumber));
  return device.owner?.userId === owner.userId ? accept(device) : refuse(notHisDevice());
}

/** The device's serial number as stored, or as asked for where there is none. */
export const deviceResource = (
  _call: Call,
  input: { readonly SerialNumber: string | undefined },
  target: DeviceRow | undefined,
): readonly string[] => [target?.serialNumber ?? input.SerialNumber ?? "*"];

export const noSuchDevice = (serial: string | undefined): ServiceError =>
  serviceError("NoSuchEntity", `MFA Device with serial number ${serial} does not exist.`);

/** For a device that exists and is not this user's (contract 1.3). */
export const notHisDevice = (): ServiceError => serviceError("NoSuchEntity", "MFA Device invalid for user.");

export const invalidPair = (reason: string): ServiceError =>
  serviceError("InvalidAuthenticationCode", "Authentication code for device is not valid.", reason);

export const deviceInUse = (): ServiceError =>
  serviceError("EntityAlreadyExists", "MFA Device is already in use.");

export const selfManagementWithoutMfa = (): ServiceError =>
  serviceError(
    "AccessDenied",
    "To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.",
    "who has a device needs an MFA session to add or remove one on himself",
  );

/**
 * Who already has a device needs an MFA session to add or remove one on himself; "himself" is the unique id. Root's devices
 * change only from a root console or recovery session, never by root's access keys or what is made with them (DESIGN 3.2,
 * contract 1.4). Asked after the policies have allowed, before serial and duplicate checks.
 */
export function selfManagementRefusal(call: Call, owner: UserRow): ServiceError | undefined {
  const { caller } = call;
  if (caller.kind === "operator" || caller.principalId !== owner.userId) return undefined;
  if (caller.kind === "root" && !isConsoleCaller(caller)) return selfManagementWithoutMfa();
  return mustBeFirstDevice(call, owner) && owner.mfaCount > 0 ? selfManagementWithoutMfa() : undefined;
}

/** Whether the device now being enabled may only be its owner's first, since he enrols it himself without MFA. */
export function mustBeFirstDevice(call: Call, owner: UserRow): boolean {
  const { caller } = call;
  return caller.kind !== "operator" && caller.principalId === owner.userId && provedMfa(caller) === undefined;
}

/** What the device's owner is told. */
export const aboutDevice = (
  kind: Told["kind"],
  owner: UserRow | undefined,
  device: DeviceRow | undefined,
): Told | undefined => owner && device && { about: owner, kind, details: { device: device.serialNumber } };
