import { type EpochMs, HOUR } from "#base/clock.ts";
import { checkValue, type RootKey } from "#crypto/root-key.ts";
import type { RootKeyRow, RootKeys } from "#storage/root-keys.ts";
import { Refusal } from "../terminal/refusal.ts";

/** The last session that an old key sealed is over by then: the longest token lives 36 hours (contract 2). */
export const OLD_KEY_LIFE = 36 * HOUR;

/**
 * Holds `keys`, newest first, against what the database remembers: every key it was sealed under must be among them, or the
 * command ends here (DESIGN 3.7). A new database remembers them; a new active key, put there by hand or by a rotation that
 * was cut short, becomes the database's.
 */
export async function bindKeys(rows: RootKeys, keys: readonly RootKey[], now: EpochMs): Promise<void> {
  const active = activeOf(keys);
  // false where another process was faster, or the database is not new: then its rows are looked at
  if (await rows.found(active.id, checkBytes(active), now)) return;
  const remembered = await rows.list();
  const missing = missingKey(remembered, keys);
  if (missing !== undefined) throw wrongKey(missing);
  if (remembered.some((row) => row.state === "active" && row.keyId === active.id)) return;
  await rows.remember(active.id, checkBytes(active), now);
  await rows.activate(active.id, now);
}

/** Keyrings are read newest first and begin with the active key. */
export function activeOf(keys: readonly RootKey[]): RootKey {
  const [first] = keys;
  if (first === undefined) throw new Error("a key file without a key was let through");
  return first;
}

/** The first of the keys that a database remembers which `keys` lack. */
export const missingKey = <Row extends Pick<RootKeyRow, "keyId" | "checkValue">>(
  rows: readonly Row[],
  keys: readonly RootKey[],
): Row | undefined =>
  rows.find((row) => !keys.some((key) => key.id === row.keyId && checkBytes(key).equals(row.checkValue)));

export const checkBytes = (key: RootKey): Buffer => Buffer.from(checkValue(key), "hex");

const wrongKey = (row: RootKeyRow): Refusal =>
  new Refusal(
    row.state === "active"
      ? `the database was sealed under root key \`${row.keyId}\`, which is not among the keys given`
      : `some secrets may still be sealed under root key \`${row.keyId}\`, which is not among the keys given`,
    {
      hint: "give the key file that belongs to this database, or bring it back with `countersign key import`",
    },
  );
