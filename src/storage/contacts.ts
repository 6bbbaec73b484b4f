import { type Kysely, type Selectable, sql } from "kysely";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { Confirmation, ContactReads, ContactRow, ContactWrites } from "#ports/contacts.ts";
import { deleted, updated } from "./rows.ts";
import type { Db } from "./schema.ts";

export const contactReads = (db: Kysely<Db>): ContactReads => ({
  load: async (account, principal) => {
    const row = await db
      .selectFrom("contacts")
      .selectAll()
      .where("account_id", "=", account)
      .where("principal_id", "=", principal)
      .executeTakeFirst();
    return row && toContact(row);
  },
});

export const contactWrites = (db: Kysely<Db>): ContactWrites => ({
  put: async (contact, confirmation) => {
    await putPending(db, contact);
    await removeConfirmation(db, contact.accountId, contact.principalId);
    if (confirmation !== undefined) await addConfirmation(db, contact, confirmation);
  },
  confirm: async (account, tokenHash, principals, now) => {
    for (const principal of principals) {
      if (!(await confirmPending(db, account, principal, tokenHash, now))) continue;
      await removeConfirmation(db, account, principal);
      return principal;
    }
    return undefined;
  },
  remove: async (account, principal) => {
    const contact = db.deleteFrom("contacts").where("account_id", "=", account);
    return deleted(await contact.where("principal_id", "=", principal).executeTakeFirst());
  },
  prune: async (now) => {
    await db.deleteFrom("contact_confirmations").where(sql<number>`expires_at`, "<=", now).execute();
  },
});

type NewContact = Parameters<ContactWrites["put"]>[0];

async function putPending(db: Kysely<Db>, contact: NewContact): Promise<void> {
  const { accountId, principalId, address, changedAt } = contact;
  const change = { pending: address, changed_at: changedAt };
  await db
    .insertInto("contacts")
    .values({ account_id: accountId, principal_id: principalId, confirmed: null, ...change })
    .onConflict((conflict) => conflict.columns(["account_id", "principal_id"]).doUpdateSet(change))
    .execute();
}

async function addConfirmation(
  db: Kysely<Db>,
  { accountId, principalId, address }: NewContact,
  { tokenHash, expiresAt }: Confirmation,
): Promise<void> {
  await db
    .insertInto("contact_confirmations")
    .values({
      account_id: accountId,
      principal_id: principalId,
      token_hash: tokenHash,
      address,
      expires_at: expiresAt,
    })
    .execute();
}

async function removeConfirmation(db: Kysely<Db>, account: AccountId, principal: PrincipalId): Promise<void> {
  const confirmation = db.deleteFrom("contact_confirmations").where("account_id", "=", account);
  await confirmation.where("principal_id", "=", principal).execute();
}

/** The address is asked for as well: it may have been replaced since this statement saw the confirmation. */
async function confirmPending(
  db: Kysely<Db>,
  account: AccountId,
  principal: PrincipalId,
  tokenHash: string,
  now: number,
): Promise<boolean> {
  const result = await db
    .updateTable("contacts")
    .set((eb) => ({ confirmed: eb.ref("pending"), pending: null }))
    .where("account_id", "=", account)
    .where("principal_id", "=", principal)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("contact_confirmations as c")
          .select("c.token_hash")
          .whereRef("c.account_id", "=", "contacts.account_id")
          .whereRef("c.principal_id", "=", "contacts.principal_id")
          .whereRef("c.address", "=", "contacts.pending")
          .where("c.token_hash", "=", tokenHash)
          .where(sql<number>`c.expires_at`, ">", now),
      ),
    )
    .executeTakeFirst();
  return updated(result);
}

const toContact = (row: Selectable<Db["contacts"]>): ContactRow => ({
  accountId: row.account_id,
  principalId: row.principal_id,
  confirmed: row.confirmed ?? undefined,
  pending: row.pending ?? undefined,
  changedAt: row.changed_at,
});
