import { table } from "#base/table.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Call, PrincipalCaller } from "./call.ts";
import type { AnyOperation } from "./operation.ts";

/** The STS calls that a GetSessionToken session may make (contract 2). */
const STS_FOR_SESSIONS = table({ AssumeRole: true, GetCallerIdentity: true });

/**
 * What a kind of credential may not do, whatever policies say: a GetSessionToken session without MFA may not call IAM, and
 * none may call STS but for two operations (contract 2, 2.1, 11). With a clock that is behind, no session is trusted (DESIGN 3.8).
 */
export function credentialRefusal(
  operation: AnyOperation,
  call: Call<PrincipalCaller>,
): ServiceError | undefined {
  const { credential } = call.caller;
  if (credential.type === "long-term") return undefined;
  if (call.clockBehind) return invalidToken("the clock is behind the highest moment seen");
  if (operation.service === "iam" && credential.mfa === undefined) return invalidToken("IAM without MFA");
  if (operation.service === "sts" && !(operation.name in STS_FOR_SESSIONS)) {
    return serviceError("AccessDenied", `Cannot call ${operation.name} with session credentials`);
  }
  return undefined;
}

const invalidToken = (reason: string): ServiceError =>
  serviceError("InvalidClientTokenId", "The security token included in the request is invalid", reason);
