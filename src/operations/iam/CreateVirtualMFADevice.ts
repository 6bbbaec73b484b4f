import type {
  CreateVirtualMFADeviceCommandInput,
  CreateVirtualMFADeviceCommandOutput,
} from "@aws-sdk/client-iam";
import { toBase32 } from "#base/base32.ts";
import { utf8 } from "#base/bytes.ts";
import { accept, refuse } from "#base/outcome.ts";
import { virtualMfaSerial } from "#identity/arns.ts";
import { issueSeedId, type PrincipalId } from "#identity/ids.ts";
import type { Tag } from "#identity/tags.ts";
import { otpauthUri } from "#mfa/otpauth.ts";
import { qrPng } from "#mfa/qr.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { seedContext } from "#ports/sealed.ts";
import type { Transaction } from "#ports/store.ts";
import { type Call, isConsoleCaller } from "../call.ts";
import { mayAlso } from "../decide.ts";
import { enrolmentOf, removeOwnWaiting } from "../enrolments.ts";
import { noTarget, type WriteOperation } from "../operation.ts";
import { checkTags, taggingContext } from "../tags.ts";

/** Bytes of a seed; RFC 4226 section 4 asks for at least 16 and AWS makes 40 (contract 1.2). */
const SEED_BYTES = 40;

/** Of a SerialNumber (contract 1.1): a device with another one could be neither enabled nor deleted by any call. */
const LONGEST_SERIAL = 256;
const SERIAL = String.raw`[\w+=/:,.@-]+`;
const NAMEABLE = new RegExp(`^${SERIAL}$`);

interface Prepared {
  readonly seed: Uint8Array;
  readonly png: Uint8Array;
  readonly tags: readonly Tag[];
}

type Input = CreateVirtualMFADeviceCommandInput;

const serialOf = (call: Call, input: Input) =>
  virtualMfaSerial(call.caller.accountId, input.Path ?? "/", input.VirtualMFADeviceName ?? "");

/** Makes an unassigned device. Its seed is in this answer and in no other, ever. */
export const CreateVirtualMFADevice: WriteOperation<
  Input,
  Omit<CreateVirtualMFADeviceCommandOutput, "$metadata">,
  undefined,
  Prepared
> = {
  kind: "write",
  service: "iam",
  name: "CreateVirtualMFADevice",
  action: "iam:CreateVirtualMFADevice",
  readOnly: false,
  target: noTarget,
  resources: (call, input) => [serialOf(call, input)],
  context: taggingContext,

  async prepare(store, call, input) {
    const unnameable = serialProblem(serialOf(call, input));
    if (unnameable !== undefined) return refuse(badSerial(unnameable));
    const tags = checkTags([], input.Tags, "exact");
    if (!tags.ok) return tags;
    const account = await store.accounts.load(call.caller.accountId);
    // asked again by the write that counts; here it saves the drawing of a picture that nobody gets. Who begins again in a wizard
    // may need no room of his own
    const { virtualMfaDevices } = call.deps.quotas;
    if (!isConsoleCaller(call.caller) && (account?.virtualMfaCount ?? 0) >= virtualMfaDevices)
      return refuse(tooManyDevices(virtualMfaDevices));
    const seed = call.deps.random(SEED_BYTES);
    const uri = otpauthUri({
      issuer: call.deps.issuer,
      device: input.VirtualMFADeviceName ?? "",
      account: account?.alias ?? call.caller.accountId,
      seed,
    });
    return accept({ seed, png: await qrPng(uri), tags: tags.value });
  },

  async run(tx, call, input, _target, { seed, png, tags }) {
    const { accountId } = call.caller;
    const serialNumber = serialOf(call, input);
    // who has left the wizard begins again under the same name
    if (isConsoleCaller(call.caller))
      await removeOwnWaiting(tx, call, await tx.devices.load(accountId, serialNumber));
    const over = await overLimit(tx, call, serialNumber);
    if (over !== undefined) return refuse(over);
    const seedId = issueSeedId(call.now, call.deps.random);
    const row = {
      accountId,
      serialNumber,
      path: input.Path ?? "/",
      name: input.VirtualMFADeviceName ?? "",
      seedId,
      createdAt: call.now,
      createdBy: creatorOf(call),
      ...enrolmentOf(call),
      tags,
    };
    const sealed = call.deps.keyring.seal("mfa-seed", seedContext(accountId, seedId), seed);
    if (!(await tx.devices.create(row, sealed))) {
      return refuse(serviceError("EntityAlreadyExists", "MFA device already exists."));
    }
    const shown = { SerialNumber: serialNumber, Base32StringSeed: utf8(toBase32(seed)), QRCodePNG: png };
    return accept({ VirtualMFADevice: tags.length > 0 ? { ...shown, Tags: [...tags] } : shown });
  },

  audit: {
    response: ({ VirtualMFADevice }) => ({
      virtualMFADevice: { serialNumber: VirtualMFADevice?.SerialNumber },
    }),
  },
};

function serialProblem(serial: string): string | undefined {
  if (serial.length > LONGEST_SERIAL) return `have length less than or equal to ${LONGEST_SERIAL}`;
  // a path may hold more characters than a serial number
  return NAMEABLE.test(serial) ? undefined : `satisfy regular expression pattern: ${SERIAL}`;
}

const badSerial = (problem: string): ServiceError =>
  serviceError(
    "ValidationError",
    `1 validation error detected: Value at 'serialNumber' failed to satisfy constraint: Member must ${problem}`,
  );

const creatorOf = ({ caller }: Call): PrincipalId =>
  caller.kind === "operator" ? ("operator" as PrincipalId) : caller.principalId;

/** The account's quota; and who may not delete devices holds only so many unassigned ones of his own making (DESIGN 3.2). */
async function overLimit(tx: Transaction, call: Call, serial: string): Promise<ServiceError | undefined> {
  const { accountId } = call.caller;
  const { virtualMfaDevices, unassignedMfaDevicesPerUser } = call.deps.quotas;
  if (!(await tx.accounts.count(accountId, "virtualMfaCount", 1, virtualMfaDevices))) {
    return tooManyDevices(virtualMfaDevices);
  }
  if (mayAlso(call, "iam:DeleteVirtualMFADevice", serial)) return undefined;
  await tx.users.lock(accountId, creatorOf(call));
  const held = await tx.devices.countUnassignedBy(accountId, creatorOf(call));
  return held < unassignedMfaDevicesPerUser
    ? undefined
    : quotaExceeded("UnassignedMFADevicesPerUser", unassignedMfaDevicesPerUser);
}

const tooManyDevices = (limit: number): ServiceError => quotaExceeded("VirtualMFADevicesPerAccount", limit);

const quotaExceeded = (quota: string, limit: number): ServiceError =>
  serviceError("LimitExceeded", `Cannot exceed quota for ${quota}: ${limit}`);
