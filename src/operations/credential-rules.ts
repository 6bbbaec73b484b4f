import { type Table, table } from "#base/table.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Call, Credential, PrincipalCaller } from "./call.ts";
import type { AnyOperation } from "./operation.ts";

type SessionKind = Extract<Credential, { type: "session-token" }>["madeBy"];

const FOR_FEDERATED = table({ GetCallerIdentity: true });
const FOR_SESSIONS = table({ ...FOR_FEDERATED, AssumeRole: true });
const FOR_ROLES = table({ ...FOR_SESSIONS, DecodeAuthorizationMessage: true, GetAccessKeyInfo: true });

/** The STS calls that a session may make, by the call that made it (contract 2). */
const STS_CALLS: Readonly<Record<SessionKind, Table<boolean>>> = {
  GetSessionToken: FOR_SESSIONS,
  AssumeRole: FOR_ROLES,
  GetFederationToken: FOR_FEDERATED,
};

/**
 * What a kind of credential may not do, whatever policies say: a GetSessionToken session without MFA and a federated user may
 * not call IAM, and sessions may make few calls of STS (contract 2, 2.1, 11). With a clock that is behind, no session is
 * trusted (DESIGN 3.8).
 */
export function credentialRefusal(
  operation: AnyOperation,
  call: Call<PrincipalCaller>,
): ServiceError | undefined {
  const { credential } = call.caller;
  if (credential.type === "long-term") return undefined;
  if (call.clockBehind) return invalidToken("the clock is behind the highest moment seen");
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
  if (madeBy === "GetFederationToken") return invalidToken("IAM as a federated user");
  return madeBy === "GetSessionToken" && mfa === undefined ? invalidToken("IAM without MFA") : undefined;
}

const invalidToken = (reason: string): ServiceError =>
  serviceError("InvalidClientTokenId", "The security token included in the request is invalid", reason);
