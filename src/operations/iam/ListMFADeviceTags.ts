import type { ListMFADeviceTagsCommandInput, ListMFADeviceTagsCommandOutput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import type { DeviceRow } from "#ports/devices.ts";
import { deviceResource, deviceTarget, noSuchDevice } from "../devices.ts";
import type { ReadOperation } from "../operation.ts";
import { pageOfRows } from "../paging.ts";
import { taggedContext } from "../tags.ts";

export const ListMFADeviceTags: ReadOperation<
  ListMFADeviceTagsCommandInput,
  Omit<ListMFADeviceTagsCommandOutput, "$metadata">,
  DeviceRow | undefined
> = {
  kind: "read",
  service: "iam",
  name: "ListMFADeviceTags",
  action: "iam:ListMFADeviceTags",
  readOnly: true,
  target: deviceTarget,
  resources: deviceResource,
  context: taggedContext,

  async run(_store, call, input, device) {
    if (device === undefined) return refuse(noSuchDevice(input.SerialNumber));
    const page = await pageOfRows(call, "ListMFADeviceTags", [device.serialNumber], input, device.tags);
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({ Tags: [...rows], IsTruncated, ...(Marker === undefined ? {} : { Marker }) });
  },
};
