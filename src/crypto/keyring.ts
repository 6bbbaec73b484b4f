import type { Table } from "#base/table.ts";
import { table } from "#base/table.ts";

/** What a derived key is for: a key of one purpose opens nothing of another (DESIGN 3.7). */
export const PURPOSES = table({
  "mfa-seed": "countersign/1/seal/mfa-seed",
  "access-key": "countersign/1/seal/access-key",
  "session-token": "countersign/1/session-token",
  marker: "countersign/1/marker",
  "key-check": "countersign/1/key-check",
}) satisfies Table<string>;

export type Purpose = keyof typeof PURPOSES;

/**
 * Seals and opens under keys derived from the deployment's root keys. The newest root key seals; older ones only open.
 * `context` is the identity of what is sealed (a row's key, a token's holder): it is authenticated, not stored, and what was
 * sealed in one place does not open in another.
 */
export interface Keyring {
  readonly activeKeyId: string;
  seal(purpose: Purpose, context: string, plain: Uint8Array): Uint8Array;
  /** The plain bytes, or undefined for an unknown key, another purpose or context, or any altered byte. */
  open(purpose: Purpose, context: string, sealed: Uint8Array): Uint8Array | undefined;
}
