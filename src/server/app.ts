import { randomUUID } from "node:crypto";
import { systemClock } from "#base/clock.ts";
import { refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import { isOwnHost } from "#wire/cookie/same-site.ts";
import { render, voiceOf } from "#wire/protocol.ts";
import { headerValues, type RawRequest, type RawResponse } from "#wire/raw.ts";
import { plainAnswer } from "./answers.ts";
import type { PipelineEnv } from "./arrival.ts";
import { BODY_LIMIT } from "./held-body.ts";
import type { Metrics } from "./metrics.ts";
import { handleAws, handleConsole } from "./pipeline.ts";
import type { Site } from "./site.ts";

export interface AppEnv {
  readonly pipeline: PipelineEnv;
  /** Undefined where the setting is off. */
  readonly metrics: Metrics | undefined;
  /** While the event log is behind: resolves when it has caught up. */
  readonly pressure: () => Promise<void> | undefined;
  /** One sentence on what is wrong, or undefined while all is well. */
  readonly trouble: () => string | undefined;
  /** The console's pages. */
  readonly site: Site;
}

/** What the console's pages ask: a path of its own, which no signature uses. */
const CONSOLE_PATH = /^\/console\/api\/?(?:\?|$)/;

/** One port for all: what carries a mark of AWS is AWS's, the rest is the console's and the server's own (DESIGN 1). */
export async function handle(env: AppEnv, raw: RawRequest): Promise<RawResponse> {
  const answer = CONSOLE_PATH.test(raw.target) ? handleConsole : handleAws;
  if (answer === handleAws && !isAws(raw)) return ownPage(env, raw);
  const started = performance.now();
  const pressure = env.pressure();
  if (pressure !== undefined) await pressure;
  const response = await answer(env.pipeline, raw);
  env.metrics?.answered(response.status, (performance.now() - started) / 1000);
  return response;
}

const AWS_HEADERS = ["authorization", "x-amz-target", "smithy-protocol"];
const FORM = /^application\/x-www-form-urlencoded/i;
const AWS_PARAMETERS = /(^|[?&])(Action|X-Amz-Algorithm)=/;

function isAws(raw: RawRequest): boolean {
  if (AWS_HEADERS.some((name) => headerValues(raw, name).length > 0)) return true;
  const query = raw.target.indexOf("?");
  if (query >= 0 && AWS_PARAMETERS.test(raw.target.slice(query))) return true;
  return (
    FORM.test(headerValues(raw, "content-type")[0] ?? "") &&
    AWS_PARAMETERS.test(Buffer.from(raw.body).toString("latin1"))
  );
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

const isLocal = (raw: RawRequest): boolean =>
  LOOPBACK.test(raw.peer.address) && headerValues(raw, "x-forwarded-for").length === 0;

async function ownPage(env: AppEnv, raw: RawRequest): Promise<RawResponse> {
  const path = raw.target.split("?", 1)[0] ?? "";
  if (raw.method !== "GET" && raw.method !== "HEAD")
    return plainAnswer(404, "nothing is here for this method");
  if (path === "/health") {
    const trouble = env.trouble();
    return trouble === undefined ? plainAnswer(200, "ok") : plainAnswer(503, trouble);
  }
  // figures are for the machine itself: a scraper elsewhere goes through something that knows it
  if (path === "/metrics" && env.metrics !== undefined && isLocal(raw)) {
    return plainAnswer(200, (await env.metrics.render()).trimEnd());
  }
  const own = env.pipeline.publicUrl();
  return isOwnHost(raw, own) ? env.site(raw) : plainAnswer(421, `this server is reached at ${own.origin}`);
}

/** The answer to a body beyond the limit, in the protocol that its head speaks; the request is not looked at further. */
export function tooLarge(raw: RawRequest): RawResponse {
  const error = serviceError(
    "RequestEntityTooLarge",
    `Request body must not be larger than ${BODY_LIMIT} bytes`,
  );
  return render(voiceOf(raw), refuse(error), { requestId: randomUUID(), now: systemClock() });
}
