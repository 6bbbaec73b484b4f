import type { GetSessionTokenCommandInput, GetSessionTokenCommandOutput } from "@aws-sdk/client-sts";
import { epochMs, SECOND } from "#base/clock.ts";
import { accept, refuse } from "#base/outcome.ts";
import { issueAccessKey } from "#credentials/access-key.ts";
import { sealSessionToken } from "#credentials/session-token.ts";
import type { MfaProof } from "#mfa/proof.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Transaction } from "#ports/store.ts";
import type { Call, PrincipalCaller } from "../call.ts";
import { acceptCode, type CodeRefusal } from "../codes.ts";
import { eventDate } from "../event-date.ts";
import { anyResource, noTarget, type Result, type WriteOperation } from "../operation.ts";

type Input = GetSessionTokenCommandInput;
type Output = Omit<GetSessionTokenCommandOutput, "$metadata">;

/** Seconds (contract 2): a user's default; root's default and cap, to which a longer request is cut silently. */
const USER_DEFAULT = 43_200;
const ROOT_CAP = 3_600;

/** Temporary credentials for a long-term key; with a code of one's own device they carry MFA (contract 2, 2.1). */
export const GetSessionToken: WriteOperation<Input, Output> = {
  kind: "write",
  service: "sts",
  name: "GetSessionToken",
  action: "sts:GetSessionToken",
  readOnly: false,
  target: noTarget,
  resources: anyResource,

  async run(tx, call, input) {
    const { caller } = call;
    if (caller.kind === "operator" || caller.credential.type !== "long-term") {
      return refuse(serviceError("AccessDenied", "Cannot call GetSessionToken with session credentials"));
    }
    const proof = await proveFactor(tx, call, caller, input);
    return proof.ok ? accept(issue(call, caller, input, proof.value)) : proof;
  },

  audit: {
    response: ({ Credentials }) => ({
      credentials: {
        accessKeyId: Credentials?.AccessKeyId,
        expiration: Credentials?.Expiration && eventDate(Credentials.Expiration),
      },
    }),
  },
};

/** The proof that the call's code gives, or none where it names neither device nor code. */
async function proveFactor(
  tx: Transaction,
  call: Call,
  caller: PrincipalCaller,
  { SerialNumber, TokenCode }: Input,
): Promise<Result<MfaProof | undefined>> {
  if (SerialNumber === undefined && TokenCode === undefined) return accept(undefined);
  if (SerialNumber === undefined || TokenCode === undefined) return refuse(mustGiveBoth());
  const device = await tx.devices.load(caller.accountId, SerialNumber);
  if (device?.owner?.userId !== caller.principalId)
    return refuse(unableToValidate("no active device of the caller"));
  const accepted = await acceptCode(tx, call, device, caller.principalId, TokenCode);
  // the seed's lock is held now: what was taken from him while the code waited for it is his no more
  const still = accepted.ok ? await tx.devices.load(caller.accountId, SerialNumber) : device;
  if (still?.owner?.userId !== caller.principalId) {
    return { ...refuse(unableToValidate("deactivated meanwhile")), counted: true };
  }
  if (accepted.ok) return accept({ at: call.now, method: "virtual", serialNumber: device.serialNumber });
  return { ...refuse(sentenceFor(accepted.error)), counted: true };
}

/** Every sentence to the letter, trailing and double spaces included (contract 2.1). */
const mustGiveBoth = (): ServiceError =>
  serviceError(
    "AccessDenied",
    "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
  );

const unableToValidate = (reason: string): ServiceError =>
  serviceError(
    "AccessDenied",
    "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
    reason,
  );

const sentenceFor = (reason: CodeRefusal): ServiceError =>
  reason === "wrong code" || reason === "code used before"
    ? serviceError(
        "AccessDenied",
        "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
        reason,
      )
    : unableToValidate(reason);

function issue(call: Call, caller: PrincipalCaller, input: Input, mfa: MfaProof | undefined): Output {
  const { random, keyring } = call.deps;
  const seconds =
    caller.kind === "root"
      ? Math.min(input.DurationSeconds ?? ROOT_CAP, ROOT_CAP)
      : (input.DurationSeconds ?? USER_DEFAULT);
  // the answer shows whole seconds: the token lives no longer than it says
  const expiresAt = epochMs(Math.floor(call.now / SECOND) * SECOND + seconds * SECOND);
  const { accessKeyId, secretAccessKey } = issueAccessKey("temporaryKey", caller.accountId, random);
  const token = sealSessionToken(keyring, accessKeyId, {
    accountId: caller.accountId,
    principalId: caller.principalId,
    mintedBy: caller.credential.accessKeyId,
    issuedAt: call.now,
    expiresAt,
    secretAccessKey,
    mfa,
    acting: undefined,
  });
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: token,
      Expiration: new Date(expiresAt),
    },
  };
}
