import { type Kysely, sql } from "kysely";
import { isAwsManaged } from "#identity/arns.ts";
import type { AccountId, Arn } from "#identity/ids.ts";
import type { PolicyUses } from "#ports/policies.ts";
import { updated } from "./rows.ts";
import type { Db } from "./schema.ts";

type UseCount = "attachment_count" | "boundary_count";

/**
 * Counts a use on the policy's own row, so that of a use and a deletion at once only one takes effect (DESIGN 5). False where the
 * account has no such policy. AWS's own have no row and are always there: the caller knows which exist.
 */
export async function countUse(
  db: Kysely<Db>,
  account: AccountId,
  policy: Arn,
  count: UseCount,
  delta: 1 | -1,
): Promise<boolean> {
  if (isAwsManaged(policy)) return true;
  const change = db
    .updateTable("policies")
    .set((eb) => ({ [count]: eb(count, "+", delta) }))
    .where("account_id", "=", account)
    .where("arn", "=", policy);
  return updated(await change.executeTakeFirst());
}

/** Counts `after` as a boundary in place of `before`; false, and nothing counted, where the account has no such policy. */
export async function replaceUse(
  db: Kysely<Db>,
  account: AccountId,
  before: Arn | null,
  after: Arn | undefined,
): Promise<boolean> {
  if (after !== undefined && !(await countUse(db, account, after, "boundary_count", 1))) return false;
  await endUse(db, account, before);
  return true;
}

/** The boundary of somebody who is gone, or has another. */
export async function endUse(db: Kysely<Db>, account: AccountId, boundary: Arn | null): Promise<void> {
  if (boundary !== null) await countUse(db, account, boundary, "boundary_count", -1);
}

/** A column that names policies, and that an index leads with after the account: AWS's own, without a row, are found there too. */
const PLACES = [
  { table: "attached_policies", column: "policy_arn" },
  { table: "users", column: "boundary_arn" },
  { table: "roles", column: "boundary_arn" },
] as const;

/** Distinct policies in use: each is one step in an index, however many use it. */
export async function countPoliciesInUse(db: Kysely<Db>, account: AccountId): Promise<number> {
  const { rows } = await sql<{ policies: number }>`
    with recursive ${sql.join(PLACES.map((place, at) => distinctIn(place, at, account)))}
    select count(*) as policies from (
      ${sql.join(
        PLACES.map((_, at) => sql`select arn from ${sql.table(`used_${at}`)} where arn is not null`),
        sql` union `,
      )}) as used`.execute(db);
  return rows[0]?.policies ?? 0;
}

function distinctIn({ table, column }: (typeof PLACES)[number], at: number, account: AccountId) {
  const used = sql.table(`used_${at}`);
  const least = sql`select min(${sql.ref(column)}) from ${sql.table(table)}
    where account_id = ${account} and ${sql.ref(column)} is not null`;
  return sql`${used} (arn) as (
    ${least}
    union all
    select (${least} and ${sql.ref(column)} > ${used}.arn) from ${used} where ${used}.arn is not null)`;
}

export async function usesOf(
  db: Kysely<Db>,
  account: AccountId,
  policies: readonly Arn[],
): Promise<ReadonlyMap<Arn, PolicyUses>> {
  const found = policies.length === 0 ? [] : await usesAmong(db, account, policies);
  return new Map(found.map(({ arn, attachments, boundaries }) => [arn, { attachments, boundaries }]));
}

/** Only policies that are used come back. */
async function usesAmong(db: Kysely<Db>, account: AccountId, policies: readonly Arn[]) {
  const uses = PLACES.map(
    ({ table, column }) => sql`select ${sql.ref(column)} as arn,
      ${sql.lit(table === "attached_policies" ? 1 : 0)} as attached
      from ${sql.table(table)}
      where account_id = ${account} and ${sql.ref(column)} in (${sql.join(policies)})`,
  );
  const { rows } = await sql<PolicyUses & { arn: Arn }>`
    select arn, sum(attached) as attachments, sum(1 - attached) as boundaries
    from (${sql.join(uses, sql` union all `)}) as uses group by arn`.execute(db);
  return rows;
}
