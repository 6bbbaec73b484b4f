import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "#client/error.ts";
import type { CreatedUsers, NewUser, NewUsers } from "#model/countersign/user-types.ts";
import { openPage, type Page } from "../support/page.ts";
import { sign } from "../support/sign.ts";
import type { TestAccount, World } from "../support/world.ts";
import { asUser, makePerson, openSignInWorld } from "./signin-world.ts";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "answered",
    (error: unknown) => (error instanceof ApiError ? `${error.code}: ${error.message}` : String(error)),
  );

interface Scene {
  readonly world: World;
  readonly account: TestAccount;
  readonly page: Page;
  readonly create: (users: readonly NewUser[], more?: Partial<NewUsers>) => Promise<CreatedUsers>;
}

/** Somebody in the console who may do what the statements say, or everything. */
async function scene(world: World, statements?: readonly object[]): Promise<Scene> {
  const account = await world.account();
  const { iam } = world.clients(account.admin);
  await makePerson(world, account, "zoe");
  if (statements === undefined) await iam.attachUserPolicy({ UserName: "zoe", PolicyArn: ADMINISTRATOR });
  else {
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: statements });
    await iam.putUserPolicy({ UserName: "zoe", PolicyName: "own", PolicyDocument });
  }
  for (const GroupName of ["ops", "dev"]) await iam.createGroup({ GroupName });
  const page = openPage((raw) => world.browse(raw), "http://localhost:8400");
  await page.client.signin.SubmitPassword(asUser(account.accountId, "zoe"));
  const create: Scene["create"] = (Users, more) => page.client.countersign.CreateUsers({ Users, ...more });
  return { world, account, page, create };
}

const namesIn = async ({ world, account }: Scene): Promise<readonly string[]> => {
  const rows = await world.store.reader.users.list(account.accountId, "/", { limit: 9000 });
  return rows.map(({ userName }) => userName);
};

const countIn = async ({ world, account }: Scene) =>
  (await world.store.reader.accounts.load(account.accountId))?.userCount;

const MADE = new Set(["CreateUser", "AddUserToGroup", "TagUser", "CreateUsers"]);

const eventsIn = async ({ world, account }: Scene) =>
  (await world.events(account.accountId)).filter(
    ({ eventName, record }) =>
      MADE.has(eventName) &&
      (record.userIdentity as { readonly userName?: string } | undefined)?.userName === "zoe",
  );

const TEAM: readonly NewUser[] = [
  { UserName: "ana", Path: "/team/", Groups: ["ops", "DEV"], Tags: [{ Key: "Cost", Value: "4711" }] },
  { UserName: "Ben", Groups: [] },
];

test("a preview makes nothing and says that it would go; then all are made, each with his own event", async () => {
  await using world = await openSignInWorld();
  const made = await scene(world);
  assert.deepEqual(await made.create(TEAM, { DryRun: true }), { Created: 0, Problems: [] });
  assert.deepEqual(await namesIn(made), ["admin", "zoe"]);
  assert.deepEqual(await made.create(TEAM), { Created: 2, Problems: [] });
  assert.deepEqual(await namesIn(made), ["admin", "ana", "Ben", "zoe"]);
  assert.equal(await countIn(made), 4);
  const { iam } = world.clients(made.account.admin);
  const { User } = await iam.getUser({ UserName: "ana" });
  assert.deepEqual([User?.Path, User?.Tags], ["/team/", [{ Key: "Cost", Value: "4711" }]]);
  const { Groups } = await iam.listGroupsForUser({ UserName: "ana" });
  assert.deepEqual(
    Groups?.map(({ GroupName }) => GroupName),
    ["dev", "ops"],
  );
  const events = await eventsIn(made);
  assert.deepEqual(events.map(({ eventName }) => eventName).toSorted(), [
    "AddUserToGroup",
    "AddUserToGroup",
    "CreateUser",
    "CreateUser",
    "CreateUsers",
    "CreateUsers",
  ]);
  const ana = events.find(
    ({ eventName, record }) =>
      eventName === "CreateUser" && JSON.stringify(record.requestParameters).includes('"ana"'),
  );
  assert.deepEqual(ana?.record.requestParameters, {
    userName: "ana",
    path: "/team/",
    tags: [{ key: "Cost", value: "4711" }],
  });
  assert.equal(
    (ana?.record.responseElements as { user?: { arn?: string } } | undefined)?.user?.arn,
    User?.Arn,
  );
  assert.equal(ana?.record.eventSource, "iam.amazonaws.com");
  const wholes = events.filter(({ eventName }) => eventName === "CreateUsers");
  // both are of the same moment
  const asked = wholes.map(({ record }) => record.requestParameters);
  assert.deepEqual(
    new Set(asked.map((shown) => JSON.stringify(shown))),
    new Set(['{"users":2,"dryRun":true}', '{"users":2}']),
  );
});

const BAD_NAME =
  "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-";
const BAD_PATH =
  "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.";
const DUPLICATE_KEYS = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
const noGroup = (name: string) => `The group with name ${name} cannot be found.`;

/** Each list of rows, with all that is told of it: row, member, sentence. */
const PROBLEMS: Readonly<
  Record<
    string,
    readonly [rows: readonly NewUser[], problems: readonly (readonly [number, string, string | RegExp])[]]
  >
> = {
  "a name taken, whatever its letter case": [
    [{ UserName: "new" }, { UserName: "ZOE" }],
    [[1, "UserName", "User with name ZOE already exists."]],
  ],
  "a name twice in the list": [
    [{ UserName: "new" }, { UserName: "other" }, { UserName: "NEW" }],
    [[2, "UserName", "User with name NEW already exists."]],
  ],
  "bad names": [
    [{ UserName: "a b" }, { UserName: "" }, { UserName: "x".repeat(65) }, { UserName: "ü" }],
    [
      [0, "UserName", BAD_NAME],
      [1, "UserName", /'userName' failed to satisfy constraint: .*greater than or equal to 1/],
      [2, "UserName", /'userName' failed to satisfy constraint: .*less than or equal to 64$/],
      [3, "UserName", BAD_NAME],
    ],
  ],
  "a bad path": [[{ UserName: "a", Path: "team" }], [[0, "Path", BAD_PATH]]],
  "a reserved tag, keys twice, no key": [
    [
      { UserName: "a", Tags: [{ Key: "aws:x", Value: "" }] },
      { UserName: "b", Tags: ["k", "K"].map((Key) => ({ Key, Value: "" })) },
      { UserName: "c", Tags: [{ Key: "", Value: "" }] },
    ],
    [
      [0, "Tags", "Tag keys beginning with aws: are reserved for system use."],
      [1, "Tags", DUPLICATE_KEYS],
      [2, "Tags", /'tags\.1\.member\.key' failed to satisfy constraint/],
    ],
  ],
  "groups that are not there, of a user who could be made and of one who could not": [
    [
      { UserName: "a", Groups: ["ops", "nobody"] },
      { UserName: "zoe", Groups: ["dev", "nothing"] },
      { UserName: "b", Groups: ["a b"] },
    ],
    [
      [0, "Groups", noGroup("nobody")],
      [1, "UserName", "User with name zoe already exists."],
      [1, "Groups", noGroup("nothing")],
      [2, "Groups", /groupName/],
    ],
  ],
  "bad addresses": [
    [
      { UserName: "a", ContactAddress: "nowhere" },
      { UserName: "b", ContactAddress: "b@b.example" },
      { UserName: "c", ContactAddress: "" },
      { UserName: "a b", ContactAddress: "d@b.example,e@b.example" },
    ],
    [
      [0, "ContactAddress", "nowhere is not an e-mail address that mail can be sent to."],
      [2, "ContactAddress", /./],
      [3, "UserName", BAD_NAME],
      [3, "ContactAddress", /./],
    ],
  ],
  "all at once": [
    [{ UserName: "a b", Path: "x", Groups: ["nobody"], Tags: [{ Key: "", Value: "" }] }],
    [
      [0, "Path", BAD_PATH],
      [0, "UserName", BAD_NAME],
      [0, "Tags", /'tags\.1\.member\.key'/],
      [0, "Groups", noGroup("nobody")],
    ],
  ],
};

test("one problem, and nothing is made: each is told with its row and IAM's own sentence", async (t) => {
  await using world = await openSignInWorld();
  const made = await scene(world);
  const before = await eventsIn(made);
  for (const [name, [rows, problems]] of Object.entries(PROBLEMS)) {
    await t.test(name, async () => {
      for (const DryRun of [true, false]) {
        const { Created, Problems } = await made.create(rows, { DryRun });
        assert.equal(Created, 0);
        assert.deepEqual(
          Problems.map(({ Row, Member }) => [Row, Member]),
          problems.map(([row, member]) => [row, member]),
        );
        for (const [at, { Message }] of Problems.entries()) {
          const wanted = problems[at]?.[2] ?? "";
          if (typeof wanted === "string") assert.equal(Message, wanted);
          else assert.match(Message, wanted);
        }
      }
    });
  }
  assert.deepEqual(await namesIn(made), ["admin", "zoe"]);
  assert.equal(await countIn(made), 2);
  const kinds = new Set((await eventsIn(made)).slice(before.length).map(({ eventName }) => eventName));
  assert.deepEqual([...kinds], ["CreateUsers"]);
});

const MALFORMED: readonly (readonly [input: object, error: RegExp])[] = [
  [{}, /^ValidationException: .*'users' failed to satisfy constraint: Member must not be null$/],
  [{ Users: [] }, /^ValidationException: .*'users'.*greater than or equal to 1$/],
  [
    { Users: Array(1001).fill({ UserName: "a" }) },
    /^ValidationException: .*'users'.*less than or equal to 1000$/,
  ],
  [{ Users: "ana" }, /^SerializationException/],
  [{ Users: ["ana"] }, /^SerializationException/],
  [{ Users: [null] }, /^ValidationException: .*'users\.1\.member\.userName'.*must not be null$/],
  [{ Users: [{}] }, /^ValidationException: .*'users\.1\.member\.userName'.*must not be null$/],
  [{ Users: [{ UserName: 5 }] }, /^SerializationException/],
  [{ Users: [{ UserName: "a", Groups: [null] }] }, /^ValidationException/],
  [{ Users: [{ UserName: "a", Groups: Array(101).fill("g") }] }, /^ValidationException/],
  [{ Users: [{ UserName: "a", Tags: [{ Key: "k" }] }] }, /^ValidationException: .*value'.*must not be null$/],
  [{ Users: [{ UserName: "a" }], DryRun: "yes" }, /^SerializationException/],
];

test("malformed lists are refused whole", async () => {
  await using world = await openSignInWorld();
  const made = await scene(world);
  for (const [input, error] of MALFORMED) {
    // what a client that keeps to the types would not send
    const { Users, ...more } = input as NewUsers;
    assert.match(await refusal(made.create(Users, more)), error, JSON.stringify(input).slice(0, 80));
  }
  assert.deepEqual(await namesIn(made), ["admin", "zoe"]);
});

test("quotas hold over the list, and of two lists at once one is made", async () => {
  await using world = await openSignInWorld();
  const made = await scene(world);
  Object.assign(world.env.deps, { quotas: { ...world.env.deps.quotas, users: 6, groupsPerUser: 1 } });
  const rows = (name: string, count: number) =>
    Array.from({ length: count }, (_, at) => ({ UserName: `${name}${at}` }));
  assert.deepEqual(await made.create(rows("a", 6)), {
    Created: 0,
    Problems: [4, 5].map((Row) => ({ Row, Message: "Cannot exceed quota for UsersPerAccount: 6" })),
  });
  assert.deepEqual((await made.create([{ UserName: "a", Groups: ["ops", "dev"] }])).Problems, [
    { Row: 0, Member: "Groups", Message: "Cannot exceed quota for GroupsPerUser: 1" },
  ]);
  const both = await Promise.all([made.create(rows("b", 3)), made.create(rows("c", 3))]);
  assert.deepEqual(both.map(({ Created }) => Created).toSorted(), [0, 3]);
  assert.equal(await countIn(made), 5);
  const again = await Promise.all([made.create([{ UserName: "same" }]), made.create([{ UserName: "Same" }])]);
  assert.deepEqual(again.map(({ Created }) => Created).toSorted(), [0, 1]);
  assert.equal(await countIn(made), 6);
});

const allow = (Action: string | readonly string[], Resource: string, more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});

test("each row is allowed or denied as IAM's own calls are", async () => {
  await using world = await openSignInWorld();
  const made = await scene(world, [
    allow("iam:CreateUser", "arn:aws:iam::*:user/team/*"),
    allow("iam:CreateUser", "arn:aws:iam::*:user/cost/*", {
      Condition: { StringEquals: { "aws:RequestTag/cost": "4711" } },
    }),
    allow("iam:TagUser", "arn:aws:iam::*:user/cost/*"),
    allow("iam:AddUserToGroup", "arn:aws:iam::*:group/dev"),
  ]);
  const Tags = [{ Key: "Cost", Value: "4711" }];
  const { Problems } = await made.create([
    { UserName: "in", Path: "/team/", Groups: ["dev"] },
    { UserName: "out" },
    { UserName: "tagged", Path: "/team/", Tags },
    { UserName: "costed", Path: "/cost/", Tags },
    { UserName: "untagged", Path: "/cost/" },
    { UserName: "joining", Path: "/team/", Groups: ["ops"] },
    { UserName: "probing", Groups: ["nobody"] },
  ]);
  const said = Problems.map(({ Row, Message }) => [
    Row,
    /is not authorized to perform: (\S+) on resource: (?:arn:aws:iam::\d+:)?(.+) because no identity/
      .exec(Message)
      ?.slice(1)
      .join(" "),
  ]);
  assert.deepEqual(said, [
    [1, "iam:CreateUser user/out"],
    [2, "iam:TagUser user/team/tagged"],
    [4, "iam:CreateUser user/cost/untagged"],
    [5, "iam:AddUserToGroup group ops"],
    [6, "iam:CreateUser user/probing"],
    // whether there is such a group is not told to who may not add to it
    [6, "iam:AddUserToGroup group nobody"],
  ]);
  assert.deepEqual(await namesIn(made), ["admin", "zoe"]);
  const both = await made.create([
    { UserName: "in", Path: "/team/", Groups: ["dev"] },
    { UserName: "costed", Path: "/cost/", Tags },
  ]);
  assert.deepEqual(both, { Created: 2, Problems: [] });
});

test("who may make none of them is denied as for one, before anything waits for him", async () => {
  await using world = await openSignInWorld();
  const made = await scene(world, [allow("iam:AddUserToGroup", "*")]);
  const denied =
    /^AccessDeniedException: .* is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::\d+:user\/team\/ana /;
  assert.match(await refusal(made.create(TEAM)), denied);
  assert.match(await refusal(made.create(TEAM, { DryRun: true })), denied);
  const [last] = (await eventsIn(made)).slice(-1);
  assert.deepEqual([last?.eventName, last?.errorCode], ["CreateUsers", "AccessDenied"]);
});

test("who is already there is decided by the names as they are, while another makes them by hand", async () => {
  await using world = await openSignInWorld();
  const made = await scene(world);
  const { iam } = world.clients(made.account.admin);
  const [list, single] = await Promise.all([
    made.create([{ UserName: "x1" }, { UserName: "x2" }]),
    refusal(iam.createUser({ UserName: "X2" })),
  ]);
  assert.equal(list.Created === 2, single !== "answered");
  assert.equal(await countIn(made), list.Created === 2 ? 4 : 3);
});

test("a thousand at once", async () => {
  await using world = await openSignInWorld();
  const made = await scene(world);
  const rows = Array.from({ length: 1000 }, (_, at) => ({
    UserName: `user-${at}@example.com`,
    Path: "/team/",
    Groups: ["ops"],
    Tags: [{ Key: "number", Value: String(at) }],
  }));
  assert.deepEqual(await made.create(rows), { Created: 1000, Problems: [] });
  assert.equal(await countIn(made), 1002);
  assert.equal((await world.store.reader.groups.byName(made.account.accountId, "ops"))?.memberCount, 1000);
  const again = await made.create(rows);
  assert.deepEqual([again.Created, again.Problems.length], [0, 1000]);
});

test("what IAM refuses a credential, a list of its calls is refused too", async () => {
  await using world = await openSignInWorld();
  const made = await scene(world);
  const { Credentials } = await world.clients(made.account.admin).sts.getSessionToken({});
  const keys = {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  };
  const before = await countIn(made);
  const body = JSON.stringify({ Users: TEAM });
  const request = {
    ...{ method: "POST", target: "/", host: "127.0.0.1", contentType: "application/x-amz-json-1.1", body },
    operation: "Countersign_20261101.CreateUsers",
  };
  const ask = async (who: typeof keys | TestAccount["admin"]) => {
    const rawHeaders = sign(request, who, { service: "countersign", at: world.now });
    const peer = { address: "192.0.2.7", encrypted: false };
    const answer = await world.send({ ...request, rawHeaders, body: Buffer.from(body), peer });
    return [answer.status, JSON.parse(String(answer.body)).__type];
  };
  // a session without MFA may not call IAM (contract 2)
  assert.deepEqual(await ask(keys), [400, "UnrecognizedClientException"]);
  assert.equal(await countIn(made), before);
  assert.deepEqual(await ask(made.account.admin), [200, undefined]);
});

test("a contact address is put with its user, and where it may not be put nobody is made", async (t) => {
  const make = allow("iam:CreateUser", "*");
  for (const [may, statements] of [
    [true, [make, allow("countersign:PutContactAddress", "*")]],
    [false, [make]],
  ] as const) {
    await t.test(may ? "allowed" : "denied", async () => {
      await using world = await openSignInWorld();
      const made = await scene(world, statements);
      const { Created, Problems } = await made.create([{ UserName: "ana", ContactAddress: "a@b.example" }]);
      assert.deepEqual(
        [Created, Problems.map(({ Member }) => Member)],
        may ? [1, []] : [0, ["ContactAddress"]],
      );
      const { accountId } = made.account;
      const ana = await world.store.reader.users.byName(accountId, "ana");
      assert.equal(ana !== undefined, may);
      const contact = ana && (await world.store.reader.contacts.load(accountId, ana.userId));
      assert.equal(contact?.pending, may ? "a@b.example" : undefined);
    });
  }
});
