import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { type EpochMs, epochMs } from "#base/clock.ts";
import type { AccountId } from "#identity/ids.ts";
import type { UserOrder, UserQuery } from "#ports/user-summaries.ts";
import { openStore } from "#storage/open.ts";
import { openSqlite } from "#storage/sqlite/engine.ts";
import { userSummaryReads } from "#storage/user-summaries.ts";
import { onSqlite } from "./databases.ts";
import { makeAccount } from "./fixtures.ts";

/** More than are looked through before all are. */
const USERS = 5000;

/** Moments and devices lie otherwise than the names, and many are alike. */
const fill = (account: AccountId): string => `
  with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n < ${USERS - 1})
  insert into users (account_id, user_id, user_name, user_name_folded, path, created_at, password_last_used, tags, mfa_count,
    access_key_count, policy_count, has_login_profile, sessions_not_before, active_key_count, oldest_active_key_at)
  select '${account}', 'AIDA' || n, 'u' || (n * 7919 % 100003), 'u' || (n * 7919 % 100003), '/', n / 10,
    case when n % 3 = 0 then null else n * 31 % 997 end, '[]', n % 40 = 7, n % 50 = 0, 0, n % 2, 0, n % 50 = 0,
    case when n % 50 = 0 then n * 17 % 101 end
  from numbers`;

const ANYBODY: UserQuery = {
  search: undefined,
  hasMfa: undefined,
  hasPassword: undefined,
  group: undefined,
  signedInUntil: undefined,
  keyUntil: undefined,
  order: "name",
  descending: false,
};

const moment = (at: number): EpochMs => epochMs(at);

const FILTERS: Readonly<Record<string, readonly [Partial<UserQuery>, found: (n: number) => boolean]>> = {
  nothing: [{}, () => true],
  "many have it": [{ hasPassword: true }, (n) => n % 2 === 1],
  "few have it": [{ hasMfa: true }, (n) => n % 40 === 7],
  "hardly anybody": [{ hasMfa: true, keyUntil: moment(5) }, () => false],
  "a part of the name": [{ search: "77" }, (n) => `u${(n * 7919) % 100003}`.includes("77")],
  "an old key": [{ keyUntil: moment(50) }, (n) => n % 50 === 0 && (n * 17) % 101 <= 50],
};

const ORDERS: readonly UserOrder[] = ["name", "created", "password-used", "key-age"];

onSqlite((fresh) => {
  test("pages are the same whether their users are found among the first, in one look or in many", async () => {
    const config = await fresh();
    assert.ok(config.kind === "sqlite");
    const store = await openStore(config);
    const account = await makeAccount(store);
    await store.close();
    const db = new DatabaseSync(config.path);
    db.exec(fill(account));
    db.close();
    const engine = await openSqlite(config.path);
    const inOne = userSummaryReads(engine.reads, { rowsAtOnce: Number.POSITIVE_INFINITY });
    const inMany = userSummaryReads(engine.reads, { rowsAtOnce: 701 });
    for (const [name, [filter, has]] of Object.entries(FILTERS)) {
      const count = Array.from({ length: USERS }, (_, n) => n).filter(has).length;
      assert.equal(await inMany.count(account, { ...ANYBODY, ...filter }, USERS + 1), count, name);
      assert.equal(await inMany.count(account, { ...ANYBODY, ...filter }, 20), Math.min(20, count), name);
      for (const order of ORDERS) {
        for (const descending of [false, true]) {
          const query = { ...ANYBODY, ...filter, order, descending };
          const about = `${name}, by ${order}${descending ? ", turned round" : ""}`;
          const all = await inOne.find(account, query, { limit: USERS + 1 });
          assert.equal(all.length, count, about);
          for (const reads of [inOne, inMany]) {
            for (const from of [0, 40, count - 9].filter((place) => place >= 0 && place < count)) {
              const page = await reads.find(account, query, { after: all[from - 1]?.key, limit: 40 });
              assert.deepEqual(page, all.slice(from, from + 40), about);
            }
          }
        }
      }
    }
    await engine.close();
  });
});
