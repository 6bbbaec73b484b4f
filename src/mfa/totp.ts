import { createHmac } from "node:crypto";

/** One time step: 30 seconds from the epoch (RFC 6238 section 4.1; contract 1.2). */
export const STEP_MS = 30_000;

const DIGITS = 6;

export type OtpAlgorithm = "sha1" | "sha256" | "sha512";

/** The number of the step that the moment `now` (ms) lies in. */
export const stepAt = (now: number): number => Math.floor(now / STEP_MS);

/** An HOTP value (RFC 4226 section 5.3), zeros in front kept. `counter` is a whole number from 0 to 2^53 - 1. */
export function hotp(
  key: Uint8Array,
  counter: number,
  digits: 6 | 7 | 8 = DIGITS,
  algorithm: OtpAlgorithm = "sha1",
): string {
  return (truncated(key, counter, algorithm) % 10 ** digits).toString().padStart(digits, "0");
}

/** The code that a device with `seed` shows during `step`: RFC 6238 with HMAC-SHA1 and six digits. */
export const codeAt = (seed: Uint8Array, step: number): string => hotp(seed, step);

// RFC 4226 section 5.3: the last nibble says where the 31 bits are.
function truncated(key: Uint8Array, counter: number, algorithm: OtpAlgorithm): number {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac(algorithm, key).update(message).digest();
  return digest.readUInt32BE(digest.readUInt8(digest.length - 1) & 0xf) & 0x7fff_ffff;
}
