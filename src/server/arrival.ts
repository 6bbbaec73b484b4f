import type { Clock, EpochMs } from "#base/clock.ts";
import { type Outcome, refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { validateInput } from "#model/validate.ts";
import type { Deps } from "#operations/call.ts";
import type { Callers } from "#operations/callers.ts";
import type { ConsoleSessions } from "#operations/console-sessions.ts";
import type { RunEnv } from "#operations/run.ts";
import type { CookieChange } from "#wire/cookie/cookies.ts";
import type { PublicUrl } from "#wire/cookie/same-site.ts";
import type { ProxyList } from "#wire/forwarded.ts";
import type { Routed, Told, Voice } from "#wire/protocol.ts";
import { headerValues, type RawRequest } from "#wire/raw.ts";
import type { InFlight } from "./in-flight.ts";

export interface PipelineEnv extends RunEnv {
  readonly callers: Callers;
  readonly consoleSessions: ConsoleSessions;
  readonly deps: Deps;
  readonly clock: Clock;
  readonly proxies: ProxyList;
  /** Where people reach the server. Known once it listens, hence a function. */
  readonly publicUrl: () => PublicUrl;
  readonly inFlight: InFlight;
  /** Told of every request that never proved a caller: no row is made for those (DESIGN 3.6). */
  readonly stranger: (address: string, code: string, now: EpochMs) => void;
  /** Told of bugs and of a failing store, with what the caller was not told. */
  readonly failed: (error: unknown, requestId: string) => void;
  /** Whether the machine's clock is behind the highest moment seen (DESIGN 3.8). */
  readonly clockBehind: (now: EpochMs) => boolean;
}

/** A request on its way, before its caller is proven. */
export interface Arrival {
  readonly raw: RawRequest;
  readonly requestId: string;
  readonly now: EpochMs;
  readonly from: { readonly address: string; readonly secure: boolean };
}

/** What is answered, and how: the operation's output or a refusal, and what becomes of the browser's cookies. */
export interface Answer {
  readonly voice: Voice;
  readonly result: Outcome<Told, ServiceError>;
  readonly cookies?: readonly CookieChange[];
  /** Headers beside the protocol's. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is known of where a request comes from, as calls and visits have it. */
export const circumstances = (env: PipelineEnv, { raw, requestId, now, from }: Arrival) => ({
  now,
  requestId,
  sourceIp: from.address,
  secureTransport: from.secure,
  userAgent: (headerValues(raw, "user-agent")[0] ?? "").slice(0, 1024),
  clockBehind: env.clockBehind(now),
  deps: env.deps,
});

/** Refuses who has not proven to be anybody: no event, a count. */
export function unproven(
  env: PipelineEnv,
  { from, now }: Arrival,
  voice: Voice,
  error: ServiceError,
): Answer {
  env.stranger(from.address, error.code, now);
  return { voice, result: refuse(error) };
}

/** The input of a routed request, decoded and checked once. */
export function readInput(
  { service, operation, decodeInput }: Routed,
  rootCaller: boolean,
): Outcome<object, ServiceError> {
  const decoded = decodeInput();
  const invalid = decoded.ok && validateInput(service.name, operation, decoded.value, { rootCaller });
  return invalid ? refuse(invalid) : decoded;
}

export const internalFailure = (): ServiceError =>
  serviceError("InternalFailure", "The request processing has failed because of an unknown error.");

export const rateExceeded = (): ServiceError =>
  serviceError("Throttling", "Rate exceeded", "too many calls of this caller at once");
