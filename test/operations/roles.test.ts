import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { IAM } from "@aws-sdk/client-iam";
import { boundTrust, renderTrust } from "#operations/trust.ts";
import type { RoleRow } from "#ports/roles.ts";
import { QUOTAS } from "../support/quotas.ts";
import { openWorld, type TestAccount, type World } from "../support/world.ts";
import { refusedAs } from "./mfa-world.ts";

let world: World;
let account: TestAccount;
let iam: IAM;
before(async () => {
  world = await openWorld();
  account = await world.account();
  iam = world.clients(account.admin).iam;
});
after(() => world[Symbol.asyncDispose]());

const missing = (RoleName: string) =>
  ["NoSuchEntityException", 404, `The role with name ${RoleName} cannot be found.`] as const;
const malformed = (sentence: string) => ["MalformedPolicyDocumentException", 400, sentence] as const;
const stranger = (arn: string) => malformed(`Invalid principal in policy: "AWS":"${arn}"`);
const conflict = (first: string) =>
  ["DeleteConflictException", 409, `Cannot delete entity, must ${first} first.`] as const;

const arn = (rest: string) => `arn:aws:iam::${account.accountId}:${rest}`;
const trusting = (Principal: unknown, rest: object = {}) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...rest }],
  });
const SERVICE = trusting({ Service: "ec2.amazonaws.com" });
const ALLOW = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "iam:ListUsers", Resource: "*" },
});

/** RFC 3986, written apart from ours. */
const onTheWire = (text: string) =>
  [...Buffer.from(text, "utf8")]
    .map((byte) => {
      const mark = String.fromCharCode(byte);
      return /[A-Za-z0-9._~-]/.test(mark) ? mark : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");

const create = (RoleName: string, AssumeRolePolicyDocument = SERVICE) =>
  iam.createRole({ RoleName, AssumeRolePolicyDocument });
const trustOf = async (RoleName: string) =>
  decodeURIComponent((await iam.getRole({ RoleName })).Role?.AssumeRolePolicyDocument ?? "");
const rowOf = async (name: string): Promise<RoleRow> => {
  const row = await world.store.reader.roles.byName(account.accountId, name);
  assert.ok(row);
  return row;
};

for (const Path of [undefined, "/", "/role-with-tags/"]) {
  test(`a role at path ${Path} is made, shown, listed and deleted (recorded from AWS)`, async () => {
    const [RoleName, path] = ["Lifecycle", Path ?? "/"];
    const { Role } = await iam.createRole({
      RoleName,
      AssumeRolePolicyDocument: SERVICE,
      Description: "initial description",
      Tags: [{ Key: "test", Value: "value" }],
      ...(Path === undefined ? {} : { Path }),
    });
    assert.match(String(Role?.RoleId), /^AROA[A-Z2-7]{17}$/);
    const facts = {
      Path: path,
      RoleName,
      RoleId: Role?.RoleId,
      Arn: arn(`role${path}${RoleName}`),
      CreateDate: new Date(Math.floor(world.now / 1000) * 1000),
      AssumeRolePolicyDocument: onTheWire(SERVICE),
    };
    // neither description nor longest session in this answer
    const Tags = [{ Key: "test", Value: "value" }];
    assert.deepEqual(Role, { ...facts, Tags });
    const listed = { ...facts, Description: "initial description", MaxSessionDuration: 3600 };
    const shown = { ...listed, Tags, RoleLastUsed: {} };
    assert.deepEqual((await iam.getRole({ RoleName: "LIFECYCLE" })).Role, shown);
    assert.deepEqual((await iam.listRoles({ PathPrefix: path })).Roles, [listed]);
    assert.deepEqual((await iam.listRoles({ PathPrefix: "/elsewhere" })).Roles, []);
    await iam.deleteRole({ RoleName: "lifecycle" });
    await refusedAs(iam.getRole({ RoleName }), missing(RoleName));
  });
}

test("no role of that name (recorded from AWS)", async () => {
  const RoleName = "test-nonexistent-role";
  const PolicyDocument = SERVICE;
  for (const call of [
    () => iam.getRole({ RoleName }),
    () => iam.updateRole({ RoleName }),
    () => iam.updateRoleDescription({ RoleName, Description: "" }),
    () => iam.updateAssumeRolePolicy({ RoleName, PolicyDocument }),
    () => iam.deleteRole({ RoleName }),
    () => iam.tagRole({ RoleName, Tags: [{ Key: "a", Value: "b" }] }),
    () => iam.untagRole({ RoleName, TagKeys: ["a"] }),
    () => iam.listRoleTags({ RoleName }),
    () => iam.listInstanceProfilesForRole({ RoleName }),
  ]) {
    await refusedAs(call(), missing(RoleName));
  }
});

test("names are taken without regard to case", async () => {
  await create("Taken");
  const taken = ["EntityAlreadyExistsException", 409, "Role with name tAKEN already exists."] as const;
  await refusedAs(create("tAKEN"), taken);
});

test("an update changes what it names; the description's own operation answers with the role (recorded)", async () => {
  await create("updated");
  await iam.updateRole({ RoleName: "updated", Description: "updated description", MaxSessionDuration: 7200 });
  const RoleName = "UPDATED";
  const { Role } = await iam.updateRoleDescription({ RoleName, Description: "again" });
  assert.equal(Role?.Description, "again");
  assert.deepEqual([Role?.MaxSessionDuration, Role?.RoleLastUsed], [undefined, undefined]);
  await iam.updateRole({ RoleName });
  const shown = (await iam.getRole({ RoleName })).Role;
  assert.deepEqual([shown?.Description, shown?.MaxSessionDuration], ["again", 7200]);
});

test("tags: made with the role, changed, taken away, and told apart without regard to case (recorded)", async () => {
  const RoleName = "tagged";
  await create(RoleName);
  const tags = async () => (await iam.listRoleTags({ RoleName })).Tags;
  assert.deepEqual(await tags(), []);
  await iam.tagRole({
    RoleName,
    Tags: [
      { Key: "somekey", Value: "somevalue" },
      { Key: "other", Value: "" },
    ],
  });
  await iam.tagRole({ RoleName, Tags: [{ Key: "SOMEKEY", Value: "updated" }] });
  const first = await iam.listRoleTags({ RoleName, MaxItems: 1 });
  assert.deepEqual(first.Tags, [{ Key: "SOMEKEY", Value: "updated" }]);
  const rest = await iam.listRoleTags({ RoleName, Marker: first.Marker });
  assert.deepEqual(rest.Tags, [{ Key: "other", Value: "" }]);
  await iam.untagRole({ RoleName, TagKeys: ["OTHER", "not there"] });
  assert.deepEqual(await tags(), [{ Key: "SOMEKEY", Value: "updated" }]);
  const Tags = [
    { Key: "a", Value: "1" },
    { Key: "A", Value: "2" },
  ];
  const twice = [
    "InvalidInputException",
    400,
    "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  ] as const;
  await refusedAs(iam.tagRole({ RoleName, Tags }), twice);
  const made = iam.createRole({ RoleName: "untagged", AssumeRolePolicyDocument: SERVICE, Tags });
  await refusedAs(made, twice);
  await refusedAs(iam.getRole({ RoleName: "untagged" }), missing("untagged"));
});

test("roles are listed in the order of their names, a page at a time (recorded)", async () => {
  for (const name of ["zeta", "Alpha", "beta"]) {
    await iam.createRole({ RoleName: name, Path: "/paged/", AssumeRolePolicyDocument: SERVICE });
  }
  const first = await iam.listRoles({ PathPrefix: "/paged/", MaxItems: 2 });
  const second = await iam.listRoles({ PathPrefix: "/paged/", MaxItems: 2, Marker: first.Marker });
  const names = [...(first.Roles ?? []), ...(second.Roles ?? [])].map(({ RoleName }) => RoleName);
  assert.deepEqual([names, first.IsTruncated, second.IsTruncated], [["Alpha", "beta", "zeta"], true, false]);
  const invalid = ["ValidationError", 400, "Invalid Marker."] as const;
  await refusedAs(iam.listRoles({ PathPrefix: "/", Marker: first.Marker }), invalid);
});

test("what must go before a role can; instance profiles there are none", async () => {
  const RoleName = "laden";
  await create(RoleName);
  const PolicyArn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
  await iam.attachRolePolicy({ RoleName, PolicyArn });
  await iam.putRolePolicy({ RoleName, PolicyName: "p", PolicyDocument: ALLOW });
  await refusedAs(iam.deleteRole({ RoleName }), conflict("delete policies"));
  await iam.deleteRolePolicy({ RoleName, PolicyName: "p" });
  await refusedAs(iam.deleteRole({ RoleName }), conflict("detach all policies"));
  await iam.detachRolePolicy({ RoleName, PolicyArn });
  const { InstanceProfiles, IsTruncated } = await iam.listInstanceProfilesForRole({ RoleName });
  assert.deepEqual([InstanceProfiles, IsTruncated], [[], false]);
  await iam.deleteRole({ RoleName });
  await refusedAs(iam.deleteRole({ RoleName }), missing(RoleName));
});

test("a trust policy is read as strictly as AWS reads it, by both operations that take one", async () => {
  await create("strict");
  const bad: readonly (readonly [string, string])[] = [
    ["{", "This policy contains invalid Json"],
    [
      SERVICE.replace("sts:AssumeRole", "s3:GetObject"),
      "AssumeRole policy may only specify STS AssumeRole actions.",
    ],
    [trusting({ Service: "ec2.amazonaws.com" }, { Resource: "*" }), "Has prohibited field Resource"],
  ];
  for (const [document, sentence] of bad) {
    const update = iam.updateAssumeRolePolicy({ RoleName: "strict", PolicyDocument: document });
    await refusedAs(update, malformed(sentence));
    await refusedAs(create("never", document), malformed(sentence));
  }
  assert.equal(await trustOf("strict"), SERVICE);
  await refusedAs(iam.getRole({ RoleName: "never" }), missing("never"));
});

test("whom a trust policy names under AWS must exist, to the letter", async () => {
  const other = await world.account();
  await world.clients(other.admin).iam.createUser({ UserName: "abroad", Path: "/x/" });
  await iam.createUser({ UserName: "Known", Path: "/team/" });
  await create("known-role");
  const present = [
    account.accountId,
    other.accountId,
    `arn:aws:iam::${other.accountId}:root`,
    `arn:aws:iam::${other.accountId}:user/x/abroad`,
    arn("user/team/Known"),
    arn("role/known-role"),
    `arn:aws:sts::${account.accountId}:assumed-role/known-role/anything`,
    `arn:aws:sts::${account.accountId}:federated-user/anyone`,
    "*",
  ];
  await create("trusting", trusting({ AWS: present }));
  assert.deepEqual(JSON.parse(await trustOf("trusting")).Statement[0].Principal.AWS, present);
  const userId = (await iam.getUser({ UserName: "Known" })).User?.UserId ?? "";
  const absent = [
    "000000000001",
    "arn:aws:iam::000000000001:root",
    "arn:aws:iam::000000000001:user/somebody",
    arn("user/nobody"),
    arn("user/Known"),
    arn("user/team/known"),
    arn("role/team/known-role"),
    arn("role/Known"),
    `arn:aws:sts::${account.accountId}:assumed-role/no-such-role/anything`,
    // a unique id is how a policy shows somebody deleted, and names nobody
    userId,
  ];
  for (const value of absent) {
    for (const element of ["Principal", "NotPrincipal"]) {
      const document = trusting({ AWS: ["*", value] }).replace("Principal", element);
      await refusedAs(create("never", document), stranger(value));
    }
    const PolicyDocument = trusting({ AWS: value });
    await refusedAs(iam.updateAssumeRolePolicy({ RoleName: "trusting", PolicyDocument }), stranger(value));
  }
  // not even itself, before it is
  await refusedAs(create("self", trusting({ AWS: arn("role/self") })), stranger(arn("role/self")));
});

test("who is named is meant by unique id: shown under his new name, as the id when he is gone, and never replaced", async () => {
  const RoleName = "bound";
  const UserId = (await iam.createUser({ UserName: "ann" })).User?.UserId ?? "";
  const document = trusting(
    { AWS: [arn("user/ann"), account.accountId] },
    {
      Condition: { StringEquals: { "aws:PrincipalArn": arn("user/ann") } },
    },
  );
  await create(RoleName, document);
  const decides = async () => boundTrust(await rowOf(RoleName))?.statements[0]?.principals?.values;
  const AWS = (value: string) => ({ type: "AWS", value });
  assert.equal(await trustOf(RoleName), document);
  assert.deepEqual(await decides(), [AWS(UserId), AWS(account.accountId)]);
  await iam.updateUser({ UserName: "ann", NewUserName: "anna" });
  // the condition's value is a text and stays
  const shown = (value: string) => document.replace(arn("user/ann"), value);
  assert.equal(await trustOf(RoleName), shown(arn("user/anna")));
  await iam.deleteUser({ UserName: "anna" });
  assert.equal(await trustOf(RoleName), shown(UserId));
  const { Roles = [] } = await iam.listRoles({});
  const listed = Roles.find((role) => role.RoleName === RoleName);
  assert.equal(decodeURIComponent(listed?.AssumeRolePolicyDocument ?? ""), shown(UserId));
  await iam.createUser({ UserName: "ann" });
  assert.equal(await trustOf(RoleName), shown(UserId));
  assert.deepEqual(await decides(), [AWS(UserId), AWS(account.accountId)]);
  // what is shown cannot be stored again, as on AWS
  const PolicyDocument = await trustOf(RoleName);
  await refusedAs(iam.updateAssumeRolePolicy({ RoleName, PolicyDocument }), stranger(UserId));
  await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: document });
  assert.equal(await trustOf(RoleName), document);
  assert.notDeepEqual(await decides(), [AWS(UserId), AWS(account.accountId)]);
});

test("a document keeps its own form until a name in it changes", async () => {
  const spaced = `  ${trusting({ AWS: account.accountId }).replaceAll(",", " ,\n\t")}  `;
  await create("spaced", spaced);
  assert.equal(await trustOf("spaced"), spaced);
  const row = { ...(await rowOf("spaced")), trustBindings: {} };
  assert.equal(renderTrust(row, new Map()), spaced);
});

test("marks that RFC 3986 does not leave alone are encoded, and letters beyond ASCII by their UTF-8", async () => {
  const marks = trusting({ AWS: "*" }, { Condition: { StringLike: { "aws:userid": "!'()*~-_. é" } } });
  const { Role } = await create("marked", marks);
  assert.equal(Role?.AssumeRolePolicyDocument, onTheWire(marks));
});

test("a trust policy over its quota is refused, white space not counted", async () => {
  const long = (size: number) => {
    const base = trusting({ AWS: "*" }, { Condition: { StringLike: { "aws:userid": "" } } });
    return base.replace('""', `"${"x".repeat(size - base.length)}"`);
  };
  const quota = QUOTAS.trustPolicySize;
  await create("full", `${long(quota)}${" ".repeat(5000)}`);
  const full = ["LimitExceededException", 409, `Cannot exceed quota for ACLSizePerRole: ${quota}`] as const;
  await refusedAs(create("over", long(quota + 1)), full);
  await refusedAs(iam.updateAssumeRolePolicy({ RoleName: "full", PolicyDocument: long(quota + 1) }), full);
});

test("the quota of roles counts those there are, and a refused one leaves nothing", async () => {
  const { SummaryMap } = await iam.getAccountSummary({});
  const roles = (SummaryMap?.Roles ?? 0) + 1;
  const roomy = world.env.deps.quotas;
  Object.assign(world.env.deps, { quotas: { ...QUOTAS, roles } });
  try {
    const answers = await Promise.allSettled(["first", "second", "third"].map((name) => create(name)));
    const refusals = answers.filter((answer) => answer.status === "rejected");
    assert.equal(refusals.length, 2);
    const full = [
      "LimitExceededException",
      409,
      `Cannot exceed quota for RolesPerAccount: ${roles}`,
    ] as const;
    for (const { reason } of refusals) await refusedAs(Promise.reject(reason), full);
    assert.equal((await iam.getAccountSummary({})).SummaryMap?.Roles, roles);
  } finally {
    Object.assign(world.env.deps, { quotas: roomy });
  }
});

test("another account's roles are none", async () => {
  const other = world.clients((await world.account()).admin).iam;
  await create("ours");
  await refusedAs(other.getRole({ RoleName: "ours" }), missing("ours"));
  await refusedAs(other.deleteRole({ RoleName: "ours" }), missing("ours"));
  assert.deepEqual((await other.listRoles({})).Roles, []);
});

test("the event of a new role has CloudTrail's shape", async () => {
  const { Role } = await iam.createRole({ RoleName: "told", AssumeRolePolicyDocument: SERVICE });
  const events = await world.events(account.accountId);
  const made = events.find(
    ({ eventName, record }) =>
      eventName === "CreateRole" && JSON.stringify(record.requestParameters).includes("told"),
  );
  assert.deepEqual(made?.record.requestParameters, {
    roleName: "told",
    assumeRolePolicyDocument: SERVICE,
  });
  const { role } = made.record.responseElements as { role: Record<string, unknown> };
  const { createDate, ...facts } = role;
  assert.match(String(createDate), /^\w{3} \d{1,2}, \d{4} \d{1,2}:\d\d:\d\d [AP]M$/);
  assert.deepEqual(facts, {
    arn: Role?.Arn,
    assumeRolePolicyDocument: onTheWire(SERVICE),
    path: "/",
    roleId: Role?.RoleId,
    roleName: "told",
  });
});
