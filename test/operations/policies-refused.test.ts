import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Arn } from "#identity/ids.ts";
import { ADMINISTRATOR_ACCESS } from "#policy/managed/managed.ts";
import { QUOTAS } from "../support/quotas.ts";
import { ACCOUNT, type CallChange } from "./calls.ts";
import { documentOf, documentOfSize, TRUST } from "./policies-world.ts";
import { OPERATOR, OTHER_ACCOUNT, openWorld, ROOT, userId, type World } from "./world.ts";

let world: World;
before(async () => {
  world = await openWorld();
  for (const PolicyName of ["Known", "Used", "Bounding", "Versioned"]) {
    await world.done("CreatePolicy", { PolicyName, PolicyDocument: DOCUMENT });
  }
  await world.done("CreatePolicy", { PolicyName: "Theirs", PolicyDocument: DOCUMENT }, THEM);
  await world.done("CreateUser", { UserName: "user" });
  await world.done("CreateGroup", { GroupName: "group" });
  await world.done("CreateRole", { RoleName: "role", AssumeRolePolicyDocument: TRUST });
  await world.done("AttachUserPolicy", { UserName: "user", PolicyArn: arn("Used") });
  await world.done("CreatePolicyVersion", { PolicyArn: arn("Versioned"), PolicyDocument: DOCUMENT });
  const user = await userId(world, "user");
  await world.store.write((tx) => tx.users.setBoundary(ACCOUNT, user, arn("Bounding")));
});
after(() => world.close());

const DOCUMENT = documentOf();
const arn = (name: string, account: string = ACCOUNT) => `arn:aws:iam::${account}:policy/${name}` as Arn;
const THEM: CallChange = { kind: "root", accountId: OTHER_ACCOUNT };
const NONE = arn("None");
const THEIRS = arn("Theirs", OTHER_ACCOUNT);
const AWS_UNKNOWN = "arn:aws:iam::aws:policy/NoSuchPolicy";
const AWS_KNOWN = "arn:aws:iam::aws:policy/IAMUserChangePassword";

const notFound = (policy: string) => ["NoSuchEntity", 404, `Policy ${policy} was not found.`] as const;
const notAttachable = (policy: string) =>
  ["NoSuchEntity", 404, `Policy ${policy} does not exist or is not attachable.`] as const;
const noVersion = (policy: string, version: string) =>
  ["NoSuchEntity", 404, `Policy ${policy} version ${version} does not exist or is not attachable.`] as const;
const noHolder = (kind: string) =>
  ["NoSuchEntity", 404, `The ${kind} with name nobody cannot be found.`] as const;
const OUTSIDE = ["AccessDenied", 403, "Policy is outside your own account."] as const;
/** Of AWS's own: recorded in September 2026 (radkawar/stackd, immutability.json). */
const CHANGES: Readonly<Record<string, string>> = {
  DeletePolicy: "Cannot delete policies outside your own account.",
  CreatePolicyVersion: "Cannot create versions for policies outside your own account.",
  DeletePolicyVersion: "Cannot delete policy versions for policies outside your own account.",
  SetDefaultPolicyVersion: "Cannot update policies outside your own account.",
};
const NOT_TAGGED = ["InvalidInput", 400, "Tags not supported for policies in this domain"] as const;
const conflict = (sentence: string) => ["DeleteConflict", 409, sentence] as const;

interface Case {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly error: readonly [string, number, string];
}

/** What each is given beside the policy. */
const READS = { GetPolicy: {}, ListPolicyVersions: {}, ListEntitiesForPolicy: {}, ListPolicyTags: {} };
const TAGGING = { TagPolicy: { Tags: [{ Key: "a", Value: "b" }] }, UntagPolicy: { TagKeys: ["a"] } };
const WRITES = { DeletePolicy: {}, CreatePolicyVersion: { PolicyDocument: DOCUMENT }, ...TAGGING };
const VersionId = "v1";
const VERSIONS = { GetPolicyVersion: { VersionId } };
const VERSION_WRITES = { DeletePolicyVersion: { VersionId }, SetDefaultPolicyVersion: { VersionId } };
const HOLDERS = { User: { UserName: "user" }, Group: { GroupName: "group" }, Role: { RoleName: "role" } };
const NOBODY = { User: { UserName: "nobody" }, Group: { GroupName: "nobody" }, Role: { RoleName: "nobody" } };

const each = (
  operations: Readonly<Record<string, object>>,
  PolicyArn: string,
  error: Case["error"],
): readonly Case[] =>
  Object.entries(operations).map(([operation, input]) => ({
    operation,
    input: { PolicyArn, ...input },
    error,
  }));

const ofHolders = (
  name: (noun: string) => string,
  holders: Readonly<Record<string, object>>,
  PolicyArn: string,
  error: (noun: string) => Case["error"],
): readonly Case[] =>
  Object.entries(holders).map(([noun, holder]) => ({
    operation: name(noun),
    input: { PolicyArn, ...holder },
    error: error(noun),
  }));

const attach = (noun: string) => `Attach${noun}Policy`;
const detach = (noun: string) => `Detach${noun}Policy`;

const CASES: readonly Case[] = [
  ...each({ ...READS, ...WRITES }, NONE, notFound(NONE)),
  // ARNs are matched letter for letter
  ...each({ ...READS, ...WRITES }, arn("KNOWN"), notFound(arn("KNOWN"))),
  ...each(READS, AWS_UNKNOWN, notFound(AWS_UNKNOWN)),
  ...each({ ...VERSIONS, ...VERSION_WRITES }, NONE, noVersion(NONE, "v1")),
  ...each(VERSIONS, AWS_UNKNOWN, noVersion(AWS_UNKNOWN, "v1")),
  ...each(VERSIONS, AWS_KNOWN, noVersion(AWS_KNOWN, "v1")),
  // nothing is told of what is not one's own, and AWS's own are nobody's to change
  ...[THEIRS, arn("None", OTHER_ACCOUNT)].flatMap((policy) =>
    each({ ...READS, ...VERSIONS, ...TAGGING }, policy, OUTSIDE),
  ),
  ...[THEIRS, arn("None", OTHER_ACCOUNT), AWS_KNOWN, AWS_UNKNOWN].flatMap((policy) =>
    Object.entries({ ...WRITES, ...VERSION_WRITES }).flatMap(([operation, input]) => {
      const sentence = CHANGES[operation];
      return sentence === undefined
        ? []
        : each({ [operation]: input }, policy, ["AccessDenied", 403, sentence]);
    }),
  ),
  ...[AWS_KNOWN, AWS_UNKNOWN].flatMap((policy) => each(TAGGING, policy, NOT_TAGGED)),
  ...["v9", "v1.a", "v999999999", "v9999999999999999"].flatMap((version) =>
    each(
      {
        GetPolicyVersion: { VersionId: version },
        DeletePolicyVersion: { VersionId: version },
        SetDefaultPolicyVersion: { VersionId: version },
      },
      arn("Known"),
      noVersion(arn("Known"), version),
    ),
  ),
  ...[NONE, THEIRS, AWS_UNKNOWN, arn("USED")].flatMap((policy) => [
    ...ofHolders(attach, HOLDERS, policy, () => notAttachable(policy)),
    ...ofHolders(detach, HOLDERS, policy, () => notFound(policy)),
  ]),
  ...ofHolders(detach, HOLDERS, arn("Known"), () => notFound(arn("Known"))),
  ...[attach, detach, (noun: string) => `ListAttached${noun}Policies`].flatMap((name) =>
    ofHolders(name, NOBODY, arn("Known"), (noun) => noHolder(noun.toLowerCase())),
  ),
  {
    operation: "DeletePolicy",
    input: { PolicyArn: arn("Used") },
    error: conflict("Cannot delete a policy attached to entities."),
  },
  {
    operation: "DeletePolicy",
    input: { PolicyArn: arn("Bounding") },
    error: conflict("Cannot delete a policy attached to entities."),
  },
  {
    operation: "DeletePolicy",
    input: { PolicyArn: arn("Versioned") },
    error: conflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    ),
  },
  {
    operation: "DeletePolicyVersion",
    input: { PolicyArn: arn("Known"), VersionId },
    error: conflict("Cannot delete the default version of a policy."),
  },
  {
    operation: "CreatePolicy",
    input: { PolicyName: "KNOWN", Path: "/elsewhere/", PolicyDocument: DOCUMENT },
    error: [
      "EntityAlreadyExists",
      409,
      "A policy called KNOWN already exists. Duplicate names are not allowed.",
    ],
  },
  ...[
    { operation: "CreatePolicy", about: { PolicyName: "New" } },
    { operation: "CreatePolicyVersion", about: { PolicyArn: arn("Known") } },
  ].flatMap(({ operation, about }): readonly Case[] => [
    {
      operation,
      input: { ...about, PolicyDocument: "{" },
      error: ["MalformedPolicyDocument", 400, "Syntax errors in policy."],
    },
    {
      operation,
      input: { ...about, PolicyDocument: TRUST },
      error: ["MalformedPolicyDocument", 400, "Policy document should not specify a principal."],
    },
    {
      operation,
      input: { ...about, PolicyDocument: documentOfSize(6145) },
      error: ["LimitExceeded", 409, "Cannot exceed quota for PolicySize: 6144"],
    },
  ]),
  {
    operation: "CreatePolicy",
    input: {
      PolicyName: "New",
      PolicyDocument: DOCUMENT,
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "a", Value: "2" },
      ],
    },
    error: ["InvalidInput", 400, "Duplicate tag keys found."],
  },
];

for (const { operation, input, error } of CASES) {
  test(`${operation} ${JSON.stringify(input).slice(0, 120)}: ${error[2]}`, async () => {
    for (const who of [undefined, ROOT, OPERATOR]) await world.refused(error, operation, input, who);
  });
}

test("what was refused left nothing: policies, versions, attachments and counts are as they were", async () => {
  const { Policies } = await world.done("ListPolicies", { Scope: "Local" });
  const shown = (Policies as readonly Record<string, unknown>[]).map((policy) => [
    policy.PolicyName,
    policy.DefaultVersionId,
    policy.AttachmentCount,
    policy.PermissionsBoundaryUsageCount,
  ]);
  assert.deepEqual(shown, [
    ["Bounding", "v1", 0, 1],
    ["Known", "v1", 0, 0],
    ["Used", "v1", 1, 0],
    ["Versioned", "v1", 0, 0],
  ]);
  const { SummaryMap } = await world.done("GetAccountSummary");
  const { Policies: count, PolicyVersionsInUse } = SummaryMap as Record<string, number>;
  assert.deepEqual([count, PolicyVersionsInUse], [4, 2]);
  const theirs = await world.done("ListPolicies", { Scope: "Local" }, THEM);
  assert.deepEqual(
    (theirs.Policies as readonly { PolicyName: string }[]).map((policy) => policy.PolicyName),
    ["Theirs"],
  );
});

test("a document of just the size is taken, white space not counted", async () => {
  const PolicyDocument = documentOfSize(6144);
  assert.ok(PolicyDocument.length > 6144);
  await world.done("CreatePolicy", { PolicyName: "Largest", PolicyDocument });
  await world.done("DeletePolicy", { PolicyArn: arn("Largest") });
});

test("versions: so many at a time, and their numbers are never used twice (recorded)", async () => {
  const PolicyArn = arn("Counted");
  await world.done("CreatePolicy", { PolicyName: "Counted", PolicyDocument: DOCUMENT });
  const create = { PolicyArn, PolicyDocument: DOCUMENT };
  for (let version = 2; version <= 5; version += 1) await world.done("CreatePolicyVersion", create);
  const full =
    "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.";
  await world.refused(["LimitExceeded", 409, full], "CreatePolicyVersion", create);
  await world.done("DeletePolicyVersion", { PolicyArn, VersionId: "v5" });
  const { PolicyVersion } = await world.done("CreatePolicyVersion", create);
  assert.equal((PolicyVersion as { VersionId: string }).VersionId, "v6");
});

const quota = (change: Partial<typeof QUOTAS>): CallChange => ({
  kind: "root",
  deps: { quotas: { ...QUOTAS, ...change } },
});

test("quotas: policies of an account; what is deleted makes room", async () => {
  const { SummaryMap } = await world.done("GetAccountSummary");
  const { Policies = 0 } = SummaryMap as Record<string, number>;
  const who = quota({ policies: Policies + 1 });
  await world.done("CreatePolicy", { PolicyName: "Last", PolicyDocument: DOCUMENT }, who);
  const sentence = `Cannot exceed quota for PoliciesPerAccount: ${Policies + 1}`;
  const more = { PolicyName: "More", PolicyDocument: DOCUMENT };
  await world.refused(["LimitExceeded", 409, sentence], "CreatePolicy", more, who);
  await world.done("DeletePolicy", { PolicyArn: arn("Last") });
  await world.done("CreatePolicy", more, who);
  await world.done("DeletePolicy", { PolicyArn: arn("More") });
});

for (const [noun, holder] of Object.entries(HOLDERS)) {
  test(`quotas: policies attached to a ${noun}; what is attached already is not counted again`, async () => {
    const { AttachedPolicies } = await world.done(`ListAttached${noun}Policies`, holder);
    const limit = (AttachedPolicies as readonly unknown[]).length + 1;
    const who = quota({ [`attachedPoliciesPer${noun}`]: limit });
    const first = { ...holder, PolicyArn: ADMINISTRATOR_ACCESS };
    await world.done(`Attach${noun}Policy`, first, who);
    await world.done(`Attach${noun}Policy`, first, who);
    const second = { ...holder, PolicyArn: arn("Known") };
    const sentence = `Cannot exceed quota for PoliciesPer${noun}: ${limit}`;
    await world.refused(["LimitExceeded", 409, sentence], `Attach${noun}Policy`, second, who);
    await world.done(`Detach${noun}Policy`, first, who);
    await world.done(`Attach${noun}Policy`, second, who);
    await world.done(`Detach${noun}Policy`, second, who);
    const { Policy } = await world.done("GetPolicy", { PolicyArn: arn("Known") });
    assert.equal((Policy as { AttachmentCount: number }).AttachmentCount, 0);
  });
}
