import type { TagMFADeviceCommandInput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { DeviceRow } from "#ports/devices.ts";
import { deviceResource, deviceTarget, noSuchDevice } from "../devices.ts";
import type { WriteOperation } from "../operation.ts";
import { checkTagging, taggingContext } from "../tags.ts";

/** Lays tags over a device's; under its row's lock, so that two calls at once lose nothing. */
export const TagMFADevice: WriteOperation<TagMFADeviceCommandInput, object, DeviceRow | undefined> = {
  kind: "write",
  service: "iam",
  name: "TagMFADevice",
  action: "iam:TagMFADevice",
  readOnly: false,
  target: deviceTarget,
  resources: deviceResource,
  context: taggingContext,

  async run(tx, call, input, target) {
    const device = target && (await tx.devices.lock(call.caller.accountId, target.serialNumber));
    if (device === undefined) return refuse(noSuchDevice(input.SerialNumber));
    const tags = checkTagging(device.tags, input.Tags, "exact");
    if (!tags.ok) return tags;
    await tx.devices.setTags(device.accountId, device.serialNumber, tags.value);
    return accept({});
  },
};
