import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetAccountSummaryCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListPolicyVersionsCommand,
  SetDefaultPolicyVersionCommand,
  TagPolicyCommand,
  UntagPolicyCommand,
} from "@aws-sdk/client-iam";
import { MINUTE } from "#base/clock.ts";
import { ADMINISTRATOR_ACCESS, managedPolicy } from "#policy/managed/managed.ts";
import { type Clients, openWorld, type TestAccount, type World } from "../support/world.ts";
import { documentOf, TRUST } from "./policies-world.ts";

let world: World;
let account: TestAccount;
let iam: Clients["iam"];
before(async () => {
  world = await openWorld();
  account = await world.account();
  ({ iam } = world.clients(account.admin));
});
after(() => world[Symbol.asyncDispose]());

/** The answer without the client's own member. */
const shown = <T extends { $metadata: unknown }>({ $metadata, ...answer }: T) => answer;

const arnOf = (rest: string) => `arn:aws:iam::${account.accountId}:policy${rest}`;
const onWire = (at: number) => new Date(Math.floor(at / 1000) * 1000);
const DOCUMENT = documentOf();

test("a policy's life: made, shown, changed, tagged, deleted (shapes as recorded in 2026)", async () => {
  const PolicyName = "Lives";
  const Tags = [
    { Key: "b", Value: "" },
    { Key: "A", Value: "1" },
  ];
  const made = onWire(world.now);
  const created = await iam.send(
    new CreatePolicyCommand({
      PolicyName,
      Path: "/p/q/",
      Description: "told",
      PolicyDocument: DOCUMENT,
      Tags,
    }),
  );
  const PolicyArn = arnOf("/p/q/Lives");
  const listed = {
    PolicyName,
    PolicyId: created.Policy?.PolicyId,
    Arn: PolicyArn,
    Path: "/p/q/",
    DefaultVersionId: "v1",
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: made,
    UpdateDate: made,
  };
  assert.match(String(listed.PolicyId), /^ANPA[A-Z2-7]{17}$/);
  assert.deepEqual(shown(created), { Policy: { ...listed, Tags } });
  const got = await iam.send(new GetPolicyCommand({ PolicyArn }));
  assert.deepEqual(shown(got), { Policy: { ...listed, Description: "told", Tags } });
  const local = await iam.send(new ListPoliciesCommand({ Scope: "Local", PathPrefix: "/p/" }));
  assert.deepEqual(shown(local), { Policies: [listed], IsTruncated: false });

  world.now = (world.now + MINUTE) as World["now"];
  const later = onWire(world.now);
  const version = { PolicyArn, PolicyDocument: documentOf("s3:PutObject") };
  const second = await iam.send(new CreatePolicyVersionCommand(version));
  const v2 = { VersionId: "v2", IsDefaultVersion: false, CreateDate: later };
  assert.deepEqual(shown(second), { PolicyVersion: v2 });
  const third = await iam.send(new CreatePolicyVersionCommand({ ...version, SetAsDefault: true }));
  const v3 = { VersionId: "v3", IsDefaultVersion: true, CreateDate: later };
  assert.deepEqual(shown(third), { PolicyVersion: v3 });
  const versions = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
  const v1 = { VersionId: "v1", IsDefaultVersion: false, CreateDate: made };
  assert.deepEqual(shown(versions), { Versions: [v3, v2, v1], IsTruncated: false });
  const document = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: "v2" }));
  const encoded = encodeURIComponent(version.PolicyDocument).replaceAll("*", "%2A");
  assert.deepEqual(shown(document), { PolicyVersion: { Document: encoded, ...v2 } });
  assert.deepEqual(
    shown(await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: "v1" }))),
    {},
  );
  const now = await iam.send(new GetPolicyCommand({ PolicyArn }));
  assert.deepEqual([now.Policy?.DefaultVersionId, now.Policy?.UpdateDate], ["v1", later]);

  const more = { PolicyArn, Tags: [{ Key: "a", Value: "2" }] };
  assert.deepEqual(shown(await iam.send(new TagPolicyCommand(more))), {});
  const inOrder = [{ Key: "A", Value: "1" }, { Key: "a", Value: "2" }, Tags[0]];
  const tags = await iam.send(new ListPolicyTagsCommand({ PolicyArn }));
  assert.deepEqual(shown(tags), { Tags: inOrder, IsTruncated: false });
  assert.deepEqual(shown(await iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys: ["a", "none"] }))), {});
  const left = await iam.send(new ListPolicyTagsCommand({ PolicyArn, MaxItems: 1 }));
  assert.deepEqual([left.Tags, left.IsTruncated], [[{ Key: "A", Value: "1" }], true]);
  const end = await iam.send(new ListPolicyTagsCommand({ PolicyArn, Marker: left.Marker }));
  assert.deepEqual(shown(end), { Tags: [Tags[0]], IsTruncated: false });

  for (const VersionId of ["v3", "v2"])
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
  assert.deepEqual(shown(await iam.send(new DeletePolicyCommand({ PolicyArn }))), {});
  await assert.rejects(iam.send(new GetPolicyCommand({ PolicyArn })), { name: "NoSuchEntityException" });
});

test("a policy without path, description and tags: GetPolicy has an empty list of tags, CreatePolicy none", async () => {
  const made = await iam.send(new CreatePolicyCommand({ PolicyName: "Plain", PolicyDocument: DOCUMENT }));
  assert.equal(made.Policy?.Arn, arnOf("/Plain"));
  assert.equal(made.Policy !== undefined && "Tags" in made.Policy, false);
  const got = await iam.send(new GetPolicyCommand({ PolicyArn: arnOf("/Plain") }));
  assert.deepEqual(got.Policy?.Tags, []);
  assert.equal(got.Policy !== undefined && "Description" in got.Policy, false);
});

test("a document comes back to the letter: white space, quotes, Latin-1", async () => {
  const PolicyDocument = ` ${DOCUMENT.replace('"Effect"', '\n\t"Sid" : "x",\r\n"Effect"').replace('"*"', '"arn:aws:s3:::é/(a)!\'*~-_."')} `;
  await iam.send(new CreatePolicyCommand({ PolicyName: "Letters", PolicyDocument }));
  const { PolicyVersion } = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn: arnOf("/Letters"), VersionId: "v1" }),
  );
  const document = String(PolicyVersion?.Document);
  // RFC 3986 section 2.3
  assert.match(document, /^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+$/);
  assert.equal(decodeURIComponent(document), PolicyDocument);
});

test("AWS's own policies are there, with the uses that this account makes of them", async () => {
  const PolicyArn = "arn:aws:iam::aws:policy/IAMUserChangePassword";
  const known = managedPolicy(PolicyArn);
  assert.ok(known);
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  assert.deepEqual(Policy, {
    PolicyName: "IAMUserChangePassword",
    PolicyId: known.policyId,
    Arn: PolicyArn,
    Path: "/",
    DefaultVersionId: "v5",
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: known.description,
    CreateDate: new Date(known.createdAt),
    UpdateDate: new Date(known.updatedAt),
    Tags: [],
  });
  const v5 = { VersionId: "v5", IsDefaultVersion: true, CreateDate: new Date(known.updatedAt) };
  const versions = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
  assert.deepEqual(shown(versions), { Versions: [v5], IsTruncated: false });
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: "v5" }));
  assert.deepEqual(PolicyVersion, { ...v5, Document: PolicyVersion?.Document });
  assert.equal(decodeURIComponent(String(PolicyVersion.Document)), known.document);
  const tags = await iam.send(new ListPolicyTagsCommand({ PolicyArn }));
  assert.deepEqual(shown(tags), { Tags: [], IsTruncated: false });
  const administrator = await iam.send(new GetPolicyCommand({ PolicyArn: ADMINISTRATOR_ACCESS }));
  assert.equal(administrator.Policy?.AttachmentCount, 1);
});

test("users, groups and roles: attach, list, detach, and who uses a policy", async () => {
  await iam.send(new CreateUserCommand({ UserName: "U" }));
  await iam.send(new CreateGroupCommand({ GroupName: "G" }));
  await iam.send(new CreateRoleCommand({ RoleName: "R", AssumeRolePolicyDocument: TRUST }));
  await iam.send(new CreatePolicyCommand({ PolicyName: "Shared", Path: "/s/", PolicyDocument: DOCUMENT }));
  const PolicyArn = arnOf("/s/Shared");
  for (const policy of [PolicyArn, "arn:aws:iam::aws:policy/IAMReadOnlyAccess"]) {
    const to = { PolicyArn: policy };
    assert.deepEqual(shown(await iam.send(new AttachUserPolicyCommand({ UserName: "u", ...to }))), {});
    assert.deepEqual(shown(await iam.send(new AttachGroupPolicyCommand({ GroupName: "g", ...to }))), {});
    assert.deepEqual(shown(await iam.send(new AttachRolePolicyCommand({ RoleName: "r", ...to }))), {});
  }
  const own = { PolicyName: "Shared", PolicyArn };
  const aws = { PolicyName: "IAMReadOnlyAccess", PolicyArn: "arn:aws:iam::aws:policy/IAMReadOnlyAccess" };
  const all = { AttachedPolicies: [own, aws], IsTruncated: false };
  const narrow = { PathPrefix: "/s/" };
  const lists = async (input: { PathPrefix?: string; MaxItems?: number; Marker?: string }) => [
    shown(await iam.send(new ListAttachedUserPoliciesCommand({ UserName: "U", ...input }))),
    shown(await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: "G", ...input }))),
    shown(await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "R", ...input }))),
  ];
  assert.deepEqual(await lists({}), [all, all, all]);
  const few = { AttachedPolicies: [own], IsTruncated: false };
  assert.deepEqual(await lists(narrow), [few, few, few]);
  for (const page of await lists({ MaxItems: 1 })) {
    assert.deepEqual([page.AttachedPolicies, page.IsTruncated], [[own], true]);
  }

  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  assert.equal(Policy?.AttachmentCount, 3);
  const { PolicyGroups, PolicyUsers, PolicyRoles, IsTruncated } = shown(
    await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn })),
  );
  assert.deepEqual(
    [PolicyGroups?.map((row) => row.GroupName), PolicyUsers?.map((row) => row.UserName)],
    [["G"], ["U"]],
  );
  assert.deepEqual([PolicyRoles?.map((row) => row.RoleName), IsTruncated], [["R"], false]);
  assert.match(`${PolicyGroups?.[0]?.GroupId} ${PolicyUsers?.[0]?.UserId}`, /^AGPA\w{17} AIDA\w{17}$/);
  assert.match(String(PolicyRoles?.[0]?.RoleId), /^AROA\w{17}$/);

  const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));
  const { Users, Groups, Roles, Policies, PolicyVersionsInUse } = SummaryMap ?? {};
  // of policies: Plain, Letters, Shared; in use: Shared, IAMReadOnlyAccess, AdministratorAccess
  assert.deepEqual([Users, Groups, Roles, Policies, PolicyVersionsInUse], [2, 1, 1, 3, 3]);

  assert.deepEqual(shown(await iam.send(new DetachUserPolicyCommand({ UserName: "U", PolicyArn }))), {});
  assert.deepEqual(shown(await iam.send(new DetachGroupPolicyCommand({ GroupName: "G", PolicyArn }))), {});
  assert.deepEqual(shown(await iam.send(new DetachRolePolicyCommand({ RoleName: "R", PolicyArn }))), {});
  const rest = { AttachedPolicies: [aws], IsTruncated: false };
  assert.deepEqual(await lists({}), [rest, rest, rest]);
  await iam.send(new DeletePolicyCommand({ PolicyArn }));
});

test("events: what was made is in the answer's elements; a document in the request's (contract 5.3)", async () => {
  const PolicyArn = arnOf("/Told");
  // events are read back in the order of their moments
  world.now = (world.now + MINUTE) as World["now"];
  await iam.send(new CreatePolicyCommand({ PolicyName: "Told", PolicyDocument: DOCUMENT }));
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: DOCUMENT }));
  await iam.send(new AttachUserPolicyCommand({ UserName: "U", PolicyArn }));
  const events = await world.events(account.accountId);
  const last = (name: string) => events.findLast(({ eventName }) => eventName === name)?.record;
  const { responseElements, requestParameters } = last("CreatePolicy") ?? {};
  assert.deepEqual(requestParameters, { policyName: "Told", policyDocument: DOCUMENT });
  const { policy } = responseElements as { policy: Record<string, unknown> };
  const { policyId, createDate, updateDate, ...rest } = policy;
  assert.match(`${policyId} ${createDate}`, /^ANPA\w{17} \w{3} \d+, \d{4} \d+:\d\d:\d\d [AP]M$/);
  assert.equal(updateDate, createDate);
  assert.deepEqual(rest, {
    policyName: "Told",
    arn: PolicyArn,
    path: "/",
    defaultVersionId: "v1",
    attachmentCount: 0,
    permissionsBoundaryUsageCount: 0,
    isAttachable: true,
  });
  assert.deepEqual(last("CreatePolicyVersion")?.responseElements, {
    policyVersion: { versionId: "v2", isDefaultVersion: false, createDate },
  });
  const attached = last("AttachUserPolicy");
  assert.deepEqual(attached?.requestParameters, { userName: "U", policyArn: PolicyArn });
  assert.equal(attached?.responseElements, null);
});
