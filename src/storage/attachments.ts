import { type Kysely, sql } from "kysely";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { AttachmentReads, AttachmentWrites, Page } from "#ports/store.ts";
import { deleted, inserted } from "./rows.ts";
import type { Db } from "./schema.ts";

export const attachmentReads = (db: Kysely<Db>): AttachmentReads => ({
  listFor: async (account, user, page) => {
    const rows = await listPolicies(db, account, user, page).execute();
    return rows.map((row) => row.policy_arn);
  },
});

const listPolicies = (db: Kysely<Db>, account: AccountId, user: PrincipalId, { after, limit }: Page) =>
  db
    .selectFrom("attached_policies")
    .select("policy_arn")
    .where("account_id", "=", account)
    .where("user_id", "=", user)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(attached_at, policy_arn) > (select p.attached_at, p.policy_arn from attached_policies as p
          where p.account_id = ${account} and p.user_id = ${user} and p.policy_arn = ${after})`,
      ),
    )
    .orderBy("attached_at")
    .orderBy("policy_arn")
    .limit(limit);

export const attachmentWrites = (db: Kysely<Db>): AttachmentWrites => ({
  attach: async (account, user, policy, at) => {
    const row = { account_id: account, user_id: user, policy_arn: policy, attached_at: at };
    const insert = db.insertInto("attached_policies").values(row);
    return inserted(await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow());
  },
  detach: async (account, user, policy) =>
    deleted(
      await db
        .deleteFrom("attached_policies")
        .where("account_id", "=", account)
        .where("user_id", "=", user)
        .where("policy_arn", "=", policy)
        .executeTakeFirst(),
    ),
});
