import { type Kysely, type Selectable, sql } from "kysely";
import type { AccountId, SeedId } from "#identity/ids.ts";
import { NEW_SEED, type SeedState } from "#mfa/seed.ts";
import type { SeedRow, SeedWrites } from "#ports/seeds.ts";
import { inserted } from "./rows.ts";
import type { Db } from "./schema.ts";

export const seedWrites = (db: Kysely<Db>): SeedWrites => ({
  lock: async (account, seed) => {
    const touch = oneSeed(db, account, seed).set((eb) => ({ drift: eb.ref("drift") }));
    const row = await touch.returningAll().executeTakeFirst();
    return row && toSeed(row);
  },
  // The sealed seed stays: only re-sealing writes it (reseal.ts).
  save: async (row) => {
    await oneSeed(db, row.accountId, row.seedId)
      .set({
        ...fromState(row),
        floor_step: atLeast("floor_step", row.floorStep),
        highest_claim: atLeast("highest_claim", row.highestClaim),
      })
      .execute();
  },
  claim: async (account, seed, step) => {
    const row = { account_id: account, seed_id: seed, step };
    const insert = db.insertInto("mfa_claims").values(row);
    return inserted(await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow());
  },
  prune: async (account, seed, floor) => {
    await db
      .deleteFrom("mfa_claims")
      .where("account_id", "=", account)
      .where("seed_id", "=", seed)
      .where("step", "<=", floor)
      .execute();
  },
});

const oneSeed = (db: Kysely<Db>, account: AccountId, seed: SeedId) =>
  db.updateTable("mfa_seeds").where("account_id", "=", account).where("seed_id", "=", seed);

/** What only rises keeps the higher value, whatever is saved. */
const atLeast = (column: "floor_step" | "highest_claim", value: number) =>
  sql<number>`case when ${sql.ref(column)} > ${value} then ${sql.ref(column)} else ${value} end`;

export const newSeed = (account: AccountId, seed: SeedId, sealed: Uint8Array): Db["mfa_seeds"] => ({
  account_id: account,
  seed_id: seed,
  sealed_seed: sealed,
  ...fromState(NEW_SEED),
});

const fromState = (state: SeedState): Omit<Db["mfa_seeds"], "account_id" | "seed_id" | "sealed_seed"> => ({
  drift: state.drift,
  floor_step: state.floorStep,
  last_pair_step: state.lastPairStep,
  highest_claim: state.highestClaim,
  lean: state.lean,
  lean_at: state.leanAt,
});

const toSeed = (row: Selectable<Db["mfa_seeds"]>): SeedRow => ({
  seedId: row.seed_id,
  accountId: row.account_id,
  sealedSeed: row.sealed_seed,
  drift: row.drift,
  floorStep: row.floor_step,
  lastPairStep: row.last_pair_step,
  highestClaim: row.highest_claim,
  lean: row.lean,
  leanAt: row.lean_at,
});
