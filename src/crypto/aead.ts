import type { CipherKey } from "node:crypto";
import { createCipheriv, createDecipheriv } from "node:crypto";
import { concatBytes } from "#base/bytes.ts";

const ALGORITHM = "aes-256-gcm";
/** NIST SP 800-38D section 8.2.2: random 96-bit nonces, for at most 2^32 messages under one key. */
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

/** AES-256-GCM: the cipher text and its tag. A nonce is never used twice under one key. */
export function encrypt(
  key: CipherKey,
  nonce: Uint8Array,
  associated: Uint8Array,
  plain: Uint8Array,
): Uint8Array {
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associated);
  return concatBytes(cipher.update(plain), cipher.final(), cipher.getAuthTag());
}

/** The plain bytes, or undefined where anything was altered. */
export function decrypt(
  key: CipherKey,
  nonce: Uint8Array,
  associated: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  if (sealed.length < TAG_BYTES) return undefined;
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associated);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const plain = decipher.update(sealed.subarray(0, -TAG_BYTES));
  try {
    return concatBytes(plain, decipher.final());
  } catch {
    return undefined;
  }
}
