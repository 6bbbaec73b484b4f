import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { epochMs } from "#base/clock.ts";
import { changeKeyFile } from "#cli/place/change-keys.ts";
import { createKeyFile, readKeyFile } from "#cli/place/key-file.ts";
import { randomBytes } from "#crypto/random.ts";
import { issueRootKey, rotateRootKeys } from "#crypto/root-key.ts";
import { openStore } from "#storage/open.ts";
import { onBothDatabases } from "../storage/databases.ts";
import { freshFolder } from "../support/server.ts";

onBothDatabases((fresh) => {
  test("of key files changed at once by several processes no key is lost", async () => {
    const config = await fresh();
    const path = join(freshFolder("ring"), "root.key");
    await createKeyFile(path, [issueRootKey(randomBytes)]);
    // each has connections of its own, as a process has
    const stores = [await openStore(config), await openStore(config)];
    const once = (at: number) => {
      const store = stores[at % stores.length];
      assert.ok(store !== undefined);
      return changeKeyFile({ store }, path, (keys) =>
        rotateRootKeys(keys, "retired", epochMs(at * 1000), randomBytes),
      );
    };
    await Promise.all(Array.from({ length: 10 }, (_, at) => once(at)));
    assert.equal((await readKeyFile(path))?.length, 11);
    for (const store of stores) await store.close();
  });
});

test("of two first runs at once both have the same key", async () => {
  const path = join(freshFolder("first"), "root.key");
  const made = await Promise.all(
    Array.from({ length: 8 }, () => createKeyFile(path, [issueRootKey(randomBytes)])),
  );
  assert.equal(new Set(made.map(([key]) => key?.id)).size, 1);
});
