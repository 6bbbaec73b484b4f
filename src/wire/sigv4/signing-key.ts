import { createHmac, hash } from "node:crypto";
import type { CredentialScope } from "./scope.ts";

/** A derived signing key, made ready for many signatures: HMAC's two padded keys (RFC 2104 section 4). */
export interface SigningKey {
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
}

/** "Calculate the signature", step 1 (derive a signing key) of the AWS Signature Version 4 specification. */
export function deriveSigningKey(scope: CredentialScope, secretAccessKey: string): SigningKey {
  const parts = [scope.date, scope.region, scope.service, "aws4_request"];
  const secret: Uint8Array = Buffer.from(`AWS4${secretAccessKey}`, "utf8");
  const key = parts.reduce((sofar, part) => createHmac("sha256", sofar).update(part).digest(), secret);
  return { inner: pad(key, 0x36), outer: pad(key, 0x5c) };
}

/**
 * HMAC-SHA-256 of an ASCII text, in hex. Two one-shot hashes, since `createHmac` costs three times as much, which is
 * most of a verification.
 */
export function sign({ inner, outer }: SigningKey, text: string): string {
  // as latin1 text, since a digest that comes as a Buffer takes as long as three hashes
  return hash("sha256", after(outer, hash("sha256", after(inner, text), "latin1")));
}

function after(padded: Uint8Array, text: string): Uint8Array {
  const bytes = Buffer.allocUnsafe(padded.length + text.length);
  bytes.set(padded);
  bytes.write(text, padded.length, "latin1");
  return bytes;
}

/** SHA-256 works in blocks of 64 bytes, and a derived key has 32: never one so long that HMAC would hash it first. */
function pad(key: Uint8Array, byte: number): Uint8Array {
  return Uint8Array.from({ length: 64 }, (_, at) => (key[at] ?? 0) ^ byte);
}
