import { refuse } from "#base/outcome.ts";
import { rootPrincipalId } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import { authorize } from "#policy/authorize.ts";
import { type Denial, denialSentence } from "#policy/denial.ts";
import type { ContextValue, DecisionRequest, RequestPrincipal, Verdict } from "#policy/request.ts";
import type { Call, Caller } from "./call.ts";
import { unlimited } from "./compiled-policies.ts";
import { contextOf } from "./context.ts";
import type { AnyOperation, Result } from "./operation.ts";

/** A call that was decided: about what, and how. */
export interface Decided {
  readonly target: unknown;
  readonly resources: readonly string[];
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

/** Decides a call about all its resources: the first that is denied denies it. */
export function decideAbout(operation: AnyOperation, call: Call, input: object, target: unknown): Decided {
  const resources: readonly string[] = operation.resources(call, input, target);
  const asked = new Map<string, ContextValue | undefined>();
  const context = contextOf(call, () => operation.context?.(call, input, target) ?? {});
  const resource = operation.resourcePolicy?.(call, input, target);
  const common = {
    principal: principalOf(call.caller),
    action: operation.action,
    layers: { ...policiesOf(call.caller), resource },
    context: (key: string) => {
      const value = context(key);
      asked.set(key, value);
      return value;
    },
  };
  let first: Verdict | undefined;
  for (const about of resources) {
    const request = { ...common, resource: about };
    const verdict = authorize(request);
    if (verdict.decision !== "allowed")
      return { target, resources, verdict, denial: { request, verdict }, asked };
    first ??= verdict;
  }
  // a call about nothing is not allowed by the absence of a denial
  const request = { ...common, resource: "*" };
  const nothing = { decision: "implicitDeny", layer: "identity" } as const;
  return first === undefined
    ? { target, resources, verdict: nothing, denial: { request, verdict: nothing }, asked }
    : { target, resources, verdict: first, denial: undefined, asked };
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

/** AWS's refusal for a denial. */
export const denied = ({ request, verdict }: DeniedRequest): Result<never> =>
  refuse(serviceError("AccessDenied", denialSentence(request, verdict)));
