import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { freshFolder, run } from "../support/server.ts";

const DURABLE = join(import.meta.dirname, "../../src/cli/place/durable.ts");

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  test(`who is ended by ${signal} while a file is written leaves none behind`, async () => {
    const folder = freshFolder("durable");
    const script = `
      const { writeDurably } = await import(${JSON.stringify(DURABLE)});
      await writeDurably(process.argv[1], 0o600, "new", async (file) => {
        await file.writeFile("half");
        process.kill(process.pid, ${JSON.stringify(signal)});
        setInterval(() => {}, 1000);
        await new Promise(() => {});
      });`;
    const node = [process.execPath, "--input-type=module", "-e", script, join(folder, "file")];
    const { code } = await run("/bin/sh", ["-c", '"$@"', "sh", ...node]);
    assert.ok(code > 128, `ended with ${code}`);
    assert.deepEqual(readdirSync(folder), []);
  });
}
