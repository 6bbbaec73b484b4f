import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, epochMs } from "#base/clock.ts";
import { ApiError } from "#client/error.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import type { UserPage, UserQuestion } from "#model/countersign/user-types.ts";
import { openPage, type Page } from "../support/page.ts";
import type { TestAccount, World } from "../support/world.ts";
import { createDevice, enable } from "./mfa-world.ts";
import { asUser, makePerson, openSignInWorld } from "./signin-world.ts";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "answered",
    (error: unknown) => (error instanceof ApiError ? `${error.code}: ${error.message}` : String(error)),
  );

const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

async function signedIn(world: World, { accountId }: TestAccount, name: string): Promise<Page> {
  const page = openPage((raw) => world.browse(raw), "http://localhost:8400");
  assert.equal((await page.client.signin.SubmitPassword(asUser(accountId, name))).Step, "session");
  return page;
}

/** An administrator's console session. */
async function administrator(world: World, account: TestAccount, name = "zoe"): Promise<Page> {
  await makePerson(world, account, name);
  await world.clients(account.admin).iam.attachUserPolicy({ UserName: name, PolicyArn: ADMINISTRATOR });
  return signedIn(world, account, name);
}

const namesOf = ({ Users }: UserPage) => Users.map(({ UserName }) => UserName);

test("the list shows of each user what IAM would tell in several calls", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  const other = await world.account();
  const { client } = await administrator(world, account);
  const { iam } = world.clients(account.admin);
  await iam.createUser({ UserName: "Ana", Path: "/team/" });
  await iam.createGroup({ GroupName: "Ops" });
  await iam.createGroup({ GroupName: "dev" });
  for (const GroupName of ["Ops", "dev"]) await iam.addUserToGroup({ GroupName, UserName: "ana" });
  const { AccessKey } = await iam.createAccessKey({ UserName: "Ana" });
  await iam.createAccessKey({ UserName: "Ana" });
  await iam.updateAccessKey({
    UserName: "Ana",
    AccessKeyId: AccessKey?.AccessKeyId ?? "",
    Status: "Inactive",
  });
  await enable(world, account.admin, "Ana", await createDevice(world, account.admin, "phone"));
  await world.clients(other.admin).iam.createUser({ UserName: "elsewhere" });
  const page = await client.countersign.ListUserSummaries({});
  assert.deepEqual(namesOf(page), ["admin", "Ana", "zoe"]);
  assert.deepEqual([page.Matches, page.IsTruncated, page.Marker], [3, false, undefined]);
  const [, ana, zoe] = page.Users;
  const { User } = await iam.getUser({ UserName: "Ana" });
  assert.deepEqual(ana, {
    UserName: "Ana",
    UserId: User?.UserId,
    Arn: User?.Arn,
    Path: "/team/",
    CreateDate: world.now,
    MfaKinds: ["virtual"],
    ConsoleAccess: false,
    ActiveKeys: 1,
    OldestActiveKeyDate: world.now,
    Groups: ["dev", "Ops"],
  });
  assert.deepEqual([zoe?.ConsoleAccess, zoe?.PasswordLastUsed, zoe?.MfaKinds], [true, world.now, []]);
});

const QUESTIONS: readonly (readonly [question: UserQuestion, names: readonly string[]])[] = [
  [{ Search: "A" }, ["admin", "ana"]],
  [{ Search: "%" }, []],
  [{ Mfa: "none" }, ["admin", "ben", "zoe"]],
  [{ Mfa: "any" }, ["ana"]],
  [{ Mfa: "virtual" }, ["ana"]],
  [{ Mfa: "passkey" }, []],
  [{ ConsoleAccess: true }, ["zoe"]],
  [{ ConsoleAccess: false, Search: "n" }, ["admin", "ana", "ben"]],
  [{ GroupName: "OPS" }, ["ben"]],
  [{ NotSignedInForDays: 10 }, ["admin", "ana", "ben"]],
  [{ NotSignedInForDays: 21 }, []],
  [{ KeyOlderThanDays: 20 }, ["admin", "ana", "ben"]],
  [{ KeyOlderThanDays: 20, Mfa: "any" }, ["ana"]],
  [{ KeyOlderThanDays: 21 }, []],
  [{ Descending: true }, ["zoe", "ben", "ana", "admin"]],
  [{ Sort: "PasswordLastUsed", Descending: true }, ["zoe", "admin", "ana", "ben"]],
  [{ Sort: "CreateDate", Descending: true }, ["zoe", "admin", "ana", "ben"]],
  [{ Sort: "KeyAge" }, ["zoe", "admin", "ana", "ben"]],
];

test("filters and sorts, a page at a time", async (t) => {
  await using world = await openSignInWorld();
  const account = await world.account();
  const admin = world.clients(account.admin).iam;
  for (const UserName of ["ben", "ana"]) {
    await admin.createUser({ UserName });
    await admin.createAccessKey({ UserName });
  }
  await admin.createGroup({ GroupName: "ops" });
  await admin.addUserToGroup({ GroupName: "ops", UserName: "ben" });
  await enable(world, account.admin, "ana", await createDevice(world, account.admin, "phone"));
  world.now = epochMs(world.now + 20 * DAY);
  const { client } = await administrator(world, account);
  for (const [question, names] of QUESTIONS) {
    await t.test(JSON.stringify(question), async () => {
      const whole = await client.countersign.ListUserSummaries(question);
      assert.deepEqual(namesOf(whole), names);
      assert.equal(whole.Matches, names.length);
      const seen: string[] = [];
      let Marker: string | undefined;
      do {
        const page = await client.countersign.ListUserSummaries({ ...question, MaxItems: 1, Marker });
        seen.push(...namesOf(page));
        assert.equal(page.IsTruncated, page.Marker !== undefined);
        Marker = page.Marker;
      } while (Marker !== undefined);
      assert.deepEqual(seen, names);
    });
  }
});

test("a marker opens the list that it is of, for whom it was made", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  const zoe = await administrator(world, account);
  const yan = await administrator(world, account, "yan");
  const other = await administrator(world, await world.account(), "zoe");
  const asked = { Search: "a", Sort: "KeyAge", MaxItems: 1 } as const;
  const { Marker } = await zoe.client.countersign.ListUserSummaries(asked);
  assert.ok(Marker);
  const again = (page: Page, more: UserQuestion = {}) =>
    refusal(page.client.countersign.ListUserSummaries({ ...asked, Marker, ...more }));
  assert.equal(await again(zoe), "answered");
  assert.equal(await again(zoe, { MaxItems: 9 }), "answered");
  const invalid = "ValidationException: Invalid Marker.";
  for (const more of [
    { Search: "an" },
    { Sort: "CreateDate" },
    { Descending: true },
    { Mfa: "none" },
    { Mfa: "passkey" },
    { ConsoleAccess: true },
    { NotSignedInForDays: 1 },
    { KeyOlderThanDays: 1 },
    { Marker: `${Marker.slice(0, -4)}AAAA` },
    { Marker: "x" },
  ] satisfies readonly UserQuestion[]) {
    assert.equal(await again(zoe, more), invalid, JSON.stringify(more));
  }
  for (const page of [yan, other]) assert.equal(await again(page), invalid);
  const listed = await world.clients(account.admin).iam.listUsers({ MaxItems: 1 });
  assert.equal(await again(zoe, { Marker: listed.Marker ?? "" }), invalid);
});

const MALFORMED: readonly (readonly [input: object, error: RegExp])[] = [
  [{ Search: "" }, /^ValidationException: .*'search'.*greater than or equal to 1$/],
  [{ Search: "x".repeat(129) }, /^ValidationException: .*'search'.*less than or equal to 128$/],
  [{ Search: 5 }, /^SerializationException/],
  [{ Mfa: "some" }, /^ValidationException: .*'mfa'.*enum value set/],
  [{ Sort: "__proto__" }, /^ValidationException: .*'sort'.*enum value set/],
  [{ ConsoleAccess: "yes" }, /^SerializationException/],
  [{ NotSignedInForDays: 0 }, /^ValidationException: .*'notSignedInForDays'/],
  [{ KeyOlderThanDays: 1.5 }, /^ValidationException: .*'keyOlderThanDays'.*integer$/],
  [{ KeyOlderThanDays: 1e300 }, /^ValidationException: .*'keyOlderThanDays'/],
  [{ MaxItems: 1001 }, /^ValidationException: .*'maxItems'.*less than or equal to 1000$/],
  [{ Marker: "" }, /^ValidationException: .*'marker'/],
  [{ GroupName: "no such" }, /^ValidationException: .*'groupName'/],
  [{ GroupName: "nobody" }, /^NoSuchEntity(?:Exception)?: The group with name nobody cannot be found\.$/],
];

test("bad questions are refused in a sentence", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  const { client } = await administrator(world, account);
  for (const [input, error] of MALFORMED) {
    // what a client that keeps to the types would not send
    const question = input as UserQuestion;
    assert.match(await refusal(client.countersign.ListUserSummaries(question)), error, JSON.stringify(input));
  }
  for (const Search of ["ä", "'; drop table users; --", "\\", "a".repeat(128), "<root_account>"]) {
    const { Users } = await client.countersign.ListUserSummaries({ Search });
    assert.deepEqual(Users, [], Search);
  }
});

test("the list is allowed by its own action", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  const { iam } = world.clients(account.admin);
  await makePerson(world, account, "ana");
  const { client } = await signedIn(world, account, "ana");
  const list = () => refusal(client.countersign.ListUserSummaries({}));
  const allow = (Action: string, Resource: string) =>
    iam.putUserPolicy({
      UserName: "ana",
      PolicyName: "own",
      PolicyDocument: policy({ Effect: "Allow", Action, Resource }),
    });
  const denied =
    /^AccessDeniedException: .* is not authorized to perform: countersign:ListUserSummaries on resource: arn:aws:iam::\d{12}:user\/ /;
  assert.match(await list(), denied);
  await allow("iam:*", "*");
  assert.match(await list(), denied);
  await allow("countersign:ListUserSummaries", `arn:aws:iam::${account.accountId}:user/*`);
  assert.equal(await list(), "answered");
});

test("on later pages, and of more than a thousand, what is not counted is not told", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  const { client } = await administrator(world, account);
  const { countersign } = client;
  const rows = (from: number) =>
    Array.from({ length: 600 }, (_, at) => ({ UserName: `many-${from + at}`, Groups: ["all"] }));
  await world.clients(account.admin).iam.createGroup({ GroupName: "all" });
  for (const from of [0, 600])
    assert.equal((await countersign.CreateUsers({ Users: rows(from) })).Created, 600);
  const matches = async (question: CountersignOperations["ListUserSummaries"]["input"]) => {
    const page = await countersign.ListUserSummaries(question);
    return [page.Users.length, page.Matches];
  };
  assert.deepEqual(await matches({}), [50, 1202]);
  assert.deepEqual(await matches({ GroupName: "all", MaxItems: 1000 }), [1000, 1200]);
  assert.deepEqual(await matches({ Search: "many" }), [50, undefined]);
  assert.deepEqual(await matches({ Search: "many-1" }), [50, 311]);
  const { Marker } = await countersign.ListUserSummaries({ Search: "many-1" });
  assert.deepEqual(await matches({ Search: "many-1", Marker }), [50, undefined]);
});
