import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, MINUTE } from "#base/clock.ts";
import { ApiError } from "#client/error.ts";
import { openPage, type Page } from "../support/page.ts";
import type { TestAccount, World } from "../support/world.ts";
import { sendMails, tellings } from "./mailbox.ts";
import { advance } from "./mfa-world.ts";
import { asRoot, asUser, giveRootPassword, makePerson, openSignInWorld } from "./signin-world.ts";

type Console = Page["client"]["countersign"];

/** An account with an administrator, ana, and ben whom no policy lets do anything: all sign in at the console. */
interface Scene extends AsyncDisposable {
  readonly world: World;
  readonly account: TestAccount;
  /** Root's e-mail address. */
  readonly root: string;
  signIn(name: string, account?: TestAccount): Promise<Console>;
}

async function openScene(): Promise<Scene> {
  const world = await openSignInWorld({ mail: true });
  const account = await world.account();
  const page = () => openPage((raw) => world.browse(raw), "http://localhost:8400");
  for (const name of ["ana", "ben"]) await makePerson(world, account, name);
  await administer(world, account, "ana");
  await sendMails(world);
  return {
    world,
    account,
    root: asRoot(account.accountId).Email,
    async signIn(name, where = account) {
      const { client } = page();
      await client.signin.SubmitPassword(
        name === "root" ? asRoot(where.accountId) : asUser(where.accountId, name),
      );
      return client.countersign;
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

const administer = (world: World, { admin }: TestAccount, UserName: string) =>
  world.clients(admin).iam.attachUserPolicy({
    UserName,
    PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  });

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "answered",
    (error: unknown) => (error instanceof ApiError ? error.code : String(error)),
  );

async function shown(page: Console): Promise<object> {
  const { ChangedAt: _, ...contact } = await page.GetSecurityContact({});
  return contact;
}

/** The token of the one mail that confirms. */
async function tokenTo({ world }: Scene, address: string): Promise<string> {
  const mails = (await sendMails(world)).filter(({ kind }) => kind === "confirm-security-contact");
  assert.deepEqual(
    mails.map(({ to, token }) => [to, token.length]),
    [[address, 43]],
  );
  return mails[0]?.token ?? "";
}

test("it is put, confirmed, replaced and taken away; root and whoever is the contact then are told each time", async () => {
  await using scene = await openScene();
  const { world, root } = scene;
  const ana = await scene.signIn("ana");
  const mails = async () => tellings(await sendMails(world));
  assert.deepEqual(await shown(ana), {});

  assert.deepEqual(await ana.PutSecurityContact({ Address: "one@b.example" }), { Confirmed: false });
  assert.deepEqual(await shown(ana), { Address: "one@b.example", Confirmed: false });
  const first = await sendMails(world);
  assert.deepEqual(tellings(first), [
    "confirm-security-contact to one@b.example",
    `contact-changed to ${root}`,
  ]);
  const changed = first.find(({ kind }) => kind === "contact-changed");
  assert.deepEqual(
    [changed?.details.address, changed?.details.by],
    ["one@b.example", `arn:aws:iam::${scene.account.accountId}:user/ana`],
  );
  const Token = first.find(({ kind }) => kind === "confirm-security-contact")?.token ?? "";
  assert.deepEqual(await ana.ConfirmContactAddress({ Token }), {});
  assert.deepEqual(await shown(ana), { Address: "one@b.example", Confirmed: true });

  await ana.PutSecurityContact({ Address: "two@b.example" });
  assert.deepEqual(await shown(ana), { Address: "two@b.example", Confirmed: false });
  const toBoth = [`contact-changed to one@b.example`, `contact-changed to ${root}`].toSorted();
  assert.deepEqual(await mails(), ["confirm-security-contact to two@b.example", ...toBoth].toSorted());

  await ana.DeleteSecurityContact({});
  assert.deepEqual(
    await mails(),
    toBoth,
    "the one that was confirmed is told that it is the contact no more",
  );
  assert.deepEqual(await shown(ana), {});
  assert.equal(await refusal(ana.DeleteSecurityContact({})), "NoSuchEntity");
  assert.deepEqual(await mails(), []);
});

test("what happens to root is told to root and to the contact, once that is confirmed", async () => {
  await using scene = await openScene();
  const { world, account, root } = scene;
  await giveRootPassword(world, account.accountId);
  const ana = await scene.signIn("ana");
  await ana.PutSecurityContact({ Address: "sec@b.example" });
  const Token = await tokenTo(scene, "sec@b.example");
  const change = async (from: string, to: string) => {
    const { client } = openPage((raw) => world.browse(raw), "http://localhost:8400");
    await client.signin.SubmitPassword(asRoot(account.accountId, from));
    await client.signin.ChangePassword({ OldPassword: from, NewPassword: to });
    const told = await sendMails(world);
    return tellings(told.filter(({ kind }) => kind === "password-changed"));
  };
  const [first, second, third] = [asRoot("x").Password, "better-Horse-9-battery", "third-Horse-11-battery"];
  assert.deepEqual(await change(first, second), [`password-changed to ${root}`]);
  await ana.ConfirmContactAddress({ Token });
  assert.deepEqual(
    await change(second, third),
    [`password-changed to ${root}`, "password-changed to sec@b.example"].toSorted(),
  );
});

test("a link that was used, was replaced, or whose contact is gone confirms nothing", async () => {
  await using scene = await openScene();
  const ana = await scene.signIn("ana");
  const confirm = (Token: string) => refusal(ana.ConfirmContactAddress({ Token }));
  const put = async (Address: string) => {
    await ana.PutSecurityContact({ Address });
    return tokenTo(scene, Address);
  };
  const first = await put("one@b.example");
  const again = await put("one@b.example");
  assert.equal(await confirm(first), "InvalidInput", "replaced, of the same address");
  assert.deepEqual(await shown(ana), { Address: "one@b.example", Confirmed: false });
  assert.equal(await confirm(again), "answered");
  assert.equal(await confirm(again), "InvalidInput", "used");
  const second = await put("two@b.example");
  await ana.DeleteSecurityContact({});
  assert.equal(await confirm(second), "InvalidInput", "taken away");
  assert.deepEqual(await shown(ana), {});
  const third = await put("two@b.example");
  assert.equal(await confirm(second), "InvalidInput", "of the one before");
  for (const made of ["", "x", third.slice(1), `${third}x`, third.toLowerCase()])
    assert.notEqual(await confirm(made), "answered", made);
  assert.deepEqual(await shown(ana), { Address: "two@b.example", Confirmed: false });
  assert.equal(await confirm(third), "answered");
});

test("a mail that was not sent yet is taken back when its address is replaced or taken away", async () => {
  await using scene = await openScene();
  const ana = await scene.signIn("ana");
  await ana.PutSecurityContact({ Address: "one@b.example" });
  await ana.PutSecurityContact({ Address: "two@b.example" });
  await tokenTo(scene, "two@b.example");
  await ana.PutSecurityContact({ Address: "three@b.example" });
  await ana.DeleteSecurityContact({});
  const mails = await sendMails(scene.world);
  assert.ok(!mails.some(({ kind }) => kind === "confirm-security-contact"));
});

test("a link confirms for a day, in its account alone, and in a session alone", async () => {
  await using scene = await openScene();
  const { world } = scene;
  const ana = await scene.signIn("ana");
  const other = await world.account();
  await makePerson(world, other, "ana");
  await ana.PutSecurityContact({ Address: "sec@b.example" });
  const Token = await tokenTo(scene, "sec@b.example");
  const stranger = await scene.signIn("ana", other);
  assert.equal(await refusal(stranger.ConfirmContactAddress({ Token })), "InvalidInput");
  const nobody = openPage((raw) => world.browse(raw), "http://localhost:8400").client.countersign;
  assert.equal(await refusal(nobody.ConfirmContactAddress({ Token })), "NotSignedIn");
  advance(world, DAY - MINUTE);
  const ben = await scene.signIn("ben");
  advance(world, MINUTE);
  assert.equal(await refusal(ben.ConfirmContactAddress({ Token })), "InvalidInput", "after the day");
  await (await scene.signIn("ana")).PutSecurityContact({ Address: "sec@b.example" });
  const fresh = await tokenTo(scene, "sec@b.example");
  advance(world, DAY - MINUTE);
  // whom no policy lets do anything: the mail is his proof
  const late = await scene.signIn("ben");
  assert.equal(await refusal(late.ConfirmContactAddress({ Token: fresh })), "answered");
});

test("of many who confirm at once, and one who replaces it meanwhile, one is right", async () => {
  await using scene = await openScene();
  const pages = [await scene.signIn("ana"), await scene.signIn("ana"), await scene.signIn("ben")];
  const [ana] = pages;
  assert.ok(ana);
  for (let round = 0; round < 5; round++) {
    await ana.PutSecurityContact({ Address: `one${round}@b.example` });
    const Token = await tokenTo(scene, `one${round}@b.example`);
    const confirmed = await Promise.all(pages.map((page) => refusal(page.ConfirmContactAddress({ Token }))));
    assert.deepEqual(confirmed.toSorted(), ["InvalidInput", "InvalidInput", "answered"]);
    await ana.PutSecurityContact({ Address: `two${round}@b.example` });
    const next = await tokenTo(scene, `two${round}@b.example`);
    await Promise.all([
      refusal(ana.ConfirmContactAddress({ Token: next })),
      ana.PutSecurityContact({ Address: `three${round}@b.example` }),
    ]);
    // whichever came first, what is confirmed was asked for: the last one is not
    assert.deepEqual(await shown(ana), { Address: `three${round}@b.example`, Confirmed: false });
    await sendMails(scene.world);
  }
});

test("policies decide who sees and changes it, and nobody sees another account's", async () => {
  await using scene = await openScene();
  const { world } = scene;
  const other = await world.account();
  await makePerson(world, other, "zoe");
  await administer(world, other, "zoe");
  const [ana, ben, zoe] = [
    await scene.signIn("ana"),
    await scene.signIn("ben"),
    await scene.signIn("zoe", other),
  ];
  await ana.PutSecurityContact({ Address: "sec@b.example" });
  const calls = [
    () => ben.GetSecurityContact({}),
    () => ben.PutSecurityContact({ Address: "ben@b.example" }),
    () => ben.DeleteSecurityContact({}),
  ];
  for (const call of calls) assert.equal(await refusal(call()), "AccessDeniedException");
  assert.deepEqual(await shown(zoe), {});
  assert.equal(await refusal(zoe.DeleteSecurityContact({})), "NoSuchEntity");
  await zoe.PutSecurityContact({ Address: "zoe@b.example" });
  assert.deepEqual(await shown(ana), { Address: "sec@b.example", Confirmed: false });
  for (const Address of ["", "sec", "a@b.example\r\nBcc: c@d.example", `${"a".repeat(5000)}@b.example`])
    assert.notEqual(await refusal(ana.PutSecurityContact({ Address })), "answered", Address);
  assert.deepEqual(await shown(ana), { Address: "sec@b.example", Confirmed: false });
});

test("it is in the events by whom and what, and no token is", async () => {
  await using scene = await openScene();
  const ana = await scene.signIn("ana");
  await ana.PutSecurityContact({ Address: "sec@b.example" });
  const Token = await tokenTo(scene, "sec@b.example");
  await ana.ConfirmContactAddress({ Token });
  await ana.DeleteSecurityContact({});
  const events = await scene.world.events(scene.account.accountId);
  const names = events.map(({ eventName }) => eventName).filter((name) => /Contact/.test(name));
  // of one moment: in no order
  assert.deepEqual(names.toSorted(), [
    "ConfirmContactAddress",
    "DeleteSecurityContact",
    "PutSecurityContact",
  ]);
  assert.ok(!JSON.stringify(events).includes(Token));
});
