import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, epochMs, MINUTE } from "#base/clock.ts";
import { ApiError } from "#client/error.ts";
import { PutContactAddress } from "#operations/countersign/PutContactAddress.ts";
import { tokenOf } from "#operations/notices.ts";
import type { RawResponse } from "#wire/raw.ts";
import { codeOf, makeGuarded } from "../attacks/stage.ts";
import { openPage, type Page } from "../support/page.ts";
import { sign } from "../support/sign.ts";
import type { Keys, TestAccount, World } from "../support/world.ts";
import { sendMails, tellings } from "./mailbox.ts";
import { advance, STEP, session } from "./mfa-world.ts";
import { asUser, makePerson, openSignInWorld } from "./signin-world.ts";

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "answered",
    (error: unknown) => (error instanceof ApiError ? error.code : String(error)),
  );

async function pageOf(world: World, { accountId }: TestAccount, name: string) {
  const page = openPage((raw) => world.browse(raw), "http://localhost:8400");
  await page.client.signin.SubmitPassword(asUser(accountId, name));
  return page.client.countersign;
}

test("a mailed token confirms once, in a session of its user alone, and is in no event", async () => {
  await using world = await openSignInWorld({ mail: true });
  const account = await world.account();
  for (const name of ["ana", "eve"]) await makePerson(world, account, name);
  const input = { UserName: "ana", Address: "ana@b.example" };
  assert.ok((await world.operator(account.accountId, PutContactAddress, input)).ok);
  const until = epochMs(world.now + MINUTE);
  const mails = await world.store.write((tx) => tx.notices.claimMails(world.now, until, 9));
  const mail = mails.find(({ kind }) => kind === "confirm-contact");
  const Token = (mail && tokenOf(world.env.deps.keyring, mail)) ?? "";
  assert.deepEqual([mail?.address, Token.length], ["ana@b.example", 43]);
  const [ana, eve] = [await pageOf(world, account, "ana"), await pageOf(world, account, "eve")];
  assert.equal(await refusal(eve.ConfirmContactAddress({ Token })), "InvalidInput");
  const both = await Promise.all([1, 2].map(() => refusal(ana.ConfirmContactAddress({ Token }))));
  assert.deepEqual(both.toSorted(), ["InvalidInput", "answered"]);
  const { ChangedAt: _, ...shown } = await ana.GetContactAddress({});
  assert.deepEqual(shown, { Address: "ana@b.example", Confirmed: true });
  assert.ok(!JSON.stringify(await world.events(account.accountId)).includes(Token));
});

test("without MFA nobody changes his own address, and another's only as policies let him", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  for (const name of ["ana", "eve"]) await makePerson(world, account, name);
  const ana = await pageOf(world, account, "ana");
  const Address = "a@b.example";
  assert.equal(await refusal(ana.PutContactAddress({ Address })), "AccessDeniedException");
  assert.equal(await refusal(ana.PutContactAddress({ UserName: "eve", Address })), "AccessDeniedException");
  assert.equal(await refusal(ana.GetContactAddress({ UserName: "eve" })), "AccessDeniedException");
  assert.equal(await refusal(ana.GetContactAddress({})), "answered");
});

test("with a fresh second factor he changes his own without any policy; the one before is told, and no session without MFA may", async () => {
  await using world = await openSignInWorld({ mail: true });
  const account = await world.account();
  const ana = await makeGuarded(world, account, "ana");
  const PutAndDelete = (page: Page["client"]["countersign"]) =>
    Promise.all([
      refusal(page.PutContactAddress({ Address: "thief@b.example" })),
      refusal(page.DeleteContactAddress({})),
    ]);
  const { client } = openPage((raw) => world.browse(raw), "http://localhost:8400");
  await client.signin.SubmitPassword(asUser(account.accountId, "ana"));
  assert.deepEqual(await PutAndDelete(client.countersign), ["NotSignedIn", "NotSignedIn"], "half-way");
  advance(world, 2 * STEP);
  await client.signin.SubmitCode(codeOf(ana));
  await client.countersign.PutContactAddress({ Address: "one@b.example" });
  const [first] = (await sendMails(world)).filter(({ kind }) => kind === "confirm-contact");
  assert.equal(first?.to, "one@b.example");
  await client.countersign.ConfirmContactAddress({ Token: first.token });

  await client.countersign.PutContactAddress({ Address: "two@b.example" });
  assert.deepEqual(tellings(await sendMails(world)), [
    "confirm-contact to two@b.example",
    "contact-changed to one@b.example",
  ]);
  const put = async (keys: Keys) => String((await signedPut(world, keys)).body);
  const withoutMfa = /AccessDeniedException.*To change your own contact address, sign in with an MFA device/;
  assert.match(await put(ana.keys), withoutMfa, "his long-term key");
  const token = await session(world, ana.keys);
  assert.match(await put(token), withoutMfa, "a session of his without MFA");
  advance(world, 6 * MINUTE);
  assert.deepEqual(await PutAndDelete(client.countersign), ["StepUpRequired", "StepUpRequired"]);
  await client.signin.ProveFactor(codeOf(ana));
  await client.countersign.DeleteContactAddress({});
  assert.deepEqual(tellings(await sendMails(world)), ["contact-changed to one@b.example"]);
  assert.deepEqual(await client.countersign.GetContactAddress({}), {});
  assert.equal(await refusal(client.countersign.DeleteContactAddress({})), "NoSuchEntity");
  advance(world, 2 * STEP);
  assert.equal(await put(await session(world, ana.keys, ana.phone)), '{"Confirmed":false}');
});

/** A call of our own service by a signature. */
function signedPut(world: World, keys: Keys): Promise<RawResponse> {
  const body = JSON.stringify({ Address: "signed@b.example" });
  const contentType = "application/x-amz-json-1.1";
  const operation = "Countersign_20261101.PutContactAddress";
  const unsigned = { method: "POST", target: "/", host: "id.example.com", contentType, body, operation };
  return world.send({
    method: "POST",
    target: "/",
    rawHeaders: [...sign(unsigned, keys, { service: "countersign", at: world.now })],
    body: Buffer.from(body),
    peer: { address: "192.0.2.7", encrypted: false },
  });
}

const BAD_ADDRESSES: Readonly<Record<string, string>> = {
  empty: "",
  "no domain": "ana",
  huge: `${"a".repeat(5000)}@b.example`,
  "a line break": "a@b.example\r\nBcc: c@d.example",
  "a zero byte": "a\0@b.example",
  "two addresses": "a@b.example,c@d.example",
};

test("what is no address is refused, and nothing is put", async (t) => {
  await using world = await openSignInWorld({ mail: true });
  const { accountId, ...account } = await world.account();
  await makePerson(world, { accountId, ...account }, "ana");
  const ana = await world.store.reader.users.byName(accountId, "ana");
  assert.ok(ana);
  for (const [name, Address] of Object.entries(BAD_ADDRESSES)) {
    await t.test(name, async () => {
      const put = await world.operator(accountId, PutContactAddress, { UserName: "ana", Address });
      assert.equal(put.ok, false);
      assert.equal(await world.store.reader.contacts.load(accountId, ana.userId), undefined);
    });
  }
});

const TOKEN_AGES: Readonly<Record<string, readonly [age: number, account: "own" | "other", answer: string]>> =
  {
    "within the day": [DAY - MINUTE, "own", "answered"],
    "after the day": [DAY + MINUTE, "own", "InvalidInput"],
    "in another account": [0, "other", "InvalidInput"],
  };

test("a token confirms for a day, and in its account alone", async (t) => {
  for (const [name, [age, where, answer]] of Object.entries(TOKEN_AGES)) {
    await t.test(name, async () => {
      await using world = await openSignInWorld({ mail: true });
      const accounts = { own: await world.account(), other: await world.account() };
      for (const account of Object.values(accounts)) await makePerson(world, account, "ana");
      const input = { UserName: "ana", Address: "ana@b.example" };
      assert.ok((await world.operator(accounts.own.accountId, PutContactAddress, input)).ok);
      const until = epochMs(world.now + MINUTE);
      const mails = await world.store.write((tx) => tx.notices.claimMails(world.now, until, 9));
      const mail = mails.find(({ kind }) => kind === "confirm-contact");
      const Token = (mail && tokenOf(world.env.deps.keyring, mail)) ?? "";
      world.now = epochMs(world.now + age);
      const page = await pageOf(world, accounts[where], "ana");
      assert.equal(await refusal(page.ConfirmContactAddress({ Token })), answer);
    });
  }
});
