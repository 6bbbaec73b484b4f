import assert from "node:assert/strict";
import { test } from "node:test";
import { issueSetUpLink } from "#operations/signin/set-up-link.ts";
import { onBothDatabases } from "../storage/databases.ts";
import { advance, createDevice, enable, STEP } from "./mfa-world.ts";
import { asUser, makePerson, openBrowser, openSignInWorld, PASSWORD } from "./signin-world.ts";

/** What no two requests at once may both do: on PostgreSQL their transactions overlap, and a conditional write decides. */
onBothDatabases((fresh) => {
  const open = async () => {
    const world = await openSignInWorld({ config: await fresh() });
    const account = await world.account();
    await makePerson(world, account, "ana");
    const phones = [
      await createDevice(world, account.admin, "phone"),
      await createDevice(world, account.admin, "tablet"),
    ];
    for (const phone of phones) await enable(world, account.admin, "ana", phone);
    advance(world, 2 * STEP);
    const begin = async () => {
      const browser = openBrowser(world);
      assert.equal(await browser.step("SubmitPassword", asUser(account.accountId, "ana")), "factor");
      return browser;
    };
    const sessions = async () => {
      const user = await world.store.reader.users.byName(account.accountId, "ana");
      return (
        await world.store.reader.consoleSessions.listFor(account.accountId, user?.userId ?? assert.fail())
      ).length;
    };
    return { world, account, phones, begin, sessions };
  };

  test("one code, given by many at once in sign-ins of their own, signs one in", async () => {
    const { world, phones, begin, sessions } = await open();
    await using _ = world;
    const browsers = [await begin(), await begin(), await begin(), await begin()];
    const [phone] = phones;
    const code = { DeviceId: phone?.serial ?? "", Code: phone?.code() ?? "" };
    const steps = await Promise.all(browsers.map((browser) => browser.step("SubmitCode", code)));
    assert.deepEqual(steps.toSorted(), ["InvalidCode", "InvalidCode", "InvalidCode", "session"]);
    assert.equal(await sessions(), 1);
  });

  test("good codes of several devices, given at once in one sign-in, make one session", async () => {
    const { world, phones, begin, sessions } = await open();
    await using _ = world;
    for (let round = 0; round < 5; round += 1) {
      const browser = await begin();
      const codes = phones.map((phone) => ({ DeviceId: phone.serial, Code: phone.code() }));
      const steps = await Promise.all(codes.map((code) => browser.copy().step("SubmitCode", code)));
      assert.deepEqual(steps.toSorted(), ["SignInExpired", "session"]);
      assert.equal(await sessions(), round + 1);
      advance(world, STEP);
    }
  });

  test("two that prove a factor in one session: one renews it, and the other's cookie is over", async () => {
    const { world, phones, begin } = await open();
    await using _ = world;
    const browser = await begin();
    const [phone, tablet] = phones;
    assert.ok(phone && tablet);
    await browser.do("SubmitCode", { DeviceId: phone.serial, Code: phone.code() });
    advance(world, STEP);
    const tabs = [browser.copy(), browser.copy()];
    const [one, two] = tabs;
    const answers = await Promise.all([
      one?.try("ProveFactor", { DeviceId: phone.serial, Code: phone.code() }),
      two?.try("ProveFactor", { DeviceId: tablet.serial, Code: tablet.code() }),
    ]);
    assert.equal(answers.filter((answer) => answer === "NotSignedIn").length, 1);
    const callers = await Promise.all(tabs.map((tab) => tab.caller()));
    assert.equal(callers.filter((caller) => caller === "NotSignedIn").length, 1);
  });

  test("a password that is reset while its user signs in leaves him no session", async () => {
    const { world, account } = await open();
    await using _ = world;
    for (let round = 0; round < 5; round += 1) {
      const name = `ben-${round}`;
      await makePerson(world, account, name);
      advance(world, 1);
      const browser = openBrowser(world);
      const [, reset] = await Promise.all([
        browser.step("SubmitPassword", asUser(account.accountId, name)),
        world
          .clients(account.admin)
          .iam.updateLoginProfile({ UserName: name, Password: "another-Horse-8-battery" }),
      ]);
      assert.equal(reset.$metadata.httpStatusCode, 200);
      assert.equal(await browser.caller(), "NotSignedIn");
    }
  });

  test("many with one set-up link make one account", async () => {
    await using world = await openSignInWorld({ config: await fresh() });
    const Token = (await issueSetUpLink(world.store, world.env.deps.random, world.now)) ?? assert.fail();
    const emails = Array.from({ length: 5 }, (_, at) => `root-${at}@example.com`);
    const steps = await Promise.all(
      emails.map((Email) => openBrowser(world).step("SetUp", { Token, Email, Password: PASSWORD })),
    );
    assert.deepEqual(steps.toSorted(), [...Array(4).fill("SetUpLinkInvalid"), "enrol"]);
    assert.equal((await world.store.reader.accounts.list({ limit: 9 })).length, 1);
  });
});
