import type { Kysely, Selectable } from "kysely";
import type { AccountId } from "#identity/ids.ts";
import type { SignInReads, SignInRow, SignInWrites } from "#ports/signins.ts";
import { fromProof, toProof } from "./proofs.ts";
import { deleted, updated } from "./rows.ts";
import type { Db } from "./schema.ts";

export const signInReads = (db: Kysely<Db>): SignInReads => ({
  load: async (account, tokenHash) => {
    const row = await db
      .selectFrom("signins")
      .selectAll()
      .where("account_id", "=", account)
      .where("token_hash", "=", tokenHash)
      .executeTakeFirst();
    return row && toSignIn(row);
  },
});

export const signInWrites = (db: Kysely<Db>): SignInWrites => ({
  create: async (row) => {
    await db.insertInto("signins").values(fromSignIn(row)).execute();
  },
  take: (account, tokenHash) => take(db, account, tokenHash),
  countFailure: async (account, tokenHash, limit) => {
    const counted = await db
      .updateTable("signins")
      .set((eb) => ({ failures: eb("failures", "+", 1) }))
      .where("account_id", "=", account)
      .where("token_hash", "=", tokenHash)
      .where("failures", "<", limit - 1)
      .executeTakeFirst();
    if (updated(counted)) return true;
    await take(db, account, tokenHash);
    return false;
  },
});

async function take(db: Kysely<Db>, account: AccountId, tokenHash: string): Promise<boolean> {
  const signIns = db.deleteFrom("signins").where("account_id", "=", account);
  return deleted(await signIns.where("token_hash", "=", tokenHash).executeTakeFirst());
}

const fromSignIn = (row: SignInRow): Db["signins"] => ({
  account_id: row.accountId,
  token_hash: row.tokenHash,
  user_id: row.principalId,
  step: row.step,
  password_changed_at: row.passwordChangedAt,
  created_at: row.createdAt,
  expires_at: row.expiresAt,
  failures: row.failures,
  ...fromProof(row.mfa),
});

const toSignIn = (row: Selectable<Db["signins"]>): SignInRow => ({
  accountId: row.account_id,
  tokenHash: row.token_hash,
  principalId: row.user_id,
  step: row.step,
  passwordChangedAt: row.password_changed_at,
  mfa: toProof(row),
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  failures: row.failures,
});
