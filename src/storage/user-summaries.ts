import { type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { GroupRow } from "#ports/groups.ts";
import type { Page } from "#ports/page.ts";
import type {
  UserOrder,
  UserPlace,
  UserQuery,
  UserSummary,
  UserSummaryReads,
} from "#ports/user-summaries.ts";
import { bit, foldCase } from "./rows.ts";
import type { Db } from "./schema.ts";

export const userSummaryReads = (db: Kysely<Db>): UserSummaryReads => ({
  find: async (account, query, page) => {
    const rows = await places(db, account, query, page).execute();
    return rows.map(toPlace);
  },
  count: async (account, query, most) => {
    const some = matching(db, account, query).select("users.user_id").limit(most);
    const counted = await db
      .selectFrom(some.as("some"))
      .select(({ fn }) => fn.countAll<number>().as("found"))
      .executeTakeFirstOrThrow();
    return Number(counted.found);
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

/** One more than a moment can be: who has no active key is younger than every key. */
const NO_KEY = sql.lit(8_640_000_000_000_001);

const ORDERS: Readonly<Record<Exclude<UserOrder, "name">, RawBuilder<number>>> = {
  created: sql<number>`users.created_at`,
  "password-used": sql<number>`coalesce(users.password_last_used, 0)`,
  "key-age": sql<number>`-coalesce(users.oldest_active_key_at, ${NO_KEY})`,
};

function places(db: Kysely<Db>, account: AccountId, query: UserQuery, { after, limit }: Page) {
  const { order, descending } = query;
  const direction = descending ? "desc" : "asc";
  const users = matching(db, account, query).select(["users.user_id", "users.user_name_folded"]).limit(limit);
  if (order === "name")
    return users
      .select(sql<number>`0`.as("value"))
      .$if(after !== undefined, (all) => all.where(beyondName(descending, after ?? "")))
      .orderBy("users.user_name_folded", direction);
  const value = ORDERS[order];
  return users
    .select(value.as("value"))
    .$if(after !== undefined, (all) => all.where(beyondValue(value, descending, after ?? "")))
    .orderBy(value, direction)
    .orderBy("users.user_name_folded");
}

/** All columns that are asked for stand in one index (migration 006): the table itself is not read. */
function matching(db: Kysely<Db>, account: AccountId, query: UserQuery) {
  const { search, hasMfa, hasPassword, signedInUntil, keyUntil, group } = query;
  const few = group !== undefined && group.memberCount <= FEW_MEMBERS;
  return db
    .selectFrom((few ? membersOf(group) : ALL_USERS).as("users"))
    .where("users.account_id", "=", account)
    .where(sql<string>`users.user_id`, "<>", account)
    .$if(group !== undefined && !few, (users) => users.where(isMember(group)))
    .$if(search !== undefined, (users) => users.where(nameHolds(search ?? "")))
    .$if(hasMfa !== undefined, (users) => users.where("users.mfa_count", hasMfa ? ">" : "=", 0))
    .$if(hasPassword !== undefined, (users) =>
      users.where("users.has_login_profile", "=", bit(hasPassword === true)),
    )
    .$if(signedInUntil !== undefined, (users) => users.where(LAST_SEEN, "<=", signedInUntil ?? 0))
    .$if(keyUntil !== undefined, (users) => users.where(OLDEST_KEY, "<=", keyUntil ?? 0));
}

const LAST_SEEN = sql<number>`coalesce(users.password_last_used, users.created_at)`;
const OLDEST_KEY = sql<number>`users.oldest_active_key_at`;

type Users = RawBuilder<Selectable<Db["users"]>>;

const ALL_USERS: Users = sql`users`;

/** So many are looked up one by one faster than all the account's users are walked along. */
const FEW_MEMBERS = 2000;

const membersOf = ({ accountId, groupId }: GroupRow): Users => sql`(
  select users.* from group_members cross join users
  where group_members.account_id = ${accountId} and group_members.group_id = ${groupId}
    and users.account_id = ${accountId} and users.user_id = group_members.user_id)`;

const isMember = (group: GroupRow | undefined) => sql<boolean>`exists (
  select 1 from group_members
  where group_members.account_id = users.account_id and group_members.group_id = ${group?.groupId}
    and group_members.user_id = users.user_id)`;

/** Both databases have this, and no letter of the part means another thing. */
const nameHolds = (part: string) =>
  sql<boolean>`replace(users.user_name_folded, ${foldCase(part)}, '') <> users.user_name_folded`;

const beyondName = (descending: boolean, key: string) =>
  sql<boolean>`users.user_name_folded ${past(descending)} ${placeOf(key).name}`;

/** Those of one value come by their name, in the order turned round too. */
function beyondValue(value: RawBuilder<number>, descending: boolean, key: string) {
  const { at, name } = placeOf(key);
  return sql<boolean>`(${value} ${past(descending)} ${at} or (${value} = ${at} and users.user_name_folded > ${name}))`;
}

const past = (descending: boolean) => (descending ? sql`<` : sql`>`);

interface PlaceRow {
  readonly user_id: PrincipalId;
  readonly user_name_folded: string;
  readonly value: number;
}

/** The value of the order, and the name after it. */
const toPlace = ({ user_id: userId, user_name_folded: name, value }: PlaceRow): UserPlace => ({
  userId,
  key: `${value} ${name}`,
});

function placeOf(key: string): { readonly at: number; readonly name: string } {
  const space = key.indexOf(" ");
  return { at: Number(key.slice(0, space)), name: key.slice(space + 1) };
}

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
