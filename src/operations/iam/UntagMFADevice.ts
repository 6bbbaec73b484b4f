import type { UntagMFADeviceCommandInput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { withoutTags } from "#identity/tags.ts";
import type { DeviceRow } from "#ports/devices.ts";
import { deviceResource, deviceTarget, noSuchDevice } from "../devices.ts";
import type { WriteOperation } from "../operation.ts";
import { untaggingContext } from "../tags.ts";

export const UntagMFADevice: WriteOperation<UntagMFADeviceCommandInput, object, DeviceRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "UntagMFADevice",
  action: "iam:UntagMFADevice",
  readOnly: false,
  target: deviceTarget,
  resources: deviceResource,
  context: untaggingContext,

  async run(tx, call, input, target) {
    const device = target && (await tx.devices.lock(call.caller.accountId, target.serialNumber));
    if (device === undefined) return refuse(noSuchDevice(input.SerialNumber));
    const tags = withoutTags(device.tags, input.TagKeys ?? [], "exact");
    await tx.devices.setTags(device.accountId, device.serialNumber, tags);
    return accept({});
  },
};
