import { toHex } from "#base/bytes.ts";
import type { EpochMs } from "#base/clock.ts";
import { equalText } from "#base/constant-time.ts";
import { deriveKey } from "./derive.ts";
import type { RandomBytes } from "./random.ts";

export const KEY_BYTES = 32;
const ID_BYTES = 4;

/**
 * `active` seals and opens. `retired` only opens, until the last session under it is over. `compromised` opens only what
 * lies in our own rows, so that it can be sealed anew: sessions and markers under it are dead at once.
 */
export type RootKeyState =
  | { readonly state: "active" }
  | { readonly state: "retired" | "compromised"; readonly since: EpochMs };

/** A root key of the deployment. All other keys are derived from it; it seals nothing itself. */
export type RootKey = RootKeyState & {
  /** Eight hex digits that follow from the bytes and tell nothing of them. */
  readonly id: string;
  readonly bytes: Uint8Array;
};

/** The key whose 32 bytes are `bytes`. */
export const rootKey = (bytes: Uint8Array, state: RootKeyState): RootKey => ({
  id: toHex(deriveKey(bytes, "countersign/1/key-id", ID_BYTES)),
  bytes,
  ...state,
});

export const issueRootKey = (random: RandomBytes): RootKey => rootKey(random(KEY_BYTES), { state: "active" });

/** `keys`, newest first, under a new active key. With `compromised` every key there was is given up for carried secrets. */
export function rotateRootKeys(
  keys: readonly RootKey[],
  how: "retired" | "compromised",
  now: EpochMs,
  random: RandomBytes,
): readonly RootKey[] {
  const givenUp = (key: RootKey): RootKey =>
    key.state === "active" || how === "compromised"
      ? { id: key.id, bytes: key.bytes, state: how, since: now }
      : key;
  return [issueRootKey(random), ...keys.map(givenUp)];
}

/** What a database remembers of its key, to refuse another (DESIGN 3.7). Nobody can compute the key from it. */
export const checkValue = (key: RootKey): string =>
  toHex(deriveKey(key.bytes, "countersign/1/key-check", KEY_BYTES));

/** The key among `keys` that `remembered` is the check value of. */
export const keyBehind = (keys: readonly RootKey[], remembered: string): RootKey | undefined =>
  keys.find((key) => equalText(checkValue(key), remembered));
