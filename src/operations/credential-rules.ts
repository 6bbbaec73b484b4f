import { type Table, table } from "#base/table.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Call, Credential, PrincipalCaller } from "./call.ts";
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
