import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { GetUserCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { DAY, epochMs, HOUR, MINUTE } from "#base/clock.ts";
import { openStore } from "#storage/open.ts";
import { inProcess } from "../cli/in-process.ts";
import { clients, refused, sessionOf } from "../support/sdk.ts";
import { SENTENCES } from "../support/sentences.ts";
import { type Credentials, startServer, type TestServer } from "../support/server.ts";
import { openWorld } from "../support/world.ts";
import { administrator, enabledDevice, enabling, mfaSession, signingIn, virtualDevice } from "./people.ts";
import { accountIn, configOf, flagsOf, freshPlaces, type Place } from "./places.ts";

const YEARS = 5 * 365 * DAY;
const { sqlite: sqlitePlace } = freshPlaces();

/**
 * A clock that had run five years ahead, was seen there, and is right again: the row of the highest moment is what is left of it
 * (DESIGN 3.8).
 */
test("a start with the clock behind is refused; `clock accept` is the way out, and used codes stay used", async () => {
  const place = await sqlitePlace();
  const before = await startServer(place);
  const { admin } = await accountIn(place);
  using first = clients(before, admin);
  const keys = await administrator(first.iam, "user");
  const device = await enabledDevice(first.iam, "user", "user");
  using own = clients(before, keys);
  await mfaSession(own, device, 0);
  await before.stop();
  await seeAhead(place, YEARS);

  await assert.rejects(
    startServer(place),
    /ended with 1 before it was ready:\n.*the clock is behind: it says `?20/,
  );
  await acceptClock(place);
  const server = await startServer(place);
  using after = clients(server, keys);
  assert.equal((await refused(after.sts.send(signingIn(device, 0)))).message, SENTENCES.wrongPassCode);
  await worksIn(server, await mfaSession(after, device, 1));
  await server.stop();
});

test("a clock that is behind while serving: codes, pairs and sessions are refused, long-term keys go on", async () => {
  const place = await sqlitePlace();
  const server = await startServer(place);
  const { admin } = await accountIn(place);
  using root = clients(server, admin);
  const keys = await administrator(root.iam, "user");
  const device = await enabledDevice(root.iam, "user", "user");
  const another = await virtualDevice(root.iam, "another");
  using own = clients(server, keys);
  const session = await mfaSession(own, device, 0);
  await worksIn(server, session);

  await seeAhead(place, HOUR);
  const health = await healthIs(server, 503);
  assert.match(health, /^the clock is behind/);
  assert.equal((await refused(own.sts.send(signingIn(device, 1)))).message, SENTENCES.unableToValidate);
  assert.equal((await refused(root.iam.send(enabling(another, "admin")))).message, SENTENCES.invalidPair);
  using inSession = clients(server, session);
  assert.equal((await refused(inSession.iam.send(new GetUserCommand({})))).message, SENTENCES.invalidToken);
  await own.sts.send(new GetCallerIdentityCommand({}));

  // whoever ended sessions by the clock that ran ahead has not ended those of the years to come
  await endSessionsAhead(place, HOUR);
  await acceptClock(place);
  await healthIs(server, 200);
  // what was refused meanwhile was not checked, and is good still
  await worksIn(server, await mfaSession(own, device, 1));
  await root.iam.send(enabling(another, "admin"));
  await server.stop();
});

test("a session that a clock ahead has made is of a time to come, and is refused until then", async () => {
  await using world = await openWorld();
  const present = world.now;
  const { admin } = await world.account();
  const issueAt = async (at: number) => {
    world.now = epochMs(at);
    const session = sessionOf(await world.clients(admin).sts.send(new GetSessionTokenCommand({})));
    world.now = present;
    return world.clients(session).sts.send(new GetCallerIdentityCommand({}));
  };
  assert.equal((await refused(issueAt(present + YEARS))).message, SENTENCES.invalidToken);
  assert.equal((await refused(issueAt(present + MINUTE + 1))).message, SENTENCES.invalidToken);
  // processes may differ by two steps (DESIGN 3.8)
  await issueAt(present + MINUTE);
});

/** A moment ahead is seen, as by a process whose clock had run there. */
async function seeAhead(place: Place, ahead: number): Promise<void> {
  const store = await openStore(configOf(place));
  await store.clock.raise(epochMs(Date.now() + ahead));
  await store.close();
}

async function endSessionsAhead(place: Place, ahead: number): Promise<void> {
  const store = await openStore(configOf(place));
  const accounts = await store.reader.accounts.list({ limit: 10 });
  await store.write(async (tx) => {
    for (const { accountId } of accounts)
      await tx.accounts.endSessions(accountId, epochMs(Date.now() + ahead));
  });
  await store.close();
}

async function acceptClock(place: Place): Promise<void> {
  const { code, stderr } = await inProcess(["clock", "accept", "--yes", ...flagsOf(place)]);
  assert.equal(code, 0, stderr);
}

async function worksIn(server: TestServer, session: Credentials): Promise<void> {
  using client = clients(server, session);
  await client.iam.send(new GetUserCommand({}));
}

/** Waits until /health answers `status`, and returns what it says. */
async function healthIs(server: TestServer, status: number): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await fetch(`${server.url}/health`);
    const text = await answer.text();
    if (answer.status === status) return text;
    await sleep(50);
  }
  return assert.fail(`/health does not become ${status}`);
}
