import type { EnableMFADeviceCommandInput } from "@aws-sdk/client-iam";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { DeviceRow } from "#ports/devices.ts";
import type { Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "../call.ts";
import { acceptPair } from "../codes.ts";
import {
  aboutDevice,
  deviceInUse,
  invalidPair,
  mustBeFirstDevice,
  noSuchDevice,
  type OwnedDevice,
  ownedDeviceTarget,
  selfManagementRefusal,
  selfManagementWithoutMfa,
} from "../devices.ts";
import type { WriteOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { userOrRoot, userResource } from "../users.ts";

type Input = EnableMFADeviceCommandInput;

/**
 * Gives a device to a user after two consecutive codes. The order of its checks is contract 11's: first-device rule, serial,
 * duplicates, limits, codes.
 */
export const EnableMFADevice: WriteOperation<Input, object, OwnedDevice> = {
  kind: "write",
  service: "iam",
  name: "EnableMFADevice",
  action: "iam:EnableMFADevice",
  readOnly: false,
  sensitive: ({ owner }) => owner,
  target: ownedDeviceTarget,
  resources: (call, input, { owner }) => userResource(call, input, owner),
  context: (call, input, { owner }) => taggedContext(call, input, owner),
  tells: (_input, { owner, device }) => aboutDevice("factor-added", owner, device),

  async run(tx, call, input, target) {
    const owner = userOrRoot(call, input, target.owner);
    if (!owner.ok) return owner;
    const barred = selfManagementRefusal(call, owner.value);
    if (barred !== undefined) return refuse(barred);
    const device = freeDevice(call, input, owner.value, target.device);
    if (!device.ok) return device;
    const codes = [input.AuthenticationCode1 ?? "", input.AuthenticationCode2 ?? ""] as const;
    const pair = await acceptPair(tx, call, device.value, owner.value.userId, codes);
    if (!pair.ok) return { ...refuse(invalidPair(pair.error)), counted: true };
    const lost = await bind(tx, call, owner.value, device.value);
    return lost === undefined ? accept({}) : refuse(lost);
  },
};

/** The device, if it exists, is unassigned, and its owner-to-be has room for it. */
function freeDevice(
  call: Call,
  input: Input,
  owner: UserRow,
  device: DeviceRow | undefined,
): Outcome<DeviceRow, ServiceError> {
  if (device === undefined) return refuse(noSuchDevice(input.SerialNumber));
  if (device.owner?.userId === owner.userId) {
    return refuse(
      serviceError("EntityAlreadyExists", `MFA Device for user ${owner.userName} already exists.`),
    );
  }
  if (device.owner !== undefined) return refuse(deviceInUse());
  return owner.mfaCount < call.deps.quotas.mfaDevicesPerUser ? accept(device) : refuse(tooMany(call));
}

/** The two conditional writes that make the device his; who loses a race is told what he would have been told after it. */
async function bind(
  tx: Transaction,
  call: Call,
  owner: UserRow,
  device: DeviceRow,
): Promise<ServiceError | undefined> {
  const { accountId } = call.caller;
  const first = mustBeFirstDevice(call, owner);
  const room = first ? 1 : call.deps.quotas.mfaDevicesPerUser;
  if (!(await tx.users.count(accountId, owner.userId, "mfaCount", 1, room))) {
    return first ? selfManagementWithoutMfa() : tooMany(call);
  }
  if (!(await tx.devices.assign(accountId, device.serialNumber, owner.userId, call.now)))
    return deviceInUse();
  await tx.accounts.count(accountId, "mfaInUseCount", 1);
  return undefined;
}

const tooMany = ({ deps }: Call): ServiceError =>
  serviceError(
    "LimitExceeded",
    `Cannot exceed quota for MFADevicesPerUser: ${deps.quotas.mfaDevicesPerUser}`,
  );
