import assert from "node:assert/strict";
import { test } from "node:test";
import { epochMs } from "#base/clock.ts";
import { DeleteLoginProfile } from "#operations/iam/DeleteLoginProfile.ts";
import { UpdateLoginProfile } from "#operations/iam/UpdateLoginProfile.ts";
import { openPage } from "../support/page.ts";
import { sendMails, tellings } from "./mailbox.ts";
import { createDevice, enable } from "./mfa-world.ts";
import { asRoot, asUser, giveRootPassword, makePerson, openSignInWorld } from "./signin-world.ts";

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

test("an added and a removed factor are told to its owner, whoever did it, by address or page; a refusal tells nothing", async () => {
  await using world = await openSignInWorld({ mail: true });
  const account = await world.account();
  const { accountId } = account;
  await makePerson(world, account, "ana");
  const { iam } = world.clients(account.admin);
  const ana = (await world.store.reader.users.byName(accountId, "ana")) ?? assert.fail();
  const told = async () =>
    (await world.store.reader.notices.waitingFor(accountId, ana.userId, 9)).filter(({ kind }) =>
      kind.startsWith("factor-"),
    );
  const phone = await createDevice(world, account.admin, "phone");
  const named = { UserName: "ana", SerialNumber: phone.serial };
  assert.deepEqual(await told(), []);
  await enable(world, account.admin, "ana", phone);
  const [added] = await told();
  assert.deepEqual(
    [added?.kind, added?.details.device, added?.details.by],
    ["factor-added", phone.serial, `arn:aws:iam::${accountId}:user/admin`],
  );
  // by mail, once there is an address
  await world.store.write(async (tx) => {
    const contact = { accountId, principalId: ana.userId, address: "ana@b.example", changedAt: world.now };
    await tx.contacts.put(contact, { tokenHash: "t", expiresAt: epochMs(world.now + 1) });
    await tx.contacts.confirm(accountId, "t", [ana.userId], world.now);
  });
  await assert.rejects(iam.deactivateMFADevice({ ...named, SerialNumber: `${phone.serial}x` }));
  await assert.rejects(iam.deactivateMFADevice({ ...named, UserName: "admin" }));
  assert.deepEqual(tellings(await sendMails(world)), []);
  await iam.deactivateMFADevice(named);
  await assert.rejects(iam.deactivateMFADevice(named));
  const mails = await sendMails(world);
  assert.deepEqual(tellings(mails), ["factor-removed to ana@b.example"]);
  assert.equal(mails[0]?.details.device, phone.serial);
  // nobody's any more: whom should its deletion be told?
  await iam.deleteVirtualMFADevice({ SerialNumber: phone.serial });
  assert.deepEqual(tellings(await sendMails(world)), []);
  assert.equal((await told()).length, 1);
});

test("two who remove one factor at once: its owner is told once", async () => {
  await using world = await openSignInWorld({ mail: true });
  const account = await world.account();
  const { accountId } = account;
  await makePerson(world, account, "ana");
  const phone = await createDevice(world, account.admin, "phone");
  await enable(world, account.admin, "ana", phone);
  const { iam } = world.clients(account.admin);
  const remove = () =>
    iam.deactivateMFADevice({ UserName: "ana", SerialNumber: phone.serial }).then(
      () => "removed",
      () => "refused",
    );
  assert.deepEqual((await Promise.all([remove(), remove()])).toSorted(), ["refused", "removed"]);
  const told = await world.store.reader.notices.waitingIn(accountId, 9);
  assert.equal(told.filter(({ kind }) => kind === "factor-removed").length, 1);
});

test("root's factors are told to root's address", async () => {
  await using world = await openSignInWorld({ mail: true });
  const { accountId, root } = await world.account();
  const phone = await createDevice(world, root, "root-phone");
  const asOperator = { SerialNumber: phone.serial, UserName: undefined };
  const codes = { AuthenticationCode1: phone.code(-1), AuthenticationCode2: phone.code(0) };
  const page = openPage((raw) => world.browse(raw), "http://localhost:8400");
  await giveRootPassword(world, accountId);
  await page.client.signin.SubmitPassword(asRoot(accountId));
  await page.client.signin.SkipEnrolment({});
  await page.iam.enableMFADevice({ ...asOperator, ...codes } as never);
  assert.deepEqual(
    tellings(await sendMails(world)).filter((telling) => telling.startsWith("factor-")),
    [`factor-added to ${asRoot(accountId).Email}`],
  );
});
