import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { PAGES } from "../../docs/reference/pages.ts";

const folder = join(import.meta.dirname, "../../docs/reference");

for (const [name, render] of Object.entries(PAGES)) {
  test(`${name} says what the tables say (else: npm run reference)`, async () => {
    assert.equal(readFileSync(join(folder, name), "utf8"), await render());
  });
}
