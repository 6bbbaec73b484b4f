import assert from "node:assert/strict";
import { test } from "node:test";
import { openStore, type StoreConfig } from "#storage/open.ts";
import { LONG } from "../support/long.ts";
import { onBothDatabases } from "./databases.ts";
import { makeAccount, makeDevice, makeUser } from "./fixtures.ts";
import { changesIn, eventsIn, type Target } from "./kill-changes.ts";
import { everything, writeUntilKilled } from "./kill-run.ts";

const KILLS = LONG ? 50 : 5;
/** The longest that a writer lives after its first acknowledged change. */
const LIFE_MS = 120;

/** Guarantee 8: every acknowledged change survives `kill -9`, with its event, and no event exists without its change. */
onBothDatabases(
  (fresh) => {
    test(`${KILLS} kills in the middle of mixed writes`, { timeout: 600_000 }, async () => {
      const config = await fresh();
      const target = await prepare(config);
      const acknowledged = new Set<string>();
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const fresh = await writeUntilKilled(config, target, kill, Math.random() * LIFE_MS);
        assert.ok(fresh.length > 0, "the writer wrote");
        for (const change of fresh) acknowledged.add(change);
        await verify(config, target, acknowledged);
      }
    });
  },
  // a killed client takes nothing from PostgreSQL, synced or not; the long form is as in earnest all the same
  { fsync: LONG },
);

async function prepare(config: StoreConfig): Promise<Target> {
  const store = await openStore(config);
  const account = await makeAccount(store);
  const user = await makeUser({ store, account }, "owner");
  const seed = await makeDevice({ store, account }, "phone", user);
  await store.close();
  return { account, user, seed };
}

async function verify(config: StoreConfig, target: Target, acknowledged: ReadonlySet<string>): Promise<void> {
  const store = await openStore(config);
  try {
    const rows = await everything(store);
    const events = eventsIn(rows);
    const lost = [...acknowledged].filter((change) => !events.has(change));
    assert.deepEqual(lost, [], "acknowledged, but without an event");
    assert.deepEqual(changesIn(rows, target), events, "the changes are those that have events");
    const [claimed] = [...acknowledged].filter((change) => change.startsWith("claim-")).slice(-1);
    assert.ok(claimed);
    const step = Number(claimed.slice("claim-".length));
    assert.equal(await store.write((tx) => tx.seeds.claim(target.account, target.seed, step)), false);
  } finally {
    await store.close();
  }
}
