import type { Kysely, Selectable } from "kysely";
import type { EpochMs } from "#base/clock.ts";
import type { Engine } from "./engine.ts";
import { deleted, inserted, updated } from "./rows.ts";
import type { Db, RootKeyState } from "./schema.ts";

/** What the database remembers of a root key: how to recognise it, never the key (DESIGN 3.7). */
export interface RootKeyRow {
  readonly keyId: string;
  readonly checkValue: Uint8Array;
  readonly state: RootKeyState;
  /** Since when it is in this state. */
  readonly since: EpochMs;
}

export interface RootKeys {
  /** The active one first, then the newest. */
  list(): Promise<readonly RootKeyRow[]>;
  /** Makes the key a new database's active one; false where there is an active key or this id already. */
  found(keyId: string, checkValue: Uint8Array, at: EpochMs): Promise<boolean>;
  /** Adds a key that opens; false where the id is there already. */
  remember(keyId: string, checkValue: Uint8Array, at: EpochMs): Promise<boolean>;
  /** From now on this key seals and the one before only opens; false for an unknown key, or one that is active already. */
  activate(keyId: string, at: EpochMs): Promise<boolean>;
  /** Forgets a key that only opens; false where it is active or unknown. The caller has re-sealed all that it sealed. */
  retire(keyId: string): Promise<boolean>;
}

export const rootKeys = (engine: Engine): RootKeys => ({
  list: async () => {
    const keys = engine.reads.selectFrom("root_keys").selectAll();
    const rows = await keys.orderBy("state").orderBy("since", "desc").orderBy("key_id").execute();
    return rows.map(toRootKey);
  },
  found: (keyId, checkValue, at) => engine.transact((db) => insert(db, keyId, checkValue, "active", at)),
  remember: (keyId, checkValue, at) => engine.transact((db) => insert(db, keyId, checkValue, "opening", at)),
  activate: (keyId, at) => engine.transact((db) => activate(db, keyId, at)),
  retire: (keyId) =>
    engine.transact(async (db) => {
      const key = db.deleteFrom("root_keys").where("key_id", "=", keyId);
      return deleted(await key.where("state", "=", "opening").executeTakeFirst());
    }),
});

async function insert(
  db: Kysely<Db>,
  keyId: string,
  checkValue: Uint8Array,
  state: RootKeyState,
  since: EpochMs,
): Promise<boolean> {
  const row = { key_id: keyId, check_value: checkValue, state, since };
  const statement = db.insertInto("root_keys").values(row);
  // Also where another key is active: the index over active rows is unique.
  return inserted(await statement.onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow());
}

async function activate(db: Kysely<Db>, keyId: string, at: EpochMs): Promise<boolean> {
  const key = await db.selectFrom("root_keys").select("state").where("key_id", "=", keyId).executeTakeFirst();
  if (key?.state !== "opening") return false;
  const older = db.updateTable("root_keys").set({ state: "opening", since: at });
  await older.where("state", "=", "active").execute();
  const newer = db.updateTable("root_keys").set({ state: "active", since: at });
  return updated(await newer.where("key_id", "=", keyId).executeTakeFirst());
}

const toRootKey = (row: Selectable<Db["root_keys"]>): RootKeyRow => ({
  keyId: row.key_id,
  checkValue: row.check_value,
  state: row.state,
  since: row.since,
});
