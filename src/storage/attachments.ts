import { type Kysely, sql } from "kysely";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { Page } from "#ports/page.ts";
import type { AttachmentReads, AttachmentWrites } from "#ports/policies.ts";
import { listEntities } from "./policy-entities.ts";
import { countUse, usesOf } from "./policy-uses.ts";
import { deleted, inserted } from "./rows.ts";
import type { Db } from "./schema.ts";

export const attachmentReads = (db: Kysely<Db>): AttachmentReads => ({
  listFor: async (account, principal, page) => {
    const rows = await listPolicies(db, account, principal, page).execute();
    return rows.map((row) => row.policy_arn);
  },
  entities: (account, policy, filter, page) => listEntities(db, account, policy, filter, page),
  uses: (account, policies) => usesOf(db, account, policies),
});

const listPolicies = (db: Kysely<Db>, account: AccountId, principal: PrincipalId, { after, limit }: Page) =>
  db
    .selectFrom("attached_policies")
    .select("policy_arn")
    .where("account_id", "=", account)
    .where("user_id", "=", principal)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(attached_at, policy_arn) > (select p.attached_at, p.policy_arn from attached_policies as p
          where p.account_id = ${account} and p.user_id = ${principal} and p.policy_arn = ${after})`,
      ),
    )
    .orderBy("attached_at")
    .orderBy("policy_arn")
    .limit(limit);

export const attachmentWrites = (db: Kysely<Db>): AttachmentWrites => ({
  attach: async (account, principal, policy, at) => {
    if (!(await countUse(db, account, policy, "attachment_count", 1))) return "no-such-policy";
    const row = { account_id: account, user_id: principal, policy_arn: policy, attached_at: at };
    const insert = db.insertInto("attached_policies").values(row);
    if (inserted(await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow()))
      return "attached";
    await countUse(db, account, policy, "attachment_count", -1);
    return "already-there";
  },
  detach: async (account, principal, policy) => {
    const result = await db
      .deleteFrom("attached_policies")
      .where("account_id", "=", account)
      .where("user_id", "=", principal)
      .where("policy_arn", "=", policy)
      .executeTakeFirst();
    return deleted(result) && countUse(db, account, policy, "attachment_count", -1);
  },
});
