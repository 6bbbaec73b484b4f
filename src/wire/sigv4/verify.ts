import { createHmac, createSecretKey, hash, type KeyObject } from "node:crypto";
import { equalText } from "#base/constant-time.ts";
import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { SignedRequest } from "./parse.ts";
import { wrongSignature } from "./refusals.ts";

/** Whether `secretAccessKey`, which must be that of `signed.accessKeyId`, made this signature. */
export function verifySignature(
  signed: SignedRequest,
  secretAccessKey: string,
): Outcome<undefined, ServiceError> {
  const name = cacheName(signed, secretAccessKey);
  const cached = derivedKeys.get(name);
  const key = cached ?? deriveKey(signed, secretAccessKey);
  const matches = signed.stringsToSign.some((text) =>
    equalText(createHmac("sha256", key).update(text).digest("hex"), signed.signature),
  );
  if (!matches) return refuse(wrongSignature());
  if (cached === undefined) remember(name, key);
  return accept(undefined);
}

/**
 * Derived signing keys, oldest first. Only a key that has verified something comes in, so that nobody without a secret
 * can push others out by asking for many regions. The digest stands for the secret: a key id given anew gets a new key.
 */
const derivedKeys = new Map<string, KeyObject>();
const MAX_DERIVED_KEYS = 10_000;

function cacheName({ accessKeyId, date, region, service }: SignedRequest, secretAccessKey: string): string {
  return `${accessKeyId}/${hash("sha256", secretAccessKey)}/${date}/${region}/${service}`;
}

function remember(name: string, key: KeyObject): void {
  if (derivedKeys.size >= MAX_DERIVED_KEYS) {
    for (const oldest of derivedKeys.keys()) {
      derivedKeys.delete(oldest);
      break;
    }
  }
  derivedKeys.set(name, key);
}

/** "Calculate the signature", step 1 (derive a signing key) of the AWS Signature Version 4 specification. */
function deriveKey({ date, region, service }: SignedRequest, secretAccessKey: string): KeyObject {
  const parts = [date, region, service, "aws4_request"];
  const secret: Uint8Array = Buffer.from(`AWS4${secretAccessKey}`, "utf8");
  return createSecretKey(
    parts.reduce((key, part) => createHmac("sha256", key).update(part).digest(), secret),
  );
}
