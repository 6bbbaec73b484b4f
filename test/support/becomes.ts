import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { inspect, isDeepStrictEqual } from "node:util";

/** Far more than anything here takes, also on a slow machine with other work. */
const WITHIN_MS = 45_000;
const BETWEEN_MS = 20;

/** Looks until `now` is `expected`: for what another process does in its own time. `more` is told where it never is. */
export async function becomes<T>(expected: T, now: () => T | Promise<T>, more = () => ""): Promise<void> {
  const end = performance.now() + WITHIN_MS;
  for (let seen = await now(); !isDeepStrictEqual(seen, expected); seen = await now()) {
    if (performance.now() > end)
      assert.fail(`did not become ${inspect(expected)}, but is ${inspect(seen)}\n${more()}`);
    await delay(BETWEEN_MS);
  }
}
