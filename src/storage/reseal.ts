import { type Kysely, sql } from "kysely";
import type { Purpose } from "#crypto/keyring.ts";
import type { AccessKeyId, AccountId, SeedId } from "#identity/ids.ts";
import { accessKeyContext, seedContext } from "#ports/sealed.ts";
import type { Engine } from "./engine.ts";
import { pagesOf, type StoredRow } from "./pages.ts";
import type { Db } from "./schema.ts";
import type { DataTable } from "./tables.ts";

/** A sealed value where it lies, with what it was sealed under. */
export interface SealedValue {
  readonly purpose: Purpose;
  readonly context: string;
  readonly sealed: Uint8Array;
}

export interface Resealed {
  /** Values that were looked at. */
  readonly seen: number;
  /** Values that lie there newly sealed. */
  readonly changed: number;
}

/**
 * Walks over every sealed value and puts what `seal` returns in its place; undefined leaves it. Each is replaced only if it is
 * still what was read, so the server may go on serving. What another process seals under the old key meanwhile is found by the
 * next walk: walk until one changes nothing.
 */
export type Reseal = (seal: (value: SealedValue) => Uint8Array | undefined) => Promise<Resealed>;

interface Place {
  readonly table: DataTable;
  readonly column: string;
  readonly key: readonly string[];
  readonly purpose: Purpose;
  readonly context: (row: StoredRow) => string;
}

/** Every column that holds a sealed secret (DESIGN 3.7). */
// The rows are the store's own: ids in them were parsed when they were written.
const PLACES: readonly Place[] = [
  {
    table: "access_keys",
    column: "sealed_secret",
    key: ["access_key_id"],
    purpose: "access-key",
    context: (row) => accessKeyContext(row.account_id as AccountId, row.access_key_id as AccessKeyId),
  },
  {
    table: "mfa_seeds",
    column: "sealed_seed",
    key: ["account_id", "seed_id"],
    purpose: "mfa-seed",
    context: (row) => seedContext(row.account_id as AccountId, row.seed_id as SeedId),
  },
];

const PAGE = 200;

export const resealOn =
  (engine: Engine): Reseal =>
  async (seal) => {
    let seen = 0;
    let changed = 0;
    for (const place of PLACES)
      for await (const rows of pagesOf(engine.reads, place.table, PAGE)) {
        const swaps = rows.flatMap((row) => swapOf(place, row, seal));
        seen += rows.length;
        if (swaps.length > 0) changed += await engine.transact((db) => replaceAll(db, place, swaps));
      }
    return { seen, changed };
  };

interface Swap {
  readonly row: StoredRow;
  readonly fresh: Uint8Array;
}

function swapOf(place: Place, row: StoredRow, seal: Parameters<Reseal>[0]): Swap[] {
  const sealed = row[place.column];
  if (!(sealed instanceof Uint8Array)) throw new Error(`no sealed value in ${place.table}`);
  const fresh = seal({ purpose: place.purpose, context: place.context(row), sealed });
  return fresh === undefined ? [] : [{ row, fresh }];
}

async function replaceAll(db: Kysely<Db>, place: Place, swaps: readonly Swap[]): Promise<number> {
  let changed = 0;
  for (const { row, fresh } of swaps) {
    const same = place.key.map((name) => sql`${sql.ref(name)} = ${row[name]}`);
    const { numAffectedRows } = await sql`update ${sql.table(place.table)}
      set ${sql.ref(place.column)} = ${fresh}
      where ${sql.join(same, sql` and `)} and ${sql.ref(place.column)} = ${row[place.column]}`.execute(db);
    changed += Number(numAffectedRows ?? 0n);
  }
  return changed;
}
