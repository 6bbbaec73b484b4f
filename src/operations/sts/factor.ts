import { accept, refuse } from "#base/outcome.ts";
import type { SerialNumber } from "#identity/ids.ts";
import type { MfaProof } from "#mfa/proof.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Transaction } from "#ports/store.ts";
import type { Call, PrincipalCaller } from "../call.ts";
import { type ProofRefusal, proveCode } from "../codes.ts";
import type { Result } from "../operation.ts";

/** The members with which a call gives a second factor. */
export interface FactorInput {
  readonly SerialNumber?: string | undefined;
  readonly TokenCode?: string | undefined;
}

/** The proof that the call's code will give if it holds: for the decision, which comes before the code is looked at. */
export const claimedFactor = (call: Call, { SerialNumber, TokenCode }: FactorInput): MfaProof | undefined =>
  SerialNumber === undefined || TokenCode === undefined
    ? undefined
    : // a device of that very number, or nothing comes of the call
      { at: call.now, method: "virtual", serialNumber: SerialNumber as SerialNumber };

/** The proof that the call's code gives, or none where it names neither device nor code (contract 2.1). */
export async function proveFactor(
  tx: Transaction,
  call: Call,
  caller: PrincipalCaller,
  { SerialNumber, TokenCode }: FactorInput,
): Promise<Result<MfaProof | undefined>> {
  if (SerialNumber === undefined && TokenCode === undefined) return accept(undefined);
  if (SerialNumber === undefined || TokenCode === undefined) return refuse(mustGiveBoth());
  const owner = { accountId: caller.accountId, userId: caller.principalId };
  const proof = await proveCode(tx, call, owner, { serial: SerialNumber, code: TokenCode }, "sts");
  return proof.ok ? proof : { ...proof, ...refuse(sentenceFor(proof.error)) };
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

const sentenceFor = (reason: ProofRefusal): ServiceError =>
  reason === "wrong code" || reason === "code used before"
    ? serviceError(
        "AccessDenied",
        "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
        reason,
      )
    : unableToValidate(reason);
