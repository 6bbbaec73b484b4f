import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { DAY, epochMs, HOUR, MINUTE } from "#base/clock.ts";
import { rootPrincipalId } from "#identity/ids.ts";
import { withToken } from "#operations/notices.ts";
import { openSmtp } from "#outbound/smtp.ts";
import type { NewNotice } from "#ports/notices.ts";
import type { Mail, Notifier, Sent } from "#ports/notifier.ts";
import { advance } from "../operations/mfa-world.ts";
import { startMailbox } from "../support/smtp.ts";
import { openWorld, type World } from "../support/world.ts";

const ORIGIN = "https://id.example.com";

/** A mail server that says of each mail what the test says, and holds it until then. */
function scripted(answer: (mail: Mail, signal: AbortSignal | undefined) => Promise<Sent> | Sent) {
  const sent: Mail[] = [];
  const notifier: Notifier = {
    from: "countersign@example.com",
    host: "mail.example.com",
    async send(mail, signal) {
      sent.push(mail);
      return answer(mail, signal);
    },
  };
  return { sent, notifier };
}

const OK: Sent = { ok: true };
const LATER: Sent = { ok: false, again: true, reason: "the mail server put it off (451)" };
const NEVER: Sent = { ok: false, again: false, reason: "the mail server refused the recipient (550)" };

async function openScene(notifier: Notifier) {
  const world = await openWorld({ notifier });
  const { accountId } = await world.account();
  const about = rootPrincipalId(accountId);
  const notice = (part: Partial<NewNotice> = {}): NewNotice => ({
    accountId,
    noticeId: randomUUID(),
    about,
    userName: "ana",
    kind: "factor-added",
    at: world.now,
    details: { device: "phone" },
    address: "ana@example.com",
    sealedToken: undefined,
    ...part,
  });
  return {
    world,
    accountId,
    notice,
    add: (...notices: readonly NewNotice[]) => world.store.write((tx) => tx.notices.add(notices)),
    waiting: async () =>
      (await world.store.reader.notices.waitingFor(accountId, about, 50)).map(({ noticeId }) => noticeId),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

const round = async (world: World) => world.mailing?.round(ORIGIN);

test("a round sends what is due through a real server, once, with the token of a mail that confirms", async () => {
  await using box = await startMailbox();
  const notifier = openSmtp({
    server: { host: "127.0.0.1", port: box.port, encryption: "none", user: undefined },
    password: undefined,
    from: "countersign@example.com",
    fromName: "Countersign",
  });
  await using scene = await openScene(notifier);
  const { world } = scene;
  const confirming = scene.notice({ kind: "confirm-contact", address: "new@example.com" });
  const waiting = scene.notice({ address: undefined });
  await scene.add(scene.notice(), withToken(world.env.deps.keyring, confirming, "the-token"), waiting);
  await round(world);
  await round(world);
  assert.deepEqual(box.all.flatMap(({ to }) => to).toSorted(), ["ana@example.com", "new@example.com"]);
  const mail = await box.next(({ subject }) => subject === "Confirm your contact address");
  assert.match(mail.text, /^https:\/\/id\.example\.com\/confirm#the-token$/m);
  assert.deepEqual(await scene.waiting(), [waiting.noticeId]);
});

test("a mail that is put off is tried again after growing waits, and given up after a day", async () => {
  const { sent, notifier } = scripted(() => LATER);
  await using scene = await openScene(notifier);
  const { world } = scene;
  const notice = scene.notice();
  await scene.add(notice);
  const tries: number[] = [];
  for (let minutes = 0; minutes <= 25 * 60; minutes++) {
    const before = sent.length;
    await round(world);
    if (sent.length > before) tries.push(minutes);
    advance(world, MINUTE);
  }
  assert.deepEqual(tries, [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 871, 1231]);
  assert.deepEqual(await scene.waiting(), [notice.noticeId]);
});

test("a mail that is put off and then taken is noted as sent", async () => {
  const answers = [LATER, OK];
  const { sent, notifier } = scripted(() => answers.shift() ?? NEVER);
  await using scene = await openScene(notifier);
  await scene.add(scene.notice());
  await round(scene.world);
  advance(scene.world, MINUTE);
  await round(scene.world);
  advance(scene.world, DAY);
  await round(scene.world);
  assert.equal(sent.length, 2);
  assert.deepEqual(new Set(sent.map(({ id }) => id)).size, 1);
  assert.deepEqual(await scene.waiting(), []);
});

test("a mail that is refused waits on the page at once", async () => {
  const { sent, notifier } = scripted(() => NEVER);
  await using scene = await openScene(notifier);
  const notice = scene.notice();
  await scene.add(notice);
  await round(scene.world);
  advance(scene.world, DAY);
  await round(scene.world);
  assert.equal(sent.length, 1);
  assert.deepEqual(await scene.waiting(), [notice.noticeId]);
});

test("a confirming mail whose token does not open is not sent", async () => {
  const { sent, notifier } = scripted(() => OK);
  await using scene = await openScene(notifier);
  const other = scene.notice();
  const sealed = withToken(scene.world.env.deps.keyring, other, "the-token").sealedToken;
  const notice = scene.notice({ kind: "confirm-contact", sealedToken: sealed });
  await scene.add(notice);
  await round(scene.world);
  assert.deepEqual(sent, []);
  assert.deepEqual(await scene.waiting(), [notice.noticeId]);
});

test("two rounds at once send each mail once, four at a time", async () => {
  let [under, most] = [0, 0];
  const { sent, notifier } = scripted(async () => {
    most = Math.max(most, ++under);
    await new Promise(setImmediate);
    under--;
    return OK;
  });
  await using scene = await openScene(notifier);
  const many = Array.from({ length: 19 }, (_, at) => scene.notice({ address: `user-${at}@example.com` }));
  await scene.add(...many);
  await Promise.all([round(scene.world), round(scene.world)]);
  assert.deepEqual(sent.map(({ id }) => id).toSorted(), many.map(({ noticeId }) => noticeId).toSorted());
  assert.ok(most <= 8, String(most));
});

test("who died while sending leaves the mail to be sent once more, when the lease is over", async () => {
  const { sent, notifier } = scripted(() => OK);
  await using scene = await openScene(notifier);
  const { world } = scene;
  await scene.add(scene.notice());
  // the other server claimed it and is not heard of again
  await world.store.write((tx) => tx.notices.claimMails(world.now, epochMs(world.now + MINUTE), 4));
  advance(world, MINUTE - 1);
  await round(world);
  assert.equal(sent.length, 0);
  advance(world, 1);
  await round(world);
  await round(world);
  assert.equal(sent.length, 1);
});

test("an address gets ten mails of a kind in an hour, and the rest waits on the page", async () => {
  const { sent, notifier } = scripted(() => OK);
  await using scene = await openScene(notifier);
  const { world } = scene;
  for (let count = 0; count < 12; count++) {
    await scene.add(scene.notice());
    await round(world);
    advance(world, 1);
  }
  await scene.add(scene.notice({ kind: "factor-removed" }), scene.notice({ address: "ben@example.com" }));
  await round(world);
  assert.equal(sent.length, 12);
  assert.equal((await scene.waiting()).length, 2);
  advance(world, HOUR);
  await scene.add(scene.notice());
  await round(world);
  assert.equal(sent.length, 13);
});

test("stopping breaks off what the mail server does not answer, and it is tried again", async () => {
  const { sent, notifier } = scripted(
    (_mail, signal) => new Promise((done) => signal?.addEventListener("abort", () => done(LATER))),
  );
  await using scene = await openScene(notifier);
  const { world } = scene;
  await scene.add(...Array.from({ length: 9 }, () => scene.notice()));
  const running = round(world);
  world.mailing?.stop();
  const began = performance.now();
  // the server's own timer keeps no process alive, and here there is no server beside it
  const awake = setTimeout(() => {}, 20_000);
  await running;
  clearTimeout(awake);
  assert.ok(performance.now() - began < 10_000);
  await round(world);
  assert.equal(sent.length, 4);
  assert.deepEqual(await scene.waiting(), []);
});
