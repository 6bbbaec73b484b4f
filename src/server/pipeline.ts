import { randomUUID } from "node:crypto";
import { refuse } from "#base/outcome.ts";
import { serviceError } from "#model/errors.ts";
import { COUNTERSIGN, SIGNIN } from "#model/services.ts";
import { readCookies, renderCookie } from "#wire/cookie/cookies.ts";
import { crossSiteRefusal } from "#wire/cookie/same-site.ts";
import { callerAddress } from "#wire/forwarded.ts";
import { render, routeRequest, voiceOf } from "#wire/protocol.ts";
import type { RawRequest, RawResponse } from "#wire/raw.ts";
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

  return answerCaller(
    env,
    arrival,
    { ...route.value, service },
    { caller: known.value, region: "us-east-1" },
  );
}

async function handleBy(
  answer: (env: PipelineEnv, arrival: Arrival) => Promise<Answer>,
  env: PipelineEnv,
  raw: RawRequest,
): Promise<RawResponse> {
  const now = env.clock();
  const arrival = { raw, requestId: randomUUID(), now, from: callerAddress(raw, env.proxies) };
  try {
    const { voice, result, cookies } = await answer(env, arrival);
    const response = render(voice, result, arrival);
    return cookies === undefined ? response : { ...response, cookies: cookies.map(renderCookie) };
  } catch (error) {
    env.failed(error, arrival.requestId);
    return render(voiceOf(raw), refuse(internalFailure()), arrival);
  }
}
