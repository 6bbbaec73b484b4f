import {
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  ListMFADevicesCommand,
  ResyncMFADeviceCommand,
} from "@aws-sdk/client-iam";
import { iam } from "./iam.ts";
import { server } from "./server.ts";

export interface Device {
  readonly serial: string;
  readonly name: string;
  readonly kind: DeviceKind;
  /** Epoch milliseconds. */
  readonly enabledAt: number;
}

export type DeviceKind = "virtual" | "hardware" | "security-key";

/** Undefined is root, whose calls name no user. */
export type UserName = string | undefined;
export type CodePair = readonly [first: string, second: string];

export interface NewDevice {
  readonly serial: string;
  /** The request that made it: another tab may have made one of the same name since. */
  readonly enrolmentId: string;
  /** Base32. */
  readonly seed: string;
  readonly qrCode: Uint8Array<ArrayBuffer>;
}

export type Enrolment = Pick<NewDevice, "serial" | "enrolmentId">;

export async function listDevices(user: UserName): Promise<readonly Device[]> {
  const { MFADevices = [] } = await iam.send(new ListMFADevicesCommand({ UserName: user }));
  return MFADevices.map(({ SerialNumber: serial = "", EnableDate }) => ({
    serial,
    name: deviceName(serial),
    kind: kindOf(serial),
    enabledAt: EnableDate?.getTime() ?? 0,
  }));
}

/** The seed is shown once: nothing gives it a second time. */
export async function createDevice(name: string): Promise<NewDevice> {
  const { VirtualMFADevice, $metadata } = await iam.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name }),
  );
  const { SerialNumber = "", Base32StringSeed, QRCodePNG } = VirtualMFADevice ?? {};
  const seed = new TextDecoder().decode(Base32StringSeed);
  return {
    serial: SerialNumber,
    enrolmentId: $metadata.requestId ?? "",
    seed,
    qrCode: new Uint8Array(QRCodePNG ?? []),
  };
}

export async function enableDevice(user: UserName, serial: string, [first, second]: CodePair): Promise<void> {
  await iam.send(
    new EnableMFADeviceCommand({
      UserName: user,
      SerialNumber: serial,
      AuthenticationCode1: first,
      AuthenticationCode2: second,
    }),
  );
}

export async function resyncDevice(user: UserName, serial: string, [first, second]: CodePair): Promise<void> {
  await iam.send(
    new ResyncMFADeviceCommand({
      UserName: user,
      SerialNumber: serial,
      AuthenticationCode1: first,
      AuthenticationCode2: second,
    }),
  );
}

/** A device of an app is deleted too; a token goes back to the stock. */
export async function removeDevice(user: UserName, { serial, kind }: Device): Promise<void> {
  await iam.send(new DeactivateMFADeviceCommand({ UserName: user, SerialNumber: serial }));
  if (kind === "virtual") await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: serial }));
}

/** One that was made here and not enabled: whoever may not delete devices may take that back. */
export async function cancelEnrolment({ serial, enrolmentId }: Enrolment): Promise<void> {
  await server.countersign.CancelMFAEnrolment({ SerialNumber: serial, EnrolmentId: enrolmentId });
}

const deviceName = (serial: string): string => serial.split("/").at(-1) ?? serial;

/** By the serial number's form (contract 1.1). */
function kindOf(serial: string): DeviceKind {
  if (/^arn:[^:]+:iam::\d{12}:u2f\//.test(serial)) return "security-key";
  return serial.startsWith("arn:") ? "virtual" : "hardware";
}
