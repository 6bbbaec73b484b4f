import { MINUTE, systemClock } from "#base/clock.ts";
import type { RootKey } from "#crypto/root-key.ts";
import { OLD_KEY_LIFE } from "./bind-keys.ts";
import { changeKeyFile } from "./change-keys.ts";
import type { OpenPlace } from "./place.ts";
import { resealAll } from "./reseal.ts";

/**
 * Forgets the old keys that nothing needs any more: no session under them can be alive, and nothing that is stored lies under
 * them. The database forgets first: a key that it remembers must be in every key file.
 */
export async function dropSpentKeys(place: OpenPlace): Promise<void> {
  const spent = place.keys.keys().filter((key) => isSpent(key, systemClock()));
  if (spent.length > 0) await dropKeys(place, spent);
}

/** What is compromised opens no session, but its rotation may still be under way for a moment. */
function isSpent(key: RootKey, now: number): boolean {
  if (key.state === "active") return false;
  return now > key.since + (key.state === "compromised" ? 10 * MINUTE : OLD_KEY_LIFE);
}

/** Drops `old` once nothing lies under them; says whether it did. */
export async function dropKeys(place: OpenPlace, old: readonly RootKey[]): Promise<boolean> {
  const { unopened } = await resealAll(place, () => {});
  // what does not open today may open with a key that somebody still brings
  if (unopened > 0) return false;
  const ids = new Set(old.map((key) => key.id));
  for (const id of ids) await place.store.rootKeys.retire(id);
  const without = (keys: readonly RootKey[]) =>
    keys.filter((key) => key.state === "active" || !ids.has(key.id));
  const { path } = place.source;
  place.keys.use(path === undefined ? without(place.keys.keys()) : await changeKeyFile(place, path, without));
  return true;
}
