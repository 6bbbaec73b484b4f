import type { Kysely, Selectable } from "kysely";
import type { EpochMs } from "#base/clock.ts";
import type { AccountId, PolicyId } from "#identity/ids.ts";
import type { Page } from "#ports/page.ts";
import type { PolicyVersionRow, PolicyWrites } from "#ports/policies.ts";
import { deleted, updated } from "./rows.ts";
import type { Db } from "./schema.ts";

export async function loadVersion(
  db: Kysely<Db>,
  account: AccountId,
  policy: PolicyId,
  version: number,
): Promise<PolicyVersionRow | undefined> {
  const row = await versionsOf(db, account, policy).where("version", "=", version).executeTakeFirst();
  return row && toVersion(row);
}

export async function listVersions(
  db: Kysely<Db>,
  account: AccountId,
  policy: PolicyId,
  { after, limit }: Page,
): Promise<readonly PolicyVersionRow[]> {
  const rows = await versionsOf(db, account, policy)
    .$if(after !== undefined, (query) => query.where("version", "<", Number(after)))
    .orderBy("version", "desc")
    .limit(limit)
    .execute();
  return rows.map(toVersion);
}

const versionsOf = (db: Kysely<Db>, account: AccountId, policy: PolicyId) =>
  db
    .selectFrom("policy_versions")
    .selectAll()
    .where("account_id", "=", account)
    .where("policy_id", "=", policy);

/** The number is taken from the policy's row, which counts the versions too: numbers are never used twice. */
export async function addVersion(
  db: Kysely<Db>,
  account: AccountId,
  policy: PolicyId,
  { document, createdAt, asDefault }: Parameters<PolicyWrites["addVersion"]>[2],
  below: number,
): Promise<number | undefined> {
  const counted = await onePolicy(db, account, policy)
    .set((eb) => ({
      next_version: eb("next_version", "+", 1),
      version_count: eb("version_count", "+", 1),
      updated_at: createdAt,
      ...(asDefault ? { default_version: eb.ref("next_version") } : {}),
    }))
    .where("version_count", "<", below)
    .returning("next_version")
    .executeTakeFirst();
  if (counted === undefined) return undefined;
  const version = counted.next_version - 1;
  const row = { account_id: account, policy_id: policy, version, document, created_at: createdAt };
  await db.insertInto("policy_versions").values(row).execute();
  return version;
}

/** The policy's row, locked, says which is the default; then the version that is there goes and is counted off. */
export async function removeVersion(
  db: Kysely<Db>,
  account: AccountId,
  policy: PolicyId,
  version: number,
): Promise<boolean> {
  if ((await lockDefault(db, account, policy)) === version) return false;
  const removal = db.deleteFrom("policy_versions").where("account_id", "=", account);
  const gone = await removal
    .where("policy_id", "=", policy)
    .where("version", "=", version)
    .executeTakeFirst();
  if (!deleted(gone)) return false;
  const count = onePolicy(db, account, policy).set((eb) => ({
    version_count: eb("version_count", "-", 1),
  }));
  return updated(await count.executeTakeFirst());
}

/** Under the lock of the policy's row no version goes. */
export async function setDefault(
  db: Kysely<Db>,
  account: AccountId,
  policy: PolicyId,
  version: number,
  at: EpochMs,
): Promise<boolean> {
  await lockDefault(db, account, policy);
  if ((await loadVersion(db, account, policy, version)) === undefined) return false;
  const set = onePolicy(db, account, policy).set({ default_version: version, updated_at: at });
  return updated(await set.executeTakeFirst());
}

async function lockDefault(
  db: Kysely<Db>,
  account: AccountId,
  policy: PolicyId,
): Promise<number | undefined> {
  const touch = onePolicy(db, account, policy).set((eb) => ({ path: eb.ref("path") }));
  return (await touch.returning("default_version").executeTakeFirst())?.default_version;
}

const onePolicy = (db: Kysely<Db>, account: AccountId, policy: PolicyId) =>
  db.updateTable("policies").where("account_id", "=", account).where("policy_id", "=", policy);

const toVersion = (row: Selectable<Db["policy_versions"]>): PolicyVersionRow => ({
  version: row.version,
  document: row.document,
  createdAt: row.created_at,
});
