import assert from "node:assert/strict";
import test from "node:test";
import { loadedOnce } from "#base/loaded.ts";

test("loaded at the first use, once, and for all who asked meanwhile; a failure is not kept", async () => {
  let loads = 0;
  const failing = { first: true };
  const get = loadedOnce(async () => {
    loads += 1;
    if (failing.first) throw new Error("too many open files");
    return { loads };
  });
  assert.equal(loads, 0);
  const asked = await Promise.allSettled([get(), get()]);
  assert.deepEqual(
    asked.map(({ status }) => status),
    ["rejected", "rejected"],
  );
  assert.equal(loads, 1);
  failing.first = false;
  const [one, other] = await Promise.all([get(), get()]);
  assert.equal(one, other);
  assert.equal(await get(), one);
  assert.equal(loads, 2);
});
