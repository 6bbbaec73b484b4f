import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";

/** What must go before a user, group or role can (contract 1.3; recorded for inline and attached policies). */
export const conflict = (first: string): ServiceError =>
  serviceError("DeleteConflict", `Cannot delete entity, must ${first} first.`);

/** Of its policies, if there are any. */
export function policyConflict(holder: {
  readonly inlineCount: number;
  readonly policyCount: number;
}): ServiceError | undefined {
  if (holder.inlineCount > 0) return conflict("delete policies");
  if (holder.policyCount > 0) return conflict("detach all policies");
  return undefined;
}

/** The one conditional write has the last word, whatever was read before it. */
export const changedMeanwhile = (kind: "user" | "group" | "role"): ServiceError =>
  serviceError("ConcurrentModification", `The ${kind} was changed by another request. Please try again.`);
