import assert from "node:assert/strict";
import { after, test } from "node:test";
import { rootPrincipalId } from "#identity/ids.ts";
import { advance, STEP } from "../operations/mfa-world.ts";
import { asRoot, asUser, giveRootPassword, PASSWORD } from "../operations/signin-world.ts";
import { onBothDatabases } from "../storage/databases.ts";
import type { Page } from "../support/page.ts";
import type { TestAccount } from "../support/world.ts";
import { codeOf, holding, makeGuarded, openStage, type Person, type Stage, step } from "./stage.ts";

const MANY = 20;
const many = <T>(make: (at: number) => T, count = MANY): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
const counted = (steps: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(steps, (name) => name)].map(([name, { length }]) => [name, length]));

const isSignedIn = async (page: Page): Promise<boolean> =>
  page.client.countersign.GetConsoleContext({}).then(
    () => true,
    () => false,
  );

const sessionsOf = async ({ world }: Stage, { account, name }: Person): Promise<number> => {
  const user = await world.store.reader.users.byName(account.accountId, name);
  return (await world.store.reader.consoleSessions.listFor(account.accountId, user?.userId ?? assert.fail()))
    .length;
};

const nameIn = ({ userIdentity }: Readonly<Record<string, unknown>>): unknown =>
  // an event's own form
  (userIdentity as { readonly userName?: string }).userName;

/** What nobody gains by asking many times at once. On PostgreSQL the transactions overlap. */
onBothDatabases((fresh) => {
  let shared: Promise<{ readonly stage: Stage; readonly account: TestAccount }> | undefined;
  const openOnce = async () => {
    const stage = await openStage(await fresh());
    const account = await stage.world.account();
    await stage.world
      .clients(account.admin)
      .iam.updateAccountPasswordPolicy({ AllowUsersToChangePassword: true });
    return { stage, account };
  };
  after(async () => (await shared)?.stage[Symbol.asyncDispose]());
  /** One world for all. */
  const openShared = () => {
    shared ??= openOnce();
    return shared;
  };
  /** A user of his own for each test. */
  const open = async (name: string, mustChange = false) => {
    const { stage, account } = await openShared();
    const person = await makeGuarded(stage.world, account, name, mustChange);
    advance(stage.world, 1000);
    const begin = async (page = stage.visitor()) => {
      assert.equal(await step(page, "SubmitPassword", asUser(account.accountId, name)), "factor");
      return page;
    };
    return { stage, account, person, begin };
  };
  /** So many requests of one browser at once: each its own copy of the cookies, which keeps what its answer sets. */
  const copies = (stage: Stage, page: Page) => many(() => holding(stage, page.cookies));

  test(`${MANY} times the right code in one sign-in: one session, under one cookie`, async () => {
    const { stage, person, begin } = await open("ana");
    const tabs = copies(stage, await begin());
    const steps = await Promise.all(tabs.map((tab) => step(tab, "SubmitCode", codeOf(person))));
    assert.equal(counted(steps).session, 1, JSON.stringify(counted(steps)));
    assert.equal(await sessionsOf(stage, person), 1);
    const good = await Promise.all(tabs.map(isSignedIn));
    assert.equal(good.filter((one) => one).length, 1);
  });

  test(`${MANY} step-ups with one code at once: one renews the session, and its cookie alone is good`, async () => {
    const { stage, person, begin } = await open("ben");
    const page = await begin();
    assert.equal(await step(page, "SubmitCode", codeOf(person)), "session");
    advance(stage.world, STEP);
    const tabs = copies(stage, page);
    const steps = await Promise.all(tabs.map((tab) => step(tab, "ProveFactor", codeOf(person))));
    assert.equal(counted(steps).ok, 1, JSON.stringify(counted(steps)));
    const good = await Promise.all([...tabs, page].map(isSignedIn));
    assert.equal(good.filter((one) => one).length, 1);
  });

  for (const where of ["a session", "a forced change"] as const) {
    test(`${MANY} new passwords at once in ${where}: one is set, and its browser alone goes on`, async () => {
      const forced = where === "a forced change";
      const { stage, account, person, begin } = await open(forced ? "cleo" : "dora", forced);
      const page = await begin();
      await page.client.signin.SubmitCode(codeOf(person));
      const tabs = copies(stage, page);
      const words = (at: number) => `better-Horse-${at}-battery`;
      const steps = await Promise.all(
        tabs.map((tab, at) => step(tab, "ChangePassword", { OldPassword: PASSWORD, NewPassword: words(at) })),
      );
      const winner = steps.indexOf("session");
      assert.equal(counted(steps).session, 1, JSON.stringify(counted(steps)));
      const good = await Promise.all(tabs.map(isSignedIn));
      assert.deepEqual(
        good,
        many((at) => at === winner),
      );
      assert.equal(await sessionsOf(stage, person), 1);
      // as one who comes anew: the guesses are by other addresses, few enough to be looked at
      for (const [password, outcome] of [
        [PASSWORD, "SignInFailed"],
        [words(winner), "factor"],
        [words((winner + 1) % MANY), "SignInFailed"],
      ] as const) {
        const later = stage.visitor({ ip: "203.0.113.7" });
        assert.equal(
          await step(later, "SubmitPassword", asUser(account.accountId, person.name, password)),
          outcome,
        );
      }
    });
  }

  test("40 guesses at once from as many addresses are counted one by one: no more are looked at than one after another", async () => {
    const { stage, account } = await open("emil");
    const { world } = stage;
    const guesses = many((at) => {
      const visitor = stage.visitor({ ip: `203.0.113.${at}` });
      return step(visitor, "SubmitPassword", asUser(account.accountId, "emil", "wrong-Horse-7-battery"));
    }, 40);
    assert.deepEqual(counted(await Promise.all(guesses)), { SignInFailed: 40 });
    const right = stage.visitor({ ip: "198.51.100.9" });
    assert.equal(await step(right, "SubmitPassword", asUser(account.accountId, "emil")), "SignInFailed");
    const looked = (await world.events(account.accountId)).filter(
      ({ record, decision }) => decision.reason === "wrong password" && nameIn(record) === "emil",
    );
    assert.equal(looked.length, 11);
    advance(world, 60_000);
    assert.equal(await step(right, "SubmitPassword", asUser(account.accountId, "emil")), "factor");
  });

  test(`${MANY} skips of root's reminder at once: the session is as it was, under its cookie`, async () => {
    const { stage, account } = await openShared();
    const { world } = stage;
    const { accountId } = account;
    await giveRootPassword(world, accountId);
    const page = stage.visitor();
    assert.equal(await step(page, "SubmitPassword", asRoot(accountId)), "enrol");
    const tabs = copies(stage, page);
    const leaving = holding(stage, page.cookies);
    const steps = await Promise.all(tabs.map((tab) => step(tab, "SkipEnrolment")));
    assert.deepEqual(counted(steps), { session: MANY });
    assert.equal(await step(page, "GetSignIn"), "session");
    // one that comes beside the end of the session gives nobody another
    const all = await Promise.all([
      ...tabs.map((tab) => step(tab, "SkipEnrolment")),
      step(leaving, "SignOut"),
    ]);
    assert.ok(
      all.every((one) => ["session", "NotSignedIn", "ok"].includes(one)),
      JSON.stringify(counted(all)),
    );
    const root = rootPrincipalId(accountId);
    assert.equal((await world.store.reader.consoleSessions.listFor(accountId, root)).length, 0);
  });
});
