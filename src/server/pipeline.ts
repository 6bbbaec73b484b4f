import { randomUUID } from "node:crypto";
import { refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import { COUNTERSIGN, SIGNIN } from "#model/services.ts";
import { readCookies, renderCookie } from "#wire/cookie/cookies.ts";
import { crossSiteRefusal } from "#wire/cookie/same-site.ts";
import { callerAddress } from "#wire/forwarded.ts";
import { render, routeRequest, voiceOf } from "#wire/protocol.ts";
import { headerValues, type RawRequest, type RawResponse } from "#wire/raw.ts";
import { parseSignature } from "#wire/sigv4/parse.ts";
import { verifySignature } from "#wire/sigv4/verify.ts";
import { type Answer, type Arrival, internalFailure, type PipelineEnv, unproven } from "./arrival.ts";
import { answerCaller } from "./proven.ts";
import { answerVisitor } from "./visitor.ts";

/** One AWS request from bytes to bytes; never throws. */
export const handleAws = (env: PipelineEnv, raw: RawRequest): Promise<RawResponse> =>
  handleBy(answerSigned, env, raw);

/** One request of the console from bytes to bytes; never throws. */
export async function handleConsole(env: PipelineEnv, raw: RawRequest): Promise<RawResponse> {
  const response = await handleBy(answerCookies, env, raw);
  return { ...response, headers: { ...response.headers, "cache-control": "no-store" } };
}

/** The steps of a signed call, in the order of contract 11's "order in a call". */
async function answerSigned(env: PipelineEnv, arrival: Arrival): Promise<Answer> {
  const route = await routeRequest(arrival.raw, [COUNTERSIGN]);
  if (!route.ok) return unproven(env, arrival, route.error.voice, route.error.error);
  const { service, voice } = route.value;

  const signed = parseSignature(arrival.raw, service, arrival.now);
  if (!signed.ok) return unproven(env, arrival, voice, signed.error);

  const known = await env.callers.load(signed.value.accessKeyId, signed.value.sessionToken, arrival.now);
  if (!known.ok) return unproven(env, arrival, voice, known.error);

  const proven = verifySignature(signed.value, known.value.secretAccessKey);
  if (!proven.ok) return unproven(env, arrival, voice, proven.error);

  return answerCaller(env, arrival, route.value, { caller: known.value.caller, region: signed.value.region });
}

/** The steps of a browser's call: it is one of our own pages', then its cookies say whose it is. */
async function answerCookies(env: PipelineEnv, arrival: Arrival): Promise<Answer> {
  const foreign = crossSiteRefusal(arrival.raw, env.publicUrl());
  if (foreign !== undefined) return unproven(env, arrival, voiceOf(arrival.raw), foreign);

  const route = await routeRequest(arrival.raw, [COUNTERSIGN, SIGNIN]);
  if (!route.ok) return unproven(env, arrival, route.error.voice, route.error.error);
  const { service, voice } = route.value;

  const cookies = readCookies(arrival.raw);
  if (service.name === "signin") return answerVisitor(env, arrival, { ...route.value, service }, cookies);

  const known =
    cookies.session === undefined
      ? refuse(serviceError("NotSignedIn", "Sign in first."))
      : await env.consoleSessions.load(cookies.session, arrival.now);
  if (!known.ok) return unproven(env, arrival, voice, known.error);

  const caller = known.value;
  const unchangedSince = revisionIn(arrival.raw);
  // read before whatever is answered: a page that goes by it may hear of a change that it has seen, and misses none
  const revision = await env.store.reader.accounts.revision(caller.accountId);
  const by = { caller, region: "us-east-1", unchangedSince };
  const answer = await answerCaller(env, arrival, { ...route.value, service }, by);
  return { ...answer, headers: { "x-countersign-revision": String(revision) } };
}

/** What a page says that its change goes by. What is no number is a revision that never was. */
function revisionIn(raw: RawRequest): number | undefined {
  const [text] = headerValues(raw, "x-countersign-unchanged-since");
  if (text === undefined) return undefined;
  return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}

async function handleBy(
  answer: (env: PipelineEnv, arrival: Arrival) => Promise<Answer>,
  env: PipelineEnv,
  raw: RawRequest,
): Promise<RawResponse> {
  const now = env.clock();
  const arrival = { raw, requestId: randomUUID(), now, from: callerAddress(raw, env.proxies) };
  try {
    const { voice, result, cookies, headers } = await answer(env, arrival);
    const response = render(voice, result, arrival);
    if (cookies === undefined && headers === undefined) return response;
    return {
      ...response,
      headers: { ...response.headers, ...headers },
      ...(cookies === undefined ? {} : { cookies: cookies.map(renderCookie) }),
    };
  } catch (error) {
    env.failed(error, arrival.requestId);
    return render(voiceOf(raw), refuse(internalFailure()), arrival);
  }
}
