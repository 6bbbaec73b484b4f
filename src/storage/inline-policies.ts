import { type Kysely, type Selectable, sql } from "kysely";
import type {
  EntityKind,
  InlinePolicyReads,
  InlinePolicyRow,
  InlinePolicyWrites,
  PolicyHolder,
} from "#ports/policies.ts";
import type { Db } from "./schema.ts";

export const inlinePolicyReads = (db: Kysely<Db>): InlinePolicyReads => ({
  load: async (holder, name) => {
    const row = await named(db, holder, name);
    return row && toInline(row);
  },
  list: async (holder, { after, limit }) => {
    const rows = await inlineOf(db, holder)
      .where("policy_name", ">", after ?? "")
      .orderBy("policy_name")
      .limit(limit)
      .execute();
    return rows.map(toInline);
  },
});

const inlineOf = (db: Kysely<Db>, { accountId, id }: PolicyHolder) =>
  db
    .selectFrom("inline_policies")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("principal_id", "=", id);

/**
 * Without regard to case (names are ASCII). Databases from before that was so may hold two spellings: then the very one goes
 * before.
 */
async function named(db: Kysely<Db>, holder: PolicyHolder, name: string) {
  const rows = await inlineOf(db, holder)
    .where((eb) => eb(eb.fn<string>("lower", ["policy_name"]), "=", name.toLowerCase()))
    .orderBy("policy_name")
    .execute();
  return rows.find((row) => row.policy_name === name) ?? rows[0];
}

export const inlinePolicyWrites = (db: Kysely<Db>): InlinePolicyWrites => ({
  put: async (holder, { policyName, document, size, createdAt }, quota) => {
    // Under the lock of the holder's row nobody else changes his policies: the size that goes is the one that was counted.
    if (!(await grow(db, holder, { count: 0, size: 0 }))) return "no-such-holder";
    const before = await named(db, holder, policyName);
    const growth = { count: before === undefined ? 1 : 0, size: size - (before?.size ?? 0) };
    if (!(await grow(db, holder, growth, quota))) return "too-large";
    const policy_name = before?.policy_name ?? policyName;
    const key = { account_id: holder.accountId, principal_id: holder.id, policy_name };
    await db
      .insertInto("inline_policies")
      .values({ ...key, document, size, created_at: createdAt })
      .onConflict((conflict) =>
        conflict.columns(["account_id", "principal_id", "policy_name"]).doUpdateSet({ document, size }),
      )
      .execute();
    return "put";
  },
  remove: async (holder, name) => {
    const stored = await named(db, holder, name);
    const gone = await db
      .deleteFrom("inline_policies")
      .where("account_id", "=", holder.accountId)
      .where("principal_id", "=", holder.id)
      .where("policy_name", "=", stored?.policy_name ?? name)
      .returning("size")
      .executeTakeFirst();
    return gone !== undefined && grow(db, holder, { count: -1, size: -gone.size });
  },
});

const ROWS = {
  user: { table: "users", key: "user_id" },
  group: { table: "groups", key: "group_id" },
  role: { table: "roles", key: "role_id" },
} as const satisfies Record<EntityKind, { table: keyof Db; key: string }>;

/** Counts on the holder's row, which is locked by it; false, and nothing counted, beyond `quota` or where there is no such row. */
async function grow(
  db: Kysely<Db>,
  { kind, accountId, id }: PolicyHolder,
  by: { readonly count: number; readonly size: number },
  quota?: number,
): Promise<boolean> {
  const { table, key } = ROWS[kind];
  const { numAffectedRows = 0n } = await sql`update ${sql.table(table)}
    set inline_count = inline_count + ${by.count}, inline_size = inline_size + ${by.size}
    where account_id = ${accountId} and ${sql.ref(key)} = ${id}
    ${quota === undefined ? sql`` : sql`and inline_size + ${by.size} <= ${quota}`}`.execute(db);
  return numAffectedRows > 0n;
}

const toInline = (row: Selectable<Db["inline_policies"]>): InlinePolicyRow => ({
  policyName: row.policy_name,
  document: row.document,
  createdAt: row.created_at,
});
