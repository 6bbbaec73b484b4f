import assert from "node:assert/strict";
import { test } from "node:test";
import { GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { createUser } from "../operations/mfa-world.ts";
import { openWorld } from "../support/world.ts";

test("of a crowd of calls by one caller 256 run and the others are told to slow down; nobody else is, and each is an event", async () => {
  await using world = await openWorld();
  const account = await world.account();
  const keys = await createUser(world, account.admin, "crowd");
  const { sts } = world.clients(keys);
  const crowd = Array.from({ length: 300 }, () => sts.send(new GetSessionTokenCommand({})));
  const other = world.clients(account.admin).sts.send(new GetSessionTokenCommand({}));
  const outcomes = await Promise.allSettled(crowd);
  const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  assert.ok(refusals.length <= 300 - 256, `${refusals.length} were refused`);
  assert.ok(refusals.length > 0);
  for (const { name, message } of refusals)
    assert.deepEqual([name, message], ["Throttling", "Rate exceeded"]);
  assert.ok((await other).Credentials);
  assert.ok((await sts.send(new GetSessionTokenCommand({}))).Credentials);
  const events = (await world.events(account.accountId)).filter(({ record }) => {
    return record.eventName === "GetSessionToken" && record.errorCode === "Throttling";
  });
  assert.equal(events.length, refusals.length);
});
