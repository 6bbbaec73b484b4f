import { type Keyring, openKeyring } from "#crypto/keyring.ts";
import { randomBytes } from "#crypto/random.ts";
import type { RootKey } from "#crypto/root-key.ts";
import type { RootKeys } from "#storage/root-keys.ts";
import { Refusal } from "../terminal/refusal.ts";
import type { KeySource } from "./key-source.ts";

/** A keyring that stays the same object while the keys behind it change. */
export interface FollowingKeyring {
  readonly keyring: Keyring;
  /** Newest first. */
  readonly keys: () => readonly RootKey[];
  /** From now on these keys seal and open. */
  readonly use: (keys: readonly RootKey[]) => void;
  /**
   * Reads the keys again where another process is rotating them: a key that the database has been told of opens here before
   * anybody seals under it, and seals once it is the active one. Throws where this process cannot get at the active one.
   */
  readonly follow: () => Promise<void>;
}

export function followingKeyring(
  first: readonly RootKey[],
  rows: RootKeys,
  source: KeySource,
): FollowingKeyring {
  let keys = first;
  let current = openKeyring(keys, randomBytes);
  const use = (next: readonly RootKey[]) => {
    keys = next;
    current = openKeyring(next, randomBytes);
  };
  return {
    keyring: {
      get activeKeyId() {
        return current.activeKeyId;
      },
      seal: (purpose, context, plain) => current.seal(purpose, context, plain),
      open: (purpose, context, sealed) => current.open(purpose, context, sealed),
    },
    keys: () => keys,
    use,
    async follow() {
      const remembered = await rows.list();
      const active = remembered.find((row) => row.state === "active");
      if (active === undefined) return;
      const sealing = active.keyId === current.activeKeyId;
      if (sealing && remembered.every((row) => keys.some((key) => key.id === row.keyId))) return;
      const next = (await source.read()) ?? [];
      if (!sealing && next[0]?.id !== active.keyId) throw outrun(active.keyId);
      use(sealing ? [...keys, ...next.filter((key) => !keys.some(({ id }) => id === key.id))] : next);
    },
  };
}

const outrun = (keyId: string): Refusal =>
  new Refusal(`the database is sealed under root key \`${keyId}\` now, which this process does not have`, {
    hint: "start it again with the new key",
  });
