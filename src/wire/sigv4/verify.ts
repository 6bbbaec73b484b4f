import { hash } from "node:crypto";
import { equalText } from "#base/constant-time.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { SignedRequest } from "./parse.ts";
import { wrongSignature } from "./refusals.ts";
import { deriveSigningKey, type SigningKey, sign } from "./signing-key.ts";

/** Whether `secretAccessKey`, which must be that of `signed.accessKeyId`, made this signature. */
export function verifySignature(
  signed: SignedRequest,
  secretAccessKey: string,
): Outcome<undefined, ServiceError> {
  const name = cacheName(signed, secretAccessKey);
  const cached = warmKeys.get(name);
  const key = cached ?? deriveSigningKey(signed, secretAccessKey);
  if (!signed.stringsToSign.some((text) => equalText(sign(key, text), signed.signature))) {
    return refuse(wrongSignature());
  }
  if (cached === undefined) remember(name, key);
  return accept(undefined);
}

/**
 * Derived keys, oldest first. Only one that has verified something comes in, so that nobody without a secret can push
 * others out by asking for many regions. The secret's digest is in the name: a key id given anew is another key.
 */
const warmKeys = new Map<string, SigningKey>();
const MAX_WARM_KEYS = 10_000;

function cacheName({ accessKeyId, date, region, service }: SignedRequest, secretAccessKey: string): string {
  return `${accessKeyId}/${hash("sha256", secretAccessKey)}/${date}/${region}/${service}`;
}

function remember(name: string, key: SigningKey): void {
  const oldest = warmKeys.size < MAX_WARM_KEYS ? undefined : warmKeys.keys().next().value;
  if (oldest !== undefined) warmKeys.delete(oldest);
  warmKeys.set(name, key);
}
