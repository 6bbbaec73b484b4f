import { hash } from "node:crypto";
import { type EpochMs, isoBasic, MINUTE } from "#base/clock.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";

// The sentences of contract 4.5, to the letter, trailing spaces included. Where it leaves the words open they are ours,
// in AWS's manner. What a stranger sent as Authorization may be a foreign secret: it is shown hashed, as AWS does today.

/** How far a signature's date may lie from the server's clock, either way. */
export const MAX_SKEW = 15 * MINUTE;

const incomplete = (message: string): ServiceError => serviceError("IncompleteSignature", message);
const mismatch = (message: string): ServiceError => serviceError("SignatureDoesNotMatch", message);
const digest = (authorization: string): string =>
  hash("sha256", Buffer.from(authorization, "latin1"), "base64");

export const missingToken = (): ServiceError =>
  serviceError("MissingAuthenticationToken", "Request is missing Authentication Token");

export const twoForms = (): ServiceError =>
  mismatch("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");

export const repeated = (what: string, name: string): ServiceError =>
  mismatch(`The request has more than one '${name}' ${what}.`);

export const notAPair = (authorization: string): ServiceError =>
  incomplete(
    `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${digest(authorization)}'.`,
  );

export function headerLacks(parts: readonly string[], date: boolean, authorization: string): ServiceError {
  const sentences = parts.map((part) => `Authorization header requires '${part}' parameter. `);
  if (date) {
    sentences.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
  }
  const shown = `(Hashed with SHA-256 and encoded with Base64) Authorization=${digest(authorization)}`;
  return incomplete(sentences.join("") + shown);
}

export function queryLacks(names: readonly string[]): ServiceError {
  const sentences = names.map((name) => `AWS query-string parameters must include '${name}'. `);
  return incomplete(`${sentences.join("")}Re-examine the query-string parameters.`);
}

export const badExpires = (got: string): ServiceError =>
  incomplete(`X-Amz-Expires must be a whole number of seconds from 1 to 604800. Got '${got}'.`);

export const badDate = (got: string): ServiceError =>
  incomplete(
    `Date must be in ISO-8601 'basic format'. Got '${got}'. See http://en.wikipedia.org/wiki/ISO_8601`,
  );

/** `span` says how the lifetime is written, e.g. `15 min.`. */
export const expired = (signedAt: EpochMs, now: EpochMs, lifetime: number, span: string): ServiceError =>
  mismatch(
    `Signature expired: ${isoBasic(signedAt)} is now earlier than ${isoBasic(now - lifetime)} (${isoBasic(now)} - ${span})`,
  );

export const notYetCurrent = (signedAt: EpochMs, now: EpochMs): ServiceError =>
  mismatch(
    `Signature not yet current: ${isoBasic(signedAt)} is still later than ${isoBasic(now + MAX_SKEW)} (${isoBasic(now)} + 15 min.)`,
  );

export const unsigned = (header: string): ServiceError =>
  mismatch(`'${header}' must be a 'SignedHeader' in the AWS Authorization.`);

export const unsupportedAlgorithm = (got: string): ServiceError =>
  incomplete(`Unsupported AWS 'algorithm': '${got}' (only AWS4-HMAC-SHA256 for now). `);

export const badCredential = (got: string): ServiceError =>
  incomplete(
    `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${got}'`,
  );

export const wrongScope = (sentences: readonly string[]): ServiceError => mismatch(sentences.join(""));

export const wrongPayloadHash = (): ServiceError =>
  mismatch("The provided 'x-amz-content-sha256' header does not match what was computed.");

/** Without the dump of the canonical request that some services add: it would hand a forger the form to fill in. */
export const wrongSignature = (): ServiceError =>
  mismatch(
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
  );
