// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { AccessKeyId } from "#identity/ids.ts";
import { type Keys, openWorld, type TestAccount, type World } from "../support/world.ts";
import { advance, refusedAs, SENTENCES, session } from "./mfa-world.ts";
import {
  allow,
  answered,
  arnOf,
  assume,
  assumed,
  createPerson,
  createRole,
  refusedRole,
  roleArn,
  trust,
} from "./role-sessions.ts";

let world: World;
let account: TestAccount;
before(async () => {
  world = await openWorld();
  account = await world.account();
});
after(() => world[Symbol.asyncDispose]());

const validation = (sentence: string) => ["ValidationError", 400, sentence] as const;

describe("a session of a role", () => {
  test("is answered, shown and allowed as its role is (contract 2)", async () => {
    const RoleArn = await createRole(world, account, "Shown", undefined, {
      Path: "/some/path/",
      may: allow("iam:ListUsers"),
    });
    assert.equal(RoleArn, roleArn(account, "some/path/Shown"));
    const answer = await assume(world, account.admin, RoleArn, { RoleSessionName: "me@work" });
    const { RoleId } = (await world.clients(account.admin).iam.getRole({ RoleName: "Shown" })).Role ?? {};
    const arn = `arn:aws:sts::${account.accountId}:assumed-role/Shown/me@work`;
    assert.deepEqual(answer.AssumedRoleUser, { AssumedRoleId: `${RoleId}:me@work`, Arn: arn });
    assert.equal(answer.PackedPolicySize, undefined);
    assert.equal(answer.SourceIdentity, undefined);
    assert.match(answer.Credentials?.AccessKeyId ?? "", /^ASIA/);
    const keys = await assumed(world, account.admin, RoleArn, { RoleSessionName: "me@work" });
    const { iam, sts } = world.clients(keys);
    const { UserId, Account, Arn } = await sts.getCallerIdentity({});
    assert.deepEqual([UserId, Account, Arn], [`${RoleId}:me@work`, account.accountId, arn]);
    await iam.listUsers({});
    await assert.rejects(iam.listRoles({}), { message: new RegExp(`^User: ${arn} is not authorized`) });
    const info = world.clients(account.admin).sts.getAccessKeyInfo({ AccessKeyId: keys.accessKeyId });
    assert.equal((await info).Account, account.accountId);
  });

  test("may make few calls of STS", async () => {
    const keys = await assumed(world, account.admin, await createRole(world, account, "Few"));
    const { sts } = world.clients(keys);
    const barred = (name: string) =>
      ["AccessDenied", 403, `Cannot call ${name} with session credentials`] as const;
    await refusedAs(sts.getSessionToken({}), barred("GetSessionToken"));
    await refusedAs(sts.getFederationToken({ Name: "fay" }), barred("GetFederationToken"));
  });

  test("is the role's last use", async () => {
    const keys = await assumed(world, account.admin, await createRole(world, account, "Used"));
    const lastUse = async () => {
      await world.env.deps.recorder.flush();
      const { Role } = await world.clients(account.admin).iam.getRole({ RoleName: "Used" });
      return Role?.RoleLastUsed?.LastUsedDate?.getTime();
    };
    assert.equal(await lastUse(), undefined);
    await arnOf(world, keys);
    assert.equal(await lastUse(), Math.floor(world.now / 1000) * 1000);
  });

  test("dies with its role, and another role of that name is another", async () => {
    const RoleArn = await createRole(world, account, "Phoenix");
    const keys = await assumed(world, account.admin, RoleArn);
    await arnOf(world, keys);
    await world.clients(account.admin).iam.deleteRole({ RoleName: "Phoenix" });
    await refusedAs(arnOf(world, keys), SENTENCES.token);
    await createRole(world, account, "Phoenix");
    await refusedAs(arnOf(world, keys), SENTENCES.token);
  });

  test("dies with the user who assumed it, and with whoever assumed the first of a chain", async () => {
    const { iam } = world.clients(account.admin);
    const user = await createPerson(world, account, "mortal");
    const may = allow("sts:AssumeRole");
    const first = await createRole(world, account, "First", undefined, { may });
    const second = await createRole(world, account, "Second");
    const one = await assumed(world, user, first);
    const two = await assumed(world, one, second);
    await arnOf(world, two);
    await iam.deleteUserPolicy({ UserName: "mortal", PolicyName: "may" });
    await iam.deleteAccessKey({ UserName: "mortal", AccessKeyId: user.accessKeyId });
    await iam.deleteUser({ UserName: "mortal" });
    for (const keys of [one, two]) await refusedAs(arnOf(world, keys), SENTENCES.token);
    await createPerson(world, account, "mortal");
    for (const keys of [one, two]) await refusedAs(arnOf(world, keys), SENTENCES.token);
  });
});

describe("who is not trusted", () => {
  test("an unknown role, one of an unknown account and one that denies look the same, byte for byte", async () => {
    const user = await createPerson(world, account, "prober", allow("iam:ListUsers"));
    const foreign = await world.account();
    await createRole(world, account, "denies-1", [trust(account, { Effect: "Deny" })]);
    await createRole(world, foreign, "denies-2");
    const arns = [
      roleArn(account, "denies-1"),
      roleArn(account, "absent-1"),
      roleArn(account, "Denies-1"),
      roleArn(account, "p/denies"),
    ];
    const farArns = [
      roleArn(foreign, "denies-2"),
      roleArn(foreign, "absent-2"),
      "arn:aws:iam::000000000000:role/absent-2",
    ];
    for (const [keys, group] of [
      [account.admin, arns],
      [user, arns],
      [account.admin, farArns],
      [user, farArns],
    ] as const) {
      const shapes: string[] = [];
      for (const arn of group) {
        const { status, headers, body } = await answered(world, () => assume(world, keys, arn));
        const text = Buffer.from(body).toString();
        const id = String(headers["x-amzn-requestid"]);
        const lengths = Object.entries(headers).map(([name, value]) => [name, String(value).length]);
        shapes.push(JSON.stringify([status, lengths, text.replaceAll(id, "ID").replaceAll(arn, "ARN")]));
        await refusedRole(world, keys, arn);
      }
      assert.deepEqual(new Set(shapes).size, 1, shapes.join("\n"));
    }
  });

  test("a role is named by its ARN to the letter, path and case included", async () => {
    const role = await createRole(world, account, "Exact", undefined, { Path: "/a/" });
    await assume(world, account.admin, role);
    for (const name of ["Exact", "a/exact", "A/Exact", "a/b/Exact"]) {
      await refusedRole(world, account.admin, roleArn(account, name));
    }
  });

  test("a deleted user's successor is not he whom the trust policy names", async () => {
    const { iam } = world.clients(account.admin);
    const nobody = allow("iam:ListUsers");
    const old = await createPerson(world, account, "heir", nobody);
    const Principal = { AWS: `arn:aws:iam::${account.accountId}:user/heir` };
    const role = await createRole(world, account, "ForHeir", [trust(account, { Principal })]);
    await assume(world, old, role);
    await iam.deleteUserPolicy({ UserName: "heir", PolicyName: "may" });
    await iam.deleteAccessKey({ UserName: "heir", AccessKeyId: old.accessKeyId });
    await iam.deleteUser({ UserName: "heir" });
    await refusedRole(world, await createPerson(world, account, "heir", nobody), role);
  });

  test("naming the account needs an identity policy too, naming the user is enough (contract 9.3)", async () => {
    const user = await createPerson(world, account, "named", allow("iam:ListUsers"));
    const role = await createRole(world, account, "Named");
    await refusedRole(world, user, role);
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [trust(account, { Principal: { AWS: `arn:aws:iam::${account.accountId}:user/named` } })],
    });
    await world.clients(account.admin).iam.updateAssumeRolePolicy({ RoleName: "Named", PolicyDocument });
    await assume(world, user, role);
  });

  test("root assumes no role, with keys and in a session", async () => {
    const role = await createRole(world, account, "NotForRoot");
    const sentence = ["AccessDenied", 403, "Roles may not be assumed by root accounts."] as const;
    await refusedAs(assume(world, account.root, role), sentence);
    await refusedAs(assume(world, await session(world, account.root), role), sentence);
  });

  for (const [arn, sentence] of [
    // recorded in July 2025
    ["nothing-valid-in-here", "nothing-valid-in-here is invalid"],
    ["arn::b:::something/test-role", "arn::b:::something/test-role is invalid"],
    ["arn:a::::something/test-role", "arn:a::::something/test-role is invalid"],
    ["arn:a:::something/test-role", "arn:a:::something/test-role is invalid"],
    ["arn:a:a::aaaaaaaaaa:", "arn:a:a::aaaaaaaaaa: is invalid"],
    ["arn:aws:iam::123456789012:user/alice", "Request ARN is invalid"],
    ["arn:aws:iam::12345678901:role/alice", "Request ARN is invalid"],
    ["arn:aws-cn:iam::123456789012:role/alice", "Request ARN is invalid"],
  ] as const) {
    test(`the ARN ${arn} is refused`, () =>
      refusedAs(assume(world, account.admin, arn), validation(sentence)));
  }
});

describe("durations", () => {
  const seconds = async (DurationSeconds: number | undefined, role: string, keys = account.admin) => {
    const { Credentials } = await assume(world, keys, role, { DurationSeconds });
    return ((Credentials?.Expiration?.getTime() ?? 0) - Math.floor(world.now / 1000) * 1000) / 1000;
  };
  const over = validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  const chained = validation(
    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
  );

  test("an hour where nothing is said, and what the role allows", async () => {
    const short = await createRole(world, account, "Short");
    const long = await createRole(world, account, "Long", undefined, { MaxSessionDuration: 43_200 });
    assert.equal(await seconds(undefined, short), 3_600);
    assert.equal(await seconds(undefined, long), 3_600);
    assert.equal(await seconds(900, short), 900);
    assert.equal(await seconds(43_200, long), 43_200);
    await refusedAs(seconds(3_601, short), over);
    const small =
      "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900";
    await refusedAs(seconds(899, short), validation(small));
  });

  test("an hour at most in a chain, whatever the role allows", async () => {
    const may = allow("sts:AssumeRole");
    const long = { may, MaxSessionDuration: 7_200 };
    const one = await assumed(world, account.admin, await createRole(world, account, "A1", undefined, long));
    const next = await createRole(world, account, "A2", undefined, long);
    assert.equal(await seconds(undefined, next, one), 3_600);
    await refusedAs(seconds(3_601, next, one), chained);
    await refusedAs(seconds(7_201, next, one), chained);
  });

  test("it ends when it says", async () => {
    const keys = await assumed(world, account.admin, await createRole(world, account, "Ends"), {
      DurationSeconds: 900,
    });
    advance(world, 898_000);
    await arnOf(world, keys);
    advance(world, 2_000);
    await refusedAs(arnOf(world, keys), SENTENCES.expired);
  });
});

describe("conditions on the call (contract 9.3)", () => {
  let keys: Keys;
  before(async () => {
    keys = await createPerson(world, account, "caller");
  });

  for (const [name, Condition, good, bad] of [
    [
      "external id",
      { StringEquals: { "sts:ExternalId": "secret-1" } },
      { ExternalId: "secret-1" },
      { ExternalId: "secret-2" },
    ],
    [
      "session name",
      { StringEquals: { "sts:RoleSessionName": "${aws:username}" } },
      { RoleSessionName: "caller" },
      { RoleSessionName: "other" },
    ],
    [
      "duration",
      { NumericLessThanEquals: { "sts:DurationSeconds": "900" } },
      { DurationSeconds: 900 },
      { DurationSeconds: undefined },
    ],
    [
      "source identity",
      { StringLike: { "sts:SourceIdentity": "caller*" } },
      { SourceIdentity: "caller1" },
      { SourceIdentity: "other" },
    ],
    [
      "request tag",
      { StringEquals: { "aws:RequestTag/team": "red" } },
      { Tags: [{ Key: "team", Value: "red" }] },
      { Tags: [{ Key: "team", Value: "blue" }] },
    ],
    [
      "tag keys",
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } },
      { Tags: [{ Key: "team", Value: "red" }] },
      {
        Tags: [
          { Key: "team", Value: "red" },
          { Key: "more", Value: "red" },
        ],
      },
    ],
    [
      "transitive keys",
      { "ForAnyValue:StringEquals": { "sts:TransitiveTagKeys": ["team"] } },
      { Tags: [{ Key: "team", Value: "red" }], TransitiveTagKeys: ["team"] },
      { Tags: [{ Key: "team", Value: "red" }] },
    ],
  ] as const) {
    test(name, async () => {
      const Action = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];
      const role = await createRole(world, account, name.replace(" ", "-"), [
        trust(account, { Action, Condition }),
      ]);
      await assume(world, keys, role, good as object);
      await refusedRole(world, keys, role, bad as object);
    });
  }
  test("the role's tags", async () => {
    const Condition = { StringEquals: { "aws:ResourceTag/open": "yes" } };
    const may = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*", Condition },
    });
    const user = await createPerson(world, account, "by-tag", may);
    const role = await createRole(world, account, "Tagged");
    await refusedRole(world, user, role);
    await world
      .clients(account.admin)
      .iam.tagRole({ RoleName: "Tagged", Tags: [{ Key: "open", Value: "yes" }] });
    await assume(world, user, role);
  });
});

describe("what was ended a moment ago makes nothing that lasts", () => {
  // another process changed it: this one's cache of callers may be half a second old
  test("sessions of the user", async () => {
    const user = await createPerson(world, account, "stale");
    const row = await world.store.reader.users.byName(account.accountId, "stale");
    const role = await createRole(world, account, "Stale");
    const keys = await session(world, user);
    await assume(world, keys, role);
    assert.ok(row);
    await world.store.write((tx) => tx.users.endSessions(account.accountId, row.userId, world.now));
    await refusedAs(assume(world, keys, role), SENTENCES.token);
    advance(world, 1);
    await assume(world, user, role);
  });

  test("sessions of the account", async () => {
    const other = await world.account();
    const role = await createRole(world, other, "Stale");
    const keys = await session(world, other.admin);
    await assume(world, keys, role);
    await world.store.write((tx) => tx.accounts.endSessions(other.accountId, world.now));
    await refusedAs(assume(world, keys, role), SENTENCES.token);
  });

  test("a deactivated key", async () => {
    const user = await createPerson(world, account, "stale-key");
    const role = await createRole(world, account, "Stale-key");
    await assume(world, user, role);
    await world.store.write(async (tx) => {
      // as the store gave it out
      const key = await tx.accessKeys.load(user.accessKeyId as AccessKeyId);
      assert.ok(key);
      await tx.accessKeys.setStatus(key.accountId, key.userId, key.accessKeyId, "Inactive");
    });
    const gone = [
      "InvalidClientTokenId",
      403,
      "The security token included in the request is invalid.",
    ] as const;
    await refusedAs(assume(world, user, role), gone);
    await refusedAs(world.clients(user).sts.getSessionToken({}), gone);
  });

  test("a role's sessions", async () => {
    const may = allow("sts:AssumeRole");
    const first = await createRole(world, account, "Stale-role", undefined, { may });
    const next = await createRole(world, account, "Stale-next");
    const keys = await assumed(world, account.admin, first);
    await assume(world, keys, next);
    const row = await world.store.reader.roles.byName(account.accountId, "Stale-role");
    assert.ok(row);
    await world.store.write((tx) => tx.roles.endSessions(account.accountId, row.roleId, world.now));
    await refusedAs(assume(world, keys, next), SENTENCES.token);
  });
});

test("its event: what was asked, and nothing that could be used (contract 5.3)", async () => {
  const own = await world.account();
  const role = await createRole(world, own, "Logged", [
    trust(own, { Action: ["sts:AssumeRole", "sts:TagSession"] }),
  ]);
  const { AssumedRoleUser, Credentials } = await assume(world, own.admin, role, {
    ExternalId: "ext-1",
    Tags: [{ Key: "team", Value: "red" }],
    DurationSeconds: 900,
  });
  advance(world, 1);
  await refusedRole(world, own.admin, roleArn(own, "unknown"));
  const events = (await world.events(own.accountId)).filter(({ eventName }) => eventName === "AssumeRole");
  assert.deepEqual(
    events.map(({ errorCode }) => errorCode),
    [undefined, "AccessDenied"],
  );
  const { record, decision } = events[0] ?? assert.fail();
  assert.deepEqual(record.requestParameters, {
    roleArn: role,
    roleSessionName: "session",
    externalId: "ext-1",
    tags: [{ key: "team", value: "red" }],
    durationSeconds: 900,
  });
  const shown = record.responseElements as { credentials: object; assumedRoleUser: object };
  assert.deepEqual(Object.keys(shown.credentials).sort(), ["accessKeyId", "expiration"]);
  assert.deepEqual(shown.assumedRoleUser, {
    assumedRoleId: AssumedRoleUser?.AssumedRoleId,
    arn: AssumedRoleUser?.Arn,
  });
  const text = JSON.stringify(record);
  for (const secret of [Credentials?.SessionToken, Credentials?.SecretAccessKey]) {
    assert.ok(secret && !text.includes(secret));
  }
  assert.equal(record.readOnly, true);
  assert.equal(record.eventSource, "sts.amazonaws.com");
  assert.equal(decision.verdict, "allowed");
  assert.equal(events[1]?.record.requestParameters, null);
  assert.equal(events[1]?.decision.by, "resource");
});
