import { accept, refuse } from "#base/outcome.ts";
import { unlocked } from "#mfa/budget.ts";
import { serviceError } from "#model/errors.ts";
import type { DeviceRow } from "#ports/devices.ts";
import { deviceSubject } from "../codes.ts";
import { deviceResource, deviceTarget, noSuchDevice } from "../devices.ts";
import type { WriteOperation } from "../operation.ts";

/** Opens a device that a hundred failures in a row have locked (DESIGN 3.2). Its waits end with it; its windows go on counting. */
export const UnlockMFADevice: WriteOperation<
  { readonly SerialNumber: string },
  { readonly SerialNumber: string },
  DeviceRow | undefined
> = {
  kind: "write",
  service: "countersign",
  name: "UnlockMFADevice",
  action: "countersign:UnlockMFADevice",
  readOnly: false,
  target: deviceTarget,
  resources: deviceResource,

  async run(tx, { caller }, input, device) {
    if (device === undefined) return refuse(noSuchDevice(input.SerialNumber));
    const budget = await tx.budgets.lock(caller.accountId, deviceSubject(device.serialNumber));
    if (!budget.locked) {
      return refuse(
        serviceError("InvalidInput", `MFA Device with serial number ${device.serialNumber} is not locked.`),
      );
    }
    await tx.budgets.save({ ...budget, ...unlocked(budget) });
    return accept({ SerialNumber: device.serialNumber });
  },
};
