import { timingSafeEqual } from "node:crypto";

/** Compares secrets without telling where they differ. Their length is not a secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** As `equalBytes`, for strings: compared by their UTF-8 bytes. */
export function equalText(a: string, b: string): boolean {
  return equalBytes(Buffer.from(a, "utf8"), Buffer.from(b, "utf8"));
}
