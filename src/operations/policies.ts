import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { isAwsManaged } from "#identity/arns.ts";
import type { AccountId, Arn } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { parsePolicy } from "#policy/document/parse.ts";
import { documentSize } from "#policy/document/size.ts";
import { type ManagedPolicy, managedPolicy } from "#policy/managed/managed.ts";
import type { PolicyRow } from "#ports/policies.ts";
import type { Reader } from "#ports/store.ts";
import type { Call } from "./call.ts";
import type { OperationContext } from "./operation.ts";

/** The member that says which managed policy a call is about. */
export interface PolicyInput {
  readonly PolicyArn?: string | undefined;
}

/** A customer's own, or one of AWS's. */
export type Policy = PolicyRow | ManagedPolicy;

export const isCustomers = (policy: Policy): policy is PolicyRow => "accountId" in policy;

/** As the validator let it through: it names a policy or it does not. ARNs are matched letter for letter. */
export const policyArn = ({ PolicyArn = "" }: PolicyInput): Arn => PolicyArn as Arn;

/** The policy of the caller's account or of AWS; undefined where there is none, and for another account's. */
export async function policyTarget(
  store: Reader,
  call: Call,
  input: PolicyInput,
): Promise<Policy | undefined> {
  return findPolicy(store, call.caller.accountId, policyArn(input));
}

/** The policy `arn` as `account` may use it: its own or AWS's. */
export async function findPolicy(store: Reader, account: AccountId, arn: Arn): Promise<Policy | undefined> {
  return isAwsManaged(arn) ? managedPolicy(arn) : store.policies.byArn(account, arn);
}

/** The document of the default version of a customer's policy; undefined where the policy is gone. */
export async function defaultDocument(
  store: Reader,
  account: AccountId,
  arn: Arn,
): Promise<string | undefined> {
  const policy = await store.policies.byArn(account, arn);
  const version = policy && (await store.policies.version(account, policy.policyId, policy.defaultVersion));
  return version?.document;
}

/** The resource of a decision: the ARN as it was asked for. */
export const policyResource = (_call: Call, input: PolicyInput): readonly string[] => [policyArn(input)];

export const policyContext = (
  _call: Call,
  _input: PolicyInput,
  target: Policy | undefined,
): OperationContext => ({ resourceTags: target === undefined ? undefined : tagsOf(target) });

/** AWS's own have no tags (recorded). */
export const tagsOf = (policy: Policy) => (isCustomers(policy) ? policy.tags : []);

/** The policy that a call looks at, else why not. `missing` is what is said where there is none. */
export function knownPolicy(
  call: Call,
  input: PolicyInput,
  target: Policy | undefined,
  missing: ServiceError = policyNotFound(policyArn(input)),
): Outcome<Policy, ServiceError> {
  const arn = policyArn(input);
  if (!isAwsManaged(arn) && !isOwn(call, arn)) return refuse(outsideAccount());
  return target === undefined ? refuse(missing) : accept(target);
}

/** What is done to policies, in AWS's words where it has some. */
type Deed =
  | "create versions for policies"
  | "delete policies"
  | "delete policy versions for policies"
  | "update policies"
  | "tag";

/** The policy that a call changes: the caller's account's, never AWS's; else why not. */
export function ownPolicy(
  call: Call,
  input: PolicyInput,
  target: Policy | undefined,
  deed: Deed,
  missing: ServiceError = policyNotFound(policyArn(input)),
): Outcome<PolicyRow, ServiceError> {
  const arn = policyArn(input);
  if (!isOwn(call, arn)) return refuse(notOwn(arn, deed));
  return target === undefined || !isCustomers(target) ? refuse(missing) : accept(target);
}

const isOwn = ({ caller }: Call, arn: Arn): boolean =>
  arn.startsWith(`arn:aws:iam::${caller.accountId}:policy/`);

/**
 * Recorded in September 2026 of AWS's own policies, whether there is such a one or not. For another account's it is inferred:
 * what is told depends on the ARN alone, so that nothing is learned of another account.
 */
function notOwn(arn: Arn, deed: Deed): ServiceError {
  if (deed !== "tag") return serviceError("AccessDenied", `Cannot ${deed} outside your own account.`);
  if (!isAwsManaged(arn)) return outsideAccount();
  return serviceError("InvalidInput", "Tags not supported for policies in this domain");
}

/** Known for look-ups, inferred for tags. */
const outsideAccount = (): ServiceError =>
  serviceError("AccessDenied", "Policy is outside your own account.");

/** Recorded in 2026 for tags, known for look-ups and detaching. */
export const policyNotFound = (arn: string): ServiceError =>
  serviceError("NoSuchEntity", `Policy ${arn} was not found.`);

/** For attaching (recorded). */
export const notAttachable = (arn: string): ServiceError =>
  serviceError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`);

/** What is wrong with a managed policy's document. */
export function documentFault(call: Call, document: string): ServiceError | undefined {
  const parsed = parsePolicy(document, "identity");
  if (!parsed.ok) return serviceError("MalformedPolicyDocument", parsed.error);
  const quota = call.deps.quotas.policySize;
  if (documentSize(document) <= quota) return undefined;
  return serviceError("LimitExceeded", `Cannot exceed quota for PolicySize: ${quota}`);
}

/** The path in `arn:aws:iam::…:policy/path/name`: it starts and ends with `/`. */
export const pathOfPolicy = (arn: Arn): string => arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1);

export const nameOfPolicy = (arn: Arn): string => arn.slice(arn.lastIndexOf("/") + 1);
