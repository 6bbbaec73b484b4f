import { type Kysely, type RawBuilder, sql } from "kysely";
import type { AccountId, Arn } from "#identity/ids.ts";
import type { Page } from "#ports/page.ts";
import type { EntityFilter, EntityKind, PolicyEntity } from "#ports/policies.ts";
import { successorOfPrefix } from "./rows.ts";
import type { Db } from "./schema.ts";

interface Source {
  readonly table: "users" | "groups" | "roles";
  readonly id: string;
  readonly name: string;
  readonly folded: string;
  readonly bounded: boolean;
}

const SOURCES: Readonly<Record<EntityKind, Source>> = {
  user: { table: "users", id: "user_id", name: "user_name", folded: "user_name_folded", bounded: true },
  group: { table: "groups", id: "group_id", name: "group_name", folded: "group_name_folded", bounded: false },
  role: { table: "roles", id: "role_id", name: "role_name", folded: "role_name_folded", bounded: true },
};

/**
 * Users, groups or roles that use a policy: found by the two indexes that lead from a policy to its users. `cross join` holds
 * SQLite to that order: it would walk all the account's users first.
 */
export async function listEntities(
  db: Kysely<Db>,
  account: AccountId,
  policy: Arn,
  { kind, pathPrefix, usage }: EntityFilter,
  { after, limit }: Page,
): Promise<readonly PolicyEntity[]> {
  const source = SOURCES[kind];
  const ids = usersOf(source, account, policy, usage);
  if (ids === undefined) return [];
  const end = successorOfPrefix(pathPrefix);
  const { id, name, folded } = source;
  const { rows } = await sql<PolicyEntity>`select ${sql.ref(id)} as id, ${sql.ref(name)} as name, path
    from (${ids}) as used cross join ${sql.table(source.table)}
    where account_id = ${account} and ${sql.ref(id)} = used.by and ${sql.ref(folded)} > ${after ?? ""}
      and path >= ${pathPrefix} ${end === undefined ? sql`` : sql`and path < ${end}`}
    order by ${sql.ref(folded)} limit ${limit}`.execute(db);
  return rows.map(({ id, name, path }) => ({ id, name, path }));
}

function usersOf(
  { table, id, bounded }: Source,
  account: AccountId,
  policy: Arn,
  usage: EntityFilter["usage"],
): RawBuilder<unknown> | undefined {
  const attached = sql`select user_id as by from attached_policies
    where account_id = ${account} and policy_arn = ${policy}`;
  if (usage === "attached" || (usage === undefined && !bounded)) return attached;
  if (!bounded) return undefined;
  const boundary = sql`select ${sql.ref(id)} as by from ${sql.table(table)}
    where account_id = ${account} and boundary_arn = ${policy}`;
  return usage === "boundary" ? boundary : sql`${attached} union ${boundary}`;
}
