import { createSecretKey, type KeyObject } from "node:crypto";
import { concatBytes, toHex, utf8 } from "#base/bytes.ts";
import type { Table } from "#base/table.ts";
import { table } from "#base/table.ts";
import { decrypt, encrypt, NONCE_BYTES } from "./aead.ts";
import { deriveKey } from "./derive.ts";
import type { RandomBytes } from "./random.ts";
import { KEY_BYTES, type RootKey } from "./root-key.ts";

/** What a derived key is for: a key of one purpose opens nothing of another (DESIGN 3.7). */
export const PURPOSES = table({
  "mfa-seed": "countersign/1/seal/mfa-seed",
  "access-key": "countersign/1/seal/access-key",
  "session-token": "countersign/1/session-token",
  marker: "countersign/1/marker",
  "authorization-message": "countersign/1/authorization-message",
  notice: "countersign/1/seal/notice",
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

/** A sealed secret: version, root key id, nonce, then cipher text and tag. */
const VERSION = 1;
const KEY_ID_END = 5;
const HEADER_BYTES = KEY_ID_END + NONCE_BYTES;

/** What is carried by others and not by our rows: under a compromised root key anyone could have made it. */
const CARRIED: ReadonlySet<Purpose> = new Set<Purpose>(["session-token", "marker", "authorization-message"]);

/** The keyring over `keys`, newest first, at least one. */
export function openKeyring(keys: readonly RootKey[], random: RandomBytes): Keyring {
  const [newest] = keys;
  if (newest === undefined) throw new Error("a keyring needs a root key");
  const derived = derivedKeys(keys);
  return {
    activeKeyId: newest.id,
    seal(purpose, context, plain) {
      const header = concatBytes(Uint8Array.of(VERSION), Buffer.from(newest.id, "hex"), random(NONCE_BYTES));
      const key = derived(newest.id, purpose);
      if (key === undefined) throw new Error(`no key to seal a ${purpose}`);
      return concatBytes(
        header,
        encrypt(key, header.subarray(KEY_ID_END), bound(header, purpose, context), plain),
      );
    },
    open(purpose, context, sealed) {
      const key = derived(sealedKeyId(sealed), purpose);
      if (key === undefined) return undefined;
      const header = sealed.subarray(0, HEADER_BYTES);
      const nonce = header.subarray(KEY_ID_END);
      return decrypt(key, nonce, bound(header, purpose, context), sealed.subarray(HEADER_BYTES));
    },
  };
}

/** The id of the root key that `sealed` was sealed under, by its own word; undefined where it is no sealed form. */
export function sealedKeyId(sealed: Uint8Array): string | undefined {
  return sealed[0] === VERSION && sealed.length >= HEADER_BYTES
    ? toHex(sealed.subarray(1, KEY_ID_END))
    : undefined;
}

// No purpose has a zero byte, so the first one ends it, whatever the context holds.
const bound = (header: Uint8Array, purpose: Purpose, context: string): Uint8Array =>
  concatBytes(header, utf8(`${PURPOSES[purpose]}\0${context}`));

function derivedKeys(
  keys: readonly RootKey[],
): (id: string | undefined, purpose: Purpose) => KeyObject | undefined {
  const byId = new Map(keys.map((key) => [key.id, key]));
  const made = new Map<string, KeyObject>();
  return (id, purpose) => {
    const root = id === undefined ? undefined : byId.get(id);
    if (root === undefined || (root.state === "compromised" && CARRIED.has(purpose))) return undefined;
    const name = `${root.id}/${purpose}`;
    const key = made.get(name) ?? createSecretKey(deriveKey(root.bytes, PURPOSES[purpose], KEY_BYTES));
    made.set(name, key);
    return key;
  };
}
