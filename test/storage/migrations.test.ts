import assert from "node:assert/strict";
import { copyFileSync, existsSync, statSync } from "node:fs";
import { test } from "node:test";
import { sql } from "kysely";
import { StorageError } from "#storage/errors.ts";
import { MIGRATIONS, type Migration } from "#storage/migrations.ts";
import { openStore, type StoreConfig } from "#storage/open.ts";
import { onBothDatabases, onSqlite } from "./databases.ts";
import { makeAccount, rowsOf } from "./fixtures.ts";
import { startRivals } from "./rivals.ts";

const nextStep: Migration = async (db, { text }) => {
  await sql.raw(`alter table accounts add column note ${text}`).execute(db);
};
const badStep: Migration = async (db, types) => {
  await nextStep(db, types);
  throw new Error("a bad step");
};
const NEXT = [...MIGRATIONS, nextStep];

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
