import type {
  ListVirtualMFADevicesCommandInput,
  ListVirtualMFADevicesCommandOutput,
  VirtualMFADevice,
} from "@aws-sdk/client-iam";
import { accept } from "#base/outcome.ts";
import type { AssignmentStatus, DeviceRow } from "#ports/devices.ts";
import type { Reader } from "#ports/store.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { arnOfUser, isRootUser } from "../users.ts";

/** The account's virtual devices, without seeds, pictures and tags; an assigned one with its owner (contract 1.1). */
export const ListVirtualMFADevices: ReadOperation<
  ListVirtualMFADevicesCommandInput,
  Omit<ListVirtualMFADevicesCommandOutput, "$metadata">
> = {
  kind: "read",
  service: "iam",
  name: "ListVirtualMFADevices",
  action: "iam:ListVirtualMFADevices",
  readOnly: true,
  target: noTarget,
  resources: anyResource,

  async run(store, call, input) {
    const { accountId } = call.caller;
    const status: AssignmentStatus = input.AssignmentStatus ?? "Any";
    const page = await pageOf(
      call,
      "ListVirtualMFADevices",
      [status],
      input,
      (rows) => store.devices.list(accountId, status, rows),
      (device) => device.seedId,
    );
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({
      VirtualMFADevices: await Promise.all(rows.map((device) => shown(store, device))),
      IsTruncated,
      ...(Marker === undefined ? {} : { Marker }),
    });
  },
};

async function shown(
  store: Reader,
  { accountId, serialNumber, owner }: DeviceRow,
): Promise<VirtualMFADevice> {
  const user = owner && (await store.users.byId(accountId, owner.userId));
  if (owner === undefined || user === undefined) return { SerialNumber: serialNumber };
  const root = isRootUser(user);
  return {
    SerialNumber: serialNumber,
    EnableDate: new Date(owner.enabledAt),
    User: {
      // root has neither path nor name (GetUser shows it alike); the type asks for both
      ...(root ? {} : { Path: user.path, UserName: user.userName }),
      UserId: user.userId,
      Arn: arnOfUser(user),
      CreateDate: new Date(user.createdAt),
    } as NonNullable<VirtualMFADevice["User"]>,
  };
}
