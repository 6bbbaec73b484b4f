import type { AccountId, SeedId } from "#identity/ids.ts";
import type { SeedState } from "#mfa/seed.ts";

/** A seed with what is remembered of it: both outlive deactivate, resync, rename and re-enable (DESIGN 3.2). */
export interface SeedRow extends SeedState {
  readonly seedId: SeedId;
  readonly accountId: AccountId;
  readonly sealedSeed: Uint8Array;
}

export interface SeedWrites {
  /** Takes the seed row's lock until the transaction ends and returns the row as it now is. */
  lock(account: AccountId, seed: SeedId): Promise<SeedRow | undefined>;
  save(row: SeedRow): Promise<void>;
  /** Claims (seed, step): true for the first ever, false for every other. THE single-use check. */
  claim(account: AccountId, seed: SeedId, step: number): Promise<boolean>;
  /** Forgets claims at or below `floor`; the caller has saved that floor. */
  prune(account: AccountId, seed: SeedId, floor: number): Promise<void>;
}
