import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Keys, openWorld, type TestAccount, type World } from "../support/world.ts";
import { refusedAs } from "./mfa-world.ts";
import {
  allow,
  assume,
  assumed,
  createPerson,
  createRole,
  policy,
  refusedRole,
  trust,
} from "./role-sessions.ts";

let world: World;
let account: TestAccount;
let user: Keys;
before(async () => {
  world = await openWorld();
  account = await world.account();
  user = await createPerson(world, account, "user");
});
after(() => world[Symbol.asyncDispose]());

const ALL = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];
const TEAM = [{ Key: "Team", Value: "red" }];
const invalid = (sentence: string) => ["InvalidParameterValue", 400, sentence] as const;
const open = (name: string, more = {}) =>
  createRole(world, account, name, [trust(account, { Action: ALL })], { may: allow(ALL), ...more });

describe("tags", () => {
  test("need sts:TagSession of the identity and of the trust policy", async () => {
    const closed = await createRole(world, account, "No-tags");
    await refusedRole(world, user, closed, { Tags: TEAM }, "sts:TagSession");
    const lacking = await createPerson(world, account, "no-tags", allow("sts:AssumeRole"));
    const role = await open("Tags");
    await refusedRole(world, lacking, role, { Tags: TEAM }, "sts:TagSession");
    await assume(world, lacking, role);
    await assume(world, user, role, { Tags: TEAM });
  });

  test("are the session's own, over the role's", async () => {
    const Condition = { StringEquals: { "aws:PrincipalTag/team": "red", "aws:PrincipalTag/kept": "yes" } };
    const may = policy({ Effect: "Allow", Action: "iam:ListUsers", Resource: "*", Condition });
    const role = await open("Own", { may });
    const Tags = [
      { Key: "team", Value: "blue" },
      { Key: "kept", Value: "yes" },
    ];
    await world.clients(account.admin).iam.tagRole({ RoleName: "Own", Tags });
    const list = async (more: object) =>
      world.clients(await assumed(world, user, role, more)).iam.listUsers({});
    await list({ Tags: TEAM });
    await assert.rejects(list({}), { name: "AccessDenied" });
  });

  test("go on to the next session where they are transitive, and need the action again", async () => {
    const Condition = { StringEquals: { "aws:PrincipalTag/Team": "red" } };
    const may = policy({ Effect: "Allow", Action: "iam:ListUsers", Resource: "*", Condition });
    const first = await open("Transitive-1");
    const second = await open("Transitive-2", { may });
    const third = await createRole(world, account, "Transitive-3");
    const TransitiveTagKeys = ["team"];
    const on = await assumed(world, user, first, { Tags: TEAM, TransitiveTagKeys });
    const off = await assumed(world, user, first, { Tags: TEAM });
    const list = (keys: Keys) => world.clients(keys).iam.listUsers({});
    await list(await assumed(world, on, second));
    await assert.rejects(list(await assumed(world, off, second)), { name: "AccessDenied" });
    await refusedRole(world, on, third, {}, "sts:TagSession");
    await assume(world, off, third);
    const chained = await assumed(world, await assumed(world, on, first), second);
    await list(chained);
  });

  test("that are wrong are refused as AWS was recorded to", async () => {
    const role = await open("Wrong-tags");
    const on = await assumed(world, user, role, { Tags: TEAM, TransitiveTagKeys: ["Team"] });
    const conflict = invalid(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
    await refusedAs(assume(world, on, role, { Tags: [{ Key: "Team", Value: "blue" }] }), conflict);
    await refusedAs(assume(world, on, role, { Tags: [{ Key: "tEAM", Value: "red" }] }), conflict);
    const twice = [...TEAM, { Key: "team", Value: "blue" }];
    await refusedAs(
      assume(world, user, role, { Tags: twice }),
      invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive."),
    );
    await refusedAs(
      assume(world, user, role, { Tags: TEAM, TransitiveTagKeys: ["other"] }),
      invalid("The specified transitive tag key must be included in the requested tags."),
    );
    await refusedAs(
      assume(world, user, role, { Tags: [{ Key: "aws:x", Value: "y" }] }),
      invalid("Tag keys cannot start with the reserved prefix aws:"),
    );
  });
});

describe("a source identity", () => {
  test("needs sts:SetSourceIdentity on both sides, is answered and goes on", async () => {
    const SourceIdentity = "ana";
    const closed = await createRole(world, account, "No-source");
    await refusedRole(world, user, closed, { SourceIdentity }, "sts:SetSourceIdentity");
    const Condition = { StringEquals: { "aws:SourceIdentity": "ana" } };
    const may = policy(
      { Effect: "Allow", Action: ALL, Resource: "*" },
      { Effect: "Allow", Action: "iam:ListUsers", Resource: "*", Condition },
    );
    const role = await open("Source", { may });
    assert.equal((await assume(world, user, role, { SourceIdentity })).SourceIdentity, "ana");
    const keys = await assumed(world, user, role, { SourceIdentity });
    const next = await assume(world, keys, role);
    assert.equal(next.SourceIdentity, "ana");
    const chained = await assumed(world, await assumed(world, keys, role), role);
    await world.clients(chained).iam.listUsers({});
    await refusedRole(world, keys, closed, {}, "sts:SetSourceIdentity");
    const without = await assumed(world, user, role);
    await assert.rejects(world.clients(without).iam.listUsers({}), { name: "AccessDenied" });
  });

  test("cannot be changed in a chain, and may be said again", async () => {
    const role = await open("Keeps-source");
    const keys = await assumed(world, user, role, { SourceIdentity: "ana" });
    const sentence = "The source identity is already set for this assume role session";
    await refusedAs(assume(world, keys, role, { SourceIdentity: "bob" }), ["ValidationError", 400, sentence]);
    await assume(world, keys, role, { SourceIdentity: "ana" });
  });

  test("is in the events of its session", async () => {
    const own = await world.account();
    const role = await createRole(world, own, "Logged", [trust(own, { Action: ALL })]);
    const keys = await assumed(world, own.admin, role, { SourceIdentity: "ana" });
    await world.clients(keys).sts.getCallerIdentity({});
    const event = (await world.events(own.accountId)).find(
      ({ eventName }) => eventName === "GetCallerIdentity",
    );
    assert.match(JSON.stringify(event?.record.userIdentity), /"sourceIdentity":"ana"/);
  });
});

describe("session policies", () => {
  const both = allow(["iam:ListUsers", "iam:ListRoles"]);
  const may = (keys: Keys) => {
    const { iam } = world.clients(keys);
    const ok = (call: Promise<unknown>) =>
      call.then(
        () => true,
        ({ name }: Error) => name !== "AccessDenied",
      );
    return Promise.all([ok(iam.listUsers({})), ok(iam.listRoles({})), ok(iam.listGroups({}))]);
  };

  test("limit, and never grant", async () => {
    const role = await open("Limited", { may: both });
    const { Policy: created } = await world.clients(account.admin).iam.createPolicy({
      PolicyName: "roles",
      PolicyDocument: allow("iam:ListRoles"),
    });
    const arn = created?.Arn ?? "";
    const READ_ONLY = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
    for (const [given, expected] of [
      [{}, [true, true, false]],
      [{ Policy: allow("iam:ListUsers") }, [true, false, false]],
      [{ Policy: allow("iam:*") }, [true, true, false]],
      [{ PolicyArns: [{ arn }] }, [false, true, false]],
      [{ PolicyArns: [{ arn: READ_ONLY }] }, [true, true, false]],
      [{ Policy: allow("iam:ListUsers"), PolicyArns: [{ arn }] }, [true, true, false]],
    ] as const) {
      assert.deepEqual(await may(await assumed(world, user, role, given as object)), expected);
    }
    const answer = await assume(world, user, role, { Policy: allow("iam:ListUsers") });
    assert.ok(answer.PackedPolicySize && answer.PackedPolicySize < 50);
    // a managed policy is as it is now, and one that is gone allows nothing
    const keys = await assumed(world, user, role, { PolicyArns: [{ arn }] });
    await world.clients(account.admin).iam.deletePolicy({ PolicyArn: arn });
    assert.deepEqual(await may(keys), [false, false, false]);
  });

  test("that are wrong are refused", async () => {
    const role = await open("Wrong-policy");
    const malformed = (Policy: string, sentence: string) =>
      refusedAs(assume(world, user, role, { Policy }), ["MalformedPolicyDocumentException", 400, sentence]);
    await malformed("{", "Syntax errors in policy.");
    await malformed(policy({ ...trust(account) }), "Policy document should not specify a principal.");
    const other = await world.account();
    const foreign = await world.clients(other.admin).iam.createPolicy({
      PolicyName: "theirs",
      PolicyDocument: both,
    });
    for (const arn of [
      `arn:aws:iam::${account.accountId}:policy/absent`,
      "arn:aws:iam::aws:policy/Absent",
      foreign.Policy?.Arn ?? "",
    ]) {
      const sentence = `Policy ${arn} does not exist or is not attachable.`;
      const call = assume(world, user, role, { PolicyArns: [{ arn }] });
      await refusedAs(call, ["ValidationError", 400, sentence]);
    }
    const arn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
    const many = assume(world, user, role, { PolicyArns: Array.from({ length: 11 }, () => ({ arn })) });
    await assert.rejects(many, {
      name: "ValidationError",
      message: /'policyArns'.*less than or equal to 10$/,
    });
  });

  test("and tags that are too large when packed are refused with their size (contract 2.1)", async () => {
    const role = await open("Packed");
    const random = () => Math.random().toString(36).slice(2);
    const Action = Array.from({ length: 300 }, () => `iam:${random()}`);
    await assert.rejects(assume(world, user, role, { Policy: allow(Action) }), {
      name: "PackedPolicyTooLargeException",
      message: /^Packed policy consumes \d{3}% of allotted space, please use smaller policy\.$/,
    });
    const Tags = Array.from({ length: 50 }, (_, nth) => ({
      Key: `${nth}`,
      Value: Array.from({ length: 9 }, random).join(""),
    }));
    await assert.rejects(assume(world, user, role, { Tags }), {
      name: "PackedPolicyTooLargeException",
      message: /^Packed size of session tags consumes \d{3}% of allotted space\.$/,
    });
  });
});
