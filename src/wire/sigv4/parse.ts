import { hash } from "node:crypto";
import { type EpochMs, isoBasic, SECOND } from "#base/clock.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { ServiceRow } from "#model/services.ts";
import type { RawRequest } from "../raw.ts";
import { type CanonicalParts, canonicalRequest, queryParameters, splitTarget } from "./canonical.ts";
import { parseBasicDate, parseHttpDate } from "./date.ts";
import { type Headers, headerValue, readHeaders } from "./headers.ts";
import { type Presented, readPresented } from "./presented.ts";
import {
  badDate,
  badExpires,
  expired,
  MAX_SKEW,
  notYetCurrent,
  unsigned,
  unsupportedAlgorithm,
  wrongPayloadHash,
  wrongSignature,
} from "./refusals.ts";
import { type CredentialScope, parseScope } from "./scope.ts";

/** A signature of which everything is checked but the one thing that needs the secret: see `verifySignature`. */
export interface SignedRequest extends CredentialScope {
  /** As sent; nothing about it is checked here, and it may be unsigned: it proves itself (contract 11). */
  readonly sessionToken: string | undefined;
  readonly signature: string;
  /** What may have been signed: one text, or two where a presigned request added its session token after signing. */
  readonly stringsToSign: readonly string[];
}

/**
 * Reads a request's signature, in header or presigned form, and checks date, signed headers, scope and body hash, in
 * contract 4.5's order. Accepts nothing as true: until `verifySignature` agrees, anyone may have written it.
 */
export function parseSignature(
  raw: RawRequest,
  service: ServiceRow,
  now: EpochMs,
): Outcome<SignedRequest, ServiceError> {
  const headers = readHeaders(raw.rawHeaders);
  const [path, query] = splitTarget(raw.target);
  const presented = readPresented(headers, queryParameters(query));
  if (!presented.ok) return presented;
  const facts = checkFacts(presented.value, headers, service, now);
  if (!facts.ok) return facts;

  const payloadHash = hash("sha256", raw.body);
  if (claimsOtherPayload(presented.value, headers, payloadHash)) return refuse(wrongPayloadHash());

  const signedHeaders = presented.value.signedHeaders.split(";");
  const { parameters, sessionToken, signature } = presented.value;
  const parts = { method: raw.method, path, parameters, headers, signedHeaders, payloadHash };
  const stringsToSign = isStrictlySorted(signedHeaders) ? candidates(parts, facts.value) : undefined;
  if (stringsToSign === undefined) return refuse(wrongSignature());
  return accept({ ...facts.value.scope, sessionToken, signature, stringsToSign });
}

interface Facts {
  readonly signedAt: EpochMs;
  readonly scope: CredentialScope;
}

function checkFacts(
  presented: Presented,
  headers: Headers,
  service: ServiceRow,
  now: EpochMs,
): Outcome<Facts, ServiceError> {
  const { date, dateHeader, algorithm, credential } = presented;
  const signedAt = dateHeader === "Date" ? parseHttpDate(date) : parseBasicDate(date);
  if (signedAt === undefined) return refuse(badDate(date));
  const error = untimely(presented, signedAt, now) ?? leftUnsigned(presented, headers);
  if (error !== undefined) return refuse(error);
  if (algorithm !== "AWS4-HMAC-SHA256") return refuse(unsupportedAlgorithm(algorithm));
  const scope = parseScope(credential, service, signedAt);
  return scope.ok ? accept({ signedAt, scope: scope.value }) : scope;
}

/** 15 minutes either way; a presigned request lives as long as it says instead, up to a week. */
function untimely(presented: Presented, signedAt: EpochMs, now: EpochMs): ServiceError | undefined {
  const { expires } = presented;
  if (expires !== undefined && !(/^[1-9]\d{0,5}$/.test(expires) && Number(expires) <= 604_800)) {
    return badExpires(expires);
  }
  const lifetime = expires === undefined ? MAX_SKEW : Number(expires) * SECOND;
  if (now - signedAt > lifetime) {
    return expired(signedAt, now, lifetime, expires === undefined ? "15 min." : `${expires} sec.`);
  }
  return signedAt - now > MAX_SKEW ? notYetCurrent(signedAt, now) : undefined;
}

/** Contract 11: host, and every header that is acted on. */
function leftUnsigned({ signedHeaders, dateHeader }: Presented, headers: Headers): ServiceError | undefined {
  const signed = signedHeaders.toLowerCase().split(";");
  const used = ["Host", ...(dateHeader === undefined ? [] : [dateHeader])];
  for (const name of ["X-Amz-Target", "X-Amz-Content-Sha256"]) {
    if (headers.has(name.toLowerCase())) used.push(name);
  }
  const missing = used.find((name) => !signed.includes(name.toLowerCase()));
  return missing === undefined ? undefined : unsigned(missing);
}

/** SigV4 lists header names in lower case, in byte order, each once. */
function isStrictlySorted(names: readonly string[]): boolean {
  return names.every((name, at) => name === name.toLowerCase() && (at === 0 || (names[at - 1] ?? "") < name));
}

/** DESIGN 4: what is signed is what is run, so the body is always hashed. UNSIGNED-PAYLOAD and STREAMING-* are no hash. */
function claimsOtherPayload(presented: Presented, headers: Headers, payloadHash: string): boolean {
  const inHeader = headerValue(headers, "x-amz-content-sha256") ?? payloadHash;
  const inQuery = presented.payloadHash ?? payloadHash;
  return inHeader !== payloadHash || inQuery !== payloadHash;
}

/** Undefined where something cannot have been signed: see `canonicalRequest`. */
function candidates(parts: CanonicalParts, { signedAt, scope }: Facts): readonly string[] | undefined {
  const canonical = canonicalRequest(parts);
  if (canonical === undefined) return undefined;
  const head = `AWS4-HMAC-SHA256\n${isoBasic(signedAt)}\n${scope.date}/${scope.region}/${scope.service}/aws4_request\n`;
  const first = head + hashLatin1(canonical);
  const tokenless = parts.parameters.filter(({ name }) => name !== "X-Amz-Security-Token");
  if (tokenless.length === parts.parameters.length) return [first];
  return [first, head + hashLatin1(canonicalRequest({ ...parts, parameters: tokenless }) ?? "")];
}

function hashLatin1(text: string): string {
  return hash("sha256", Buffer.from(text, "latin1"));
}
