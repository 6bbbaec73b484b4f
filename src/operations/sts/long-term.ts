import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { Reader } from "#ports/store.ts";
import type { Call, PrincipalCaller } from "../call.ts";
import { nowUnproven } from "../unproven.ts";

/** Who calls with a long-term key that is good at this moment: nobody else may make a session of himself (contract 2.1). */
export async function longTermCaller(
  store: Reader,
  { caller }: Call,
  operation: string,
): Promise<Outcome<PrincipalCaller, ServiceError>> {
  if (caller.kind === "operator" || caller.credential.type !== "long-term") {
    return refuse(serviceError("AccessDenied", `Cannot call ${operation} with session credentials`));
  }
  const unproven = await nowUnproven(store, caller);
  return unproven === undefined ? accept(caller) : refuse(unproven);
}
