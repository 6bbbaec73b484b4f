import { type Outcome, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { parsePolicy } from "#policy/document/parse.ts";
import { documentSize } from "#policy/document/size.ts";
import type { TrustBindings } from "#ports/roles.ts";
import type { Reader } from "#ports/store.ts";
import type { Call } from "../call.ts";
import { bindTrust } from "../trust.ts";

/** Whom a role's trust policy names, or why it is refused: its form, its size, somebody whom there is not. */
export async function checkTrust(
  store: Reader,
  call: Call,
  document: string,
): Promise<Outcome<TrustBindings, ServiceError>> {
  const parsed = parsePolicy(document, "trust");
  if (!parsed.ok) return refuse(serviceError("MalformedPolicyDocument", parsed.error));
  const quota = call.deps.quotas.trustPolicySize;
  if (documentSize(document) > quota) {
    // AWS's own name of it, seen in many reports
    return refuse(serviceError("LimitExceeded", `Cannot exceed quota for ACLSizePerRole: ${quota}`));
  }
  return bindTrust(store, parsed.value);
}
