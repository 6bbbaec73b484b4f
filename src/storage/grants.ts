import { type Kysely, sql } from "kysely";
import { isAwsManaged } from "#identity/arns.ts";
import type { AccountId, Arn, PrincipalId } from "#identity/ids.ts";
import type { GrantReads, GrantSource, Grants, InlineGrant, ManagedGrant } from "#ports/policies.ts";
import type { Db } from "./schema.ts";

/**
 * Three queries, however many groups and policies there are. `cross join` holds SQLite to the order in which they are written: it
 * would read every policy of the account first.
 */
export const grantReads = (db: Kysely<Db>): GrantReads => ({
  load: async (account, kind, principal) => {
    const [inline, managed, boundary] = await Promise.all([
      inlineGrants(db, account, principal),
      managedGrants(db, account, principal),
      boundaryGrant(db, account, kind, principal),
    ]);
    return { inline, managed, boundary };
  },
});

/** The principal's own id and those of the groups that it is in. */
const sources = (account: AccountId, principal: PrincipalId) => sql`(
  select ${principal} as id, null as name, '' as folded
  union all
  select g.group_id, g.group_name, g.group_name_folded from group_members as m
    join groups as g on g.account_id = m.account_id and g.group_id = m.group_id
    where m.account_id = ${account} and m.user_id = ${principal})`;

/** The document of a customer managed policy's default version. */
const defaultVersion = (account: AccountId, arn: string) => sql`
  left join policies as p on p.account_id = ${account} and p.arn = ${sql.ref(arn)}
  left join policy_versions as v
    on v.account_id = p.account_id and v.policy_id = p.policy_id and v.version = p.default_version`;

interface SourceRow {
  readonly source_id: PrincipalId;
  readonly group_name: string | null;
}

const sourceOf = ({ source_id, group_name }: SourceRow): GrantSource => ({
  group: group_name === null ? undefined : { groupId: source_id, groupName: group_name },
});

async function inlineGrants(
  db: Kysely<Db>,
  account: AccountId,
  principal: PrincipalId,
): Promise<readonly InlineGrant[]> {
  const { rows } = await sql<SourceRow & { policy_name: string; document: string }>`
    select s.id as source_id, s.name as group_name, i.policy_name, i.document
    from ${sources(account, principal)} as s cross join inline_policies as i
    where i.account_id = ${account} and i.principal_id = s.id
    order by s.folded, i.policy_name`.execute(db);
  return rows.map((row) => ({ ...sourceOf(row), policyName: row.policy_name, document: row.document }));
}

interface ManagedRow {
  readonly arn: Arn;
  readonly document: string | null;
}

async function managedGrants(
  db: Kysely<Db>,
  account: AccountId,
  principal: PrincipalId,
): Promise<readonly ManagedGrant[]> {
  const { rows } = await sql<SourceRow & ManagedRow>`
    select s.id as source_id, s.name as group_name, a.policy_arn as arn, v.document
    from ${sources(account, principal)} as s cross join attached_policies as a
    ${defaultVersion(account, "a.policy_arn")}
    where a.account_id = ${account} and a.user_id = s.id
    order by s.folded, a.attached_at, a.policy_arn`.execute(db);
  return rows.map((row) => ({ ...sourceOf(row), ...managed(row) }));
}

async function boundaryGrant(
  db: Kysely<Db>,
  account: AccountId,
  kind: "user" | "role",
  principal: PrincipalId,
): Promise<Grants["boundary"]> {
  const [table, key] = kind === "user" ? ["users", "h.user_id"] : ["roles", "h.role_id"];
  const { rows } = await sql<ManagedRow>`select h.boundary_arn as arn, v.document
    from ${sql.table(table)} as h
    ${defaultVersion(account, "h.boundary_arn")}
    where h.account_id = ${account} and ${sql.ref(key)} = ${principal}
      and h.boundary_arn is not null`.execute(db);
  const [row] = rows;
  return row && managed(row);
}

/** A policy in use cannot be deleted: one without a document is a bug, and must not pass for one that says nothing. */
function managed({ arn, document }: ManagedRow): Pick<ManagedGrant, "arn" | "document"> {
  if (document === null && !isAwsManaged(arn)) throw new Error(`no document of policy \`${arn}\``);
  return { arn, document: document ?? undefined };
}
