import assert from "node:assert/strict";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
} from "@aws-sdk/client-iam";
import { GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { Secret, TOTP } from "otpauth";
import { epochMs } from "#base/clock.ts";
import type { Keys, World } from "../support/world.ts";

export const STEP = 30_000;

/** A device as its holder has it: the serial number, and an authenticator that is not ours. */
export interface Phone {
  readonly serial: string;
  /** The code of the step `offset` steps from the world's present one. */
  code(offset?: number): string;
}

export async function createDevice(world: World, keys: Keys, name: string): Promise<Phone> {
  const command = new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name });
  const { VirtualMFADevice } = await world.clients(keys).iam.send(command);
  assert.ok(VirtualMFADevice?.Base32StringSeed && VirtualMFADevice.SerialNumber);
  const totp = new TOTP({
    secret: Secret.fromBase32(Buffer.from(VirtualMFADevice.Base32StringSeed).toString()),
  });
  return {
    serial: VirtualMFADevice.SerialNumber,
    code: (offset = 0) => totp.generate({ timestamp: world.now + offset * STEP }),
  };
}

export const enable = (world: World, keys: Keys, UserName: string | undefined, phone: Phone, first = -1) =>
  world.clients(keys).iam.send(
    new EnableMFADeviceCommand({
      // root may leave it out, which the client's type does not know
      UserName: UserName as string,
      SerialNumber: phone.serial,
      AuthenticationCode1: phone.code(first),
      AuthenticationCode2: phone.code(first + 1),
    }),
  );

/** A user with an access key of his own. */
export async function createUser(world: World, admin: Keys, name: string): Promise<Keys> {
  const { iam } = world.clients(admin);
  await iam.send(new CreateUserCommand({ UserName: name }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
  assert.ok(AccessKey?.AccessKeyId && AccessKey.SecretAccessKey);
  return { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
}

export async function session(world: World, keys: Keys, phone?: Phone, code?: string): Promise<Keys> {
  const mfa = phone && { SerialNumber: phone.serial, TokenCode: code ?? phone.code() };
  const { Credentials } = await world.clients(keys).sts.send(new GetSessionTokenCommand({ ...mfa }));
  assert.ok(Credentials?.AccessKeyId && Credentials.SecretAccessKey && Credentials.SessionToken);
  return {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
  };
}

export function advance(world: World, ms: number): void {
  world.now = epochMs(world.now + ms);
}

/** The start of a 3-minute window, so that a test's calls share one. */
export const AT_WINDOW_START = Math.floor(Date.parse("2026-05-05T10:00:00Z") / 180_000) * 180_000;

export const SENTENCES = {
  pair: ["InvalidAuthenticationCodeException", 403, "Authentication code for device is not valid."],
  wrong: ["AccessDenied", 403, "MultiFactorAuthentication failed with invalid MFA one time pass code. "],
  unable: [
    "AccessDenied",
    403,
    "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
  ],
  both: [
    "AccessDenied",
    403,
    "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
  ],
  self: [
    "AccessDenied",
    403,
    "To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.",
  ],
  token: ["InvalidClientTokenId", 403, "The security token included in the request is invalid"],
  expired: ["ExpiredToken", 403, "The security token included in the request is expired"],
} as const satisfies Record<string, readonly [string, number, string]>;

/** Asserts that `call` is refused with this very name, status and sentence. */
export async function refusedAs(
  call: Promise<unknown>,
  [name, status, message]: readonly [string, number, string],
): Promise<void> {
  const error = await call.then(
    () => assert.fail(`was not refused; expected: ${message}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error);
  const { $metadata, Code } = error as { $metadata?: { httpStatusCode?: number }; Code?: string };
  assert.deepEqual(
    [error.name === "Error" ? Code : error.name, $metadata?.httpStatusCode, error.message],
    [name, status, message],
  );
}

/** A code of six digits that none of the steps around now has. */
export function wrongCode(phone: Phone, nth = 0): string {
  const near = new Set(Array.from({ length: 21 }, (_, at) => phone.code(at - 10)));
  const codes = Array.from({ length: 60 }, (_, at) => String(100_000 + at * 7919)).filter(
    (code) => !near.has(code),
  );
  return codes[nth] ?? "000000";
}
