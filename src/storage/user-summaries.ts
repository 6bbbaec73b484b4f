import { setImmediate as nextTurn } from "node:timers/promises";
import { type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { GroupRow } from "#ports/groups.ts";
import type { UserQuery, UserSummary, UserSummaryReads } from "#ports/user-summaries.ts";
import type { Engine } from "./engine.ts";
import { foldCase } from "./rows.ts";
import type { Db } from "./schema.ts";
import { type PlaceRow, toPlace, type UserWalk, walkOf } from "./user-order.ts";

/**
 * A page is looked for among the first of its order, by the order's index. Where too few of them are asked for, all users are
 * looked through once: a walk along the index that goes on until it has enough would cost several times as much.
 */
export const userSummaryReads = (
  db: Kysely<Db>,
  { rowsAtOnce }: Pick<Engine, "rowsAtOnce">,
): UserSummaryReads => ({
  find: async (account, query, { after, limit }) => {
    const walk = walkOf(query.order, query.descending, after);
    const first = isSmall(query.group) ? [] : await among(db, account, query, walk, limit);
    if (first.length === limit || isWhole(query)) return first.map(toPlace);
    let found: readonly PlaceRow[] = [];
    for await (const slice of slices(db, account, query, rowsAtOnce)) {
      const more = await everywhere(db, account, query, walk, slice, limit);
      found = [...found, ...more].toSorted(inOrder(query)).slice(0, limit);
      // the slices come in this order
      if (found.length === limit && query.order === "name" && !query.descending) break;
    }
    return found.map(toPlace);
  },
  count: async (account, query, most) => {
    let found = 0;
    for await (const slice of slices(db, account, query, rowsAtOnce)) {
      found += await countIn(db, account, query, slice, most - found);
      if (found >= most) break;
    }
    return found;
  },
  load: async (account, users) => {
    if (users.length === 0) return [];
    const [rows, memberships] = await Promise.all([
      usersOf(db, account, users).execute(),
      membershipsOf(db, account, users).execute(),
    ]);
    const byId = new Map(rows.map((row) => [row.user_id, row]));
    const groups = Map.groupBy(memberships, (row) => row.user_id);
    return users.flatMap((user) => {
      const row = byId.get(user);
      const names = groups.get(user)?.map((group) => group.group_name);
      return row === undefined ? [] : [toSummary(row, names ?? [])];
    });
  },
});

/** So many of the order are looked through before all are. */
const FIRST = 2000;

async function among(
  db: Kysely<Db>,
  account: AccountId,
  query: UserQuery,
  { value, by, parts }: UserWalk,
  limit: number,
): Promise<readonly PlaceRow[]> {
  const most = isWhole(query) ? limit : Math.max(FIRST, limit);
  // no more is asked for than stands in the order's index: else SQLite, which does not know how many rows there are, takes another
  const columns = query.order === "name" ? ASKED_FOR : IN_EACH_ORDER;
  const lists = parts.map(
    (part) => sql`select * from (
      select ${columns}, ${value} as value from users
      where ${ofAccount(account)} and ${part.has} order by ${part.by} limit ${most}) as part`,
  );
  const first = sql`select * from (${sql.join(lists, sql` union all `)}) as parts order by ${by} limit ${most}`;
  const found = sql<PlaceRow>`
    select found.user_id, found.user_name_folded as user_name_folded, found.value as value
    from (${first}) as found ${whoAre(account, query)} order by ${by} limit ${limit}`;
  return (await found.execute(db)).rows;
}

const IN_EACH_ORDER = sql`users.user_id, users.user_name_folded`;
const ASKED_FOR = sql`users.account_id, ${IN_EACH_ORDER}, users.created_at, users.password_last_used, users.mfa_count,
  users.has_login_profile, users.oldest_active_key_at`;

/** A cross join: SQLite keeps to its order. */
const whoAre = (account: AccountId, query: UserQuery) =>
  query.order === "name" || isWhole(query)
    ? sql`where ${matching(query, sql`found`)}`
    : sql`cross join users
        where users.account_id = ${account} and users.user_id = found.user_id and ${matching(query)}`;

/** The inner limit lets PostgreSQL not think that the order's index would end it soon. */
async function everywhere(
  db: Kysely<Db>,
  account: AccountId,
  query: UserQuery,
  { value, by, beyond = ALL }: UserWalk,
  slice: Condition,
  limit: number,
): Promise<readonly PlaceRow[]> {
  const found = await sql<PlaceRow>`
    select * from (
      select users.user_id, users.user_name_folded, ${value} as value from ${usersIn(query.group)} as users
      where ${ofAccount(account)} and ${slice} and ${beyond} and ${matching(query)}
      limit ${Number.MAX_SAFE_INTEGER}) as found
    order by ${by} limit ${limit}`.execute(db);
  return found.rows;
}

async function countIn(
  db: Kysely<Db>,
  account: AccountId,
  query: UserQuery,
  slice: Condition,
  most: number,
): Promise<number> {
  const counted = await sql<{ readonly found: number }>`
    select count(*) as found from (
      select users.user_id from ${usersIn(query.group)} as users
      where ${ofAccount(account)} and ${slice} and ${matching(query)} limit ${most}) as counted`.execute(db);
  return Number(counted.rows[0]?.found ?? 0);
}

/** All users, by their names, so many in a statement as the database may look through; others have their turn between two. */
async function* slices(
  db: Kysely<Db>,
  account: AccountId,
  { group }: UserQuery,
  rows: number,
): AsyncGenerator<Condition> {
  let from = "";
  while (rows < Number.POSITIVE_INFINITY && !isSmall(group)) {
    const last = await db
      .selectFrom("users")
      .select("user_name_folded as to")
      .where("account_id", "=", account)
      .where("user_name_folded", ">", from)
      .orderBy("user_name_folded")
      .offset(rows - 1)
      .limit(1)
      .executeTakeFirst();
    if (last === undefined) break;
    yield sql`users.user_name_folded > ${from} and users.user_name_folded <= ${last.to}`;
    from = last.to;
    await nextTurn();
  }
  yield from === "" ? ALL : sql`users.user_name_folded > ${from}`;
}

/** Names are of ASCII, so that their order is the database's. */
const inOrder =
  ({ descending, order }: UserQuery) =>
  (one: PlaceRow, other: PlaceRow): number => {
    const turn = descending ? -1 : 1;
    if (one.value !== other.value) return turn * (one.value - other.value);
    const names = one.user_name_folded < other.user_name_folded ? -1 : 1;
    return order === "name" ? turn * names : names;
  };

type Condition = RawBuilder<boolean>;

const ALL: Condition = sql`1 = 1`;
const USERS = sql`users`;

const ofAccount = (account: AccountId): Condition =>
  sql`users.account_id = ${account} and users.user_id <> ${account}`;

/**
 * What is asked for stands in one index (migration 006): to look through all users does not read the table itself. Behind a plus
 * sign no other index is looked for: SQLite would take one of all who have no MFA, for each slice anew.
 */
function conditionsOf(query: UserQuery, users: RawBuilder<unknown>): readonly Condition[] {
  const { search, hasMfa, hasPassword, signedInUntil, keyUntil, group } = query;
  return [
    group === undefined || isSmall(group) ? undefined : isMember(group, users),
    search === undefined ? undefined : nameHolds(search, users),
    hasMfa === undefined ? undefined : sql`+${users}.mfa_count ${hasMfa ? sql`>` : sql`=`} 0`,
    hasPassword === undefined ? undefined : sql`+${users}.has_login_profile = ${hasPassword ? 1 : 0}`,
    signedInUntil === undefined
      ? undefined
      : sql`coalesce(${users}.password_last_used, ${users}.created_at) <= ${signedInUntil}`,
    keyUntil === undefined ? undefined : sql`${users}.oldest_active_key_at <= ${keyUntil}`,
  ].filter((condition): condition is Condition => condition !== undefined);
}

const matching = (query: UserQuery, users = USERS) =>
  sql.join([ALL, ...conditionsOf(query, users)], sql` and `);

const isWhole = (query: UserQuery): boolean =>
  query.group === undefined && conditionsOf(query, USERS).length === 0;

/** So many are looked up one by one faster than all the account's users are looked through. */
const SMALL = 2000;

const isSmall = (group: GroupRow | undefined): group is GroupRow =>
  group !== undefined && group.memberCount <= SMALL;

const usersIn = (group: GroupRow | undefined) => (isSmall(group) ? membersOf(group) : sql`users`);

const membersOf = ({ accountId, groupId }: GroupRow) => sql`(
  select users.* from group_members cross join users
  where group_members.account_id = ${accountId} and group_members.group_id = ${groupId}
    and users.account_id = ${accountId} and users.user_id = group_members.user_id)`;

const isMember = ({ groupId }: GroupRow, users: RawBuilder<unknown>): Condition => sql`exists (
  select 1 from group_members
  where group_members.account_id = ${users}.account_id and group_members.group_id = ${groupId}
    and group_members.user_id = ${users}.user_id)`;

/** Both databases have this, and no letter of the part means another thing. */
const nameHolds = (part: string, users: RawBuilder<unknown>): Condition =>
  sql`replace(${users}.user_name_folded, ${foldCase(part)}, '') <> ${users}.user_name_folded`;

const usersOf = (db: Kysely<Db>, account: AccountId, users: readonly PrincipalId[]) =>
  db.selectFrom("users").selectAll().where("account_id", "=", account).where("user_id", "in", users);

/** A cross join: SQLite keeps to its order, and reads the users' memberships instead of all the account's groups. */
const membershipsOf = (db: Kysely<Db>, account: AccountId, users: readonly PrincipalId[]) =>
  db
    .selectFrom("group_members")
    .crossJoin("groups")
    .select(["group_members.user_id", "groups.group_name"])
    .where("group_members.account_id", "=", account)
    .where("group_members.user_id", "in", users)
    .where("groups.account_id", "=", account)
    .whereRef("groups.group_id", "=", "group_members.group_id")
    .orderBy("groups.group_name_folded");

const toSummary = (row: Selectable<Db["users"]>, groups: readonly string[]): UserSummary => ({
  accountId: row.account_id,
  userId: row.user_id,
  userName: row.user_name,
  path: row.path,
  createdAt: row.created_at,
  passwordLastUsed: row.password_last_used ?? undefined,
  hasPassword: row.has_login_profile === 1,
  mfaCount: row.mfa_count,
  activeKeys: row.active_key_count,
  oldestActiveKeyAt: row.oldest_active_key_at ?? undefined,
  groups,
});
