import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { plainAnswer } from "#server/answers.ts";
import { lazyApp } from "#server/lazy-app.ts";
import type { App } from "#server/open-app.ts";
import type { RawRequest } from "#wire/raw.ts";
import { freshFolder } from "../support/server.ts";

const REQUEST: RawRequest = {
  method: "GET",
  target: "/",
  rawHeaders: [],
  body: new Uint8Array(),
  peer: { address: "127.0.0.1", encrypted: false },
};

const APP: App = { answer: async () => plainAnswer(200, "ok"), refuseBody: () => plainAnswer(413, "long") };

function openTried(open: () => Promise<App>) {
  const logged: string[] = [];
  const note = (fields: object) => void logged.push("err" in fields ? String(fields.err) : "");
  const app = lazyApp(open, { info: note, warn: note, error: note });
  return { app, logged };
}

test("while it cannot be opened each request tries, is told, and a cause is logged once", async () => {
  const causes = ["EMFILE", "EMFILE", "EACCES", "EMFILE"];
  let tries = 0;
  const { app, logged } = openTried(async () => {
    const cause = causes[tries];
    tries += 1;
    if (cause !== undefined) throw new Error(cause);
    return APP;
  });
  await app.warm();
  await app.warm();
  assert.equal(tries, 1, "only requests try again");
  for (const answer of [app.answer, app.refuseBody, app.answer]) {
    const { status, body } = await answer(REQUEST);
    assert.equal(status, 503);
    assert.match(String(body), /could not be loaded: .*tries again/);
  }
  assert.equal((await app.answer(REQUEST)).status, 200);
  assert.equal((await app.refuseBody(REQUEST)).status, 413);
  await app.warm();
  assert.equal(tries, causes.length + 1);
  assert.deepEqual(logged, ["Error: EMFILE", "Error: EACCES", "Error: EMFILE"]);
});

test("a module that was not there is found once it is: Node remembers no load that failed", async () => {
  const folder = join(freshFolder("lazy"), "modules");
  mkdirSync(folder);
  const path = join(folder, "app.ts");
  const { app, logged } = openTried(() => import(path).then(({ openApp }) => openApp()));
  writeFileSync(path, 'import { app } from "./other.ts"; export const openApp = () => app;');
  assert.equal((await app.answer(REQUEST)).status, 503);
  assert.match(logged[0] ?? "", /Cannot find module/);
  writeFileSync(
    join(folder, "other.ts"),
    "export const app = { answer: async () => ({ status: 200, headers: {}, body: '' }) };",
  );
  assert.equal((await app.answer(REQUEST)).status, 200);
});
