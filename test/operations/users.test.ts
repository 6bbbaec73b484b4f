import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADMINISTRATOR_ACCESS } from "#policy/managed/managed.ts";
import { QUOTAS } from "../support/quotas.ts";
import { ACCOUNT, NOW } from "./calls.ts";
import { OPERATOR, openWorld, ROOT, type World } from "./world.ts";

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

const CREATED = new Date(NOW).toISOString();
const missing = (name: string) =>
  ["NoSuchEntity", 404, `The user with name ${name} cannot be found.`] as const;
const taken = (name: string) =>
  ["EntityAlreadyExists", 409, `User with name ${name} already exists.`] as const;
const conflict = (first: string) =>
  ["DeleteConflict", 409, `Cannot delete entity, must ${first} first.`] as const;

const userOf = (output: Readonly<Record<string, unknown>>) => output.User as Record<string, unknown>;

for (const Path of [undefined, "/", "/test-lifecycle-path/", "/a//b/"]) {
  test(`a user at path ${Path} is made, shown, listed and deleted (recorded from AWS)`, async () => {
    const UserName = "lifecycle";
    const made = userOf(
      await world.done("CreateUser", Path === undefined ? { UserName } : { UserName, Path }),
    );
    const path = Path ?? "/";
    const UserId = made.UserId;
    assert.match(String(UserId), /^AIDA[A-Z2-7]{17}$/);
    const Arn = `arn:aws:iam::${ACCOUNT}:user${path}${UserName}`;
    assert.deepEqual(made, { Path: path, UserName, UserId, Arn, CreateDate: CREATED });
    assert.deepEqual(await world.done("GetUser", { UserName }), { User: made });
    assert.deepEqual(await world.done("ListUsers", { PathPrefix: path }), {
      Users: [made],
      IsTruncated: false,
    });
    assert.deepEqual(await world.done("ListUsers", { PathPrefix: path.slice(0, 3) }), {
      Users: [made],
      IsTruncated: false,
    });
    assert.deepEqual(await world.done("ListUsers", { PathPrefix: "/other" }), {
      Users: [],
      IsTruncated: false,
    });
    assert.deepEqual(await world.done("DeleteUser", { UserName: "LIFECYCLE" }), {});
    await world.refused(missing(UserName), "GetUser", { UserName });
  });
}

test("nobody of that name (recorded from AWS)", async () => {
  const UserName = "nonexistent-user";
  for (const operation of ["GetUser", "UpdateUser", "DeleteUser", "TagUser", "UntagUser", "ListUserTags"]) {
    await world.refused(missing(UserName), operation, { UserName });
  }
});

test("names are taken without regard to case, and kept as written", async () => {
  await world.done("CreateUser", { UserName: "Bob" });
  await world.refused(taken("bOB"), "CreateUser", { UserName: "bOB" });
  assert.equal(userOf(await world.done("GetUser", { UserName: "bob" })).UserName, "Bob");
  await world.done("DeleteUser", { UserName: "Bob" });
});

test("GetUser without a name is the caller; root has neither path nor name; the operator must say", async () => {
  await world.done("CreateUser", { UserName: "caller" });
  await world.done("AttachUserPolicy", { UserName: "caller", PolicyArn: ADMINISTRATOR_ACCESS });
  const self = userOf(await world.done("GetUser", {}, await world.as("caller")));
  assert.equal(self.UserName, "caller");
  assert.deepEqual(await world.done("GetUser", {}, ROOT), {
    User: { UserId: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:root`, CreateDate: CREATED },
  });
  const mustSay = [
    "ValidationError",
    400,
    "Must specify userName when calling with non-User credentials",
  ] as const;
  await world.refused(mustSay, "GetUser", {}, OPERATOR);
  for (const operation of ["DeleteUser", "TagUser", "UpdateUser"])
    await world.refused(mustSay, operation, {}, ROOT);
  await world.refused(missing("<root_account>"), "GetUser", { UserName: "<root_account>" }, ROOT);
});

test("users are listed in the order of their names, a page at a time, root never", async () => {
  for (const UserName of ["zoe", "Adam", "eve"])
    await world.done("CreateUser", { UserName, Path: "/listed/" });
  const names: string[] = [];
  let Marker: unknown;
  do {
    const page = await world.done("ListUsers", { PathPrefix: "/listed/", MaxItems: 1, Marker });
    const users = page.Users as readonly { UserName: string }[];
    assert.equal(users.length, 1);
    names.push(...users.map(({ UserName }) => UserName));
    Marker = page.Marker;
  } while (Marker !== undefined);
  assert.deepEqual(names, ["Adam", "eve", "zoe"]);
  const first = await world.done("ListUsers", { PathPrefix: "/listed/", MaxItems: 1 });
  const invalid = ["ValidationError", 400, "Invalid Marker."] as const;
  for (const other of [{}, { PathPrefix: "/" }, { PathPrefix: "/list" }]) {
    await world.refused(invalid, "ListUsers", { ...other, Marker: first.Marker });
  }
  const all = (await world.done("ListUsers")).Users as readonly { UserId: string }[];
  assert.ok(all.every(({ UserId }) => UserId.startsWith("AIDA")));
});

test("a rename and a move keep the id, keys, password and tags", async () => {
  const made = userOf(await world.done("CreateUser", { UserName: "old", Tags: [{ Key: "a", Value: "b" }] }));
  await world.done("CreateAccessKey", { UserName: "old" });
  await world.done("CreateLoginProfile", { UserName: "old", Password: "TestPassword123!" });
  assert.deepEqual(
    await world.done("UpdateUser", { UserName: "OLD", NewUserName: "new", NewPath: "/n/" }),
    {},
  );
  const renamed = userOf(await world.done("GetUser", { UserName: "new" }));
  assert.deepEqual(renamed, {
    ...made,
    UserName: "new",
    Path: "/n/",
    Arn: `arn:aws:iam::${ACCOUNT}:user/n/new`,
  });
  await world.refused(missing("old"), "GetUser", { UserName: "old" });
  const { AccessKeyMetadata } = await world.done("ListAccessKeys", { UserName: "new" });
  assert.deepEqual(
    (AccessKeyMetadata as readonly { UserName: string }[]).map((key) => key.UserName),
    ["new"],
  );
  const { LoginProfile } = await world.done("GetLoginProfile", { UserName: "new" });
  assert.equal((LoginProfile as { UserName: string }).UserName, "new");
});

test("a rename to another's name is refused; to one's own in other letter case it is not", async () => {
  await world.done("CreateUser", { UserName: "first" });
  await world.done("CreateUser", { UserName: "second" });
  await world.refused(taken("FIRST"), "UpdateUser", { UserName: "second", NewUserName: "FIRST" });
  await world.done("UpdateUser", { UserName: "second", NewUserName: "Second" });
  assert.equal(userOf(await world.done("GetUser", { UserName: "second" })).UserName, "Second");
  assert.deepEqual(await world.done("UpdateUser", { UserName: "second" }), {});
});

test("a user is deleted once nothing hangs on him, in AWS's order (contract 1.3)", async () => {
  const UserName = "laden";
  await world.done("CreateUser", { UserName });
  await world.done("AttachUserPolicy", { UserName, PolicyArn: ADMINISTRATOR_ACCESS });
  const { AccessKey } = await world.done("CreateAccessKey", { UserName });
  await world.done("CreateLoginProfile", { UserName, Password: "TestPassword123!" });
  const user = await world.store.reader.users.byName(ACCOUNT, UserName);
  assert.ok(user);
  await world.store.write((tx) => tx.users.count(ACCOUNT, user.userId, "mfaCount", 1));
  await world.refused(conflict("remove tokens from principal"), "DeleteUser", { UserName });
  await world.store.write((tx) => tx.users.count(ACCOUNT, user.userId, "mfaCount", -1));
  await world.refused(conflict("delete login profile"), "DeleteUser", { UserName });
  await world.done("DeleteLoginProfile", { UserName });
  await world.refused(conflict("delete access keys"), "DeleteUser", { UserName });
  await world.done("DeleteAccessKey", {
    UserName,
    AccessKeyId: (AccessKey as { AccessKeyId: string }).AccessKeyId,
  });
  await world.refused(conflict("detach all policies"), "DeleteUser", { UserName });
  await world.done("DetachUserPolicy", { UserName, PolicyArn: ADMINISTRATOR_ACCESS });
  assert.deepEqual(await world.done("DeleteUser", { UserName }), {});
  await world.refused(missing(UserName), "DeleteUser", { UserName });
});

test("the quota of users counts those there are, and a refused one leaves nothing", async () => {
  const { SummaryMap } = await world.done("GetAccountSummary");
  const users = (SummaryMap as { Users: number }).Users + 1;
  const who = { ...ROOT, deps: { quotas: { ...QUOTAS, users } } };
  await world.done("CreateUser", { UserName: "last" }, who);
  const full = ["LimitExceeded", 409, `Cannot exceed quota for UsersPerAccount: ${users}`] as const;
  await world.refused(full, "CreateUser", { UserName: "one-too-many" }, who);
  await world.refused(missing("one-too-many"), "GetUser", { UserName: "one-too-many" });
  await world.done("DeleteUser", { UserName: "last" });
  await world.done("CreateUser", { UserName: "one-too-many" }, who);
});

test("a permissions boundary that there is not is refused, never forgotten", async () => {
  const PermissionsBoundary = `${ADMINISTRATOR_ACCESS}ForNobody`;
  const sentence = `Scope ARN: ${PermissionsBoundary} does not exist or is not attachable.`;
  await world.refused(["NoSuchEntity", 404, sentence], "CreateUser", {
    UserName: "bound",
    PermissionsBoundary,
  });
  await world.refused(missing("bound"), "GetUser", { UserName: "bound" });
});

test("tags: made with the user, added, changed, taken away, a page at a time (recorded from AWS)", async () => {
  const UserName = "tagged";
  const Tags = [
    { Key: "Environment", Value: "Test" },
    { Key: "Team", Value: "Platform" },
  ];
  const made = userOf(await world.done("CreateUser", { UserName, Tags }));
  assert.deepEqual(made.Tags, Tags);
  assert.deepEqual(userOf(await world.done("GetUser", { UserName })).Tags, Tags);
  assert.deepEqual(await world.done("ListUserTags", { UserName }), { Tags, IsTruncated: false });
  assert.deepEqual(await world.done("TagUser", { UserName, Tags: [{ Key: "TEAM", Value: "Two" }] }), {});
  const page = await world.done("ListUserTags", { UserName, MaxItems: 1 });
  assert.deepEqual(page.Tags, [Tags[0]]);
  const rest = await world.done("ListUserTags", { UserName, MaxItems: 1, Marker: page.Marker });
  assert.deepEqual(rest, { Tags: [{ Key: "TEAM", Value: "Two" }], IsTruncated: false });
  assert.deepEqual(await world.done("UntagUser", { UserName, TagKeys: ["environment", "not there"] }), {});
  assert.deepEqual((await world.done("ListUserTags", { UserName })).Tags, [{ Key: "TEAM", Value: "Two" }]);
  await world.done("UntagUser", { UserName, TagKeys: ["team"] });
  assert.equal("Tags" in userOf(await world.done("GetUser", { UserName })), false);
  const { Users } = await world.done("ListUsers");
  assert.ok((Users as readonly object[]).every((user) => !("Tags" in user)));
});

test("an empty list tags nobody, with AWS's sentence as it is recorded; a user may be made with one", async () => {
  const UserName = "untagged";
  await world.done("CreateUser", { UserName, Tags: [] });
  await world.refused(["InvalidInput", 400, "Error occurred while validating input. "], "TagUser", {
    UserName,
    Tags: [],
  });
  await world.done("DeleteUser", { UserName });
});

test("bad tags make no user", async () => {
  const Tags = [
    { Key: "a", Value: "1" },
    { Key: "A", Value: "2" },
  ];
  const sentence = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
  await world.refused(["InvalidInput", 400, sentence], "CreateUser", { UserName: "untagged", Tags });
  await world.refused(missing("untagged"), "GetUser", { UserName: "untagged" });
});
