import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import type { AccountId } from "#identity/ids.ts";
import type { StoreConfig } from "#storage/open.ts";

/**
 * Fills an account with users straight in the database: every second has a password, two of three have signed in, one of ten has a
 * key, one of 5,000 a device; every second is in the group `half`, one of a thousand in `few`. Their names lie in another order
 * than their moments.
 */
export async function fillUsers(config: StoreConfig, account: AccountId, count: number): Promise<void> {
  if (config.kind === "sqlite") fillFile(config.path, statements(account, count));
  else await fillPostgres(config.url, statements(account, count));
}

async function fillPostgres(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  // what its own tidying does within minutes
  await client.query("vacuum analyze users");
  await client.end();
}

function fillFile(path: string, statements: readonly string[]): void {
  const db = new DatabaseSync(path);
  db.exec("pragma cache_size = -1000000; pragma synchronous = off; begin");
  for (const statement of statements) db.exec(statement);
  db.exec("commit");
  db.close();
}

const statements = (account: AccountId, count: number): readonly string[] => [
  `with recursive numbers (n) as (select cast(0 as bigint) union all select n + 1 from numbers where n < ${count - 1})
    insert into users (account_id, user_id, user_name, user_name_folded, path, created_at, password_last_used, tags, mfa_count,
      access_key_count, policy_count, has_login_profile, sessions_not_before, active_key_count, oldest_active_key_at)
    select '${account}', 'AIDA' || (n * 48271 % 2147483647), 'user-' || (n * 7919 % 1000003) || '@example.com',
      'user-' || (n * 7919 % 1000003) || '@example.com', '/', 1600000000000 + n * 1000,
      case when n % 3 = 0 then null else 1700000000000 + n * 104729 % 1000003 * 1000 end, '[]',
      case n % 5000 when 1 then 1 else 0 end, case n % 10 when 0 then 1 else 0 end, 0, n % 2, 0, case n % 10 when 0 then 1 else 0 end,
      case when n % 10 = 0 then 1650000000000 + n * 31 % 1000003 * 1000 end
    from numbers`,
  ...[
    ["half", 2],
    ["few", 1000],
  ].flatMap(([name, each]) => [
    `insert into groups (account_id, group_id, group_name, group_name_folded, path, created_at, member_count, policy_count,
        inline_count, inline_size)
      values ('${account}', 'AGPA${name}', '${name}', '${name}', '/', 1, 0, 0, 0, 0)`,
    `insert into group_members select account_id, 'AGPA${name}', user_id, 1 from users
      where account_id = '${account}' and created_at / 1000 % ${each} = 0 and user_id <> account_id`,
    `update groups set member_count = (select count(*) from group_members where group_id = 'AGPA${name}')
      where group_id = 'AGPA${name}'`,
  ]),
  `update accounts set user_count = user_count + ${count} where account_id = '${account}'`,
];
