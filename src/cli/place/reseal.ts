import { setTimeout as sleep } from "node:timers/promises";
import { SECOND } from "#base/clock.ts";
import { sealedKeyId } from "#crypto/keyring.ts";
import type { SealedValue } from "#storage/reseal.ts";
import type { OpenPlace } from "./place.ts";

export interface ResealReport {
  readonly resealed: number;
  /** Values that no key here opens: they were left as they are. */
  readonly unopened: number;
}

/**
 * Seals every secret under the active key that lies under another, while servers serve: each is replaced only if it is still
 * what was read. Walks until one walk changes nothing, a second apart, so that what another process was about to write under
 * the old key is found too.
 */
export async function resealAll(
  { store, keyring }: Pick<OpenPlace, "store" | "keyring">,
  tell: (resealed: number) => void,
): Promise<ResealReport> {
  let resealed = 0;
  for (;;) {
    let unopened = 0;
    const { changed } = await store.reseal((value) => {
      if (sealedKeyId(value.sealed) === keyring.activeKeyId) return undefined;
      const fresh = sealAnew(keyring, value);
      if (fresh === undefined) unopened += 1;
      return fresh;
    });
    resealed += changed;
    tell(resealed);
    if (changed === 0) return { resealed, unopened };
    await sleep(SECOND);
  }
}

function sealAnew(
  keyring: OpenPlace["keyring"],
  { purpose, context, sealed }: SealedValue,
): Uint8Array | undefined {
  const plain = keyring.open(purpose, context, sealed);
  return plain === undefined ? undefined : keyring.seal(purpose, context, plain);
}
