import assert from "node:assert/strict";
import { test } from "node:test";
import { DeleteLoginProfile } from "#operations/iam/DeleteLoginProfile.ts";
import { UpdateLoginProfile } from "#operations/iam/UpdateLoginProfile.ts";
import { openPage } from "../support/page.ts";
import { asUser, makePerson, openSignInWorld } from "./signin-world.ts";

test("a changed password is told to its owner's page; what he dismisses still waits for administrators", async () => {
  await using world = await openSignInWorld();
  const { accountId, ...account } = await world.account();
  await makePerson(world, { accountId, ...account }, "ana");
  const { notices } = world.store.reader;
  const before = (await notices.waitingIn(accountId, 9)).length;
  const page = openPage((raw) => world.browse(raw), "http://localhost:8400");
  await page.client.signin.SubmitPassword(asUser(accountId, "ana"));
  const { countersign } = page.client;
  const reset = { UserName: "ana", PasswordResetRequired: false };
  assert.ok((await world.operator(accountId, UpdateLoginProfile, reset)).ok);
  assert.equal((await notices.waitingIn(accountId, 9)).length, before, "the password is as it was");
  const { Own, Account } = await countersign.ListNotices({});
  const [notice] = Own;
  assert.deepEqual([notice?.Kind, notice?.UserName, Account], ["password-changed", "ana", undefined]);
  await countersign.DismissNotice({ NoticeId: notice?.NoticeId ?? "" });
  assert.deepEqual((await countersign.ListNotices({})).Own.length, Own.length - 1);
  assert.equal((await notices.waitingIn(accountId, 9)).length, before);
});

test("a password taken away is told as a changed one, once, and not where there was none", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  const waiting = async () => (await world.store.reader.notices.waitingIn(account.accountId, 9)).length;
  const before = await waiting();
  const remove = () => world.operator(account.accountId, DeleteLoginProfile, { UserName: "ana" });
  assert.deepEqual([(await remove()).ok, await waiting()], [true, before + 1]);
  assert.deepEqual([(await remove()).ok, await waiting()], [false, before + 1]);
});

test("an administrator is shown his account's notices, and nobody another account's", async () => {
  await using world = await openSignInWorld();
  const [mine, other] = [await world.account(), await world.account()];
  const pages = [];
  for (const { accountId, ...rest } of [mine, other]) {
    await makePerson(world, { accountId, ...rest }, "zoe");
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await world.clients(rest.admin).iam.attachUserPolicy({ UserName: "zoe", PolicyArn });
    const page = openPage((raw) => world.browse(raw), "http://localhost:8400");
    await page.client.signin.SubmitPassword(asUser(accountId, "zoe"));
    pages.push(page.client.countersign);
  }
  await makePerson(world, mine, "ana");
  const [here, there] = pages;
  assert.ok(here && there);
  const about = ({ Account = [] }: Awaited<ReturnType<typeof here.ListNotices>>) =>
    Account.filter(({ UserName }) => UserName === "ana");
  const [notice] = about(await here.ListNotices({}));
  assert.equal(notice?.Kind, "password-changed");
  assert.deepEqual(about(await there.ListNotices({})), []);
  const NoticeId = notice.NoticeId;
  await assert.rejects(there.DismissNotice({ NoticeId }), { code: "NoSuchEntity" });
  await here.DismissNotice({ NoticeId });
  assert.ok(!about(await here.ListNotices({})).some((left) => left.NoticeId === NoticeId));
});
