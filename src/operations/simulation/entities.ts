import { assumedRoleArn } from "#identity/arns.ts";
import type { AccountId, Arn, PrincipalId } from "#identity/ids.ts";
import type { Tag } from "#identity/tags.ts";
import type { RequestPrincipal } from "#policy/request.ts";
import type { EntityKind } from "#ports/policies.ts";
import type { ContextValues } from "./context-entries.ts";

/** What an ARN says about a user, group or role, who need not exist. */
export interface Entity {
  readonly arn: Arn;
  readonly accountId: AccountId;
  readonly kind: EntityKind;
  /** Without its path, by which AWS does not look (recorded 2026). */
  readonly name: string;
}

const ENTITY = /^arn:aws:iam::(\d{12}):(user|group|role)\/(\S+)$/;

export function parseEntity(arn: string): Entity | undefined {
  const [, accountId, kind, rest = ""] = ENTITY.exec(arn) ?? [];
  if (accountId === undefined || kind === undefined) return undefined;
  const name = rest.slice(rest.lastIndexOf("/") + 1);
  // the pattern has seen to the brands and the kind
  return { arn: arn as Arn, accountId: accountId as AccountId, kind: kind as EntityKind, name };
}

/** Who makes the simulated calls, and the keys that follow from him. */
export interface SimulatedCaller {
  readonly principal: RequestPrincipal;
  readonly keys: ContextValues;
}

const STUB = "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR";

/** Nobody is named: all that is known is the account that asks (recorded 2026). */
export const noCaller = (accountId: AccountId): SimulatedCaller => ({
  // stands where an ARN and an id would
  principal: { kind: "user", accountId, arn: STUB as Arn, principalId: STUB as PrincipalId },
  keys: new Map([
    ["aws:userid", STUB],
    ["aws:principalaccount", accountId],
  ]),
});

/**
 * A user, a group, or a role's session, whose own ARN nobody knows yet. `aws:userid` is the ARN, not the unique id (recorded
 * 2026). Of MFA there is nothing: its keys are absent unless they are given.
 */
export function callerOf(entity: Entity, tags: readonly Tag[] = []): SimulatedCaller {
  const { arn, accountId, kind, name } = entity;
  const isRole = kind === "role";
  // stands where a unique id would
  const principalId = arn as string as PrincipalId;
  return {
    principal: isRole
      ? {
          kind: "role-session",
          accountId,
          arn: assumedRoleArn(accountId, name, STUB),
          principalId,
          roleArn: arn,
        }
      : { kind: "user", accountId, arn, principalId },
    keys: new Map([
      ["aws:userid", arn],
      ["aws:principalarn", arn],
      ["aws:principalaccount", accountId],
      ["aws:principaltype", isRole ? "AssumedRole" : "User"],
      ...(kind === "user" ? ([["aws:username", name]] as const) : []),
      ...tags.map(({ Key, Value }) => [`aws:principaltag/${Key.toLowerCase()}`, Value] as const),
    ]),
  };
}
