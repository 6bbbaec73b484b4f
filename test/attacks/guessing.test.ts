import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DAY, epochMs } from "#base/clock.ts";
import { createPasswordHasher } from "#crypto/password.ts";
import { randomBytes } from "#crypto/random.ts";
import { NEW_THROTTLE } from "#signin/throttle.ts";
import type { RawResponse } from "#wire/raw.ts";
import { advance, createDevice, createUser, STEP, wrongCode } from "../operations/mfa-world.ts";
import {
  asRoot,
  asUser,
  giveRootPassword,
  makePerson,
  type SignInWorld,
} from "../operations/signin-world.ts";
import type { Page } from "../support/page.ts";
import type { TestAccount } from "../support/world.ts";
import { ask, COOKIES, codeOf, holding, makeGuarded, openStage, type Stage, step } from "./stage.ts";

const WRONG = "wrong-Horse-7-battery";

/** All that a visitor sees of an answer but what differs from each to the next: the request's id. */
const seen = ({ status, headers, cookies, body }: RawResponse): string => {
  assert.match(headers["x-amzn-requestid"] ?? "", /^[0-9a-f-]{36}$/);
  const order = Object.entries({ ...headers, "x-amzn-requestid": "36 signs" });
  return JSON.stringify({ status, order, cookies, body: String(body) });
};

let shared: Promise<{ readonly stage: Stage; readonly account: TestAccount }> | undefined;
const open = () => {
  shared ??= openStage().then(async (stage) => ({ stage, account: await stage.world.account() }));
  return shared;
};
after(async () => (await shared)?.stage[Symbol.asyncDispose]());

/** A user who has to wait, whoever knocks. */
async function holdUp(world: SignInWorld, { accountId }: TestAccount, name: string): Promise<void> {
  const user = (await world.store.reader.users.byName(accountId, name)) ?? assert.fail();
  await world.store.write(async (tx) => {
    for (const secret of ["password", "code"]) {
      const subject = `${secret}/principal/${user.userId}`;
      await tx.throttles.lock(accountId, subject);
      const waitUntil = epochMs(world.now + 10_000 * DAY);
      await tx.throttles.save({
        ...NEW_THROTTLE,
        accountId,
        subject,
        failures: 30,
        failedAt: world.now,
        waitUntil,
        expiresAt: waitUntil,
      });
    }
  });
}

/** One of each reason for which the first page refuses. */
async function firstPage(world: SignInWorld, account: TestAccount) {
  const { accountId } = account;
  await makePerson(world, account, "wrong");
  await makePerson(world, account, "held");
  await createUser(world, account.admin, "robot");
  await giveRootPassword(world, accountId);
  await world.store.write((tx) => tx.accounts.setAlias(accountId, "acme"));
  await holdUp(world, account, "held");
  return {
    "a wrong password": asUser(accountId, "wrong", WRONG),
    "a wrong password by alias": asUser("acme", "wrong", WRONG),
    "an unknown user": asUser(accountId, "nobody", WRONG),
    "a user without a password": asUser(accountId, "robot", WRONG),
    "an unknown account": asUser("999999999999", "wrong", WRONG),
    "an unknown alias": asUser("acme-inc", "wrong", WRONG),
    "a held-up user": asUser(accountId, "held", WRONG),
    "a held-up user's right password": asUser(accountId, "held"),
    "root's wrong password": asRoot(accountId, WRONG),
    "an unknown address": asRoot("999999999999", WRONG),
  } as const;
}

test("the first page: each refusal is the same to the byte, with the same headers, whatever cookies come with it", async () => {
  const { stage, account } = await open();
  const guesses = await firstPage(stage.world, account);
  const none = new Set<string>();
  for (const [reason, guess] of Object.entries(guesses)) {
    const plain = stage.visitor({ ip: "198.51.100.1" });
    const told = seen(await ask(plain, "SubmitPassword", guess));
    assert.match(told, /"status":403/, reason);
    const marked = holding(stage, [
      [COOKIES.session, `${account.accountId}.${"A".repeat(43)}`],
      [COOKIES.signin, `${account.accountId}.${"B".repeat(43)}`],
      [COOKIES.browser, "C".repeat(43)],
    ]);
    none.add(told).add(seen(await ask(marked, "SubmitPassword", guess)));
    assert.equal(marked.cookies.size, 3, reason);
  }
  assert.equal(none.size, 1, [...none].join("\n"));
});

test("the second page: each refusal is the same to the byte, with the same headers and no cookie", async () => {
  const { stage, account } = await open();
  const { world } = stage;
  const [una, eve, held] = [
    await makeGuarded(world, account, "una"),
    await makeGuarded(world, account, "eve"),
    await makeGuarded(world, account, "held-too"),
  ];
  const unassigned = await createDevice(world, account.admin, "unassigned");
  const begin = async (name: string) => {
    const page = stage.visitor({ ip: "198.51.100.2" });
    assert.equal(await step(page, "SubmitPassword", asUser(account.accountId, name)), "factor");
    return page;
  };
  const used = codeOf(una);
  assert.equal(await step(await begin("una"), "SubmitCode", used), "session");
  const waiting = await begin("held-too");
  await holdUp(world, account, "held-too");
  const page = await begin("una");
  const guess = (by: Page, DeviceId: string, Code: string) => ask(by, "SubmitCode", { DeviceId, Code });
  const { serial } = una.phone;
  const answers: Readonly<Record<string, RawResponse>> = {
    wrong: await guess(page, serial, wrongCode(una.phone)),
    used: await guess(page, serial, used.Code),
    stale: await guess(page, serial, una.phone.code(-9)),
    early: await guess(page, serial, una.phone.code(9)),
    "another's device": await guess(page, eve.phone.serial, eve.phone.code()),
    "nobody's device": await guess(page, unassigned.serial, unassigned.code()),
    "no device": await guess(page, `${serial}x`, "000000"),
    "held up": await guess(waiting, held.phone.serial, held.phone.code()),
    "a pair of wrong ones": await ask(page, "ResyncDevice", {
      DeviceId: serial,
      Code1: "000000",
      Code2: "000000",
    }),
    "a pair of another's": await ask(page, "ResyncDevice", {
      DeviceId: eve.phone.serial,
      Code1: eve.phone.code(0),
      Code2: eve.phone.code(1),
    }),
  };
  const all = new Set(Object.values(answers).map(seen));
  assert.equal(all.size, 1, [...all].join("\n"));
  assert.deepEqual(answers.wrong?.cookies ?? [], []);
  assert.match([...all][0] ?? "", /"status":403.*InvalidCode/);
});

const ROUNDS = 200;
/** The slowest reason by the fastest one. What a guess does beside hashing is a small part of it. */
const MOST_APART = 1.25;
/** A machine that is busy with other things may blur one measurement; what tells something tells it each time. */
const MOST_MEASUREMENTS = 3;

/** The quarter that was disturbed least says most of what the work takes. */
const quartile = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 2] ?? 0;
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

test(`${ROUNDS} tries of each reason take the same time`, async (t) => {
  const { stage, account } = await open();
  const { world } = stage;
  // a small part of what a hash costs in earnest: the rest shows all the more
  const params = { memoryKiB: 4096, passes: 1, lanes: 1 };
  const passwords = createPasswordHasher({ concurrency: 1, queue: 16, params, random: randomBytes });
  const cheap = world.env.deps.passwords;
  Object.assign(world.env.deps, { passwords });
  t.after(() => Object.assign(world.env.deps, { passwords: cheap }));
  for (const name of ["timed", "timed-held"]) await makePerson(world, account, name);
  await createUser(world, account.admin, "timed-robot");
  await holdUp(world, account, "timed-held");
  const reasons = Object.entries({
    "a wrong password": asUser(account.accountId, "timed", WRONG),
    "an unknown user": asUser(account.accountId, "nobody", WRONG),
    "no password": asUser(account.accountId, "timed-robot", WRONG),
    "an unknown account": asUser("999999999999", "timed", WRONG),
    throttled: asUser(account.accountId, "timed-held"),
  });

  const measure = async (rounds: number): Promise<ReadonlyMap<string, readonly number[]>> => {
    const times = new Map(reasons.map(([reason]): [string, number[]] => [reason, []]));
    for (let round = 0; round < rounds; round += 1) {
      // what was counted is forgotten: but for who is held up, nobody has to wait
      advance(world, DAY);
      // by turns, each first as often as any other: what slows the machine slows all
      for (let at = 0; at < reasons.length; at += 1) {
        const [reason, guess] = reasons[(round + at) % reasons.length] ?? assert.fail();
        const page = stage.visitor({ ip: "203.0.113.77" });
        const began = performance.now();
        await ask(page, "SubmitPassword", guess);
        times.get(reason)?.push(performance.now() - began);
      }
    }
    return times;
  };
  await measure(10);
  const apart: number[] = [];
  while (apart.length < MOST_MEASUREMENTS && !apart.some((ratio) => ratio < MOST_APART)) {
    const times = await measure(ROUNDS);
    const told = [...times].map(
      ([reason, taken]) => `${reason} ${median(taken).toFixed(2)} (${quartile(taken).toFixed(2)})`,
    );
    const quartiles = [...times.values()].map(quartile);
    apart.push(Math.max(...quartiles) / Math.min(...quartiles));
    t.diagnostic(`median (lower quartile), in ms: ${told.join(", ")}; apart: ${apart.at(-1)?.toFixed(3)}`);
  }
  assert.ok(
    apart.some((ratio) => ratio < MOST_APART),
    `the reasons are apart each time: ${apart.join(", ")}`,
  );
});

test("whoever names other addresses for himself is counted as one all the same", async () => {
  const { stage, account } = await open();
  await makePerson(stage.world, account, "goal");
  const stranger = (at: number) => ({
    "x-forwarded-for": `203.0.113.${at}`,
    forwarded: `for=203.0.113.${at}`,
    "x-real-ip": `203.0.113.${at}`,
    "true-client-ip": `203.0.113.${at}`,
  });
  const ip = "2001:db8:7:7::";
  for (let at = 0; at < 31; at += 1) {
    const page = stage.visitor({ ip: `${ip}${at}` });
    await ask(page, "SubmitPassword", asUser(account.accountId, `guess-${at}`, WRONG), stranger(at));
  }
  const enter = (from: string) =>
    step(stage.visitor({ ip: from }), "SubmitPassword", asUser(account.accountId, "goal"));
  assert.equal(await enter(`${ip}ffff:1`), "SignInFailed");
  assert.equal(await enter("2001:db8:7:8::1"), "session");
});

/** A browser that has completed MFA, and has been signed out since. */
async function knownBrowser(stage: Stage, account: TestAccount, name: string) {
  const person = await makeGuarded(stage.world, account, name);
  const page = stage.visitor({ ip: "192.0.2.40" });
  await page.client.signin.SubmitPassword(asUser(account.accountId, name));
  await page.client.signin.SubmitCode(codeOf(person));
  await page.client.signin.SignOut({});
  advance(stage.world, STEP);
  return { person, page };
}

test("a stranger's failures, before and beside, never slow or shut out a browser that is known, on either page", async () => {
  const { stage, account } = await open();
  const { world } = stage;
  const { person, page } = await knownBrowser(stage, account, "olga");
  await holdUp(world, account, "olga");
  for (let at = 0; at < 40; at += 1) {
    const stranger = stage.visitor({ ip: "192.0.2.40" });
    assert.equal(
      await step(stranger, "SubmitPassword", asUser(account.accountId, "olga", WRONG)),
      "SignInFailed",
    );
    if (at % 10 !== 9) continue;
    assert.equal(await step(page, "SubmitPassword", asUser(account.accountId, "olga")), "factor");
  }
  assert.equal(await step(page, "SubmitCode", codeOf(person)), "session");
});

test("a stranger who asks for as many hashes as he can shuts out neither a browser that is known nor another address", async (t) => {
  const { stage, account } = await open();
  const { world } = stage;
  const { page } = await knownBrowser(stage, account, "pia");
  await makePerson(world, account, "quinn");
  const cheap = world.env.deps.passwords;
  // a server's own queue
  const hasher = createPasswordHasher({
    concurrency: 1,
    queue: 64,
    params: { memoryKiB: 1024, passes: 1, lanes: 1 },
    random: randomBytes,
  });
  const order: string[] = [];
  const verify: typeof hasher.verify = async (password, encoded, rank) => {
    if (rank === "ahead") order.push("the owner comes");
    const checked = await hasher.verify(password, encoded, rank);
    order.push(rank === "ahead" ? "the owner goes" : checked.ok ? "a stranger goes" : "a stranger is shed");
    return checked;
  };
  Object.assign(world.env.deps, { passwords: { ...hasher, verify } });
  t.after(() => Object.assign(world.env.deps, { passwords: cheap }));
  const flood = (count: number, ip: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => {
      const stranger = stage.visitor({ ip: ip(at) });
      return step(stranger, "SubmitPassword", asUser(account.accountId, `flood-${at}`, WRONG));
    });
  // of one network, however many addresses it has: the rest is told to slow down before any work
  const one = flood(200, (at) => `2001:db8:9:9::${at}`);
  const newcomer = stage.visitor({ ip: "198.51.100.77" });
  assert.equal(await step(newcomer, "SubmitPassword", asUser(account.accountId, "quinn")), "session");
  const shed = (await Promise.all(one)).filter((told) => told === "ThrottlingException").length;
  assert.ok(shed > 100, `${shed} of 200 were told to slow down`);
  // of hundreds of addresses: the queue is full, and who is known goes before it
  order.length = 0;
  const all = flood(200, (at) => `203.0.${at >> 6}.${at & 63}`);
  assert.equal(await step(page, "SubmitPassword", asUser(account.accountId, "pia")), "factor");
  await Promise.all(all);
  const before = order.slice(order.indexOf("the owner comes"), order.indexOf("the owner goes"));
  assert.ok(order.includes("a stranger is shed"), "the queue was never full");
  assert.ok(before.filter((name) => name === "a stranger goes").length <= 1, before.join(", "));
  assert.equal(order.at(-1), "a stranger goes");
});
