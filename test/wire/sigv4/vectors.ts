import { epochMs } from "#base/clock.ts";
import type { Outcome } from "#base/outcome.ts";
import type { ServiceError } from "#model/service-error.ts";
import { SERVICES, type ServiceRow } from "#model/services.ts";
import type { RawRequest } from "#wire/raw.ts";
import { parseSignature, type SignedRequest } from "#wire/sigv4/parse.ts";
import { verifySignature } from "#wire/sigv4/verify.ts";
import vectors from "./vectors.json" with { type: "json" };

/** A signed request of AWS's suite; every string holds bytes as latin1 characters, as node hands them on. */
export interface SignedCase {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
  readonly body: string;
  readonly canonical: string;
}

export const VECTORS = vectors.cases;
export const SECRET = vectors.secretAccessKey;
export const DATE = epochMs(Date.parse(vectors.date));

/** The suite's service: normalises paths as STS does, in any region. */
export const SERVICE: ServiceRow = { ...SERVICES.sts, signingName: "service" };

export function toRaw({ method, target, rawHeaders, body }: Omit<SignedCase, "canonical">): RawRequest {
  return {
    method,
    target,
    rawHeaders,
    body: Buffer.from(body, "latin1"),
    peer: { address: "127.0.0.1", encrypted: false },
  };
}

/** Parses and verifies, as the pipeline does in two steps. */
export function attempt(
  raw: RawRequest,
  {
    secret = SECRET,
    now = DATE,
    service = SERVICE,
  }: { secret?: string; now?: number; service?: ServiceRow } = {},
): Outcome<SignedRequest, ServiceError> {
  const signed = parseSignature(raw, service, epochMs(now));
  if (!signed.ok) return signed;
  const verified = verifySignature(signed.value, secret);
  return verified.ok ? signed : verified;
}
