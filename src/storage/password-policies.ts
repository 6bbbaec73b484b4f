import type { Kysely, Selectable } from "kysely";
import type { PasswordPolicyReads, PasswordPolicyRow, PasswordPolicyWrites } from "#ports/passwords.ts";
import { bit, deleted } from "./rows.ts";
import type { Db } from "./schema.ts";

export const passwordPolicyReads = (db: Kysely<Db>): PasswordPolicyReads => ({
  load: async (account) => {
    const row = await db
      .selectFrom("password_policies")
      .selectAll()
      .where("account_id", "=", account)
      .executeTakeFirst();
    return row && toPolicy(row);
  },
});

export const passwordPolicyWrites = (db: Kysely<Db>): PasswordPolicyWrites => ({
  put: async (account, row) => {
    const columns = fromPolicy(row);
    await db
      .insertInto("password_policies")
      .values({ account_id: account, ...columns })
      .onConflict((conflict) => conflict.column("account_id").doUpdateSet(columns))
      .execute();
  },
  remove: async (account) =>
    deleted(await db.deleteFrom("password_policies").where("account_id", "=", account).executeTakeFirst()),
});

const fromPolicy = (row: PasswordPolicyRow): Omit<Db["password_policies"], "account_id"> => ({
  minimum_password_length: row.minimumPasswordLength,
  require_symbols: bit(row.requireSymbols),
  require_numbers: bit(row.requireNumbers),
  require_uppercase_characters: bit(row.requireUppercaseCharacters),
  require_lowercase_characters: bit(row.requireLowercaseCharacters),
  allow_users_to_change_password: bit(row.allowUsersToChangePassword),
  max_password_age: row.maxPasswordAge,
  password_reuse_prevention: row.passwordReusePrevention,
  hard_expiry: bit(row.hardExpiry),
});

const toPolicy = (row: Selectable<Db["password_policies"]>): PasswordPolicyRow => ({
  minimumPasswordLength: row.minimum_password_length,
  requireSymbols: row.require_symbols === 1,
  requireNumbers: row.require_numbers === 1,
  requireUppercaseCharacters: row.require_uppercase_characters === 1,
  requireLowercaseCharacters: row.require_lowercase_characters === 1,
  allowUsersToChangePassword: row.allow_users_to_change_password === 1,
  maxPasswordAge: row.max_password_age,
  passwordReusePrevention: row.password_reuse_prevention,
  hardExpiry: row.hard_expiry === 1,
});
