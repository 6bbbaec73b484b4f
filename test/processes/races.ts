import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CreateAccessKeyCommand,
  CreateAccountAliasCommand,
  CreateUserCommand,
  ListMFADevicesCommand,
} from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";
import { LONG } from "../support/long.ts";
import { type Clients, clients, type Refused, refused, sessionOf } from "../support/sdk.ts";
import { SENTENCES } from "../support/sentences.ts";
import type { Credentials } from "../support/server.ts";
import { administrator, clientsAt, enabledDevice, enabling, signingIn, virtualDevice } from "./people.ts";
import { accountIn, type Running, rowsIn } from "./places.ts";

/** Each race is run so often. */
const ROUNDS = LONG ? 20 : 3;

/** Two processes, one database, calls at the same moment: a rule that hangs on one row holds whoever asks (DESIGN 5, 9). */
export function races(run: Running): void {
  test("of 200 calls with one code, half to each process, one is accepted", async () => {
    const [{ iam }] = run.admin.at;
    const keys = await administrator(iam, "carol");
    const device = await enabledDevice(iam, "carol", "carol");
    const crowds = run.pair.servers.map(({ url }) => crowd(url, keys));
    const call = signingIn(device, 0);
    const [accepted, refusals] = await apart(
      Array.from({ length: 200 }, (_, at) => crowds[at % 2]?.send(call)),
    );
    for (const each of crowds) each.destroy();

    assert.equal(accepted.length, 1);
    for (const { message, status } of refusals) {
      assert.ok([SENTENCES.wrongPassCode, SENTENCES.unableToValidate].includes(message as never), message);
      assert.equal(status, 403);
    }
    // nine checks in a window of three minutes, of which the calls may have met two
    const checked = refusals.filter(({ message }) => message === SENTENCES.wrongPassCode).length;
    assert.ok(checked >= 8 && checked <= 17, `${checked} were checked`);
    using carol = clients(run.pair.servers[1], sessionOf(accepted[0] ?? assert.fail()));
    await carol.iam.send(new ListMFADevicesCommand({}));
    const noted = (await rowsIn(run.pair.place))("events").filter(({ user_name, event_name }) => {
      return user_name === "carol" && event_name === "GetSessionToken";
    });
    assert.equal(noted.length, 200);
    assert.equal(noted.filter(({ error_code }) => error_code === null).length, 1);
  });

  test("two first devices at once: one is enabled, the other needs a session with MFA", async () => {
    const [{ iam }] = run.admin.at;
    for (let round = 0; round < ROUNDS; round++) {
      const name = `first-${round}`;
      const [keys, ...devices] = await Promise.all([
        administrator(iam, name),
        virtualDevice(iam, `${name}-a`),
        virtualDevice(iam, `${name}-b`),
      ]);
      using own = clientsAt(run.pair.servers, keys);
      const calls = devices.map((device, at) => own.at[at]?.iam.send(enabling(device, name)));
      const [accepted, refusals] = await apart(calls);
      assert.equal(accepted.length, 1, `round ${round}`);
      assert.deepEqual(refusals, [{ name: "AccessDenied", status: 403, message: SENTENCES.needsMfa }]);
      assert.equal(await devicesOf(own.at[0], name), 1);
    }
  });

  test("nine devices at once for one user: eight are enabled", async () => {
    const [{ iam }] = run.admin.at;
    await administrator(iam, "nine");
    const devices = await Promise.all(Array.from({ length: 9 }, (_, at) => virtualDevice(iam, `nine-${at}`)));
    const calls = devices.map((device, at) => run.admin.at[at % 2]?.iam.send(enabling(device, "nine")));
    const [accepted, refusals] = await apart(calls);
    assert.equal(accepted.length, 8);
    assert.deepEqual(refusals, [
      {
        name: "LimitExceededException",
        status: 409,
        message: "Cannot exceed quota for MFADevicesPerUser: 8",
      },
    ]);
    assert.equal(await devicesOf(run.admin.at[1], "nine"), 8);
  });

  test("three access keys at once: two are made", async () => {
    const [{ iam }, other] = run.admin.at;
    await iam.send(new CreateUserCommand({ UserName: "keys" }));
    const calls = [iam, other.iam, iam].map((client) =>
      client.send(new CreateAccessKeyCommand({ UserName: "keys" })),
    );
    const [accepted, refusals] = await apart(calls);
    assert.equal(accepted.length, 2);
    assert.deepEqual(refusals, [{ name: "LimitExceededException", status: 409, message: SENTENCES.twoKeys }]);
  });

  test("one alias for two accounts at once: one has it", async () => {
    const second = await accountIn(run.pair.place);
    using rival = clients(run.pair.servers[1], second.admin);
    for (let round = 0; round < ROUNDS; round++) {
      const call = new CreateAccountAliasCommand({ AccountAlias: `taken-${round}` });
      const [accepted, refusals] = await apart([run.admin.at[0].iam.send(call), rival.iam.send(call)]);
      assert.equal(accepted.length, 1);
      assert.deepEqual(refusals, [
        {
          name: "EntityAlreadyExistsException",
          status: 409,
          message: `The account alias taken-${round} already exists.`,
        },
      ]);
    }
  });
}

/** A client that opens a connection for each of its calls, so that all are under way at once. */
const crowd = (endpoint: string, credentials: Credentials): STSClient =>
  new STSClient({
    endpoint,
    credentials,
    region: "us-east-1",
    maxAttempts: 1,
    requestHandler: { httpAgent: { maxSockets: 200 }, socketAcquisitionWarningTimeout: 60_000 },
  });

async function devicesOf({ iam }: Clients, UserName: string): Promise<number | undefined> {
  return (await iam.send(new ListMFADevicesCommand({ UserName }))).MFADevices?.length;
}

/** The answers, and what the client made of each refusal. */
async function apart<T>(
  calls: readonly (Promise<T> | undefined)[],
): Promise<readonly [accepted: readonly T[], refusals: readonly Refused[]]> {
  const ends = await Promise.allSettled(calls.map((call) => call ?? assert.fail("no such server")));
  const accepted = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
  const failed = ends.flatMap((end) =>
    end.status === "rejected" ? [refused(Promise.reject(end.reason))] : [],
  );
  return [accepted, await Promise.all(failed)];
}
