import { type Kysely, type Selectable, sql } from "kysely";
import { type EpochMs, epochMs } from "#base/clock.ts";
import { rootPrincipalId, type UserName } from "#identity/ids.ts";
import type { AccountCount, AccountReads, AccountRow, AccountWrites } from "#ports/accounts.ts";
import type { Attempt } from "./attempt.ts";
import { countPoliciesInUse } from "./policy-uses.ts";
import { foldCase, inserted, updated } from "./rows.ts";
import type { Db } from "./schema.ts";
import { newUser } from "./users.ts";

const COUNTS = {
  userCount: "user_count",
  groupCount: "group_count",
  roleCount: "role_count",
  policyCount: "policy_count",
  virtualMfaCount: "virtual_mfa_count",
  mfaInUseCount: "mfa_in_use_count",
} as const satisfies Record<AccountCount, keyof Db["accounts"]>;

const ROOT_NAME = "<root_account>";

export const accountReads = (db: Kysely<Db>): AccountReads => ({
  load: async (account) => {
    const row = await db
      .selectFrom("accounts")
      .selectAll()
      .where("account_id", "=", account)
      .executeTakeFirst();
    return row && toAccount(row);
  },
  revision: async (account) => {
    const row = await db
      .selectFrom("accounts")
      .select("revision")
      .where("account_id", "=", account)
      .executeTakeFirst();
    return row?.revision;
  },
  list: async ({ after, limit }) => {
    const rows = await db
      .selectFrom("accounts")
      .selectAll()
      .where(sql<string>`account_id`, ">", after ?? "")
      .orderBy("account_id")
      .limit(limit)
      .execute();
    return rows.map(toAccount);
  },
  byAlias: async (alias) => {
    const row = await db.selectFrom("accounts").selectAll().where("alias", "=", alias).executeTakeFirst();
    return row && toAccount(row);
  },
  byRootEmail: async (email) => {
    const accounts = db.selectFrom("accounts").selectAll();
    const row = await accounts.where("root_email_folded", "=", foldCase(email)).executeTakeFirst();
    return row && toAccount(row);
  },
  countPoliciesInUse: (account) => countPoliciesInUse(db, account),
});

export const accountWrites = (db: Kysely<Db>, attempt: Attempt): AccountWrites => ({
  create: (row) => createAccount(db, row),
  setAlias: (account, alias) =>
    attempt(async () => {
      const set = db.updateTable("accounts").set({ alias }).where("account_id", "=", account);
      return updated(await set.executeTakeFirst());
    }),
  removeAlias: async (account, alias) => {
    const clear = db.updateTable("accounts").set({ alias: null });
    return updated(
      await clear.where("account_id", "=", account).where("alias", "=", alias).executeTakeFirst(),
    );
  },
  count: async (account, count, delta, below) => {
    const column = COUNTS[count];
    const result = await db
      .updateTable("accounts")
      .set((eb) => ({ [column]: eb(column, "+", delta) }))
      .where("account_id", "=", account)
      .$if(below !== undefined, (query) => query.where(column, "<", below ?? 0))
      .executeTakeFirst();
    return updated(result);
  },
  endSessions: async (account, notBefore) => {
    await db
      .updateTable("accounts")
      .set({ sessions_not_before: notBefore })
      .where("account_id", "=", account)
      .where("sessions_not_before", "<", notBefore)
      .execute();
  },
});

type NewAccount = Parameters<AccountWrites["create"]>[0];

async function createAccount(db: Kysely<Db>, row: NewAccount): ReturnType<AccountWrites["create"]> {
  const insert = db.insertInto("accounts").values(newAccount(row));
  // Waits for another's insert of the same key, and then does nothing: which key it was is read after.
  const result = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow();
  if (!inserted(result)) return whatIsTaken(db, row);
  const { accountId, createdAt } = row;
  // Root's name is the one that no user can have.
  const root = { accountId, userId: rootPrincipalId(accountId), userName: ROOT_NAME as UserName };
  await db
    .insertInto("users")
    .values(newUser({ ...root, path: "/", createdAt, tags: [] }))
    .execute();
  return "created";
}

async function whatIsTaken(
  db: Kysely<Db>,
  row: NewAccount,
): Promise<"id-taken" | "email-taken" | "alias-taken"> {
  const holds = async (column: "account_id" | "root_email_folded", value: string): Promise<boolean> => {
    const found = db.selectFrom("accounts").select("account_id").where(sql.ref<string>(column), "=", value);
    return (await found.executeTakeFirst()) !== undefined;
  };
  if (await holds("account_id", row.accountId)) return "id-taken";
  return (await holds("root_email_folded", foldCase(row.rootEmail))) ? "email-taken" : "alias-taken";
}

const NEVER: EpochMs = epochMs(0);

const newAccount = (row: NewAccount): Db["accounts"] => ({
  account_id: row.accountId,
  alias: row.alias ?? null,
  root_email: row.rootEmail,
  root_email_folded: foldCase(row.rootEmail),
  created_at: row.createdAt,
  user_count: 0,
  group_count: 0,
  role_count: 0,
  policy_count: 0,
  virtual_mfa_count: 0,
  mfa_in_use_count: 0,
  sessions_not_before: NEVER,
  revision: 0,
});

const toAccount = (row: Selectable<Db["accounts"]>): AccountRow => ({
  accountId: row.account_id,
  alias: row.alias ?? undefined,
  rootEmail: row.root_email,
  createdAt: row.created_at,
  userCount: row.user_count,
  groupCount: row.group_count,
  roleCount: row.role_count,
  policyCount: row.policy_count,
  virtualMfaCount: row.virtual_mfa_count,
  mfaInUseCount: row.mfa_in_use_count,
  sessionsNotBefore: row.sessions_not_before,
  revision: row.revision,
});
