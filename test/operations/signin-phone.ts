import assert from "node:assert/strict";
import type { CreateVirtualMFADeviceCommandOutput } from "@aws-sdk/client-iam";
import { Secret, TOTP } from "otpauth";
import type { World } from "../support/world.ts";
import { type Phone, STEP } from "./mfa-world.ts";

/** The device that CreateVirtualMFADevice has answered with, in an authenticator that is not ours. */
export function secretPhone(world: World, answer: object | string): Phone {
  assert.ok(typeof answer === "object", `the device was not made: ${String(answer)}`);
  // the operation's output is the SDK's
  const { VirtualMFADevice } = answer as CreateVirtualMFADeviceCommandOutput;
  assert.ok(VirtualMFADevice?.Base32StringSeed && VirtualMFADevice.SerialNumber);
  const secret = Secret.fromBase32(Buffer.from(VirtualMFADevice.Base32StringSeed).toString());
  const totp = new TOTP({ secret });
  return {
    serial: VirtualMFADevice.SerialNumber,
    code: (offset = 0) => totp.generate({ timestamp: world.now + offset * STEP }),
  };
}
