import { refuse } from "#base/outcome.ts";
import type { AccountId } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import { type DecisionPrincipal, decide, denialSentence, type Verdict } from "#policy/decide.ts";
import type { Reader, Store } from "#ports/store.ts";
import type { Call, Caller } from "./call.ts";
import { type Ending, eventOf } from "./event.ts";
import type { AnyOperation, Result } from "./operation.ts";

/** Where a call runs. */
export interface RunEnv {
  readonly store: Store;
  /** Told at once when this process has changed what authentication or a decision reads in an account. */
  readonly changed: (account: AccountId) => void;
}

/** A call that was decided: about what, and how. */
interface Decided {
  readonly target: unknown;
  readonly resources: readonly string[];
  readonly verdict: Verdict;
}

/**
 * Runs a decoded call to its end: loads its target, decides, prepares, runs, and records the one event. Nothing runs that was
 * not allowed. A write, its event and the revision it raises are one transaction; the events of reads and of refusals before
 * the transaction go to the recorder. Throws only for bugs and a failing store.
 */
export async function runOperation(
  env: RunEnv,
  operation: AnyOperation,
  call: Call,
  input: object,
): Promise<Result<object>> {
  const decided = await decideCall(env.store.reader, operation, call, input);
  if (decided.verdict.decision !== "allowed")
    return recorded(call, operation, input, decided, denied(operation, call, decided));
  const prepared = await operation.prepare?.(env.store.reader, call, input, decided.target);
  if (prepared?.ok === false) return recorded(call, operation, input, decided, prepared);
  if (operation.kind === "read") {
    const result = await operation.run(env.store.reader, call, input, decided.target, prepared?.value);
    return recorded(call, operation, input, decided, result);
  }
  const result = await runWrite(env, operation, call, input, decided, prepared?.value);
  if (result.ok && operation.bumpsRevision) env.changed(call.caller.accountId);
  return result;
}

/** Loads what the call is about and decides about it. */
async function decideCall(
  store: Reader,
  operation: AnyOperation,
  call: Call,
  input: object,
): Promise<Decided> {
  const target = await operation.target(store, call, input);
  const resources: readonly string[] = operation.resources(call, input, target);
  return {
    target,
    resources,
    verdict: decide({ principal: principalOf(call.caller), action: operation.action, resources }),
  };
}

function principalOf(caller: Caller): DecisionPrincipal {
  if (caller.kind === "operator") {
    return { kind: "operator", arn: caller.arn, attachedPolicies: [], mayChangeOwnPassword: false };
  }
  return caller;
}

/** Whether the caller would be allowed another action; for rules that depend on what else he may do. */
export function mayAlso(caller: Caller, action: string, resources: readonly string[]): boolean {
  return decide({ principal: principalOf(caller), action, resources }).decision === "allowed";
}

function denied(operation: AnyOperation, call: Call, { resources, verdict }: Decided): Result<never> {
  // the caller checked the verdict: a denial is here by default
  const denial =
    verdict.decision === "allowed" ? { decision: "implicitDeny" as const, resource: "*" } : verdict;
  const request = { principal: principalOf(call.caller), action: operation.action, resources };
  return refuse(serviceError("AccessDenied", denialSentence(request, denial)));
}

function recorded(
  call: Call,
  operation: AnyOperation,
  input: object,
  decided: Decided,
  result: Result<object>,
): Result<object> {
  call.deps.recorder.event(eventOf(call, operation, endingOf(input, decided, result)));
  return result;
}

function endingOf(input: object, { resources, verdict }: Decided, result: Result<object>): Ending {
  return result.ok
    ? { input, resources, verdict, output: result.value }
    : { input, resources, verdict, error: result.error };
}

type WriteOperation = Extract<AnyOperation, { kind: "write" }>;

function runWrite(
  env: RunEnv,
  operation: WriteOperation,
  call: Call,
  input: object,
  decided: Decided,
  prepared: unknown,
): Promise<Result<object>> {
  return env.store.write(async (tx) => {
    // the target may have been renamed or moved since it was decided about: then it is decided about again
    const now = await decideCall(tx, operation, call, input);
    const current = sameResources(now.resources, decided.resources) ? decided.verdict : now.verdict;
    const result: Result<object> =
      current.decision === "allowed"
        ? await tx.savepoint<Result<object>>(
            () => operation.run(tx, call, input, now.target, prepared),
            (outcome) => outcome.ok || outcome.counted === true,
          )
        : denied(operation, call, now);
    if (result.ok && operation.bumpsRevision) await tx.bumpRevision(call.caller.accountId);
    await tx.events.append(eventOf(call, operation, endingOf(input, { ...now, verdict: current }, result)));
    return result;
  });
}

const sameResources = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((resource, at) => resource === b[at]);
