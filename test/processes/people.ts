import assert from "node:assert/strict";
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { type Authenticator, authenticator } from "../support/authenticator.ts";
import { type Clients, clients, sessionOf } from "../support/sdk.ts";
import { ADMINISTRATOR_ACCESS } from "../support/sentences.ts";
import type { Credentials, TestServer } from "../support/server.ts";

/** Makes a user who may do everything, with an access key. */
export async function administrator(iam: IAMClient, UserName: string): Promise<Credentials> {
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: ADMINISTRATOR_ACCESS }));
  return accessKey(iam, UserName);
}

export async function accessKey(iam: IAMClient, UserName: string): Promise<Credentials> {
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  assert.ok(AccessKey?.AccessKeyId && AccessKey.SecretAccessKey);
  return { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
}

export interface Device {
  readonly serial: string;
  readonly codes: Authenticator;
}

export async function virtualDevice(iam: IAMClient, VirtualMFADeviceName: string): Promise<Device> {
  const { VirtualMFADevice } = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName }));
  assert.ok(VirtualMFADevice?.SerialNumber && VirtualMFADevice.Base32StringSeed);
  const seed = Buffer.from(VirtualMFADevice.Base32StringSeed).toString("ascii");
  return { serial: VirtualMFADevice.SerialNumber, codes: authenticator(seed) };
}

/** The call that gives the device to the user, by the codes of the steps before the authenticator's start and at it. */
export const enabling = ({ serial, codes }: Device, UserName: string): EnableMFADeviceCommand =>
  new EnableMFADeviceCommand({
    UserName,
    SerialNumber: serial,
    AuthenticationCode1: codes.code(-1),
    AuthenticationCode2: codes.code(0),
  });

/** Makes a device and gives it to the user. */
export async function enabledDevice(iam: IAMClient, name: string, userName: string): Promise<Device> {
  const device = await virtualDevice(iam, name);
  await iam.send(enabling(device, userName));
  return device;
}

/** The call that makes a session with the device's code of the step `offset` after its start. */
export const signingIn = ({ serial, codes }: Device, offset: number): GetSessionTokenCommand =>
  new GetSessionTokenCommand({ SerialNumber: serial, TokenCode: codes.code(offset) });

/** A session with MFA, by the code of the step `offset` after the device's start. */
export async function mfaSession(
  { sts }: Pick<Clients, "sts">,
  device: Device,
  offset: number,
): Promise<Required<Credentials>> {
  return sessionOf(await sts.send(signingIn(device, offset)));
}

/** Clients of several servers with the same keys, to be let go together. */
export interface Everywhere<Servers extends readonly unknown[]> extends Disposable {
  readonly at: { readonly [At in keyof Servers]: Clients };
}

/** The same keys' clients at each of the servers. */
export function clientsAt<Servers extends readonly TestServer[]>(
  servers: Servers,
  keys: Credentials,
): Everywhere<Servers> {
  // as many clients as servers, in their order
  const at = servers.map((server) => clients(server, keys)) as unknown as Everywhere<Servers>["at"];
  return {
    at,
    [Symbol.dispose]: () => {
      for (const each of at) each[Symbol.dispose]();
    },
  };
}
