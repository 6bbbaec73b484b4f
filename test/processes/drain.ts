import assert from "node:assert/strict";
import { test } from "node:test";
import { CreateLoginProfileCommand, CreateUserCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { type Running, rowsIn } from "./places.ts";

const READS = 100;
const WRITES = 6;

/** Ends the first of the two servers: nothing is asked of it afterwards. */
export function drain(run: Running): void {
  test("SIGTERM: calls under way are answered, and the event of every answered call is on disk", async () => {
    const { place, servers } = run.pair;
    const [{ iam }] = run.admin.at;
    const names = Array.from({ length: WRITES }, (_, at) => `drain-${at}`);
    await Promise.all(names.map((UserName) => iam.send(new CreateUserCommand({ UserName }))));
    // each waits for the hash of its password, so most of them are under way when the first is answered
    const writes = names.map((UserName) =>
      iam.send(new CreateLoginProfileCommand({ UserName, Password: "Correct-horse-7-battery" })),
    );
    await Promise.race(writes);
    const reads = await Promise.all(
      Array.from({ length: READS }, () => iam.send(new ListUsersCommand({ MaxItems: 1 }))),
    );
    const stopped = servers[0].stop();
    const answered = [...reads, ...(await Promise.all(writes))];
    const last = performance.now();
    await stopped;
    // the client would have kept its connections for a minute, and the server cuts what runs for ten seconds
    assert.ok(performance.now() - last < 5000, "waited for connections that wait for nothing");

    const rows = await rowsIn(place);
    const noted = new Set(rows("events").map(({ record }) => JSON.parse(String(record)).requestID));
    const lost = answered.filter(({ $metadata }) => !noted.has($metadata.requestId));
    assert.deepEqual(lost, []);
    const made = rows("users").filter(({ has_login_profile, user_name }) => {
      return has_login_profile === 1 && String(user_name).startsWith("drain-");
    });
    assert.equal(made.length, WRITES);
  });
}
