import type { AccountId } from "#identity/ids.ts";
import type { BudgetState } from "#mfa/budget.ts";

/**
 * Attempts against one subject: `device:SERIAL`, `person:UNIQUE-ID` or `password:UNIQUE-ID`. It outlives the device: re-making one under the same
 * serial keeps its budget.
 */
export interface BudgetRow extends BudgetState {
  readonly accountId: AccountId;
  readonly subject: string;
}

export interface BudgetReads {
  /** As it was at some moment: good for sparing work, not for a decision. */
  load(account: AccountId, subject: string): Promise<BudgetRow | undefined>;
}

export interface BudgetWrites {
  /** Makes the row if need be, takes its lock until the transaction ends, and returns it as it now is. */
  lock(account: AccountId, subject: string): Promise<BudgetRow>;
  save(row: BudgetRow): Promise<void>;
}
