import type { ListMFADevicesCommandInput, ListMFADevicesCommandOutput } from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import type { UserRow } from "#ports/users.ts";
import type { ReadOperation } from "../operation.ts";
import { pageOfRows } from "../paging.ts";
import { taggedContext } from "../tags.ts";
import { isRootUser, userOrRoot, userResource, userTarget } from "../users.ts";

/** More than a user may have, whatever the quota was when he enabled them. */
const ALL_DEVICES = { limit: 1000 };

/** A user's active devices: name, serial number and date, and nothing of their kind (contract 1.1). */
export const ListMFADevices: ReadOperation<
  ListMFADevicesCommandInput,
  Omit<ListMFADevicesCommandOutput, "$metadata">,
  UserRow | undefined
> = {
  kind: "read",
  service: "iam",
  name: "ListMFADevices",
  action: "iam:ListMFADevices",
  readOnly: true,
  target: userTarget,
  resources: userResource,
  context: taggedContext,

  async run(store, call, input, target) {
    const owner = userOrRoot(call, input, target);
    if (!owner.ok) return owner;
    const { accountId, userId, userName } = owner.value;
    const devices = await store.devices.listFor(accountId, userId, ALL_DEVICES);
    const page = await pageOfRows(call, "ListMFADevices", [userId], input, devices);
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    const shownName = isRootUser(owner.value) ? accountId : userName;
    return accept({
      MFADevices: rows.map((device) => ({
        UserName: shownName,
        SerialNumber: device.serialNumber,
        EnableDate: new Date(device.owner?.enabledAt ?? 0),
      })),
      IsTruncated,
      ...(Marker === undefined ? {} : { Marker }),
    });
  },
};
