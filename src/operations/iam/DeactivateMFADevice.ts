import type { DeactivateMFADeviceCommandInput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import {
  aboutDevice,
  hisDevice,
  notHisDevice,
  type OwnedDevice,
  ownedDeviceTarget,
  selfManagementRefusal,
} from "../devices.ts";
import type { WriteOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { noSuchUser, userOrRoot, userResource } from "../users.ts";

/** Takes a device from its owner. It goes back to unassigned and keeps seed, tags, drift, floor and claims (contract 1.4). */
export const DeactivateMFADevice: WriteOperation<DeactivateMFADeviceCommandInput, object, OwnedDevice> = {
  kind: "write",
  service: "iam",
  name: "DeactivateMFADevice",
  action: "iam:DeactivateMFADevice",
  readOnly: false,
  sensitive: ({ owner }) => owner,
  target: ownedDeviceTarget,
  resources: (call, input, { owner }) => userResource(call, input, owner),
  context: (call, input, { owner }) => taggedContext(call, input, owner),
  tells: (_input, { owner, device }) => aboutDevice("factor-removed", owner, device),

  async run(tx, call, input, target) {
    const owner = userOrRoot(call, input, target.owner);
    if (!owner.ok) return owner;
    const { accountId, userId, userName } = owner.value;
    // the target's two reads need not be of one moment: his first device may have come between them
    const locked = await tx.users.lock(accountId, userId);
    if (locked === undefined) return refuse(noSuchUser(userName));
    const barred = selfManagementRefusal(call, locked);
    if (barred !== undefined) return refuse(barred);
    const device = hisDevice(input, locked, target.device);
    if (!device.ok) return device;
    if (!(await tx.devices.release(accountId, device.value.serialNumber, userId)))
      return refuse(notHisDevice());
    await tx.users.count(accountId, userId, "mfaCount", -1);
    await tx.accounts.count(accountId, "mfaInUseCount", -1);
    return accept({});
  },
};
