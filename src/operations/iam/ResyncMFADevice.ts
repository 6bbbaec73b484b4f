import type { ResyncMFADeviceCommandInput } from "@aws-sdk/client-iam";
import { accept, refuse } from "#base/outcome.ts";
import { acceptPair } from "../codes.ts";
import { hisDevice, invalidPair, type OwnedDevice, ownedDeviceTarget } from "../devices.ts";
import type { WriteOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { userOrRoot, userResource } from "../users.ts";

/** Learns a device's drift anew from two consecutive codes. The first-device rule does not ask for MFA here (contract 1.4). */
export const ResyncMFADevice: WriteOperation<ResyncMFADeviceCommandInput, object, OwnedDevice> = {
  kind: "write",
  service: "iam",
  name: "ResyncMFADevice",
  action: "iam:ResyncMFADevice",
  readOnly: false,
  sensitive: ({ owner }) => owner,
  target: ownedDeviceTarget,
  resources: (call, input, { owner }) => userResource(call, input, owner),
  context: (call, input, { owner }) => taggedContext(call, input, owner),

  async run(tx, call, input, target) {
    const owner = userOrRoot(call, input, target.owner);
    if (!owner.ok) return owner;
    const device = hisDevice(input, owner.value, target.device);
    if (!device.ok) return device;
    const codes = [input.AuthenticationCode1 ?? "", input.AuthenticationCode2 ?? ""] as const;
    const pair = await acceptPair(tx, call, device.value, owner.value.userId, codes);
    return pair.ok ? accept({}) : { ...refuse(invalidPair(pair.error)), counted: true };
  },
};
