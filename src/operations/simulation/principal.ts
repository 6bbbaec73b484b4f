import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { table } from "#base/table.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { EntityKind } from "#ports/policies.ts";
import type { Reader } from "#ports/store.ts";
import type { Call } from "../call.ts";
import { GROUPS, type Holder, type HolderKind, ROLES, USERS } from "../holders.ts";
import { parseEntity } from "./entities.ts";

/** The member that says whose policies are meant. */
export interface PrincipalInput {
  readonly PolicySourceArn?: string | undefined;
}

const KINDS = table<HolderKind, EntityKind>({ user: USERS, group: GROUPS, role: ROLES });

/** The user, group or role of the caller's account; undefined where there is none, and for another account's. */
export async function principalTarget(
  store: Reader,
  call: Call,
  { PolicySourceArn = "" }: PrincipalInput,
): Promise<Holder | undefined> {
  const { accountId } = call.caller;
  const entity = parseEntity(PolicySourceArn);
  if (entity === undefined || entity.accountId !== accountId) return undefined;
  return KINDS[entity.kind].load(store, accountId, entity.name);
}

/** The resource of a decision: the principal's own ARN, or the one asked for where there is none. */
export const principalResource = (
  _call: Call,
  { PolicySourceArn = "" }: PrincipalInput,
  target: Holder | undefined,
): readonly string[] => [target?.arn ?? PolicySourceArn];

/** Whose policies are meant, else why not (recorded 2026). */
export function knownPrincipal(
  { caller }: Call,
  { PolicySourceArn = "" }: PrincipalInput,
  target: Holder | undefined,
): Outcome<Holder, ServiceError> {
  if (target !== undefined) return accept(target);
  const other = parseEntity(PolicySourceArn)?.accountId;
  if (other === undefined || other === caller.accountId)
    return refuse(serviceError("NoSuchEntity", "Unable to retrieve specified IAM entity."));
  const sentence = `caller's account ${caller.accountId} does not have access to policies in account ${other}.`;
  return refuse(serviceError("InvalidInput", `Invalid Policy Source Arn: ${sentence}`));
}
