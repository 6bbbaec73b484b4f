import { setTimeout as sleep } from "node:timers/promises";
import { SECOND, systemClock } from "#base/clock.ts";
import { randomBytes } from "#crypto/random.ts";
import { type RootKey, rotateRootKeys } from "#crypto/root-key.ts";
import { Refusal } from "../terminal/refusal.ts";
import { activeOf, checkBytes } from "./bind-keys.ts";
import { changeKeyFile } from "./change-keys.ts";
import type { OpenPlace } from "./place.ts";

/** Serving processes look every second which keys there are, and which is active. */
const NOTICE_MS = 2 * SECOND;

/**
 * Puts a new key in front of those in the key file and makes it the database's, in two steps, each of which every serving
 * process notices: first all can open what is sealed under it, then all seal under it and none under an old one any more. So no
 * process meets a secret or a session of another that it cannot open. The file comes first: whoever finds the new key in the
 * database finds it in the file. The log (`note`) comes before all.
 */
export async function rotateKeys(
  place: OpenPlace,
  how: "retired" | "compromised",
  note: (keyId: string) => Promise<void>,
): Promise<void> {
  const path = writablePath(place);
  const now = systemClock();
  // made once, so that a change that runs a second time finds its own work done
  const next = rotateRootKeys(place.keys.keys(), how, now, randomBytes);
  const fresh = activeOf(next);
  await note(fresh.id);
  place.keys.use(
    await changeKeyFile(place, path, (keys) => {
      if (keys[0]?.id === fresh.id) return keys;
      if (keys[0]?.id !== place.keys.keys()[0]?.id) throw outrun();
      return next;
    }),
  );
  await place.store.rootKeys.remember(fresh.id, checkBytes(fresh), now);
  await sleep(NOTICE_MS);
  await place.store.rootKeys.activate(fresh.id, now);
  await sleep(NOTICE_MS);
}

const outrun = (): Refusal =>
  new Refusal("another process is rotating the keys right now", {
    hint: "let it finish, and look whether that was enough",
  });

function writablePath({ source }: OpenPlace): string {
  if (source.path !== undefined) return source.path;
  throw new Refusal(
    "the root key comes from the environment or a command, where this program cannot put a new one",
    {
      hint:
        "put the new key under today's as `retired TIME csk1_…` and restart every server, so that all can open it; " +
        "then make it the first line (`active csk1_…`) and today's `retired TIME …`, restart every server again, " +
        "and run `countersign keys rotate` with both",
    },
  );
}

/** Old keys that still open something stand behind the active one. */
export const oldKeys = (keys: readonly RootKey[]): readonly RootKey[] =>
  keys.filter((key) => key.state !== "active");
