import type { Kysely, Selectable } from "kysely";
import { epochMs } from "#base/clock.ts";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { Page } from "#ports/page.ts";
import type { NewRole, RoleCount, RoleReads, RoleRow, RoleWrites } from "#ports/roles.ts";
import { endUse, replaceUse } from "./policy-uses.ts";
import { foldCase, fromJson, inserted, successorOfPrefix, toJson, updated } from "./rows.ts";
import type { Db } from "./schema.ts";

const COUNTS = { policyCount: "policy_count" } as const satisfies Record<RoleCount, keyof Db["roles"]>;

export const roleReads = (db: Kysely<Db>): RoleReads => ({
  byName: async (account, name) => {
    const row = await rolesOf(db, account).where("role_name_folded", "=", foldCase(name)).executeTakeFirst();
    return row && toRole(row);
  },
  byId: async (account, role) => {
    const row = await rolesOf(db, account).where("role_id", "=", role).executeTakeFirst();
    return row && toRole(row);
  },
  list: async (account, pathPrefix, page) => {
    const rows = await listRoles(db, account, pathPrefix, page).execute();
    return rows.map(toRole);
  },
});

const rolesOf = (db: Kysely<Db>, account: AccountId) =>
  db.selectFrom("roles").selectAll().where("account_id", "=", account);

function listRoles(db: Kysely<Db>, account: AccountId, pathPrefix: string, { after, limit }: Page) {
  const end = successorOfPrefix(pathPrefix);
  return rolesOf(db, account)
    .where("role_name_folded", ">", after ?? "")
    .where("path", ">=", pathPrefix)
    .$if(end !== undefined, (query) => query.where("path", "<", end ?? ""))
    .orderBy("role_name_folded")
    .limit(limit);
}

export const roleWrites = (db: Kysely<Db>): RoleWrites => ({
  create: async (row) => {
    const insert = db.insertInto("roles").values(newRole(row));
    return inserted(await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow());
  },
  update: (account, role, change) => updateRole(db, account, role, change),
  setTrust: async (account, role, { trustDocument, trustBindings }) => {
    await oneRole(db, account, role)
      .set({ trust_document: trustDocument, trust_bindings: toJson(trustBindings) })
      .execute();
  },
  setBoundary: async (account, role, policy) => {
    const row = await lockRole(db, account, role);
    if (row === undefined || !(await replaceUse(db, account, row.boundary_arn, policy))) return false;
    const set = oneRole(db, account, role).set({ boundary_arn: policy ?? null });
    return updated(await set.executeTakeFirst());
  },
  setTags: async (account, role, tags) => {
    await oneRole(db, account, role)
      .set({ tags: toJson(tags) })
      .execute();
  },
  remove: async (account, role) => {
    const gone = await removal(db, account, role).returning("boundary_arn").executeTakeFirst();
    if (gone === undefined) return false;
    await endUse(db, account, gone.boundary_arn);
    return true;
  },
  lock: async (account, role) => {
    const row = await lockRole(db, account, role);
    return row && toRole(row);
  },
  count: async (account, role, count, delta, below) => {
    const column = COUNTS[count];
    const result = await oneRole(db, account, role)
      .set((eb) => ({ [column]: eb(column, "+", delta) }))
      .$if(below !== undefined, (query) => query.where(column, "<", below ?? 0))
      .executeTakeFirst();
    return updated(result);
  },
  endSessions: async (account, role, notBefore) => {
    await oneRole(db, account, role)
      .set({ sessions_not_before: notBefore })
      .where("sessions_not_before", "<", notBefore)
      .execute();
  },
});

const oneRole = (db: Kysely<Db>, account: AccountId, role: PrincipalId) =>
  db.updateTable("roles").where("account_id", "=", account).where("role_id", "=", role);

const lockRole = (db: Kysely<Db>, account: AccountId, role: PrincipalId) =>
  oneRole(db, account, role)
    .set((eb) => ({ path: eb.ref("path") }))
    .returningAll()
    .executeTakeFirst();

async function updateRole(
  db: Kysely<Db>,
  account: AccountId,
  role: PrincipalId,
  { description, maxSessionSeconds }: Parameters<RoleWrites["update"]>[2],
): Promise<void> {
  const change = {
    ...(description === undefined ? {} : { description }),
    ...(maxSessionSeconds === undefined ? {} : { max_session_seconds: maxSessionSeconds }),
  };
  if (Object.keys(change).length > 0) await oneRole(db, account, role).set(change).execute();
}

/** Every rule is about the role's own row, so one conditional write sees them all. */
const removal = (db: Kysely<Db>, account: AccountId, role: PrincipalId) =>
  db
    .deleteFrom("roles")
    .where("account_id", "=", account)
    .where("role_id", "=", role)
    .where("policy_count", "=", 0)
    .where("inline_count", "=", 0);

const newRole = (row: NewRole): Db["roles"] => ({
  account_id: row.accountId,
  role_id: row.roleId,
  role_name: row.roleName,
  role_name_folded: foldCase(row.roleName),
  path: row.path,
  created_at: row.createdAt,
  description: row.description ?? null,
  max_session_seconds: row.maxSessionSeconds,
  trust_document: row.trustDocument,
  trust_bindings: toJson(row.trustBindings),
  boundary_arn: null,
  tags: toJson(row.tags),
  policy_count: 0,
  inline_count: 0,
  inline_size: 0,
  sessions_not_before: epochMs(0),
  last_used_at: null,
  last_used_region: null,
});

const toRole = (row: Selectable<Db["roles"]>): RoleRow => ({
  accountId: row.account_id,
  roleId: row.role_id,
  roleName: row.role_name,
  path: row.path,
  createdAt: row.created_at,
  description: row.description ?? undefined,
  maxSessionSeconds: row.max_session_seconds,
  trustDocument: row.trust_document,
  trustBindings: fromJson(row.trust_bindings),
  boundaryArn: row.boundary_arn ?? undefined,
  tags: fromJson(row.tags),
  policyCount: row.policy_count,
  inlineCount: row.inline_count,
  inlineSize: row.inline_size,
  sessionsNotBefore: row.sessions_not_before,
  // Both are written at once.
  lastUsed:
    row.last_used_at === null ? undefined : { at: row.last_used_at, region: row.last_used_region ?? "" },
});
