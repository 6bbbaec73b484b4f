import type { EpochMs } from "#base/clock.ts";
import { type Table, table } from "#base/table.ts";
import type { MfaProof } from "#mfa/proof.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { UserRow } from "#ports/users.ts";
import { FRESH_FACTOR_MS } from "#signin/limits.ts";
import { type Call, type Credential, isConsoleCaller, type PrincipalCaller, provedMfa } from "./call.ts";
import type { AnyOperation } from "./operation.ts";
import { unknownToken } from "./unproven.ts";

type SessionKind = Extract<Credential, { type: "session-token" }>["madeBy"];

const FOR_FEDERATED = table({ GetCallerIdentity: true });
const FOR_SESSIONS = table({ ...FOR_FEDERATED, AssumeRole: true });
const FOR_ROLES = table({ ...FOR_SESSIONS, DecodeAuthorizationMessage: true, GetAccessKeyInfo: true });

/** The STS calls that a session may make, by the call that made it (contract 2). */
const STS_CALLS: Readonly<Record<SessionKind, Table<boolean>>> = {
  GetSessionToken: FOR_SESSIONS,
  AssumeRole: FOR_ROLES,
  GetFederationToken: FOR_FEDERATED,
  SignIn: FOR_SESSIONS,
};

/**
 * What a kind of credential may not do, whatever policies say: a GetSessionToken session without MFA and a federated user may
 * not call IAM, sessions may make few calls of STS, and root assumes no role (contract 2, 2.1, 11). With a clock that is
 * behind, no session is trusted (DESIGN 3.8).
 */
export function credentialRefusal(
  operation: AnyOperation,
  call: Call<PrincipalCaller>,
): ServiceError | undefined {
  const { kind, credential } = call.caller;
  if (kind === "root" && operation.name === "AssumeRole") {
    return serviceError("AccessDenied", "Roles may not be assumed by root accounts.");
  }
  if (credential.type === "long-term") return undefined;
  if (call.clockBehind) return unknownToken("the clock is behind the highest moment seen");
  if (operation.service === "iam") return iamRefusal(credential);
  if (operation.service === "sts" && !(operation.name in STS_CALLS[credential.madeBy])) {
    return serviceError("AccessDenied", `Cannot call ${operation.name} with session credentials`);
  }
  return undefined;
}

function iamRefusal({
  madeBy,
  mfa,
}: Extract<Credential, { type: "session-token" }>): ServiceError | undefined {
  if (madeBy === "GetFederationToken") return unknownToken("IAM as a federated user");
  return madeBy === "GetSessionToken" && mfa === undefined ? unknownToken("IAM without MFA") : undefined;
}

/**
 * A console session that changes its own holder's factors, password, keys or sessions wants a factor proved in the last five
 * minutes, where he has one (DESIGN 3.5). Asked after the policies have allowed, of the target as it is then.
 */
export function stepUpRefusal(
  operation: AnyOperation,
  call: Call,
  target: unknown,
): ServiceError | undefined {
  const owner = operation.sensitive?.(target);
  if (owner === undefined || call.caller.kind === "operator" || owner.userId !== call.caller.principalId) {
    return undefined;
  }
  return isConsoleCaller(call.caller) ? staleFactor(owner, provedMfa(call.caller), call.now) : undefined;
}

/** The refusal where the user has a factor and the proof of it is missing or old. */
export const staleFactor = (
  { mfaCount }: UserRow,
  mfa: MfaProof | undefined,
  now: EpochMs,
): ServiceError | undefined =>
  mfaCount > 0 && (mfa === undefined || now - mfa.at > FRESH_FACTOR_MS)
    ? serviceError("StepUpRequired", "To make this change, prove your second factor again.")
    : undefined;
