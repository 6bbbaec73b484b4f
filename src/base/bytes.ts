/** Strict decoders: a stray character, wrong padding or a non-zero tail is an error, never skipped. */

export const utf8 = (text: string): Uint8Array => Buffer.from(text, "utf8");

export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

export const toBase64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** The bytes of canonical base64 (RFC 4648 section 4, padded), or undefined. */
export function fromBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

/** The bytes of canonical base64url without padding (RFC 4648 section 5), or undefined. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : undefined;
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
