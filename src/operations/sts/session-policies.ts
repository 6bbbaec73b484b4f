import type { PolicyDescriptorType } from "@aws-sdk/client-sts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { type ActingSession, packedPercent, type SessionPolicies } from "#credentials/acting-session.ts";
import type { AccountId, Arn } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { parsePolicy } from "#policy/document/parse.ts";
import type { Reader } from "#ports/store.ts";
import { findPolicy } from "../policies.ts";

interface PoliciesInput {
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly PolicyDescriptorType[] | undefined;
}

/**
 * The policies that a session is limited by, or none where the call gives none. Managed ones must be of the account whose
 * session it will be, or AWS's own; the sentence for one that is not there is inferred from IAM's.
 */
export async function givenPolicies(
  store: Reader,
  account: AccountId,
  { Policy, PolicyArns = [] }: PoliciesInput,
): Promise<Outcome<SessionPolicies | undefined, ServiceError>> {
  if (Policy === undefined && PolicyArns.length === 0) return accept(undefined);
  const parsed = Policy === undefined ? undefined : parsePolicy(Policy, "session");
  if (parsed?.ok === false) return refuse(serviceError("MalformedPolicyDocument", parsed.error));
  // a descriptor without an ARN names no policy
  const managed = PolicyArns.map(({ arn = "" }) => arn as Arn);
  for (const arn of managed) {
    if ((await findPolicy(store, account, arn)) === undefined) {
      return refuse(serviceError("ValidationError", `Policy ${arn} does not exist or is not attachable.`));
    }
  }
  return accept({ inline: Policy, managed });
}

/** Whether the session carries something that its maker gave. */
export const isPacked = ({ policies, tags }: ActingSession): boolean =>
  policies !== undefined || tags.length > 0;

/** PackedPolicySize: the share of its bound that what the session carries takes, in per cent, or why it is too much. */
export function packedSize(acting: ActingSession): Outcome<number, ServiceError> {
  const percent = packedPercent(acting);
  // recorded: zero where there is nothing
  if (percent <= 100) return accept(isPacked(acting) ? percent : 0);
  const sentence =
    acting.policies === undefined
      ? `Packed size of session tags consumes ${percent}% of allotted space.`
      : `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`;
  return refuse(serviceError("PackedPolicyTooLarge", sentence));
}
