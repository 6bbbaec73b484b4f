import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  ListUsersCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { LONG } from "../support/long.ts";
import { clients, refused, sessionOf } from "../support/sdk.ts";
import { ADMINISTRATOR_ACCESS, SENTENCES } from "../support/sentences.ts";
import { administrator, clientsAt } from "./people.ts";
import type { Running } from "./places.ts";
import { TAKEN_AWAY } from "./taken-away.ts";

/** What must stop working in every process within a second of the answer to whoever took it away (guarantee 4). */
const WITHIN_MS = 1000;
const ROUNDS = LONG ? 20 : 2;
/** Of what is asked in so many ways. */
const FEW_ROUNDS = LONG ? 20 : 1;
const PAUSE_MS = 20;

export function revocations(run: Running): void {
  test("a key that was deactivated in one process is refused in the other", async () => {
    const [here] = run.admin.at;
    const keys = await administrator(here.iam, "key");
    using there = clients(run.pair.servers[1], keys);
    const set = (Status: "Active" | "Inactive") =>
      here.iam.send(new UpdateAccessKeyCommand({ UserName: "key", AccessKeyId: keys.accessKeyId, Status }));
    for (let round = 0; round < ROUNDS; round++) {
      await set("Active");
      await acceptedAgain(() => there.iam.send(new GetUserCommand({})));
      await set("Inactive");
      const { name, status } = await refusedWithin(() => there.iam.send(new GetUserCommand({})));
      assert.deepEqual({ name, status }, { name: "InvalidClientTokenId", status: 403 });
    }
  });

  test("a policy that was detached in one process allows nothing in the other", async () => {
    const [{ iam }] = run.admin.at;
    for (let round = 0; round < ROUNDS; round++) {
      const UserName = `policy-${round}`;
      using there = clients(run.pair.servers[1], await administrator(iam, UserName));
      await there.iam.send(new ListUsersCommand({}));
      await iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn: ADMINISTRATOR_ACCESS }));
      const { name, status } = await refusedWithin(() => there.iam.send(new ListUsersCommand({})));
      assert.deepEqual({ name, status }, { name: "AccessDenied", status: 403 });
    }
  });

  for (const { told, arrange, byOperator, refusal } of TAKEN_AWAY) {
    const sameProcess =
      byOperator === true ? "in all processes" : "in the same process at once, in the other";
    test(`${told}: refused ${sameProcess} within a second`, async () => {
      for (let round = 0; round < FEW_ROUNDS; round++) {
        const { keys, takeAway } = await arrange(run, `${told.replaceAll(" ", "-")}-${round}`);
        using callers = clientsAt(run.pair.servers, keys);
        const [here, there] = callers.at;
        const calls = [here, there].map(
          ({ iam }) =>
            () =>
              iam.send(new ListUsersCommand({})),
        );
        for (const call of calls) await acceptedAgain(call);
        await takeAway();
        for (const [at, call] of calls.entries()) {
          const atOnce = at === 0 && byOperator !== true;
          const { name, status } = await (atOnce ? refused(call()) : refusedWithin(call));
          assert.deepEqual({ name, status }, { name: refusal, status: 403 });
        }
      }
    });
  }

  test("a user who was deleted in one process has no session in the other", async () => {
    const [{ iam }] = run.admin.at;
    for (let round = 0; round < ROUNDS; round++) {
      const UserName = `user-${round}`;
      const keys = await administrator(iam, UserName);
      using own = clients(run.pair.servers[1], keys);
      const session = sessionOf(await own.sts.send(new GetSessionTokenCommand({})));
      using there = clients(run.pair.servers[1], session);
      const whoAmI = () => there.sts.send(new GetCallerIdentityCommand({}));
      await whoAmI();
      await iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn: ADMINISTRATOR_ACCESS }));
      await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: keys.accessKeyId }));
      await acceptedAgain(whoAmI);
      await iam.send(new DeleteUserCommand({ UserName }));
      const { name, status, message } = await refusedWithin(whoAmI);
      assert.deepEqual({ name, status }, { name: "InvalidClientTokenId", status: 403 });
      assert.equal(message, SENTENCES.invalidToken);
    }
  });
}

/** Calls until the answer is a refusal. No call that starts later than the guarantee's second may be accepted. */
async function refusedWithin(call: () => Promise<unknown>): ReturnType<typeof refused> {
  const since = performance.now();
  for (;;) {
    const started = performance.now() - since;
    const answer = call();
    const accepted = await answer.then(
      () => true,
      () => false,
    );
    if (!accepted) return refused(answer);
    assert.ok(started < WITHIN_MS, `accepted ${Math.round(started)} ms later`);
    await sleep(PAUSE_MS);
  }
}

/** What works again, or still, must do so in every process within the same second. */
async function acceptedAgain(call: () => Promise<unknown>): Promise<void> {
  const since = performance.now();
  for (;;) {
    const started = performance.now() - since;
    const error = await call().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined) return;
    assert.ok(started < WITHIN_MS, `refused ${Math.round(started)} ms later: ${error}`);
    await sleep(PAUSE_MS);
  }
}
