import { hkdfSync } from "node:crypto";

const NO_SALT = new Uint8Array(0);

/** HKDF-SHA256 (RFC 5869) over a root key of 256 random bits, which needs no salt (section 3.1). */
export const deriveKey = (rootKey: Uint8Array, info: string, size: number): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", rootKey, NO_SALT, info, size));
