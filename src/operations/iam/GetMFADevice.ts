import type { GetMFADeviceCommandInput, GetMFADeviceCommandOutput } from "@aws-sdk/client-iam";
import { refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import { noSuchDevice, type OwnedDevice, ownedDeviceTarget } from "../devices.ts";
import type { ReadOperation } from "../operation.ts";
import { taggedContext } from "../tags.ts";
import { noSuchUser, userResource } from "../users.ts";

/** Tells of FIDO security keys alone, as AWS does (contract 1.1, 1.3); there are none yet. */
export const GetMFADevice: ReadOperation<
  GetMFADeviceCommandInput,
  Omit<GetMFADeviceCommandOutput, "$metadata">,
  OwnedDevice
> = {
  kind: "read",
  service: "iam",
  name: "GetMFADevice",
  action: "iam:GetMFADevice",
  readOnly: true,
  target: ownedDeviceTarget,
  resources: (call, input, { owner }) => userResource(call, input, owner),
  context: (call, input, { owner }) => taggedContext(call, input, owner),

  async run(_store, _call, input, { owner, device }) {
    if (input.UserName !== undefined && owner === undefined) return refuse(noSuchUser(input.UserName));
    if (device === undefined) return refuse(noSuchDevice(input.SerialNumber));
    const sentence =
      "The MFA device serial number sent in the request is invalid or not supported by this API." +
      " Currently, only hardware FIDO security keys are supported. Please use the compatible device or API.";
    return refuse(serviceError("ValidationError", sentence));
  },
};
