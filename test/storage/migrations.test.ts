import assert from "node:assert/strict";
import { copyFileSync, existsSync, statSync } from "node:fs";
import { test } from "node:test";
import { sql } from "kysely";
import { renderEvent } from "#audit/event.ts";
import type { UserIdentity } from "#audit/identity.ts";
import { epochMs } from "#base/clock.ts";
import type { AccountId, Arn, PrincipalId } from "#identity/ids.ts";
import { StorageError } from "#storage/errors.ts";
import { MIGRATIONS, type Migration } from "#storage/migrations.ts";
import { openStore, type StoreConfig } from "#storage/open.ts";
import { onBothDatabases, onSqlite } from "./databases.ts";
import { makeAccount, makeGroup, rowsOf, SEALED } from "./fixtures.ts";
import { startRivals } from "./rivals.ts";

const nextStep: Migration = async (db, { text }) => {
  await sql.raw(`alter table accounts add column note ${text}`).execute(db);
};
const badStep: Migration = async (db, types) => {
  await nextStep(db, types);
  throw new Error("a bad step");
};
const NEXT = [...MIGRATIONS, nextStep];

const ACCOUNT = "111122223333" as AccountId; // an id needs no parser here

/** With an account, a user and what is attached to him, as the code of that time wrote them. */
const openStoreOfVersion1 = (config: StoreConfig) => {
  const step: Migration = async (db, types) => {
    await MIGRATIONS[0]?.(db, types);
    for (const statement of ROWS_OF_VERSION_1) await sql.raw(statement).execute(db);
  };
  return openStore(config, { migrations: [step] });
};

const ROWS_OF_VERSION_1 = [
  `insert into accounts values ('111122223333', null, 'r@x.example', 'r@x.example', 1, 1, 0, 0, 0, 0)`,
  `insert into users values ('111122223333', 'AIDAOLD', 'old', 'old', '/', 1, null, '[]', 0, 0, 1, 0, 0)`,
  `insert into attached_policies values
    ('111122223333', 'AIDAOLD', 'arn:aws:iam::aws:policy/AdministratorAccess', 1)`,
];

const ROWS_OF_VERSION_4 = [
  sql`insert into accounts (account_id, root_email, root_email_folded, created_at, user_count, virtual_mfa_count,
    mfa_in_use_count, sessions_not_before, revision) values (${ACCOUNT}, 'r', 'r', 1, 2, 0, 0, 0, 0)`,
  ...["old", "none"].map(
    (
      user,
    ) => sql`insert into users (account_id, user_id, user_name, user_name_folded, path, created_at, tags, mfa_count,
      access_key_count, policy_count, has_login_profile, sessions_not_before)
      values (${ACCOUNT}, ${user}, ${user}, ${user}, '/', 1, '[]', 0, 2, 0, 0, 0)`,
  ),
  ...(
    [
      ["old", "AKIA1", "Inactive", 5],
      ["old", "AKIA2", "Active", 9],
      ["old", "AKIA3", "Active", 7],
      ["none", "AKIA4", "Inactive", 3],
    ] as const
  ).map(
    ([user, key, status, at]) =>
      sql`insert into access_keys values (${key}, ${ACCOUNT}, ${user}, ${SEALED}, ${status}, ${at}, null, null, null)`,
  ),
];

const ANA = "AIDAABCDEFGHIJKLMNOPQ";
const eventOfVersion8 = (at: number, id: string, identity: Partial<UserIdentity>) => {
  const facts = {
    ...{ eventId: id, requestId: "r", time: epochMs(at), accountId: ACCOUNT, region: "us-east-1" },
    ...{ eventSource: "iam.amazonaws.com", eventName: "GetUser", sourceIp: "192.0.2.7", userAgent: "a" },
    ...{ readOnly: true, requestParameters: null, responseElements: null, error: undefined, decision: {} },
    ...(id === "call" ? {} : { signIn: {} }),
    // in the order in which they are written
    identity: { type: "IAMUser", ...identity, accountId: ACCOUNT } as const,
  };
  const { record, userName = null } = renderEvent(facts);
  return sql`insert into events (account_id, event_time, event_id, event_source, event_name, read_only, user_name, record, decision)
    values (${ACCOUNT}, ${at}, ${id}, 's', 'n', 1, ${userName}, ${record}, '{}')`;
};
const EVENTS_OF_VERSION_8 = [
  eventOfVersion8(1, "call", { principalId: ANA, userName: "ana" }),
  eventOfVersion8(2, "sign-in", { principalId: ANA, userName: "ana" }),
  eventOfVersion8(3, "typed", { userName: "HIDDEN_DUE_TO_SECURITY_REASONS", accessKeyId: "" }),
  eventOfVersion8(4, "root", { type: "Root", principalId: ACCOUNT }),
];

const versionOf = async (config: StoreConfig, migrations = MIGRATIONS): Promise<unknown> => {
  const store = await openStore(config, { migrations });
  const [version] = await rowsOf(store, "schema_version");
  await store.close();
  return version?.version;
};

onBothDatabases((fresh) => {
  test("two processes start at once on nothing", async () => {
    const config = await fresh();
    const rivals = await startRivals(config);
    const founded = await rivals.both("found", (which) => ({ key: `key-${which}` }));
    await rivals.end();
    assert.equal(founded.filter(Boolean).length, 1);
    assert.equal(await versionOf(config), MIGRATIONS.length);
  });

  test("an older database is brought forward with what it holds", async () => {
    const config = await fresh();
    const older = await openStore(config);
    const account = await makeAccount(older);
    await older.close();
    assert.equal(await versionOf(config, NEXT), NEXT.length);
    const newer = await openStore(config, { migrations: NEXT });
    assert.ok(await newer.reader.accounts.load(account));
    await newer.close();
  });

  test("attachments of version 1 are kept, and groups and roles may have some too", async () => {
    const config = await fresh();
    const before = await openStoreOfVersion1(config);
    await before.close();
    const store = await openStore(config);
    const arn = "arn:aws:iam::aws:policy/AdministratorAccess" as Arn; // an AWS managed policy's own ARN
    const user = await store.reader.users.byName(ACCOUNT, "old");
    assert.ok(user);
    assert.deepEqual([user.policyCount, user.groupCount, user.boundaryArn], [1, 0, undefined]);
    assert.deepEqual(await store.reader.attachments.listFor(ACCOUNT, user.userId, { limit: 9 }), [arn]);
    assert.equal((await store.reader.accounts.load(ACCOUNT))?.groupCount, 0);
    const group = await makeGroup({ store, account: ACCOUNT }, "new");
    const attach = () => store.write((tx) => tx.attachments.attach(ACCOUNT, group, arn, epochMs(2)));
    assert.equal(await attach(), "attached");
    await store.close();
  });

  test("active keys of the time before they were counted are counted", async () => {
    const config = await fresh();
    const before: Migration = async (db, types) => {
      for (const step of MIGRATIONS.slice(0, 4)) await step(db, types);
      for (const row of ROWS_OF_VERSION_4) await row.execute(db);
    };
    const none: Migration = async () => {};
    const older = await openStore(config, { migrations: [none, none, none, before] });
    await older.close();
    const store = await openStore(config);
    // ids need no parser here
    const loaded = await store.reader.userSummaries.load(ACCOUNT, ["old", "none"] as PrincipalId[]);
    assert.deepEqual(
      loaded.map(({ activeKeys, oldestActiveKeyAt }) => [activeKeys, oldestActiveKeyAt]),
      [
        [2, 7],
        [0, undefined],
      ],
    );
    await store.close();
  });

  test("whose an event is, is read from records of the time before it had a column", async () => {
    const config = await fresh();
    const before: Migration = async (db, types) => {
      for (const step of MIGRATIONS.slice(0, 7)) await step(db, types);
      await ROWS_OF_VERSION_4[0]?.execute(db);
      for (const row of EVENTS_OF_VERSION_8) await row.execute(db);
    };
    const none: Migration = async () => {};
    const older = await openStore(config, { migrations: [...Array(6).fill(none), before] });
    await older.close();
    const store = await openStore(config);
    // an id needs no parser here
    const found = await store.reader.events.ofPrincipal(ACCOUNT, ANA as PrincipalId, { limit: 9 });
    assert.deepEqual(
      found.map(({ eventId }) => eventId),
      ["sign-in", "call"],
    );
    const events = await rowsOf(store, "events");
    assert.deepEqual(
      events.map((row) => [row.event_id, row.principal_id]),
      [
        ["call", ANA],
        ["sign-in", ANA],
        ["typed", null],
        ["root", null],
      ],
    );
    await store.close();
  });

  test("a newer database is refused in a sentence", async () => {
    const config = await fresh();
    await versionOf(config, NEXT);
    await assert.rejects(openStore(config), (error) => {
      assert.ok(error instanceof StorageError);
      const sentence = `the database is of version ${NEXT.length}, this program knows versions up to ${MIGRATIONS.length}`;
      assert.equal(error.message, sentence);
      assert.match(error.hint, /run the newer program/);
      return true;
    });
    assert.equal(await versionOf(config, NEXT), NEXT.length);
  });

  test("a step that fails leaves the database as it was", async () => {
    const config = await fresh();
    await versionOf(config);
    await assert.rejects(openStore(config, { migrations: [...MIGRATIONS, badStep] }), /a bad step/);
    assert.equal(await versionOf(config), MIGRATIONS.length);
    assert.equal(await versionOf(config, NEXT), NEXT.length);
  });
});

onSqlite((fresh) => {
  test("a copy is kept before a database is migrated, none of a new one", async () => {
    const config = await fresh();
    assert.equal(config.kind, "sqlite");
    const store = await openStore(config);
    const account = await makeAccount(store);
    await store.close();
    const copy = `${config.path}.before-version-${NEXT.length}`;
    for (const version of NEXT.keys())
      assert.equal(existsSync(`${config.path}.before-version-${version}`), false);
    await versionOf(config, NEXT);
    assert.equal(existsSync(copy), true);
    assert.equal(existsSync(`${copy}.part`), false);
    assert.equal(statSync(copy).mode & 0o777, 0o600);
    const place = { kind: "sqlite", path: `${copy}.opened` } as const;
    copyFileSync(copy, place.path);
    const old = await openStore(place);
    assert.ok(await old.reader.accounts.load(account));
    await old.close();
    assert.equal(await versionOf(place), MIGRATIONS.length);
  });
});
