import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { DeleteAccessKeyCommand, GetUserCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { parseKeyFile } from "#crypto/key-file.ts";
import { sealedKeyId } from "#crypto/keyring.ts";
import { inProcess } from "../cli/in-process.ts";
import { clients, refused, sessionOf } from "../support/sdk.ts";
import { SENTENCES } from "../support/sentences.ts";
import type { Credentials, TestServer } from "../support/server.ts";
import { accessKey, administrator, clientsAt, type Device, enabledDevice, mfaSession } from "./people.ts";
import { flagsOf, type Pair, type Place, type Running, rowsIn } from "./places.ts";

export function rotations(run: Running): void {
  test("`keys rotate` while two processes serve: no call fails, and afterwards all lies under the new key", async () => {
    const { keys, device } = await sealedThings(run.pair, "user");
    using own = clientsAt(run.pair.servers, keys);
    const session = await mfaSession(own.at[0], device, -1);
    const [old] = keysOf(run.pair.place);

    const load = callingOn(run.pair, keys, session, device);
    const { KeyId, Unopened } = await rotate(run.pair.place);
    const during = await load.stopAfter({ calls: 50, sessions: 3 });
    assert.ok(during.calls > 0, "nobody called while the keys were rotated");

    assert.notEqual(KeyId, old?.id);
    assert.equal(Unopened, 0);
    assert.deepEqual(await sealedUnder(run.pair.place), new Set([KeyId]));
    assert.deepEqual(
      keysOf(run.pair.place).map(({ id, state }) => [id, state]),
      [
        [KeyId, "active"],
        [old?.id, "retired"],
      ],
    );
    await worksAt(run.pair.servers, session);
  });

  test("`keys rotate --compromised`: every session is dead at once; keys and codes work", async () => {
    const { keys, device } = await sealedThings(run.pair, "other");
    using own = clientsAt(run.pair.servers, keys);
    const sessions = [await mfaSession(own.at[0], device, -1), await mfaSession(own.at[1], device, 0)];
    for (const session of sessions) await worksAt(run.pair.servers, session);

    const { KeyId } = await rotate(run.pair.place, "--compromised");
    for (const session of sessions) await deadAt(run.pair.servers, session);
    assert.deepEqual(await sealedUnder(run.pair.place), new Set([KeyId]));
    assert.deepEqual(
      keysOf(run.pair.place).map(({ id }) => id),
      [KeyId],
    );
    for (const [at, { iam }] of own.at.entries()) {
      await iam.send(new ListUsersCommand({}));
      // the codes of the steps after the authenticator's start: nobody has used them
      await worksAt(run.pair.servers, await mfaSession(own.at[at] ?? own.at[0], device, 1 + at));
    }
  });
}

/** A user with keys and a device, so that every kind of sealed value is there. */
async function sealedThings(
  { servers, account }: Pair,
  name: string,
): Promise<{ keys: Credentials; device: Device }> {
  using admin = clients(servers[0], account.admin);
  const keys = await administrator(admin.iam, name);
  return { keys, device: await enabledDevice(admin.iam, name, name) };
}

async function rotate(place: Place, ...flags: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await inProcess([
    "keys",
    "rotate",
    ...flagsOf(place),
    ...flags,
    "--output",
    "json",
  ]);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

const PAUSE_MS = 100;

interface Count {
  calls: number;
  sessions: number;
}

/**
 * Goes on calling until stopped: with a long-term key, with the old session, with keys and sessions that one process has just
 * made and the other is asked with. A failure ends it, and shows in `stopAfter`.
 */
function callingOn(pair: Pair, keys: Credentials, session: Credentials, device: Device) {
  let running = true;
  const count: Count = { calls: 0, sessions: 0 };
  const calling = async (round: (at: number) => Promise<unknown>): Promise<void> => {
    for (let at = 0; running; at++) {
      await round(at);
      count.calls += 1;
      await sleep(PAUSE_MS);
    }
  };
  const owns = clientsAt(pair.servers, keys);
  const old = clientsAt(pair.servers, session);
  const both = <T>(at: number, pairOf: readonly [T, T]): readonly [T, T] =>
    at % 2 === 0 ? pairOf : [pairOf[1], pairOf[0]];
  const loops = Promise.all([
    calling(async (at) => {
      await both(at, owns.at)[0].sts.send(new GetCallerIdentityCommand({}));
      await both(at, old.at)[0].iam.send(new GetUserCommand({}));
    }),
    calling(async (at) => {
      const [here, there] = both(at, pair.servers);
      using admin = clients(here, pair.account.admin);
      const fresh = await accessKey(admin.iam, "user");
      using client = clients(there, fresh);
      await client.iam.send(new GetUserCommand({}));
      await admin.iam.send(new DeleteAccessKeyCommand({ UserName: "user", AccessKeyId: fresh.accessKeyId }));
    }),
    calling(async (at) => {
      const [here, there] = both(at, pair.servers);
      using plain = clients(here, keys);
      const made = sessionOf(await plain.sts.send(new GetSessionTokenCommand({})));
      using client = clients(there, made);
      await client.sts.send(new GetCallerIdentityCommand({}));
    }),
    calling(async () => {
      // a code a second, as long as the window has them
      if (count.sessions >= CODES.length) return;
      const offset = CODES[count.sessions] ?? 0;
      const [here, there] = both(count.sessions, pair.servers);
      using client = clients(here, keys);
      await worksAt([there], await mfaSession(client, device, offset));
      count.sessions += 1;
      await sleep(1000);
    }),
  ]).finally(() => {
    running = false;
  });
  return {
    /** Goes on until there were so many, however busy the machine is; how many there were when it was asked for. */
    stopAfter: async (least: Count): Promise<Count> => {
      const asked = { ...count };
      while (running && (count.calls < least.calls || count.sessions < least.sessions)) await sleep(PAUSE_MS);
      running = false;
      await loops;
      owns[Symbol.dispose]();
      old[Symbol.dispose]();
      return asked;
    },
  };
}

/** The offset -1 was used for the old session. */
const CODES = [0, 1, 2];

async function worksAt(servers: readonly TestServer[], session: Credentials): Promise<void> {
  for (const server of servers) {
    using client = clients(server, session);
    await client.iam.send(new GetUserCommand({}));
  }
}

async function deadAt(servers: readonly TestServer[], session: Credentials): Promise<void> {
  for (const server of servers) {
    using client = clients(server, session);
    const { name, message } = await refused(client.iam.send(new GetUserCommand({})));
    assert.deepEqual([name, message], ["InvalidClientTokenId", SENTENCES.invalidToken]);
  }
}

function keysOf({ folder }: Place) {
  const keys = parseKeyFile(readFileSync(join(folder, "root.key"), "utf8"));
  assert.ok(keys.ok);
  return keys.value;
}

/** The ids of the root keys that sealed values lie under. */
async function sealedUnder(place: Place): Promise<ReadonlySet<unknown>> {
  const rows = await rowsIn(place);
  const sealed = [
    ...rows("access_keys").map((row) => row.sealed_secret),
    ...rows("mfa_seeds").map((row) => row.sealed_seed),
  ];
  assert.ok(sealed.length >= 3);
  return new Set(sealed.map((value) => value instanceof Uint8Array && sealedKeyId(value)));
}
