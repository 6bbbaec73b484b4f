import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import test from "node:test";
import { systemClock } from "#base/clock.ts";
import { offerSetUp } from "#cli/place/set-up-link.ts";
import { secretHash } from "#signin/token.ts";
import { freshFolder } from "../support/server.ts";
import { openWorld, type World } from "../support/world.ts";

const OWN = "http://localhost:8400";

interface Offered {
  readonly stdout: string;
  readonly stderr: string;
}

/** A start of the server on the world's store: what it says. */
async function offer(world: World, folder: string, url = OWN, isTTY = false): Promise<Offered> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const io = { stdin, stdout: Object.assign(stdout, { isTTY }), stderr, env: {} };
  await offerSetUp(io, world, folder, url);
  return { stdout: await text(stdout.end()), stderr: await text(stderr.end()) };
}

/** Whether the store takes the token of a link. */
async function isGood(world: World, link: string): Promise<boolean> {
  const token = secretHash(link.trimEnd().split("#")[1] ?? "");
  return token !== undefined && world.store.reader.setUpLinks.holds(token, systemClock());
}

test("what is no terminal is told the path of a file that its owner alone reads; a restart replaces the link", async () => {
  await using world = await openWorld();
  const folder = join(freshFolder("link"), "made");
  const path = join(folder, "set-up-link");
  const first = await offer(world, folder);
  assert.deepEqual(first, {
    stdout: "",
    stderr: `countersign: there is no account yet: open the link in \`${path}\` within an hour, or start the server again for another\n`,
  });
  const link = readFileSync(path, "utf8");
  assert.match(link, /^http:\/\/localhost:8400\/setup#[\w-]{43}\n$/);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.ok(await isGood(world, link));

  await offer(world, folder);
  const next = readFileSync(path, "utf8");
  assert.notEqual(next, link);
  assert.deepEqual([await isGood(world, link), await isGood(world, next)], [false, true]);
});

test("a terminal is shown the link, and no file holds it", async () => {
  await using world = await openWorld();
  const folder = freshFolder("link");
  const { stdout, stderr } = await offer(world, folder, "https://id.example.com", true);
  assert.match(stdout, /^set up https:\/\/id\.example\.com\/setup#[\w-]{43}\n$/);
  assert.doesNotMatch(stderr, /#/);
  assert.ok(await isGood(world, stdout));
  assert.equal(existsSync(join(folder, "set-up-link")), false);
});

test("over plain http to elsewhere nobody is given a link", async () => {
  await using world = await openWorld();
  const folder = freshFolder("link");
  for (const url of ["http://id.example.com", "http://10.0.0.5:8400", "http://localhost.example.com"]) {
    const { stdout, stderr } = await offer(world, folder, url, true);
    assert.equal(stdout, "");
    assert.match(stderr, /over plain http no link is given to make one: `countersign account create` makes/);
  }
  for (const url of ["http://127.0.0.1:8400", "http://[::1]:8400", "http://localhost"]) {
    assert.match((await offer(world, folder, url, true)).stdout, /^set up /, url);
  }
});

test("where there is an account nothing is said, and an old link's file goes", async () => {
  await using world = await openWorld();
  const folder = freshFolder("link");
  await offer(world, folder);
  await world.account();
  assert.deepEqual(await offer(world, folder), { stdout: "", stderr: "" });
  assert.equal(existsSync(join(folder, "set-up-link")), false);
});

test("a folder that takes no file does not keep the server from serving", async () => {
  await using world = await openWorld();
  const file = join(freshFolder("link"), "file");
  writeFileSync(file, "");
  const { stdout, stderr } = await offer(world, join(file, "folder"));
  assert.equal(stdout, "");
  assert.match(stderr, /cannot be written to hold a link: `countersign account create` makes/);
});
