import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { destination } from "pino";
import { openLog } from "../../src/server/log.ts";

test("of an error the log tells type, sentence, code, stack and causes, and nothing else that it carries", () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-log-"));
  try {
    const path = join(folder, "log");
    const log = openLog("info", destination({ dest: path, sync: true }));
    // as `pg` makes them
    const row = 'Failing row contains (123456789012, $argon2id$secret, "seed").';
    const cause = Object.assign(new Error("violates check constraint"), {
      code: "23514",
      detail: row,
      where: row,
    });
    const err = Object.assign(new Error("the write failed", { cause }), { detail: row });
    log.error({ err }, "a call failed inside");
    const text = readFileSync(path, "utf8");
    assert.equal(text.includes("argon2id"), false, text);
    const { err: told } = JSON.parse(text);
    assert.deepEqual(
      [told.type, told.message, told.cause.message, told.cause.code],
      ["Error", "the write failed", "violates check constraint", "23514"],
    );
    assert.match(told.stack, /log\.test\.ts/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
