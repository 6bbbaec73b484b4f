import type { Kysely, Selectable } from "kysely";
import type { AccountId, PolicyId } from "#identity/ids.ts";
import type { Page } from "#ports/page.ts";
import type { NewPolicy, PolicyFilter, PolicyReads, PolicyRow, PolicyWrites } from "#ports/policies.ts";
import { addVersion, listVersions, loadVersion, removeVersion, setDefault } from "./policy-versions.ts";
import { deleted, foldCase, fromJson, inserted, successorOfPrefix, toJson } from "./rows.ts";
import type { Db } from "./schema.ts";

export const policyReads = (db: Kysely<Db>): PolicyReads => ({
  byArn: async (account, arn) => {
    const row = await policiesOf(db, account).where("arn", "=", arn).executeTakeFirst();
    return row && toPolicy(row);
  },
  byName: async (account, name) => {
    const row = await policiesOf(db, account)
      .where("policy_name_folded", "=", foldCase(name))
      .executeTakeFirst();
    return row && toPolicy(row);
  },
  list: async (account, filter, page) => {
    const rows = await listPolicies(db, account, filter, page).execute();
    return rows.map(toPolicy);
  },
  version: (account, policy, version) => loadVersion(db, account, policy, version),
  versions: (account, policy, page) => listVersions(db, account, policy, page),
});

const policiesOf = (db: Kysely<Db>, account: AccountId) =>
  db.selectFrom("policies").selectAll().where("account_id", "=", account);

function listPolicies(db: Kysely<Db>, account: AccountId, filter: PolicyFilter, { after, limit }: Page) {
  const end = successorOfPrefix(filter.pathPrefix);
  return policiesOf(db, account)
    .where("policy_name_folded", ">", after ?? "")
    .where("path", ">=", filter.pathPrefix)
    .$if(end !== undefined, (query) => query.where("path", "<", end ?? ""))
    .$if(filter.use === "attached", (query) => query.where("attachment_count", ">", 0))
    .$if(filter.use === "boundary", (query) => query.where("boundary_count", ">", 0))
    .$if(filter.use === "either", (query) =>
      query.where((is) => is.or([is("attachment_count", ">", 0), is("boundary_count", ">", 0)])),
    )
    .orderBy("policy_name_folded")
    .limit(limit);
}

export const policyWrites = (db: Kysely<Db>): PolicyWrites => ({
  create: async (row, document) => {
    const insert = db.insertInto("policies").values(newPolicy(row));
    const result = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow();
    if (!inserted(result)) return false;
    const { accountId, policyId, createdAt } = row;
    await db
      .insertInto("policy_versions")
      .values({ account_id: accountId, policy_id: policyId, version: 1, document, created_at: createdAt })
      .execute();
    return true;
  },
  remove: async (account, policy) => deleted(await removal(db, account, policy).executeTakeFirst()),
  lock: async (account, policy) => {
    const touch = onePolicy(db, account, policy).set((eb) => ({ path: eb.ref("path") }));
    const row = await touch.returningAll().executeTakeFirst();
    return row && toPolicy(row);
  },
  setTags: async (account, policy, tags) => {
    await onePolicy(db, account, policy)
      .set({ tags: toJson(tags) })
      .execute();
  },
  addVersion: (account, policy, version, below) => addVersion(db, account, policy, version, below),
  removeVersion: (account, policy, version) => removeVersion(db, account, policy, version),
  setDefault: (account, policy, version, at) => setDefault(db, account, policy, version, at),
});

const onePolicy = (db: Kysely<Db>, account: AccountId, policy: PolicyId) =>
  db.updateTable("policies").where("account_id", "=", account).where("policy_id", "=", policy);

/** Every rule is about the policy's own row, so one conditional write sees them all; its last version goes with it. */
const removal = (db: Kysely<Db>, account: AccountId, policy: PolicyId) =>
  db
    .deleteFrom("policies")
    .where("account_id", "=", account)
    .where("policy_id", "=", policy)
    .where("attachment_count", "=", 0)
    .where("boundary_count", "=", 0)
    .where("version_count", "=", 1);

const newPolicy = (row: NewPolicy): Db["policies"] => ({
  account_id: row.accountId,
  policy_id: row.policyId,
  policy_name: row.policyName,
  policy_name_folded: foldCase(row.policyName),
  path: row.path,
  arn: row.arn,
  description: row.description ?? null,
  default_version: 1,
  next_version: 2,
  version_count: 1,
  attachment_count: 0,
  boundary_count: 0,
  created_at: row.createdAt,
  updated_at: row.createdAt,
  tags: toJson(row.tags),
});

const toPolicy = (row: Selectable<Db["policies"]>): PolicyRow => ({
  accountId: row.account_id,
  policyId: row.policy_id,
  policyName: row.policy_name,
  path: row.path,
  arn: row.arn,
  description: row.description ?? undefined,
  defaultVersion: row.default_version,
  versionCount: row.version_count,
  attachmentCount: row.attachment_count,
  boundaryCount: row.boundary_count,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  tags: fromJson(row.tags),
});
