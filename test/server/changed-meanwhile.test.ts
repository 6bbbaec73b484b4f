import assert from "node:assert/strict";
import { test } from "node:test";
import { epochMs } from "#base/clock.ts";
import type { RawResponse } from "#wire/raw.ts";
import { makePerson, openSignInWorld, PASSWORD } from "../operations/signin-world.ts";
import { openPage, type Page } from "../support/page.ts";
import type { TestAccount, World } from "../support/world.ts";

/** Two administrators, each at a page of his own. */
async function administrators(world: World): Promise<{ account: TestAccount; pages: readonly [Page, Page] }> {
  const account = await world.account();
  const pageOf = async (name: string): Promise<Page> => {
    await makePerson(world, account, name);
    await world.clients(account.admin).iam.attachUserPolicy({
      UserName: name,
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
    const page = openPage(world.browse, "http://localhost:8400");
    const person = { Type: "user", Account: account.accountId, UserName: name, Password: PASSWORD } as const;
    await page.client.signin.SubmitPassword(person);
    return page;
  };
  return { account, pages: [await pageOf("ana"), await pageOf("ben")] };
}

const form = (members: Readonly<Record<string, string>>): string =>
  new URLSearchParams({ Version: "2010-05-08", ...members }).toString();
const READ = form({ Action: "GetGroup", GroupName: "team" });
const rename = (to: string) => form({ Action: "UpdateGroup", GroupName: "team", NewPath: `/${to}/` });
const since = (revision: string) => ({ "x-countersign-unchanged-since": revision });
const revisionOf = ({ headers }: RawResponse): string => headers["x-countersign-revision"] ?? "none";
const outcomeOf = ({ status, body }: RawResponse): string =>
  `${status} ${/<Code>(\w+)</.exec(String(body))?.[1] ?? "done"}`;

test("of two who change what both have read, the second is told, and nothing of his is saved", async () => {
  await using world = await openSignInWorld();
  const { account, pages } = await administrators(world);
  const [ana, ben] = pages;
  const { iam } = world.clients(account.admin);
  await iam.createGroup({ GroupName: "team" });
  const [seenByAna, seenByBen] = [revisionOf(await ana.post(READ)), revisionOf(await ben.post(READ))];
  assert.equal(outcomeOf(await ana.post(rename("a"), since(seenByAna))), "200 done");
  world.now = epochMs(world.now + 1000);
  const refused = await ben.post(rename("b"), since(seenByBen));
  assert.equal(outcomeOf(refused), "409 ChangedMeanwhile");
  assert.equal((await iam.getGroup({ GroupName: "team" })).Group?.Path, "/a/");
  const events = await world.events(account.accountId);
  assert.deepEqual(
    events.filter(({ eventName }) => eventName === "UpdateGroup").map(({ errorCode }) => errorCode),
    [undefined, "ChangedMeanwhile"],
  );
  const now = revisionOf(await ben.post(READ));
  assert.equal(outcomeOf(await ben.post(rename("b"), since(now))), "200 done");
  assert.equal((await iam.getGroup({ GroupName: "team" })).Group?.Path, "/b/");
});

test("of many at once, one is let through", async () => {
  await using world = await openSignInWorld();
  const { account, pages } = await administrators(world);
  await world.clients(account.admin).iam.createGroup({ GroupName: "team" });
  const seen = revisionOf(await pages[0].post(READ));
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) => (pages[at % 2] ?? pages[0]).post(rename(`p${at}`), since(seen))),
  );
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
});

test("a change through the AWS CLI's door counts; a revision that never was lets nothing through", async () => {
  await using world = await openSignInWorld();
  const { account, pages } = await administrators(world);
  const { iam } = world.clients(account.admin);
  await iam.createGroup({ GroupName: "team" });
  const seen = revisionOf(await pages[0].post(READ));
  await iam.updateGroup({ GroupName: "team", NewPath: "/cli/" });
  for (const revision of [seen, "0", "999999", "-1", "1e9", "", "abc", "9".repeat(400)]) {
    const answer = await pages[0].post(rename("x"), since(revision));
    assert.equal(outcomeOf(answer), "409 ChangedMeanwhile", revision);
  }
  assert.equal((await iam.getGroup({ GroupName: "team" })).Group?.Path, "/cli/");
  // who may not change it is told that, and nothing else
  await iam.detachUserPolicy({ UserName: "ana", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
  assert.equal(outcomeOf(await pages[0].post(rename("x"), since(seen))), "403 AccessDenied");
});
