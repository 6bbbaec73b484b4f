import type { Kysely, Selectable } from "kysely";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { GroupCount, GroupReads, GroupRow, GroupWrites } from "#ports/groups.ts";
import type { Page } from "#ports/page.ts";
import type { Attempt } from "./attempt.ts";
import { deleted, foldCase, inserted, successorOfPrefix, updated } from "./rows.ts";
import type { Db } from "./schema.ts";

const COUNTS = { policyCount: "policy_count" } as const satisfies Record<GroupCount, keyof Db["groups"]>;

export const groupReads = (db: Kysely<Db>): GroupReads => ({
  byName: async (account, name) => {
    const row = await groupsOf(db, account)
      .where("group_name_folded", "=", foldCase(name))
      .executeTakeFirst();
    return row && toGroup(row);
  },
  byId: async (account, group) => {
    const row = await groupsOf(db, account).where("group_id", "=", group).executeTakeFirst();
    return row && toGroup(row);
  },
  list: async (account, pathPrefix, page) => {
    const rows = await listGroups(db, account, pathPrefix, page).execute();
    return rows.map(toGroup);
  },
  listOfUser: async (account, user, page) => {
    const rows = await listOfUser(db, account, user, page).execute();
    return rows.map(toGroup);
  },
});

const groupsOf = (db: Kysely<Db>, account: AccountId) =>
  db.selectFrom("groups").selectAll().where("account_id", "=", account);

function listGroups(db: Kysely<Db>, account: AccountId, pathPrefix: string, { after, limit }: Page) {
  const end = successorOfPrefix(pathPrefix);
  return groupsOf(db, account)
    .where("group_name_folded", ">", after ?? "")
    .where("path", ">=", pathPrefix)
    .$if(end !== undefined, (query) => query.where("path", "<", end ?? ""))
    .orderBy("group_name_folded")
    .limit(limit);
}

/** A cross join: SQLite keeps to its order, and reads the user's memberships instead of all the account's groups. */
const listOfUser = (db: Kysely<Db>, account: AccountId, user: PrincipalId, { after, limit }: Page) =>
  db
    .selectFrom("group_members")
    .crossJoin("groups")
    .selectAll("groups")
    .where("group_members.account_id", "=", account)
    .where("group_members.user_id", "=", user)
    .where("groups.account_id", "=", account)
    .whereRef("groups.group_id", "=", "group_members.group_id")
    .where("group_name_folded", ">", after ?? "")
    .orderBy("group_name_folded")
    .limit(limit);

export const groupWrites = (db: Kysely<Db>, attempt: Attempt): GroupWrites => ({
  create: async (row) => {
    const insert = db.insertInto("groups").values(newGroup(row));
    return inserted(await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow());
  },
  update: (account, group, change) => attempt(() => updateGroup(db, account, group, change)),
  remove: async (account, group) => deleted(await removal(db, account, group).executeTakeFirst()),
  lock: async (account, group) => {
    const touch = oneGroup(db, account, group).set((eb) => ({ path: eb.ref("path") }));
    const row = await touch.returningAll().executeTakeFirst();
    return row && toGroup(row);
  },
  count: async (account, group, count, delta, below) => {
    const column = COUNTS[count];
    const result = await oneGroup(db, account, group)
      .set((eb) => ({ [column]: eb(column, "+", delta) }))
      .$if(below !== undefined, (query) => query.where(column, "<", below ?? 0))
      .executeTakeFirst();
    return updated(result);
  },
  addMember: async (account, group, user, at) => {
    // First the group's row: of a new member and the group's deletion at once only one takes effect.
    if (!(await countMember(db, account, group, 1))) return "no-such-group";
    const row = { account_id: account, group_id: group, user_id: user, added_at: at };
    const insert = db.insertInto("group_members").values(row);
    if (inserted(await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow()))
      return "added";
    await countMember(db, account, group, -1);
    return "already-there";
  },
  removeMember: async (account, group, user) => {
    const removal = db.deleteFrom("group_members").where("account_id", "=", account);
    const result = await removal.where("group_id", "=", group).where("user_id", "=", user).executeTakeFirst();
    return deleted(result) && countMember(db, account, group, -1);
  },
});

const oneGroup = (db: Kysely<Db>, account: AccountId, group: PrincipalId) =>
  db.updateTable("groups").where("account_id", "=", account).where("group_id", "=", group);

async function updateGroup(
  db: Kysely<Db>,
  account: AccountId,
  group: PrincipalId,
  { groupName, path }: Parameters<GroupWrites["update"]>[2],
): Promise<boolean> {
  const name =
    groupName === undefined ? {} : { group_name: groupName, group_name_folded: foldCase(groupName) };
  const change = { ...name, ...(path === undefined ? {} : { path }) };
  if (Object.keys(change).length === 0) return true;
  return updated(await oneGroup(db, account, group).set(change).executeTakeFirst());
}

const countMember = async (
  db: Kysely<Db>,
  account: AccountId,
  group: PrincipalId,
  delta: 1 | -1,
): Promise<boolean> =>
  updated(
    await oneGroup(db, account, group)
      .set((eb) => ({ member_count: eb("member_count", "+", delta) }))
      .executeTakeFirst(),
  );

/** Every rule is about the group's own row, so one conditional write sees them all. */
const removal = (db: Kysely<Db>, account: AccountId, group: PrincipalId) =>
  db
    .deleteFrom("groups")
    .where("account_id", "=", account)
    .where("group_id", "=", group)
    .where("member_count", "=", 0)
    .where("policy_count", "=", 0)
    .where("inline_count", "=", 0);

const newGroup = (row: Parameters<GroupWrites["create"]>[0]): Db["groups"] => ({
  account_id: row.accountId,
  group_id: row.groupId,
  group_name: row.groupName,
  group_name_folded: foldCase(row.groupName),
  path: row.path,
  created_at: row.createdAt,
  member_count: 0,
  policy_count: 0,
  inline_count: 0,
  inline_size: 0,
});

const toGroup = (row: Selectable<Db["groups"]>): GroupRow => ({
  accountId: row.account_id,
  groupId: row.group_id,
  groupName: row.group_name,
  path: row.path,
  createdAt: row.created_at,
  memberCount: row.member_count,
  policyCount: row.policy_count,
  inlineCount: row.inline_count,
  inlineSize: row.inline_size,
});
