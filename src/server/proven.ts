import { accept, refuse } from "#base/outcome.ts";
import type { SignedServiceRow } from "#model/services.ts";
import type { Call, PrincipalCaller } from "#operations/call.ts";
import { credentialRefusal } from "#operations/credential-rules.ts";
import { eventOf } from "#operations/event.ts";
import type { AnyOperation, Result } from "#operations/operation.ts";
import { findOperation } from "#operations/operations.ts";
import { runOperation } from "#operations/run.ts";
import type { Routed } from "#wire/protocol.ts";
import {
  type Answer,
  type Arrival,
  circumstances,
  internalFailure,
  type PipelineEnv,
  rateExceeded,
  readInput,
} from "./arrival.ts";

/** A call whose caller is proven, by whatever: from here on it makes one event, whether it is allowed, denied or malformed. */
export async function answerCaller(
  env: PipelineEnv,
  arrival: Arrival,
  routed: Routed<SignedServiceRow>,
  by: Pick<Call<PrincipalCaller>, "caller" | "region" | "unchangedSince">,
): Promise<Answer> {
  const { service, operation: model, voice } = routed;
  const call = { ...circumstances(env, arrival), ...by };
  const operation = await findOperation(service.name, model.name);
  noteUse(call, service);

  const barred = credentialRefusal(operation, call);
  const input = barred === undefined ? readInput(routed, call.caller.kind === "root") : refuse(barred);
  if (!input.ok) {
    call.deps.recorder.event(eventOf(call, operation, { error: input.error }));
    return { voice, result: input };
  }

  const result = await run(env, operation, call, input.value);
  if (!result.ok) return { voice, result };
  const { value: output, headers, cookies } = result;
  const answer = { voice, result: accept({ operation: model, output, headers }) };
  return cookies === undefined ? answer : { ...answer, cookies };
}

async function run(
  env: PipelineEnv,
  operation: AnyOperation,
  call: Call<PrincipalCaller>,
  input: object,
): Promise<Result<object>> {
  const leave = env.inFlight.enter(call.caller.principalId);
  if (leave === undefined) {
    const error = rateExceeded();
    call.deps.recorder.event(eventOf(call, operation, { error }));
    return refuse(error);
  }
  try {
    return await runOperation(env, operation, call, input);
  } catch (error) {
    // the caller is known: what broke is an event too, where the log can still take one
    call.deps.recorder.event(eventOf(call, operation, { input, error: internalFailure() }));
    throw error;
  } finally {
    leave();
  }
}

/** The last use of a key, or of the role whose session calls. */
function noteUse({ caller, now, region, deps }: Call<PrincipalCaller>, service: SignedServiceRow): void {
  const { kind, accountId, principalId, credential } = caller;
  if (credential.type === "long-term") {
    const { accessKeyId } = credential;
    deps.recorder.keyUse({ accountId, accessKeyId, at: now, service: service.signingName, region });
  }
  if (kind === "role-session") deps.recorder.roleUse({ accountId, roleId: principalId, at: now, region });
}
