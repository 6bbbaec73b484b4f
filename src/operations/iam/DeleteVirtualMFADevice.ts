import type { DeleteVirtualMFADeviceCommandInput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { DeviceRow } from "#ports/devices.ts";
import { deviceResource, deviceTarget, noSuchDevice } from "../devices.ts";
import type { WriteOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";

/** Deletes an unassigned device with its seed. */
export const DeleteVirtualMFADevice: WriteOperation<
  DeleteVirtualMFADeviceCommandInput,
  object,
  DeviceRow | undefined
> = {
  kind: "write",
  service: "iam",
  name: "DeleteVirtualMFADevice",
  action: "iam:DeleteVirtualMFADevice",
  readOnly: false,
  target: deviceTarget,
  resources: deviceResource,
  context: taggedContext,

  async run(tx, call, input, device) {
    if (device === undefined) return refuse(noSuchDevice(input.SerialNumber));
    const { accountId } = call.caller;
    // the store's condition decides: a device that has just been enabled has an owner
    if (!(await tx.devices.remove(accountId, device.serialNumber))) {
      return refuse(serviceError("DeleteConflict", "MFA VirtualDevice in use. Must deactivate first."));
    }
    await tx.accounts.count(accountId, "virtualMfaCount", -1);
    return accept({});
  },
};
