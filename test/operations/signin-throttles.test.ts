import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR, MINUTE, SECOND } from "#base/clock.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { SignInResult } from "#operations/signin/visit.ts";
import type { SeenEvent } from "../support/world.ts";
import { advance, createDevice, createUser, enable, STEP, wrongCode } from "./mfa-world.ts";
import {
  asRoot,
  asUser,
  giveRootPassword,
  makePerson,
  openBrowser,
  openSignInWorld,
  PASSWORD,
  type SignInWorld,
} from "./signin-world.ts";

/** All that a visitor sees of a refusal. */
const seen = (result: SignInResult): unknown => {
  assert.ok(!result.ok);
  const { code, status, message, headers }: ServiceError = result.error;
  return { code, status, message, headers, cookies: result.cookies };
};

async function signInWorld() {
  const world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  await createUser(world, account.admin, "bot");
  return { world, account };
}

const wrong = (account: string, name = "ana") => asUser(account, name, "wrong-Horse-7-battery");

test("the first page tells nothing: every reason has one answer, after one hash", async () => {
  const { world, account } = await signInWorld();
  await using _ = world;
  await giveRootPassword(world, account.accountId);
  const { accountId } = account;
  const guesses = {
    "wrong password": wrong(accountId),
    "right password in another case": asUser(accountId, "ana", PASSWORD.toUpperCase()),
    "unknown user": wrong(accountId, "nobody"),
    "no login profile": wrong(accountId, "bot"),
    "unknown account": wrong("999999999999"),
    "unknown alias": wrong("no-such-alias"),
    "root by the user's way": asUser(accountId, "<root_account>"),
    "unknown e-mail": asRoot("999999999999"),
    "wrong root password": asRoot(accountId, "wrong-Horse-7-battery"),
    "no account": { Type: "user", UserName: "ana", Password: PASSWORD },
    "no e-mail": { Type: "root", Password: PASSWORD },
    "prototype names": asUser("__proto__", "constructor", PASSWORD),
  } as const;
  // the decoy is made by the first that needs it
  await openBrowser(world).send("SubmitPassword", guesses["unknown account"]);
  const answers = new Set<string>();
  for (const [reason, guess] of Object.entries(guesses)) {
    const before = world.hashes();
    answers.add(JSON.stringify(seen(await openBrowser(world).send("SubmitPassword", guess))));
    assert.equal(world.hashes() - before, 1, reason);
  }
  assert.equal(answers.size, 1);
  const throttled = openBrowser(world);
  for (let at = 0; at < 40; at += 1) await throttled.send("SubmitPassword", wrong(accountId));
  const before = world.hashes();
  const right = await throttled.send("SubmitPassword", asUser(accountId, "ana"));
  answers.add(JSON.stringify(seen(right)));
  assert.deepEqual([answers.size, world.hashes() - before], [1, 1]);
});

test("the second page tells nothing: wrong, used, stale, another's, locked and throttled codes have one answer", async () => {
  const { world, account } = await signInWorld();
  await using _ = world;
  const [phone, others] = [
    await createDevice(world, account.admin, "phone"),
    await createDevice(world, account.admin, "others"),
  ];
  await enable(world, account.admin, "ana", phone);
  await enable(world, account.admin, "bot", others);
  advance(world, 2 * STEP);
  const begin = async () => {
    const browser = openBrowser(world);
    await browser.do("SubmitPassword", asUser(account.accountId, "ana"));
    return browser;
  };
  const used = phone.code();
  await (await begin()).do("SubmitCode", { DeviceId: phone.serial, Code: used });
  const browser = await begin();
  const answers = new Set<string>();
  const guess = async (DeviceId: string, Code: string) =>
    answers.add(JSON.stringify(seen(await browser.send("SubmitCode", { DeviceId, Code }))));
  await guess(phone.serial, wrongCode(phone));
  await guess(phone.serial, used);
  await guess(phone.serial, phone.code(-8));
  await guess(others.serial, others.code(1));
  await guess("no such device", "000000");
  await guess(phone.serial.toUpperCase(), phone.code(1));
  // the device's window is spent: a right code is not looked at
  const more = await begin();
  for (let at = 0; at < 7; at += 1)
    await more.send("SubmitCode", { DeviceId: phone.serial, Code: wrongCode(phone, at) });
  answers.add(
    JSON.stringify(seen(await more.send("SubmitCode", { DeviceId: phone.serial, Code: phone.code(1) }))),
  );
  assert.equal(answers.size, 1);
});

test("failures make a person and a source wait, longer and longer; what is given meanwhile is not looked at and does not count", async () => {
  const { world, account } = await signInWorld();
  await using _ = world;
  const guess = (ip: string) => openBrowser(world, ip).step("SubmitPassword", wrong(account.accountId));
  const enter = (ip: string) =>
    openBrowser(world, ip).step("SubmitPassword", asUser(account.accountId, "ana"));
  for (let at = 0; at < 10; at += 1) await guess(`192.0.2.${at}`);
  assert.equal(await enter("192.0.2.50"), "session");
  for (let at = 0; at < 11; at += 1) await guess(`192.0.2.${at}`);
  assert.equal(await enter("192.0.2.50"), "SignInFailed");
  advance(world, SECOND - 1);
  assert.equal(await enter("192.0.2.50"), "SignInFailed");
  advance(world, 1);
  assert.equal(await enter("192.0.2.50"), "session");
  // an attacker's source waits beside, whomever it guesses at
  const stranger = "2001:db8:1:2::1";
  for (let at = 0; at < 31; at += 1) {
    await openBrowser(world, stranger).step("SubmitPassword", wrong(account.accountId, `user-${at}`));
  }
  assert.equal(await enter("2001:db8:1:2:ffff::9"), "SignInFailed");
  assert.equal(await enter("2001:db8:1:3::9"), "session");
});

test("strangers never slow a browser that has completed MFA for the user; its own failures do", async () => {
  const { world, account } = await signInWorld();
  await using _ = world;
  const phone = await createDevice(world, account.admin, "phone");
  await enable(world, account.admin, "ana", phone);
  advance(world, 2 * STEP);
  const owner = openBrowser(world);
  await owner.do("SubmitPassword", asUser(account.accountId, "ana"));
  await owner.do("SubmitCode", { DeviceId: phone.serial, Code: phone.code() });
  await owner.do("SignOut", {});
  const kept = owner.cookies.browser;
  assert.ok(kept);
  for (let at = 0; at < 40; at += 1)
    await openBrowser(world, owner.ip).send("SubmitPassword", wrong(account.accountId));
  const enter = (browser = owner) => browser.step("SubmitPassword", asUser(account.accountId, "ana"));
  assert.equal(await enter(openBrowser(world, owner.ip)), "SignInFailed");
  assert.equal(await enter(), "factor");
  // the cookie is for this user alone, and is no password
  await makePerson(world, account, "eve");
  assert.equal(await owner.step("SubmitPassword", asUser(account.accountId, "eve")), "SignInFailed");
  const thief = openBrowser(world, "198.51.100.4", { browser: kept });
  for (let at = 0; at < 11; at += 1) await thief.send("SubmitPassword", wrong(account.accountId));
  assert.equal(await enter(thief), "SignInFailed");
  // a browser cookie that nobody gave is nothing
  const planted = openBrowser(world, owner.ip, { browser: "A".repeat(43) });
  assert.equal(await enter(planted), "SignInFailed");
});

test("a change of password takes as many hashes whatever the old one was, also while its answer is withheld", async () => {
  const { world, account } = await signInWorld();
  await using _ = world;
  const browser = openBrowser(world);
  assert.equal(await browser.step("SubmitPassword", asUser(account.accountId, "ana")), "session");
  const taken = async (OldPassword: string): Promise<number> => {
    const before = world.hashes();
    const NewPassword = "better-Horse-9-battery";
    assert.equal(await browser.step("ChangePassword", { OldPassword, NewPassword }), "SignInFailed");
    return world.hashes() - before;
  };
  const looked: number[] = [];
  for (let at = 0; at < 11; at += 1) looked.push(await taken("wrong-Horse-7-battery"));
  // now he waits: a right one is told from a wrong one by nothing
  assert.equal(await taken("wrong-Horse-7-battery"), await taken(PASSWORD));
  assert.deepEqual(new Set(looked).size, 1);
});

const loginEvents = async (world: SignInWorld, account: Parameters<SignInWorld["events"]>[0]) =>
  (await world.events(account)).filter(({ eventName }) => eventName === "ConsoleLogin");
const attemptsOf = ({ record }: SeenEvent): unknown =>
  (record.additionalEventData as { readonly Attempts?: number } | undefined)?.Attempts ?? 1;

test("what is turned away makes one event a minute with their number, and none is lost", async () => {
  const { world, account } = await signInWorld();
  await using _ = world;
  for (let at = 0; at < 20; at += 1) {
    await openBrowser(world, `192.0.2.${at}`).send("SubmitPassword", wrong(account.accountId));
  }
  // eleven were looked at, then a second's wait began: the first that is turned away is told at once
  const first = (await loginEvents(world, account.accountId)).map(attemptsOf);
  assert.deepEqual(first, Array(12).fill(1));
  advance(world, SECOND);
  await openBrowser(world).send("SubmitPassword", asUser(account.accountId, "ana"));
  const all = (await loginEvents(world, account.accountId)).map(attemptsOf);
  assert.deepEqual(all.slice(12).toSorted(), [1, 8]);
});

test("throttles and all that is over are taken away, and the throttles are bounded", async () => {
  const { world, account } = await signInWorld();
  await using _ = world;
  for (let at = 0; at < 12; at += 1)
    await openBrowser(world).send("SubmitPassword", wrong(account.accountId));
  const enter = () =>
    openBrowser(world, "203.0.113.1").step("SubmitPassword", asUser(account.accountId, "ana"));
  assert.equal(await enter(), "SignInFailed");
  await world.store.signInTidying.prune(world.now, 1000);
  assert.equal(await enter(), "SignInFailed");
  await world.store.signInTidying.prune(world.now, 0);
  assert.equal(await enter(), "session");
  advance(world, 5 * MINUTE + 24 * HOUR);
  await world.store.signInTidying.prune(world.now, 1000);
});

test("when too many passwords are hashed, the answer comes before any work", async () => {
  const { world, account } = await signInWorld();
  await using _ = world;
  const busy = async () => ({ ok: false, error: "busy" }) as const;
  Object.assign(world.env.deps, { passwords: { ...world.env.deps.passwords, hash: busy, verify: busy } });
  const events = (await loginEvents(world, account.accountId)).length;
  for (const guess of [asUser(account.accountId, "ana"), wrong(account.accountId, "nobody"), wrong("x")]) {
    assert.equal(await openBrowser(world).step("SubmitPassword", guess), "ServiceUnavailable");
  }
  assert.equal((await loginEvents(world, account.accountId)).length, events);
});
