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

/** Every use in the account, of AWS's own policies too: by the indexes, not by the policies' rows. */
const uses = (account: AccountId) => sql`(
  select policy_arn as arn, 1 as attached from attached_policies where account_id = ${account}
  union all
  select boundary_arn, 0 from users where account_id = ${account} and boundary_arn is not null
  union all
  select boundary_arn, 0 from roles where account_id = ${account} and boundary_arn is not null)`;

/** Distinct policies in use. */
export async function countPoliciesInUse(db: Kysely<Db>, account: AccountId): Promise<number> {
  const { rows } = await sql<{ policies: number }>`
    select count(distinct arn) as policies from ${uses(account)} as uses`.execute(db);
  return rows[0]?.policies ?? 0;
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
  const { rows } = await sql<PolicyUses & { arn: Arn }>`
    select arn, count(case when attached = 1 then 1 end) as attachments,
      count(case when attached = 0 then 1 end) as boundaries
    from ${uses(account)} as uses where arn in (${sql.join(policies)}) group by arn`.execute(db);
  return rows;
}
