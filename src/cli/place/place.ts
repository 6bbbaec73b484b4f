import { access } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type EpochMs, systemClock } from "#base/clock.ts";
import type { Settings } from "#config/settings.ts";
import type { Keyring } from "#crypto/keyring.ts";
import { randomBytes } from "#crypto/random.ts";
import { issueRootKey, type RootKey } from "#crypto/root-key.ts";
import type { OpenStore, StoreConfig } from "#storage/open.ts";
import { Refusal } from "../terminal/refusal.ts";
import { bindKeys, missingKey } from "./bind-keys.ts";
import { clockRefusal } from "./clock.ts";
import { ensureFolder, ensureWritable } from "./folder.ts";
import { type FollowingKeyring, followingKeyring } from "./following-keyring.ts";
import { createKeyFile } from "./key-file.ts";
import { type KeySource, keySource } from "./key-source.ts";

/** A store and the keys that open its secrets, held against each other. */
export interface OpenPlace {
  readonly store: OpenStore;
  /** Stays the same object when the keys behind it change. */
  readonly keyring: Keyring;
  readonly keys: FollowingKeyring;
  readonly source: KeySource;
  /** For whoever opens the same database a second time, as the recorder's worker does. */
  readonly config: StoreConfig;
  close(): Promise<void>;
}

export interface OpenHow {
  /** Make the database and the key where there are none: a first run. */
  readonly create: boolean;
  /** Refuse while the machine's clock is behind the highest moment seen (DESIGN 3.8). */
  readonly clockMustBeRight: boolean;
}

/** Opens the store and its keys. Refuses with a sentence, and before that makes nothing that it would leave half-made. */
export async function openPlace(settings: Settings, how: OpenHow): Promise<OpenPlace> {
  const source = keySource(settings);
  // first: a key file that is open to others ends a first run before anything is made
  const given = await source.read();
  const config = await storeConfig(settings, how.create);
  const { openStore } = await import("#storage/open.ts");
  const store = await openStore(config);
  try {
    const now = systemClock();
    if (how.clockMustBeRight) await refuseClockBehind(store, now);
    const keys = await boundKeys(store, source, given ?? (await firstKeys(store, source, how.create)), now);
    const following = followingKeyring(keys, store.rootKeys, source);
    return { store, keyring: following.keyring, keys: following, source, config, close: () => store.close() };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** A rotation may have put a new key in the file since it was read: read once more before it is called the wrong one. */
async function boundKeys(
  { rootKeys }: OpenStore,
  source: KeySource,
  keys: readonly RootKey[],
  now: EpochMs,
): Promise<readonly RootKey[]> {
  if (missingKey(await rootKeys.list(), keys) === undefined) {
    await bindKeys(rootKeys, keys, now);
    return keys;
  }
  const again = (await source.read()) ?? keys;
  await bindKeys(rootKeys, again, now);
  return again;
}

/** Where the embedded database lies. */
export const databasePath = ({ data }: Pick<Settings, "data">): string => join(data, "countersign.db");

async function storeConfig(settings: Settings, create: boolean): Promise<StoreConfig> {
  if (settings.database !== undefined) return { kind: "postgres", url: settings.database };
  const path = databasePath(settings);
  if (create) await ensureFolder(settings.data);
  else await ensureDatabase(path, settings.data);
  return { kind: "sqlite", path };
}

async function ensureDatabase(path: string, folder: string): Promise<void> {
  try {
    await access(path);
  } catch {
    throw new Refusal(`there is no database in \`${folder}\``, {
      hint: "`countersign serve` or `countersign account create` makes one; `--data` or `--database` names another place",
    });
  }
  await ensureWritable(folder);
}

/** The key file is not there: made for a database that has no key yet, and missed for one that has. */
async function firstKeys(store: OpenStore, source: KeySource, create: boolean): Promise<readonly RootKey[]> {
  const path = source.path;
  const [remembered] = await store.rootKeys.list();
  if (path === undefined || remembered !== undefined || !create) {
    throw new Refusal(
      remembered === undefined
        ? "the database has not been set up: it has no root key yet"
        : `the database is sealed under root key \`${remembered.keyId}\`, and there is no key file \`${path}\``,
      {
        hint:
          remembered === undefined
            ? "`countersign serve` sets it up"
            : "bring the key back with `countersign key import`",
      },
    );
  }
  await ensureFolder(dirname(path));
  return createKeyFile(path, [issueRootKey(randomBytes)]);
}

/** Opens the store of a place that nothing was put into yet, without its keys. Whether it is empty the store finds out. */
export async function openEmptyStore(settings: Settings): Promise<OpenStore> {
  const config = await storeConfig(settings, true);
  const { openStore } = await import("#storage/open.ts");
  return openStore(config);
}

async function refuseClockBehind(store: OpenStore, now: EpochMs): Promise<void> {
  const refusal = clockRefusal(await store.clock.highest(), now);
  if (refusal !== undefined) throw refusal;
}
