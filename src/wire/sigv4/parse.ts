import { hash } from "node:crypto";
import { type EpochMs, SECOND } from "#base/clock.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { ServiceRow } from "#model/services.ts";
import type { RawRequest } from "../raw.ts";
import {
  type CanonicalParts,
  canonicalRequest,
  hashBytes,
  queryParameters,
  splitTarget,
} from "./canonical.ts";
import { parseBasicDate, parseHttpDate, type SigningDate } from "./date.ts";
import { type Headers, readHeaders } from "./headers.ts";
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
  const { path, query } = splitTarget(raw.target);
  const presented = readPresented(headers, queryParameters(query));
  if (!presented.ok) return presented;
  const signedHeaders = presented.value.signedHeaders.split(";");
  const facts = checkFacts(presented.value, signedHeaders, headers, service, now);
  if (!facts.ok) return facts;

  const payloadHash = hash("sha256", raw.body);
  if (claimsOtherPayload(presented.value, headers, payloadHash)) return refuse(wrongPayloadHash());

  const { parameters, sessionToken, signature } = presented.value;
  const parts = { method: raw.method, path, parameters, headers, signedHeaders, payloadHash };
  const stringsToSign = isStrictlySorted(signedHeaders) ? candidates(parts, facts.value) : undefined;
  if (stringsToSign === undefined) return refuse(wrongSignature());
  return accept({ ...facts.value.scope, sessionToken, signature, stringsToSign });
}

interface Facts {
  readonly signed: SigningDate;
  readonly scope: CredentialScope;
}

function checkFacts(
  presented: Presented,
  signedHeaders: readonly string[],
  headers: Headers,
  service: ServiceRow,
  now: EpochMs,
): Outcome<Facts, ServiceError> {
  const { date, dateHeader, algorithm, credential } = presented;
  const signed = dateHeader === "Date" ? parseHttpDate(date) : parseBasicDate(date);
  if (signed === undefined) return refuse(badDate(date));
  const error = untimely(presented, signed.at, now) ?? leftUnsigned(dateHeader, signedHeaders, headers);
  if (error !== undefined) return refuse(error);
  if (algorithm !== "AWS4-HMAC-SHA256") return refuse(unsupportedAlgorithm(algorithm));
  const scope = parseScope(credential, service, signed);
  return scope.ok ? accept({ signed, scope: scope.value }) : scope;
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

const MUST_BE_SIGNED = [
  { name: "Host", key: "host", when: "always" },
  { name: "X-Amz-Date", key: "x-amz-date", when: "used" },
  { name: "Date", key: "date", when: "used" },
  { name: "X-Amz-Target", key: "x-amz-target", when: "sent" },
  { name: "X-Amz-Content-Sha256", key: "x-amz-content-sha256", when: "sent" },
] as const;

/** Contract 11: host, and every header that is acted on. */
function leftUnsigned(
  dateHeader: Presented["dateHeader"],
  signedHeaders: readonly string[],
  headers: Headers,
): ServiceError | undefined {
  const left = MUST_BE_SIGNED.find(
    ({ name, key, when }) =>
      (when === "always" || (when === "sent" ? headers.values.has(key) : name === dateHeader)) &&
      !signedHeaders.includes(key),
  );
  return left === undefined ? undefined : unsigned(left.name);
}

/** SigV4 lists header names in byte order, each once. A name that is not in lower case finds no header later. */
function isStrictlySorted(names: readonly string[]): boolean {
  return names.every((name, at) => at === 0 || (names[at - 1] ?? "") < name);
}

/** DESIGN 4: what is signed is what is run, so the body is always hashed. UNSIGNED-PAYLOAD and STREAMING-* are no hash. */
function claimsOtherPayload(presented: Presented, headers: Headers, payloadHash: string): boolean {
  const inHeader = headers.values.get("x-amz-content-sha256") ?? payloadHash;
  const inQuery = presented.payloadHash ?? payloadHash;
  return inHeader !== payloadHash || inQuery !== payloadHash;
}

/** Undefined where nothing can have been signed: a signed header is absent, or a character is no byte. */
function candidates(parts: CanonicalParts, { signed, scope }: Facts): readonly string[] | undefined {
  const scopeText = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  const head = `AWS4-HMAC-SHA256\n${signed.basic}\n${scopeText}\n`;
  const tokenless = parts.parameters.filter(({ name }) => name !== "X-Amz-Security-Token");
  const variants =
    tokenless.length === parts.parameters.length ? [parts] : [parts, { ...parts, parameters: tokenless }];
  const strings: string[] = [];
  for (const variant of variants) {
    const canonical = canonicalRequest(variant);
    const digest = canonical === undefined ? undefined : hashBytes(canonical);
    if (digest === undefined) return undefined;
    strings.push(head + digest);
  }
  return strings;
}
