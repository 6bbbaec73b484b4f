import type { EpochMs } from "#base/clock.ts";
import type { AccountId, PrincipalId } from "#identity/ids.ts";

/** Where somebody is told what happens to his account: a user's address, or under the account's own id its security contact. */
export interface ContactRow {
  readonly accountId: AccountId;
  readonly principalId: PrincipalId;
  /** Where notices go. */
  readonly confirmed: string | undefined;
  /** Waits for being confirmed; until then notices go where they went. */
  readonly pending: string | undefined;
  readonly changedAt: EpochMs;
}

export interface ContactReads {
  load(account: AccountId, principal: PrincipalId): Promise<ContactRow | undefined>;
}

/** A link that was mailed to the address which it confirms. */
export interface Confirmation {
  /** SHA-256 of the token, in hexadecimal. */
  readonly tokenHash: string;
  readonly expiresAt: EpochMs;
}

export interface ContactWrites {
  /**
   * Puts an address that waits for being confirmed, in place of one that waits; with its confirmation, where it can be mailed.
   * The principal is there: his row is locked.
   */
  put(
    contact: Pick<ContactRow, "accountId" | "principalId" | "changedAt"> & { readonly address: string },
    confirmation: Confirmation | undefined,
  ): Promise<void>;
  /** Takes the confirmation and makes its address the confirmed one: whose it is, for the first who comes in time. */
  confirm(
    account: AccountId,
    tokenHash: string,
    principals: readonly PrincipalId[],
    now: EpochMs,
  ): Promise<PrincipalId | undefined>;
  remove(account: AccountId, principal: PrincipalId): Promise<boolean>;
  /** Takes away confirmations that are over. */
  prune(now: EpochMs): Promise<void>;
}
