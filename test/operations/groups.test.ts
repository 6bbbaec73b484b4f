import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { IAM } from "@aws-sdk/client-iam";
import { QUOTAS } from "../support/quotas.ts";
import { openWorld, type TestAccount, type World } from "../support/world.ts";
import { createUser, refusedAs } from "./mfa-world.ts";

let world: World;
let account: TestAccount;
let iam: IAM;
before(async () => {
  world = await openWorld();
  account = await world.account();
  iam = world.clients(account.admin).iam;
});
after(() => world[Symbol.asyncDispose]());

const missing = (GroupName: string) =>
  ["NoSuchEntityException", 404, `The group with name ${GroupName} cannot be found.`] as const;
const nobody = (UserName: string) =>
  ["NoSuchEntityException", 404, `The user with name ${UserName} cannot be found.`] as const;
const taken = (GroupName: string) =>
  ["EntityAlreadyExistsException", 409, `Group with name ${GroupName} already exists.`] as const;
const conflict = (first: string) =>
  ["DeleteConflictException", 409, `Cannot delete entity, must ${first} first.`] as const;

const ALLOW = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "iam:ListUsers", Resource: "*" },
});

for (const Path of [undefined, "/", "/some/location/"]) {
  test(`a group at path ${Path} is made, shown, listed and deleted (recorded from AWS)`, async () => {
    const GroupName = "Lifecycle";
    const path = Path ?? "/";
    const { Group } = await iam.createGroup({ GroupName, ...(Path === undefined ? {} : { Path }) });
    const GroupId = Group?.GroupId;
    assert.match(String(GroupId), /^AGPA[A-Z2-7]{17}$/);
    const Arn = `arn:aws:iam::${account.accountId}:group${path}${GroupName}`;
    const CreateDate = new Date(Math.floor(world.now / 1000) * 1000);
    assert.deepEqual(Group, { Path: path, GroupName, GroupId, Arn, CreateDate });
    const { $metadata: _, ...shown } = await iam.getGroup({ GroupName: "LIFECYCLE" });
    assert.deepEqual(shown, { Group, Users: [], IsTruncated: false });
    const listed = async (PathPrefix: string) => (await iam.listGroups({ PathPrefix })).Groups;
    assert.deepEqual(await listed(path), [Group]);
    assert.deepEqual(await listed("/elsewhere"), []);
    await iam.deleteGroup({ GroupName: "lifecycle" });
    await refusedAs(iam.getGroup({ GroupName }), missing(GroupName));
  });
}

test("no group of that name (recorded from AWS)", async () => {
  const GroupName = "non-existent-group";
  await iam.createUser({ UserName: "somebody" });
  await refusedAs(iam.getGroup({ GroupName }), missing(GroupName));
  await refusedAs(iam.updateGroup({ GroupName, NewGroupName: "x" }), missing(GroupName));
  await refusedAs(iam.deleteGroup({ GroupName }), missing(GroupName));
  await refusedAs(iam.addUserToGroup({ GroupName, UserName: "somebody" }), missing(GroupName));
  await refusedAs(iam.removeUserFromGroup({ GroupName, UserName: "somebody" }), missing(GroupName));
  // of the two the user is told of first
  await refusedAs(iam.addUserToGroup({ GroupName, UserName: "any-user" }), nobody("any-user"));
  await refusedAs(iam.removeUserFromGroup({ GroupName, UserName: "any-user" }), nobody("any-user"));
  await refusedAs(iam.listGroupsForUser({ UserName: "any-user" }), nobody("any-user"));
});

test("names are taken without regard to case, by a new group and by a rename", async () => {
  await iam.createGroup({ GroupName: "Taken" });
  await iam.createGroup({ GroupName: "other" });
  await refusedAs(iam.createGroup({ GroupName: "tAKEN" }), taken("tAKEN"));
  await refusedAs(iam.updateGroup({ GroupName: "other", NewGroupName: "TAKEN" }), taken("TAKEN"));
  await iam.updateGroup({ GroupName: "taken", NewGroupName: "TAKEN" });
  assert.equal((await iam.getGroup({ GroupName: "taken" })).Group?.GroupName, "TAKEN");
  await iam.updateGroup({ GroupName: "taken" });
});

test("a rename and a move keep the id, members and policies", async () => {
  await iam.createUser({ UserName: "stays" });
  const { Group: made } = await iam.createGroup({ GroupName: "before" });
  await iam.addUserToGroup({ GroupName: "before", UserName: "stays" });
  await iam.putGroupPolicy({ GroupName: "before", PolicyName: "kept", PolicyDocument: ALLOW });
  await iam.updateGroup({ GroupName: "BEFORE", NewGroupName: "after", NewPath: "/new-path/" });
  const { Group, Users } = await iam.getGroup({ GroupName: "after" });
  const Arn = `arn:aws:iam::${account.accountId}:group/new-path/after`;
  assert.deepEqual(Group, { ...made, Path: "/new-path/", GroupName: "after", Arn });
  assert.deepEqual(
    Users?.map(({ UserName }) => UserName),
    ["stays"],
  );
  assert.deepEqual((await iam.listGroupPolicies({ GroupName: "after" })).PolicyNames, ["kept"]);
  assert.deepEqual((await iam.listGroupsForUser({ UserName: "stays" })).Groups, [Group]);
  await refusedAs(iam.getGroup({ GroupName: "before" }), missing("before"));
});

test("membership: joining twice and leaving twice are no refusals; a renamed user stays in (recorded)", async () => {
  const { User } = await iam.createUser({ UserName: "member", Tags: [{ Key: "a", Value: "b" }] });
  const { Tags: _, ...listed } = User ?? {};
  await iam.createGroup({ GroupName: "club" });
  for (const _ of ["once", "twice"]) await iam.addUserToGroup({ GroupName: "CLUB", UserName: "MEMBER" });
  assert.deepEqual((await iam.getGroup({ GroupName: "club" })).Users, [listed]);
  await iam.updateUser({ UserName: "member", NewUserName: "renamed" });
  const [renamed] = (await iam.getGroup({ GroupName: "club" })).Users ?? [];
  assert.deepEqual([renamed?.UserName, renamed?.UserId], ["renamed", User?.UserId]);
  for (const _ of ["once", "twice"]) {
    await iam.removeUserFromGroup({ GroupName: "club", UserName: "renamed" });
  }
  assert.deepEqual((await iam.getGroup({ GroupName: "club" })).Users, []);
  assert.deepEqual((await iam.listGroupsForUser({ UserName: "renamed" })).Groups, []);
  await iam.deleteUser({ UserName: "renamed" });
});

test("members, groups and a user's groups come in the order of their names, a page at a time", async () => {
  const names = ["Anna", "ben", "Cleo"];
  await iam.createGroup({ GroupName: "paged", Path: "/paged/" });
  for (const UserName of names) await iam.createUser({ UserName });
  for (const name of names) {
    await iam.addUserToGroup({ GroupName: "paged", UserName: name });
    await iam.createGroup({ GroupName: `g-${name}`, Path: "/paged/" });
    await iam.addUserToGroup({ GroupName: `g-${name}`, UserName: "ben" });
  }
  const lists: readonly ((Marker: string | undefined) => Promise<[string[], string | undefined]>)[] = [
    async (Marker) => {
      const page = await iam.getGroup({ GroupName: "paged", MaxItems: 2, Marker });
      return [(page.Users ?? []).map(({ UserName }) => UserName ?? ""), page.Marker];
    },
    async (Marker) => {
      const page = await iam.listGroups({ PathPrefix: "/paged/", MaxItems: 2, Marker });
      return [(page.Groups ?? []).map(({ GroupName }) => GroupName ?? ""), page.Marker];
    },
    async (Marker) => {
      const page = await iam.listGroupsForUser({ UserName: "ben", MaxItems: 2, Marker });
      return [(page.Groups ?? []).map(({ GroupName }) => GroupName ?? ""), page.Marker];
    },
  ];
  const expected = [names, ["g-Anna", "g-ben", "g-Cleo", "paged"], ["g-Anna", "g-ben", "g-Cleo", "paged"]];
  const markers: string[] = [];
  for (const [at, list] of lists.entries()) {
    const seen: string[] = [];
    let marker: string | undefined;
    do {
      const [rows, next] = await list(marker);
      assert.ok(rows.length <= 2);
      seen.push(...rows);
      if (next !== undefined) markers[at] = next;
      marker = next;
    } while (marker !== undefined);
    assert.deepEqual(seen, expected[at]);
  }
  // a marker of one list opens no other
  const invalid = ["ValidationError", 400, "Invalid Marker."] as const;
  for (const [at, list] of lists.entries()) {
    await refusedAs(list(markers[(at + 1) % 3]), invalid);
  }
});

test("what must go before a group can, and the group before its members", async () => {
  await iam.createGroup({ GroupName: "laden" });
  await iam.createUser({ UserName: "carrier" });
  await iam.addUserToGroup({ GroupName: "laden", UserName: "carrier" });
  await iam.putGroupPolicy({ GroupName: "laden", PolicyName: "p", PolicyDocument: ALLOW });
  const PolicyArn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
  await iam.attachGroupPolicy({ GroupName: "laden", PolicyArn });
  await refusedAs(iam.deleteUser({ UserName: "carrier" }), conflict("remove users from group"));
  await refusedAs(iam.deleteGroup({ GroupName: "laden" }), conflict("remove users from group"));
  await iam.removeUserFromGroup({ GroupName: "laden", UserName: "carrier" });
  await refusedAs(iam.deleteGroup({ GroupName: "laden" }), conflict("delete policies"));
  await iam.deleteGroupPolicy({ GroupName: "laden", PolicyName: "p" });
  await refusedAs(iam.deleteGroup({ GroupName: "laden" }), conflict("detach all policies"));
  await iam.detachGroupPolicy({ GroupName: "laden", PolicyArn });
  await iam.deleteGroup({ GroupName: "laden" });
  await iam.deleteUser({ UserName: "carrier" });
});

test("a user in ten groups joins no eleventh, not even by eleven calls at once", async () => {
  await iam.createUser({ UserName: "joiner" });
  const names = Array.from({ length: 11 }, (_, at) => `crowd-${at}`);
  for (const GroupName of names) await iam.createGroup({ GroupName });
  const calls = names.map((GroupName) => iam.addUserToGroup({ GroupName, UserName: "joiner" }));
  const answers = await Promise.allSettled(calls);
  const refusals = answers.filter((answer) => answer.status === "rejected");
  assert.equal(refusals.length, 1);
  const [refusal] = refusals;
  const full = ["LimitExceededException", 409, "Cannot exceed quota for GroupsPerUser: 10"] as const;
  await refusedAs(Promise.reject(refusal?.reason), full);
  const { Groups = [] } = await iam.listGroupsForUser({ UserName: "joiner" });
  assert.equal(Groups.length, 10);
  // who is in it already is refused nothing
  await iam.addUserToGroup({ GroupName: Groups[0]?.GroupName ?? "", UserName: "joiner" });
});

test("the quota of groups counts those there are, and a refused one leaves nothing", async () => {
  const { SummaryMap } = await iam.getAccountSummary({});
  const groups = (SummaryMap?.Groups ?? 0) + 1;
  const roomy = world.env.deps.quotas;
  Object.assign(world.env.deps, { quotas: { ...QUOTAS, groups } });
  try {
    await iam.createGroup({ GroupName: "last" });
    const full = [
      "LimitExceededException",
      409,
      `Cannot exceed quota for GroupsPerAccount: ${groups}`,
    ] as const;
    await refusedAs(iam.createGroup({ GroupName: "one-too-many" }), full);
    await refusedAs(iam.getGroup({ GroupName: "one-too-many" }), missing("one-too-many"));
    await iam.deleteGroup({ GroupName: "last" });
    await iam.createGroup({ GroupName: "one-too-many" });
  } finally {
    Object.assign(world.env.deps, { quotas: roomy });
  }
});

test("another account's groups are none", async () => {
  const other = world.clients((await world.account()).admin).iam;
  await iam.createGroup({ GroupName: "ours" });
  await refusedAs(other.getGroup({ GroupName: "ours" }), missing("ours"));
  assert.deepEqual((await other.listGroups({})).Groups, []);
  await other.createGroup({ GroupName: "ours" });
  await refusedAs(other.addUserToGroup({ GroupName: "ours", UserName: "somebody" }), nobody("somebody"));
});

test("a member may what the group may, from the moment of joining to that of leaving", async () => {
  const keys = await createUser(world, account.admin, "worker");
  const worker = world.clients(keys).iam;
  await iam.createGroup({ GroupName: "workers" });
  await iam.putGroupPolicy({ GroupName: "workers", PolicyName: "list", PolicyDocument: ALLOW });
  const arn = `arn:aws:iam::${account.accountId}:user/`;
  const denied = [
    "AccessDenied",
    403,
    `User: ${arn}worker is not authorized to perform: iam:ListUsers on resource: ${arn} because no identity-based policy allows the iam:ListUsers action`,
  ] as const;
  await refusedAs(worker.listUsers({}), denied);
  await iam.addUserToGroup({ GroupName: "workers", UserName: "worker" });
  await worker.listUsers({});
  await iam.removeUserFromGroup({ GroupName: "workers", UserName: "worker" });
  await refusedAs(worker.listUsers({}), denied);
});

test("the event of a new group tells what was made", async () => {
  await iam.createGroup({ GroupName: "told", Path: "/t/" });
  const events = await world.events(account.accountId);
  const made = events.find(
    ({ eventName, record }) =>
      eventName === "CreateGroup" && JSON.stringify(record.requestParameters).includes("told"),
  );
  assert.deepEqual(made?.record.requestParameters, { groupName: "told", path: "/t/" });
  const { group } = made.record.responseElements as { group: Record<string, unknown> };
  assert.deepEqual(Object.keys(group).sort(), ["arn", "createDate", "groupId", "groupName", "path"]);
});
