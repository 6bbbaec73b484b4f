import { type AccountId, rootPrincipalId } from "#identity/ids.ts";
import { authorize } from "#policy/authorize.ts";
import type { Denial } from "#policy/denial.ts";
import type { ContextValue, DecisionRequest, RequestPrincipal, Verdict } from "#policy/request.ts";
import type { Call, Caller } from "./call.ts";
import { unlimited } from "./compiled-policies.ts";
import { contextOf } from "./context.ts";
import type { AnyOperation } from "./operation.ts";

/** A call that was decided: about what, and how. */
export interface Decided {
  readonly target: unknown;
  readonly resources: readonly string[];
  /** The account whose policy had to allow beside the caller's own. */
  readonly otherAccount: AccountId | undefined;
  /** Of the resource that was denied, or of the first. */
  readonly verdict: Verdict;
  /** Undefined where every resource was allowed. */
  readonly denial: DeniedRequest | undefined;
  /** The context keys that statements asked for, with what they saw. */
  readonly asked: ReadonlyMap<string, ContextValue | undefined>;
}

/** A denial with the request that it answers. */
export interface DeniedRequest {
  readonly request: DecisionRequest;
  readonly verdict: Denial;
}

/** Decides a call about all its actions and resources: the first that is denied denies it. */
export function decideAbout(operation: AnyOperation, call: Call, input: object, target: unknown): Decided {
  const resources: readonly string[] = operation.resources(call, input, target);
  const actions = [operation.action, ...(operation.alsoActions?.(call, input) ?? [])];
  const asked = new Map<string, ContextValue | undefined>();
  const context = contextOf(call, () => operation.context?.(call, input, target) ?? {});
  const resourcePolicy = operation.resourcePolicy?.(call, input, target);
  const common = {
    principal: principalOf(call.caller),
    layers: { ...policiesOf(call.caller), resource: resourcePolicy },
    own: operation.own?.(call, target) === true,
  };
  const owner = resourcePolicy?.accountId;
  const otherAccount = owner === call.caller.accountId ? undefined : owner;
  const decided = { target, resources, otherAccount, asked };
  const watched = (key: string) => {
    const value = context(key);
    asked.set(key, value);
    return value;
  };
  let first: Verdict | undefined;
  for (const action of actions) {
    for (const resource of resources) {
      const verdict = authorize({ ...common, action, resource, context: watched });
      if (verdict.decision !== "allowed") {
        return {
          ...decided,
          verdict,
          denial: { request: { ...common, action, resource, context }, verdict },
        };
      }
      first ??= verdict;
    }
  }
  if (first !== undefined) return { ...decided, verdict: first, denial: undefined };
  // a call about nothing is not allowed by the absence of a denial
  const request = { ...common, action: operation.action, resource: "*", context };
  const nothing = { decision: "implicitDeny", layer: "identity" } as const;
  return { ...decided, verdict: nothing, denial: { request, verdict: nothing } };
}

/** Whether the caller would be allowed another action; for rules that depend on what else he may do. */
export function mayAlso(call: Call, action: string, resource: string): boolean {
  const { caller } = call;
  const layers = { ...policiesOf(caller), resource: undefined };
  const context = contextOf(call, () => ({}));
  return (
    authorize({ principal: principalOf(caller), action, resource, layers, context }).decision === "allowed"
  );
}

export function principalOf(caller: Caller): RequestPrincipal {
  const { kind, accountId, arn } = caller;
  if (caller.kind === "operator") return { kind, accountId, arn, principalId: rootPrincipalId(accountId) };
  const roleArn = caller.session?.roleArn;
  return {
    kind,
    accountId,
    arn,
    principalId: caller.principalId,
    ...(roleArn === undefined ? {} : { roleArn }),
  };
}

const policiesOf = (caller: Caller) => (caller.kind === "operator" ? unlimited("operator") : caller.policies);
