import { randomUUID } from "node:crypto";
import { type Clock, type EpochMs, httpDate } from "#base/clock.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { type OperationModel, SERVICES, type ServiceRow } from "#model/services.ts";
import type { Call, Deps, PrincipalCaller } from "#operations/call.ts";
import type { Callers } from "#operations/callers.ts";
import { credentialRefusal } from "#operations/credential-rules.ts";
import { eventOf } from "#operations/event.ts";
import type { AnyOperation, Result } from "#operations/operation.ts";
import { findOperation } from "#operations/operations.ts";
import { type RunEnv, runOperation } from "#operations/run.ts";
import { callerAddress, type ProxyList } from "#wire/forwarded.ts";
import { decodeInput } from "#wire/query/decode.ts";
import { encodeError, encodeSuccess } from "#wire/query/encode.ts";
import { type QueryRequest, readQueryRequest } from "#wire/query/request.ts";
import { routeQuery } from "#wire/query/route.ts";
import { headerValues, type RawRequest, type RawResponse } from "#wire/raw.ts";
import { parseSignature } from "#wire/sigv4/parse.ts";
import { verifySignature } from "#wire/sigv4/verify.ts";
import { validateInput } from "#wire/validate.ts";
import type { InFlight } from "./in-flight.ts";

export interface PipelineEnv extends RunEnv {
  readonly callers: Callers;
  readonly deps: Deps;
  readonly clock: Clock;
  readonly proxies: ProxyList;
  readonly inFlight: InFlight;
  /** Told of every request that never proved a caller: no row is made for those (DESIGN 3.6). */
  readonly stranger: (address: string, code: string, now: EpochMs) => void;
  /** Told of bugs and of a failing store, with what the caller was not told. */
  readonly failed: (error: unknown, requestId: string) => void;
  /** Whether the machine's clock is behind the highest moment seen (DESIGN 3.8). */
  readonly clockBehind: (now: EpochMs) => boolean;
}

/** A request on its way, before its caller is proven. */
interface Arrival {
  readonly raw: RawRequest;
  readonly requestId: string;
  readonly now: EpochMs;
  readonly from: { readonly address: string; readonly secure: boolean };
}

/** What is answered: for which service, and the operation's output or a refusal. */
interface Answer {
  readonly service: ServiceRow;
  readonly result: Outcome<Told, ServiceError>;
}

interface Told {
  readonly operation: OperationModel;
  readonly output: object;
  /** Of our own, beside AWS's. */
  readonly headers: ServiceError["headers"] | undefined;
}

/** One AWS request from bytes to bytes; never throws. The order of its steps is contract 11's "order in a call". */
export async function handleAws(env: PipelineEnv, raw: RawRequest): Promise<RawResponse> {
  const now = env.clock();
  const arrival = { raw, requestId: randomUUID(), now, from: callerAddress(raw, env.proxies) };
  try {
    return render(arrival, await answer(env, arrival));
  } catch (error) {
    env.failed(error, arrival.requestId);
    return render(arrival, { service: SERVICES.iam, result: refuse(internalFailure()) });
  }
}

const internalFailure = (): ServiceError =>
  serviceError("InternalFailure", "The request processing has failed because of an unknown error.");

async function answer(env: PipelineEnv, arrival: Arrival): Promise<Answer> {
  const unproven = (service: ServiceRow, error: ServiceError): Answer => {
    env.stranger(arrival.from.address, error.code, arrival.now);
    return { service, result: refuse(error) };
  };

  const request = readQueryRequest(arrival.raw);
  if (!request.ok) return unproven(SERVICES.iam, request.error);

  const route = await routeQuery(request.value, undefined);
  if (!route.ok) return unproven(route.error.service, route.error.error);
  const { service, operation: model } = route.value;

  const signed = parseSignature(arrival.raw, service, arrival.now);
  if (!signed.ok) return unproven(service, signed.error);

  const known = await env.callers.load(signed.value.accessKeyId, signed.value.sessionToken, arrival.now);
  if (!known.ok) return unproven(service, known.error);

  const proven = verifySignature(signed.value, known.value.secretAccessKey);
  if (!proven.ok) return unproven(service, proven.error);

  const { caller } = known.value;
  const call = callOf(env, arrival, caller, signed.value.region);
  const operation = await findOperation(service.name, model.name);
  noteUse(call, service);

  const input = readInput(request.value, service, model, operation, call);
  if (!input.ok) {
    call.deps.recorder.event(eventOf(call, operation, { error: input.error }));
    return { service, result: input };
  }

  const result = await run(env, operation, call, input.value);
  if (!result.ok) return { service, result };
  const { value: output, headers } = result;
  return { service, result: accept({ operation: model, output, headers }) };
}

async function run(
  env: PipelineEnv,
  operation: AnyOperation,
  call: Call<PrincipalCaller>,
  input: object,
): Promise<Result<object>> {
  const leave = env.inFlight.enter(call.caller.principalId);
  if (leave === undefined) {
    const error = serviceError("Throttling", "Rate exceeded", "too many calls of this caller at once");
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

function callOf(
  env: PipelineEnv,
  { raw, requestId, now, from }: Arrival,
  caller: PrincipalCaller,
  region: string,
): Call<PrincipalCaller> {
  return {
    caller,
    now,
    requestId,
    region,
    sourceIp: from.address,
    secureTransport: from.secure,
    userAgent: (headerValues(raw, "user-agent")[0] ?? "").slice(0, 1024),
    clockBehind: env.clockBehind(now),
    deps: env.deps,
  };
}

/** What the credential may not do at all, then the input, decoded and checked once. */
function readInput(
  request: QueryRequest,
  service: ServiceRow,
  model: OperationModel,
  operation: AnyOperation,
  call: Call<PrincipalCaller>,
): Outcome<object, ServiceError> {
  const barred = credentialRefusal(operation, call);
  if (barred !== undefined) return refuse(barred);
  const decoded = decodeInput(model, request.params);
  if (!decoded.ok) return decoded;
  const invalid = validateInput(service.name, model, decoded.value, {
    rootCaller: call.caller.kind === "root",
  });
  return invalid === undefined ? decoded : refuse(invalid);
}

/** The last use of a key, or of the role whose session calls. */
function noteUse({ caller, now, region, deps }: Call<PrincipalCaller>, service: ServiceRow): void {
  const { kind, accountId, principalId, credential } = caller;
  if (credential.type === "long-term") {
    const { accessKeyId } = credential;
    deps.recorder.keyUse({ accountId, accessKeyId, at: now, service: service.signingName, region });
  }
  if (kind === "role-session") deps.recorder.roleUse({ accountId, roleId: principalId, at: now, region });
}

function render({ requestId, now }: Arrival, { service, result }: Answer): RawResponse {
  return {
    status: result.ok ? 200 : result.error.status,
    headers: {
      "content-type": "text/xml",
      "x-amzn-requestid": requestId,
      date: httpDate(now),
      ...(result.ok ? result.value.headers : result.error.headers),
    },
    body: result.ok
      ? encodeSuccess(service, result.value.operation, result.value.output, requestId)
      : encodeError(service, result.error, requestId),
  };
}
