import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { test } from "node:test";
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeleteAccessKeyCommand,
  type IAMClient,
  TagUserCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { LONG } from "../support/long.ts";
import { clients, refused } from "../support/sdk.ts";
import { ADMINISTRATOR_ACCESS, SENTENCES } from "../support/sentences.ts";
import { type Credentials, startServer, type TestAccount, type TestServer } from "../support/server.ts";
import { notedRequests, notedThings, storedThings } from "./changes.ts";
import { administrator, type Device, enabledDevice, signingIn } from "./people.ts";
import { accountIn, type FreshPlace, type Place, rowsIn } from "./places.ts";

const WRITERS = 6;

/** `kill -9` in the middle of writes: what was acknowledged is there with its event, and no event without its change (guarantee 8). */
export function kills(fresh: FreshPlace, rounds: number): void {
  test("every acknowledged change survives the kill of its server", async () => {
    await killed(await fresh(), rounds);
  });
}

async function killed(place: Place, rounds: number): Promise<void> {
  let server = await startServer(place);
  const account = await accountIn(place);
  for (let round = 0; round < rounds; round++) {
    const written = await writeAndKill(server, account, round);
    server = await startServer(place);
    await proveEvents(place, written.acknowledged);
    using holder = clients(server, written.holder);
    const { message } = await refused(holder.sts.send(signingIn(written.device, 0)));
    assert.equal(message, SENTENCES.wrongPassCode);
    using admin = clients(server, account.admin);
    await admin.iam.send(new CreateUserCommand({ UserName: `after-${round}` }));
  }
  await server.stop();
}

interface Written {
  /** The request ids of the changes that were acknowledged. */
  readonly acknowledged: readonly string[];
  /** A user with a device, whose code of its start was accepted as the last thing before the kill. */
  readonly holder: Credentials;
  readonly device: Device;
}

async function writeAndKill(server: TestServer, { admin }: TestAccount, round: number): Promise<Written> {
  using client = clients(server, admin);
  const name = `holder-${round}`;
  const holder = await administrator(client.iam, name);
  const device = await enabledDevice(client.iam, name, name);
  using own = clients(server, holder);
  const acknowledged: string[] = [];
  const enough = Promise.withResolvers<void>();
  const wanted = randomInt(50, LONG ? 200 : 100);
  const acknowledge = (requestId: string): void => {
    acknowledged.push(requestId);
    if (acknowledged.length === wanted) enough.resolve();
  };
  const writers = Array.from({ length: WRITERS }, (_, at) =>
    write(client.iam, `r${round}-w${at}`, acknowledge),
  );
  await Promise.race([enough.promise, ...writers]);
  const { $metadata } = await own.sts.send(signingIn(device, 0));
  await server.kill();
  await Promise.all(writers);
  assert.ok(acknowledged.length >= wanted);
  return { acknowledged: [...acknowledged, $metadata.requestId ?? ""], holder, device };
}

/** Makes users with all that belongs to them, one after the other, until the server is gone. */
async function write(iam: IAMClient, name: string, acknowledge: (requestId: string) => void): Promise<void> {
  try {
    for (let at = 0; ; at++) await writeUser(iam, `${name}-${at}`, acknowledge);
  } catch (error) {
    // a refusal would be a bug; that nobody answers any more is what the kill does
    if (error instanceof Error && "$response" in error && error.$response !== undefined) throw error;
  }
}

async function writeUser(iam: IAMClient, UserName: string, acknowledge: (requestId: string) => void) {
  const acknowledged = async <T extends { $metadata: { requestId?: string } }>(
    call: Promise<T>,
  ): Promise<T> => {
    const answer = await call;
    acknowledge(answer.$metadata.requestId ?? "");
    return answer;
  };
  await acknowledged(iam.send(new CreateUserCommand({ UserName })));
  const { AccessKey } = await acknowledged(iam.send(new CreateAccessKeyCommand({ UserName })));
  await acknowledged(iam.send(new TagUserCommand({ UserName, Tags: [{ Key: "made", Value: "here" }] })));
  await acknowledged(iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: ADMINISTRATOR_ACCESS })));
  await acknowledged(iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: UserName })));
  await acknowledged(iam.send(new UpdateUserCommand({ UserName, NewPath: "/moved/" })));
  await acknowledged(
    iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: AccessKey?.AccessKeyId ?? "" })),
  );
}

/** Each acknowledged call has its event, each event its change, and each change its event. */
async function proveEvents(place: Place, acknowledged: readonly string[]): Promise<void> {
  const rows = await rowsIn(place);
  const noted = notedRequests(rows);
  assert.deepEqual(
    acknowledged.filter((requestId) => !noted.has(requestId)),
    [],
    "acknowledged, and no event",
  );
  assert.deepEqual(storedThings(rows), notedThings(rows));
}
