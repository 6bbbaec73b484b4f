import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { epochMs } from "#base/clock.ts";
import { lookUp, table } from "#base/table.ts";
import { DEPLOYMENT } from "#operations/countersign/account-names.ts";
import type { Transaction } from "#ports/store.ts";
import type { DumpedRow, LoadOptions } from "#storage/backup.ts";
import { StorageError } from "#storage/errors.ts";
import { MIGRATIONS } from "#storage/migrations.ts";
import { type OpenStore, openStore } from "#storage/open.ts";
import { TABLE_NAMES } from "#storage/tables.ts";
import { onBothDatabases } from "./databases.ts";
import { eventOf, makeAccount, NOW } from "./fixtures.ts";
import { fillStore } from "./full-store.ts";

const AS_IT_IS: LoadOptions = { floorStep: () => 0 };

const dumpOf = async (store: OpenStore): Promise<readonly DumpedRow[]> => {
  const rows = [];
  for await (const { table, row } of store.backup.dump()) rows.push({ table, row: { ...row } });
  return rows;
};

/** What the migrations since 002 added. */
const SINCE_VERSION_2 = {
  tables: new Set([
    ...["groups", "group_members", "roles", "policies", "policy_versions", "inline_policies"],
    ...["browsers", "mfa_reminders", "contacts", "sign_in_days"],
  ]),
  columns: table({
    accounts: ["group_count", "role_count", "policy_count"],
    users: [
      ...["group_count", "inline_count", "inline_size", "boundary_arn"],
      ...["active_key_count", "oldest_active_key_at"],
    ],
    events: ["principal_id"],
  }),
};

const without = (row: DumpedRow["row"], columns: readonly string[] = []): DumpedRow["row"] =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !columns.includes(name)));

const asOfVersion1 = ({ table: name, row }: DumpedRow): DumpedRow => ({
  table: name,
  row: name === "schema_version" ? { version: 1 } : without(row, lookUp(SINCE_VERSION_2.columns, name)),
});

/** A dump that went through one database and back through the other. */
let original: readonly DumpedRow[] | undefined;

onBothDatabases((fresh) => {
  let store: OpenStore;
  let rows: readonly DumpedRow[];
  /** Stays so through all that is refused. */
  let empty: OpenStore;
  before(async () => {
    empty = await openStore(await fresh());
    store = await openStore(await fresh());
    await fillStore(store);
    rows = await dumpOf(store);
  });
  after(async () => {
    await empty.close();
    await store.close();
  });

  const load = async (from: Iterable<DumpedRow>, options = AS_IT_IS): Promise<readonly DumpedRow[]> => {
    const other = await openStore(await fresh());
    try {
      await other.backup.load(from, options);
      return await dumpOf(other);
    } finally {
      await other.close();
    }
  };

  test("what was dumped and loaded is the same, table by table", async () => {
    const tables = new Set(rows.map(({ table }) => table));
    const expected = ["schema_version", ...TABLE_NAMES];
    assert.deepEqual([...tables], expected, "every table has a row in this test");
    assert.deepEqual(await load(rows), rows);
  });

  test("sessions, half-way sign-ins, their throttles, links and notices are of their own moment: no dump has them", async () => {
    const passing = [
      "console_sessions",
      "signins",
      "signin_throttles",
      "setup_links",
      "contact_confirmations",
      "notices",
    ];
    assert.deepEqual(
      rows.filter(({ table }) => passing.includes(table)),
      [],
    );
    assert.ok(await store.reader.setUpLinks.holds("link", NOW), "there was one to leave out");
  });

  test("a dump of the version before can be loaded: what it has no column for takes its default", async () => {
    const older = rows.filter(({ table }) => !SINCE_VERSION_2.tables.has(table)).map(asOfVersion1);
    const loaded = await load(older);
    const bare = loaded.map(({ table, row }) => ({
      table,
      row: without(row, lookUp(SINCE_VERSION_2.columns, table)),
    }));
    const version = { table: "schema_version", row: { version: MIGRATIONS.length } };
    assert.deepEqual(bare, [version, ...older.slice(1)]);
  });

  test("what a dump of the version before does not say of active keys is counted from them", async () => {
    const older = rows.filter(({ table }) => !SINCE_VERSION_2.tables.has(table)).map(asOfVersion1);
    const keysOf = (all: readonly DumpedRow[]) =>
      all
        .filter(({ table }) => table === "users")
        .map(({ row }) => [row.user_id, row.active_key_count, row.oldest_active_key_at]);
    assert.ok(keysOf(rows).some(([, count]) => count === 1));
    assert.deepEqual(keysOf(await load(older)), keysOf(rows));
  });

  test("whose an event is, is read from its record where a dump does not say it", async () => {
    const record = JSON.stringify({ userIdentity: { type: "IAMUser", principalId: "AIDAOLD" } });
    const older = rows.map((each) =>
      each.table === "events" ? { ...each, row: { ...without(each.row, ["principal_id"]), record } } : each,
    );
    const events = (await load(older)).filter(({ table }) => table === "events");
    assert.ok(events.length > 0);
    assert.ok(events.every(({ row }) => row.principal_id === "AIDAOLD"));
  });

  test("a dump goes from one database to the other", async () => {
    if (original !== undefined) assert.deepEqual(await load(original), original);
    original = rows;
  });

  test("floors rise to where nothing claimed later is accepted again, sessions end", async () => {
    const floorStep = (drift: number) => 1_000 + drift;
    const restored = await load(rows, { floorStep, sessionsNotBefore: NOW + 5 });
    const was = rows.filter(({ table }) => table === "mfa_seeds");
    const is = restored.filter(({ table }) => table === "mfa_seeds");
    assert.ok(was.length > 1);
    for (const [at, { row }] of was.entries()) {
      const floor = Math.max(Number(row.floor_step), 1_000 + Number(row.drift));
      assert.deepEqual(is[at]?.row, { ...row, floor_step: floor });
    }
    const accounts = restored.filter(({ table }) => table === "accounts");
    assert.ok(accounts.every(({ row }) => Number(row.sessions_not_before) >= NOW + 5));
  });

  test("a dump is of one moment", async () => {
    const seen: unknown[] = [];
    let late: string | undefined;
    for await (const { table, row } of store.backup.dump()) {
      // The accounts have not been read yet.
      if (table === "schema_version") late = await makeAccount(store);
      if (table === "accounts") seen.push(row.account_id);
    }
    assert.ok(seen.length > 0 && !seen.includes(late));
  });

  test("a dump that is left early lets go", async () => {
    for (let times = 0; times < 30; times += 1) for await (const _ of store.backup.dump()) break;
    assert.ok((await dumpOf(store)).length > 0);
  });

  test("only an empty database is loaded into", async () => {
    await assert.rejects(store.backup.load(rows, AS_IT_IS), /^StorageError: the database is not empty$/);
  });

  const damage: Record<string, (all: readonly DumpedRow[]) => readonly DumpedRow[]> = {
    "no rows": () => [],
    "no version": (all) => all.slice(1),
    "no clock": (all) => all.filter(({ table }) => table !== "clock"),
    "a newer version": (all) => [{ table: "schema_version", row: { version: 99 } }, ...all.slice(1)],
    "an unknown table": (all) => [...all, { table: "users; drop", row: {} }],
    "a table called as a prototype": (all) => [...all, { table: "__proto__", row: {} }],
    "an unknown column": (all) => all.map(({ table, row }) => ({ table, row: { ...row, evil: 1 } })),
    "a column of another type": (all) =>
      all.map(({ table, row }) => ({ table, row: table === "users" ? { ...row, created_at: "x" } : row })),
    "a missing value": (all) =>
      all.map(({ table, row }) => ({ table, row: table === "users" ? { ...row, path: null } : row })),
  };
  for (const [name, spoil] of Object.entries(damage))
    test(`refused, and nothing kept: ${name}`, async () => {
      await assert.rejects(empty.backup.load(spoil(rows), AS_IT_IS), StorageError);
      assert.deepEqual(
        (await dumpOf(empty)).map(({ table }) => table),
        ["schema_version", "clock"],
      );
    });

  test("what is written within a load is there with every row, or neither is", async () => {
    const event = eventOf(DEPLOYMENT, "restored");
    const append = (tx: Transaction) => tx.events.append(event);
    const isIt = ({ table, row }: DumpedRow) => table === "events" && row.event_id === event.eventId;
    const loaded = await load(rows, { ...AS_IT_IS, within: append });
    assert.equal(loaded.filter(isIt).length, 1);
    assert.deepEqual(
      loaded.filter((row) => !isIt(row)),
      rows,
    );

    const cutOff = async (tx: Transaction) => {
      await append(tx);
      throw new Error("killed");
    };
    await assert.rejects(empty.backup.load(rows, { ...AS_IT_IS, within: cutOff }), /killed/);
    assert.deepEqual(
      (await dumpOf(empty)).map(({ table }) => table),
      ["schema_version", "clock"],
    );
  });

  test("re-sealing visits every sealed value under its own context", async () => {
    const contexts: string[] = [];
    const { seen, changed } = await store.reseal(({ purpose, context, sealed }) => {
      contexts.push(context);
      assert.ok(context.startsWith(`${purpose}/`));
      return sealed[0] === 1 ? Uint8Array.of(2, ...sealed) : undefined;
    });
    assert.deepEqual([seen, changed], [contexts.length, contexts.length]);
    assert.equal(new Set(contexts).size, contexts.length);
    assert.ok(contexts.length > 450, "more than two pages");
    assert.deepEqual(await store.reseal(() => undefined), { seen, changed: 0 });
  });

  test("of two that re-seal at once each value is one's", async () => {
    const by = (mark: number) =>
      store.reseal(({ sealed }) => (sealed[0] === 2 ? Uint8Array.of(mark, ...sealed) : undefined));
    const [one, two] = await Promise.all([by(3), by(4)]);
    assert.equal(one.changed + two.changed, one.seen);
    assert.equal(one.seen, two.seen);
  });

  test("the clock row is the dump's", async () => {
    await store.clock.raise(epochMs(NOW + 77));
    const restored = await load(await dumpOf(store));
    const clock = restored.find(({ table }) => table === "clock");
    assert.equal(clock?.row.highest, NOW + 77);
  });
});
