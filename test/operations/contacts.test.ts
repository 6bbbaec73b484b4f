import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, epochMs, MINUTE } from "#base/clock.ts";
import { ApiError } from "#client/error.ts";
import { PutContactAddress } from "#operations/countersign/PutContactAddress.ts";
import { tokenOf } from "#operations/notices.ts";
import { openPage } from "../support/page.ts";
import type { TestAccount, World } from "../support/world.ts";
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
