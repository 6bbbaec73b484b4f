import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "#base/clock.ts";
import { ApiError } from "#client/error.ts";
import type { Sent } from "#ports/notifier.ts";
import { openPage, type Page } from "../support/page.ts";
import { openWorld, type World } from "../support/world.ts";
import { advance } from "./mfa-world.ts";
import { asUser, makePerson } from "./signin-world.ts";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

/** A world whose mail server says the same of every mail; without `sent` it has none. */
async function openScene(sent?: Sent) {
  const to: string[] = [];
  const notifier = sent && {
    from: "countersign@example.com",
    host: "mail.example.com",
    send: async (mail: { readonly to: string }) => {
      to.push(mail.to);
      return sent;
    },
  };
  const world = await openWorld(notifier === undefined ? {} : { notifier });
  const account = await world.account();
  const signIn = async (name: string, policy?: string): Promise<Page> => {
    await makePerson(world, account, name);
    if (policy !== undefined) {
      await world.clients(account.admin).iam.attachUserPolicy({ UserName: name, PolicyArn: policy });
    }
    const page = openPage((raw) => world.browse(raw), "http://localhost:8400");
    assert.equal((await page.client.signin.SubmitPassword(asUser(account.accountId, name))).Step, "session");
    return page;
  };
  return { world, account, to, signIn, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    (answer) => `answered ${JSON.stringify(answer)}`,
    (error: unknown) => (error instanceof ApiError ? error.code : String(error)),
  );

const eventsOf = async (world: World, account: Parameters<World["events"]>[0]) =>
  (await world.events(account)).filter(({ eventName }) => eventName === "SendTestNotification");

test("the settings are shown to who may see them, and no secret is in them", async () => {
  await using scene = await openScene({ ok: true });
  const zoe = await scene.signIn("zoe", ADMINISTRATOR);
  const { Quotas, ...rest } = await zoe.client.countersign.GetServerSettings({});
  assert.deepEqual(rest, {
    Notifications: { Configured: true, From: "countersign@example.com", Host: "mail.example.com" },
    Mfa: { Issuer: "Countersign", DevicesPerUser: 8, RootGraceDays: 35, RootReminderDays: 0 },
    Sessions: { IdleMinutes: 30, Minutes: 720, RootIdleMinutes: 15, RootMinutes: 60 },
    Outbound: { Rules: ["SMTP mail.example.com"] },
  });
  const { quotas } = scene.world.env.deps;
  assert.deepEqual(
    Quotas.find(({ Name }) => Name === "MfaDevicesPerUser"),
    { Name: "MfaDevicesPerUser", Value: quotas.mfaDevicesPerUser },
  );
  assert.equal(Quotas.length, Object.keys(quotas).length);
  const ana = await scene.signIn("ana");
  assert.equal(await refusal(ana.client.countersign.GetServerSettings({})), "AccessDeniedException");
});

test("without a mail server the settings say so, and a test message comes back at once", async () => {
  await using scene = await openScene();
  const zoe = await scene.signIn("zoe", ADMINISTRATOR);
  const { Notifications, Outbound } = await zoe.client.countersign.GetServerSettings({});
  assert.deepEqual([Notifications, Outbound], [{ Configured: false }, { Rules: [] }]);
  assert.deepEqual(await zoe.client.countersign.SendTestNotification({ Address: "ana@example.com" }), {
    Accepted: false,
    Reason: "no mail server is configured",
  });
});

test("a test message is sent at most once a minute an account, and each one is an event", async () => {
  await using scene = await openScene({ ok: true });
  const { world, account } = scene;
  const zoe = await scene.signIn("zoe", ADMINISTRATOR);
  const send = () => refusal(zoe.client.countersign.SendTestNotification({ Address: "ana@example.com" }));
  assert.deepEqual((await Promise.all([send(), send()])).toSorted(), [
    "ThrottlingException",
    'answered {"Accepted":true}',
  ]);
  advance(world, MINUTE - 1);
  assert.equal(await send(), "ThrottlingException");
  advance(world, 1);
  assert.equal(await send(), 'answered {"Accepted":true}');
  assert.deepEqual(scene.to, ["ana@example.com", "ana@example.com"]);
  const events = await eventsOf(world, account.accountId);
  const endings = events.map(({ errorCode, record }) => errorCode ?? JSON.stringify(record.responseElements));
  assert.deepEqual(endings.toSorted(), [
    "Throttling",
    "Throttling",
    '{"accepted":true}',
    '{"accepted":true}',
  ]);
});

test("what the mail server has against it is the answer", async () => {
  const reason = "the mail server refused the recipient (550)";
  await using scene = await openScene({ ok: false, again: false, reason });
  const zoe = await scene.signIn("zoe", ADMINISTRATOR);
  assert.deepEqual(await zoe.client.countersign.SendTestNotification({ Address: "ana@example.com" }), {
    Accepted: false,
    Reason: reason,
  });
});

test("who may not, and what is no address, sends nothing and waits for nobody", async () => {
  await using scene = await openScene({ ok: true });
  const ana = await scene.signIn("ana");
  const zoe = await scene.signIn("zoe", ADMINISTRATOR);
  const by = (page: Page, Address: string) =>
    refusal(page.client.countersign.SendTestNotification({ Address }));
  assert.equal(await by(ana, "ana@example.com"), "AccessDeniedException");
  for (const address of ["ana", "a@b, c@d", "a@b\r\nBcc: c@d"]) {
    assert.equal(await by(zoe, address), "InvalidInput");
  }
  assert.equal(await by(zoe, ""), "ValidationException");
  assert.deepEqual(scene.to, []);
  assert.equal(await by(zoe, "ana@example.com"), 'answered {"Accepted":true}');
});
