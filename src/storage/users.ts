import { type Kysely, type Selectable, sql } from "kysely";
import { epochMs } from "#base/clock.ts";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { Page } from "#ports/page.ts";
import type { UserCount, UserReads, UserRow, UserWrites } from "#ports/users.ts";
import type { Attempt } from "./attempt.ts";
import { compiledOnce } from "./compiled.ts";
import { endUse, replaceUse } from "./policy-uses.ts";
import { foldCase, fromJson, inserted, successorOfPrefix, toJson, updated } from "./rows.ts";
import type { Db } from "./schema.ts";

const COUNTS = {
  mfaCount: "mfa_count",
  accessKeyCount: "access_key_count",
  policyCount: "policy_count",
  groupCount: "group_count",
} as const satisfies Record<UserCount, keyof Db["users"]>;

export function userReads(db: Kysely<Db>): UserReads {
  const byId = compiledOnce(db, (account: AccountId, user: PrincipalId) =>
    db.selectFrom("users").selectAll().where("account_id", "=", account).where("user_id", "=", user),
  );
  return {
    byName: async (account, name) => {
      const row = await iamUsers(db, account)
        .where("user_name_folded", "=", foldCase(name))
        .executeTakeFirst();
      return row && toUser(row);
    },
    byId: async (account, user) => {
      const [row] = await byId(account, user);
      return row && toUser(row);
    },
    list: async (account, pathPrefix, page) => {
      const rows = await listUsers(db, account, pathPrefix, page).execute();
      return rows.map(toUser);
    },
    listInGroup: async (account, group, page) => {
      const rows = await listMembers(db, account, group, page).execute();
      return rows.map(toUser);
    },
    countWithMfa: async (account) => {
      const counted = await db
        .selectFrom("users")
        .select(({ fn }) => fn.countAll<number>().as("found"))
        .where("account_id", "=", account)
        .where("mfa_count", ">", 0)
        .where(sql<string>`user_id`, "<>", account)
        .executeTakeFirstOrThrow();
      return Number(counted.found);
    },
    mfaCoverage: async (account) => {
      const [withMfa, without] = await Promise.all([
        countOf(consoleUsers(db, account).where("mfa_count", ">", 0)),
        countOf(consoleUsers(db, account).where("mfa_count", "=", 0)),
      ]);
      return { withMfa, without };
    },
    lackingMfa: async (account, limit) => {
      const rows = await consoleUsers(db, account)
        .selectAll()
        .where("mfa_count", "=", 0)
        .orderBy(sql`coalesce(password_last_used, 0)`, "desc")
        .limit(limit)
        .execute();
      return rows.map(toUser);
    },
  };
}

/** The root user's row is the one whose id is the account's. */
const iamUsers = (db: Kysely<Db>, account: AccountId) =>
  db
    .selectFrom("users")
    .selectAll()
    .where("account_id", "=", account)
    .where(sql<string>`user_id`, "<>", account);

/** Who can sign in at the console. */
const consoleUsers = (db: Kysely<Db>, account: AccountId) =>
  db
    .selectFrom("users")
    .where("account_id", "=", account)
    .where("has_login_profile", "=", 1)
    .where(sql<string>`user_id`, "<>", account);

async function countOf(users: ReturnType<typeof consoleUsers>): Promise<number> {
  const counted = await users.select(({ fn }) => fn.countAll<number>().as("found")).executeTakeFirstOrThrow();
  return Number(counted.found);
}

function listUsers(db: Kysely<Db>, account: AccountId, pathPrefix: string, { after, limit }: Page) {
  const end = successorOfPrefix(pathPrefix);
  return iamUsers(db, account)
    .where("user_name_folded", ">", after ?? "")
    .where("path", ">=", pathPrefix)
    .$if(end !== undefined, (query) => query.where("path", "<", end ?? ""))
    .orderBy("user_name_folded")
    .limit(limit);
}

/** A cross join: SQLite keeps to its order, and reads the group's members instead of all the account's users. */
const listMembers = (db: Kysely<Db>, account: AccountId, group: PrincipalId, { after, limit }: Page) =>
  db
    .selectFrom("group_members")
    .crossJoin("users")
    .selectAll("users")
    .where("group_members.account_id", "=", account)
    .where("group_members.group_id", "=", group)
    .where("users.account_id", "=", account)
    .whereRef("users.user_id", "=", "group_members.user_id")
    .where("user_name_folded", ">", after ?? "")
    .orderBy("user_name_folded")
    .limit(limit);

export const userWrites = (db: Kysely<Db>, attempt: Attempt): UserWrites => ({
  create: async (row) => {
    const insert = db.insertInto("users").values(newUser(row));
    return inserted(await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow());
  },
  update: (account, user, change) => attempt(() => updateUser(db, account, user, change)),
  remove: async (account, user) => {
    const gone = await removal(db, account, user).returning("boundary_arn").executeTakeFirst();
    if (gone === undefined) return false;
    await endUse(db, account, gone.boundary_arn);
    return true;
  },
  lock: async (account, user) => {
    const row = await lockUser(db, account, user);
    return row && toUser(row);
  },
  count: async (account, user, count, delta, below) => {
    const column = COUNTS[count];
    const result = await oneUser(db, account, user)
      .set((eb) => ({ [column]: eb(column, "+", delta) }))
      .$if(below !== undefined, (query) => query.where(column, "<", below ?? 0))
      .executeTakeFirst();
    return updated(result);
  },
  setTags: async (account, user, tags) => {
    await oneUser(db, account, user)
      .set({ tags: toJson(tags) })
      .execute();
  },
  notePasswordUse: async (account, user, at) => {
    await oneUser(db, account, user).set({ password_last_used: at }).execute();
  },
  setBoundary: async (account, user, policy) => {
    const row = await lockUser(db, account, user);
    if (row === undefined || !(await replaceUse(db, account, row.boundary_arn, policy))) return false;
    const set = oneUser(db, account, user).set({ boundary_arn: policy ?? null });
    return updated(await set.executeTakeFirst());
  },
  endSessions: async (account, user, notBefore) => {
    await oneUser(db, account, user)
      .set({ sessions_not_before: notBefore })
      .where("sessions_not_before", "<", notBefore)
      .execute();
  },
});

export const oneUser = (db: Kysely<Db>, account: AccountId, user: PrincipalId) =>
  db.updateTable("users").where("account_id", "=", account).where("user_id", "=", user);

/** Takes the row's lock until the transaction ends. */
export const lockUser = (db: Kysely<Db>, account: AccountId, user: PrincipalId) =>
  oneUser(db, account, user)
    .set((eb) => ({ mfa_count: eb.ref("mfa_count") }))
    .returningAll()
    .executeTakeFirst();

async function updateUser(
  db: Kysely<Db>,
  account: AccountId,
  user: PrincipalId,
  { userName, path }: Parameters<UserWrites["update"]>[2],
): Promise<boolean> {
  const name = userName === undefined ? {} : { user_name: userName, user_name_folded: foldCase(userName) };
  const change = { ...name, ...(path === undefined ? {} : { path }) };
  if (Object.keys(change).length === 0) return true;
  return updated(await oneUser(db, account, user).set(change).executeTakeFirst());
}

/** Every rule is about the user's own row, so one conditional write sees them all; root stays. */
const removal = (db: Kysely<Db>, account: AccountId, user: PrincipalId) =>
  db
    .deleteFrom("users")
    .where("account_id", "=", account)
    .where("user_id", "=", user)
    .where(sql<string>`user_id`, "<>", account)
    .where("mfa_count", "=", 0)
    .where("access_key_count", "=", 0)
    .where("policy_count", "=", 0)
    .where("group_count", "=", 0)
    .where("inline_count", "=", 0)
    .where("has_login_profile", "=", 0);

export const newUser = (row: Parameters<UserWrites["create"]>[0]): Db["users"] => ({
  account_id: row.accountId,
  user_id: row.userId,
  user_name: row.userName,
  user_name_folded: foldCase(row.userName),
  path: row.path,
  created_at: row.createdAt,
  password_last_used: null,
  tags: toJson(row.tags),
  mfa_count: 0,
  access_key_count: 0,
  policy_count: 0,
  group_count: 0,
  inline_count: 0,
  inline_size: 0,
  boundary_arn: null,
  has_login_profile: 0,
  sessions_not_before: epochMs(0),
  active_key_count: 0,
  oldest_active_key_at: null,
});

const toUser = (row: Selectable<Db["users"]>): UserRow => ({
  accountId: row.account_id,
  userId: row.user_id,
  userName: row.user_name,
  path: row.path,
  createdAt: row.created_at,
  passwordLastUsed: row.password_last_used ?? undefined,
  tags: fromJson(row.tags),
  mfaCount: row.mfa_count,
  accessKeyCount: row.access_key_count,
  policyCount: row.policy_count,
  groupCount: row.group_count,
  inlineCount: row.inline_count,
  inlineSize: row.inline_size,
  boundaryArn: row.boundary_arn ?? undefined,
  sessionsNotBefore: row.sessions_not_before,
});
