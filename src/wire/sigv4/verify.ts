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
  const name = `${signed.accessKeyId}/${signed.date}/${signed.region}/${signed.service}`;
  const warm = warmKeys.get(name);
  // a key id given anew has another secret, and is another key
  const cached = warm?.secretAccessKey === secretAccessKey ? warm.key : undefined;
  const key = cached ?? deriveSigningKey(signed, secretAccessKey);
  if (!signed.stringsToSign.some((text) => equalText(sign(key, text), signed.signature))) {
    return refuse(wrongSignature());
  }
  if (cached === undefined) remember(name, { secretAccessKey, key });
  return accept(undefined);
}

/**
 * Derived keys by access key id and scope, oldest first. Only one that has verified something comes in, so that nobody without
 * a secret can push others out by asking for many regions.
 */
const warmKeys = new Map<string, WarmKey>();
const MAX_WARM_KEYS = 10_000;

interface WarmKey {
  readonly secretAccessKey: string;
  readonly key: SigningKey;
}

function remember(name: string, key: WarmKey): void {
  const oldest = warmKeys.size < MAX_WARM_KEYS ? undefined : warmKeys.keys().next().value;
  if (oldest !== undefined) warmKeys.delete(oldest);
  // last, also where it takes another's place
  warmKeys.delete(name);
  warmKeys.set(name, key);
}
