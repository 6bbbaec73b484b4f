import { loadedOnce } from "#base/loaded.ts";
import { accept } from "#base/outcome.ts";
import { lookUp, type Table } from "#base/table.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { JsonServiceRow } from "#model/services.ts";
import type { SignInOperation } from "#operations/signin/visit.ts";
import { sourceOf } from "#signin/source.ts";
import type { Cookies } from "#wire/cookie/cookies.ts";
import type { Routed } from "#wire/protocol.ts";
import {
  type Answer,
  type Arrival,
  circumstances,
  internalFailure,
  type PipelineEnv,
  rateExceeded,
  readInput,
  unproven,
} from "./arrival.ts";

/** Loaded at the first sign-in, so that a start does not wait for it. */
const operations = loadedOnce(
  (): Promise<Table<SignInOperation<never>>> =>
    import("#operations/signin/index.ts").then(({ SIGNIN_OPERATIONS }) => SIGNIN_OPERATIONS),
);

/** At once from one source: half of what may wait for the hasher, which no single stranger fills (guarantee 7). */
const MOST_VISITS = 32;

/** A call of the sign-in service: whose it is, its cookies say or its operation finds out. It records its own events. */
export async function answerVisitor(
  env: PipelineEnv,
  arrival: Arrival,
  routed: Routed<JsonServiceRow<"signin">>,
  cookies: Cookies,
): Promise<Answer> {
  const { operation: model, voice } = routed;
  const refused = (error: ServiceError): Answer => unproven(env, arrival, voice, error);
  const operation = lookUp(await operations(), model.name);
  if (operation === undefined) return refused(internalFailure());

  const input = readInput(routed, false);
  if (!input.ok) return refused(input.error);

  // nobody is known yet who could be told to slow down: where he comes from is
  const leave = env.inFlight.enter(`visitor ${sourceOf(arrival.from.address)}`, MOST_VISITS);
  if (leave === undefined) return refused(rateExceeded());
  try {
    const visit = { ...circumstances(env, arrival), cookies };
    // the operation's own schema and constraints have read its input
    const result = await operation(env, visit, input.value as never);
    if (!result.ok) return { ...refused(result.error), cookies: result.cookies ?? [] };
    const { output, cookies: changes } = result.value;
    return { voice, result: accept({ operation: model, output }), cookies: changes };
  } finally {
    leave();
  }
}
