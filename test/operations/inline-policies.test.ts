import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
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

const SERVICE = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
});
const allowing = (Action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const LIST = allowing("iam:ListUsers");

/** The four operations of one kind of holder. */
interface Kind {
  readonly kind: "user" | "group" | "role";
  readonly quota: number;
  make(name: string): Promise<unknown>;
  put(name: string, PolicyName: string, PolicyDocument: string): Promise<unknown>;
  get(name: string, PolicyName: string): Promise<Record<string, unknown>>;
  list(
    name: string,
    page?: object,
  ): Promise<{ PolicyNames: string[] | undefined; Marker?: string | undefined }>;
  remove(name: string, PolicyName: string): Promise<unknown>;
}

const withoutNotes = ({ $metadata: _, ...answer }: { $metadata: unknown }) => answer;

const KINDS: readonly Kind[] = [
  {
    kind: "user",
    quota: QUOTAS.inlineSizePerUser,
    make: (UserName) => iam.createUser({ UserName }),
    put: (UserName, PolicyName, PolicyDocument) =>
      iam.putUserPolicy({ UserName, PolicyName, PolicyDocument }),
    get: async (UserName, PolicyName) => withoutNotes(await iam.getUserPolicy({ UserName, PolicyName })),
    list: (UserName, page) => iam.listUserPolicies({ UserName, ...page }),
    remove: (UserName, PolicyName) => iam.deleteUserPolicy({ UserName, PolicyName }),
  },
  {
    kind: "group",
    quota: QUOTAS.inlineSizePerGroup,
    make: (GroupName) => iam.createGroup({ GroupName }),
    put: (GroupName, PolicyName, PolicyDocument) =>
      iam.putGroupPolicy({ GroupName, PolicyName, PolicyDocument }),
    get: async (GroupName, PolicyName) => withoutNotes(await iam.getGroupPolicy({ GroupName, PolicyName })),
    list: (GroupName, page) => iam.listGroupPolicies({ GroupName, ...page }),
    remove: (GroupName, PolicyName) => iam.deleteGroupPolicy({ GroupName, PolicyName }),
  },
  {
    kind: "role",
    quota: QUOTAS.inlineSizePerRole,
    make: (RoleName) => iam.createRole({ RoleName, AssumeRolePolicyDocument: SERVICE }),
    put: (RoleName, PolicyName, PolicyDocument) =>
      iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument }),
    get: async (RoleName, PolicyName) => withoutNotes(await iam.getRolePolicy({ RoleName, PolicyName })),
    list: (RoleName, page) => iam.listRolePolicies({ RoleName, ...page }),
    remove: (RoleName, PolicyName) => iam.deleteRolePolicy({ RoleName, PolicyName }),
  },
];

/** A policy of exactly `size` characters, white space left out. */
function ofSize(size: number): string {
  const base = allowing("iam:");
  return base.replace('"iam:"', `"iam:${"x".repeat(size - base.length)}"`);
}

for (const { kind, quota, make, put, get, list, remove } of KINDS) {
  const member = `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}Name`;
  const noPolicy = (name: string) =>
    ["NoSuchEntityException", 404, `The ${kind} policy with name ${name} cannot be found.`] as const;
  const nobody = (name: string) =>
    ["NoSuchEntityException", 404, `The ${kind} with name ${name} cannot be found.`] as const;

  describe(`inline policies of a ${kind}`, () => {
    test("put, read as it was given, listed, replaced and deleted (recorded)", async () => {
      await make("Holder");
      assert.deepEqual((await list("holder")).PolicyNames, []);
      const spaced = LIST.replaceAll(",", ",\n  ");
      await put("HOLDER", "First", spaced);
      assert.deepEqual(await get("holder", "First"), {
        [member]: "Holder",
        PolicyName: "First",
        PolicyDocument: encodeURIComponent(spaced).replaceAll("*", "%2A"),
      });
      await put("holder", "First", allowing("iam:ListRoles"));
      const { PolicyDocument } = await get("holder", "First");
      assert.equal(decodeURIComponent(String(PolicyDocument)), allowing("iam:ListRoles"));
      await put("holder", "Second", LIST);
      assert.deepEqual((await list("holder")).PolicyNames, ["First", "Second"]);
      const { PolicyNames, Marker } = await list("holder", { MaxItems: 1 });
      assert.deepEqual(PolicyNames, ["First"]);
      assert.deepEqual((await list("holder", { Marker })).PolicyNames, ["Second"]);
      // recorded: one name in whatever letter case, listed as it was first written and answered as it was asked for
      await put("holder", "fIRST", LIST);
      assert.deepEqual((await list("holder")).PolicyNames, ["First", "Second"]);
      const asked = await get("holder", "first");
      assert.equal(asked.PolicyName, "first");
      assert.equal(decodeURIComponent(String(asked.PolicyDocument)), LIST);
      await remove("holder", "FIRST");
      await refusedAs(remove("holder", "First"), noPolicy("First"));
      await refusedAs(get("holder", "First"), noPolicy("First"));
      assert.deepEqual((await list("holder")).PolicyNames, ["Second"]);
    });

    test("nobody holds a policy (recorded)", async () => {
      await refusedAs(put("nonexistent", "p", "no policy"), nobody("nonexistent"));
      await refusedAs(get("nonexistent", "p"), nobody("nonexistent"));
      await refusedAs(remove("nonexistent", "p"), nobody("nonexistent"));
      await refusedAs(list("nonexistent"), nobody("nonexistent"));
    });

    test("a document that AWS would not read is refused in its words, and changes nothing", async () => {
      await make("strict");
      await put("strict", "p", LIST);
      const bad: readonly (readonly [string, string])[] = [
        ["{", "Syntax errors in policy."],
        [LIST.replace('"Resource":"*"', '"Resource":[]'), "Policy statement must contain resources."],
        [
          LIST.replace('"Effect"', '"Principal":"*","Effect"'),
          "Policy document should not specify a principal.",
        ],
      ];
      for (const [document, sentence] of bad) {
        await refusedAs(put("strict", "p", document), ["MalformedPolicyDocumentException", 400, sentence]);
      }
      assert.equal(decodeURIComponent(String((await get("strict", "p")).PolicyDocument)), LIST);
    });

    test(`all of them together have ${quota} characters, white space not counted`, async () => {
      await make("Full");
      const sentence = `Maximum policy size of ${quota} bytes exceeded for ${kind} Full`;
      const tooLarge = ["LimitExceededException", 409, sentence] as const;
      await put("full", "half", `${ofSize(quota - 200)}${" ".repeat(500)}`);
      await put("full", "rest", ofSize(200));
      await refusedAs(put("full", "more", LIST), tooLarge);
      await refusedAs(put("full", "rest", ofSize(201)), tooLarge);
      assert.deepEqual((await list("full")).PolicyNames, ["half", "rest"]);
      await put("full", "rest", ofSize(199));
      await remove("full", "half");
      // of several at once that fit alone but not together, only as many as fit
      const size = Math.floor((quota - 199) / 2);
      const puts = ["a", "b", "c"].map((name) => put("full", name, ofSize(size)));
      const answers = await Promise.allSettled(puts);
      const refusals = answers.filter((answer) => answer.status === "rejected");
      assert.equal(refusals.length, 1);
      for (const { reason } of refusals) await refusedAs(Promise.reject(reason), tooLarge);
    });
  });
}

test("a user may what his inline policy says, at once, and no more when it is gone", async () => {
  const worker = world.clients(await createUser(world, account.admin, "worker")).iam;
  const arn = `arn:aws:iam::${account.accountId}:user/`;
  const denied = [
    "AccessDenied",
    403,
    `User: ${arn}worker is not authorized to perform: iam:ListUsers on resource: ${arn} because no identity-based policy allows the iam:ListUsers action`,
  ] as const;
  await refusedAs(worker.listUsers({}), denied);
  await iam.putUserPolicy({ UserName: "worker", PolicyName: "p", PolicyDocument: LIST });
  await worker.listUsers({});
  await iam.deleteUserPolicy({ UserName: "worker", PolicyName: "p" });
  await refusedAs(worker.listUsers({}), denied);
});

test("a user with an inline policy is not deleted, and policies go before attachments (recorded)", async () => {
  const UserName = "held";
  await iam.createUser({ UserName });
  await iam.putUserPolicy({ UserName, PolicyName: "p", PolicyDocument: LIST });
  await iam.attachUserPolicy({ UserName, PolicyArn: "arn:aws:iam::aws:policy/IAMReadOnlyAccess" });
  const first = (what: string) =>
    ["DeleteConflictException", 409, `Cannot delete entity, must ${what} first.`] as const;
  await refusedAs(iam.deleteUser({ UserName }), first("delete policies"));
  await iam.deleteUserPolicy({ UserName, PolicyName: "p" });
  await refusedAs(iam.deleteUser({ UserName }), first("detach all policies"));
});

test("another account's holders hold nothing", async () => {
  const other = world.clients((await world.account()).admin).iam;
  const nobody = ["NoSuchEntityException", 404, "The user with name worker cannot be found."] as const;
  await refusedAs(other.listUserPolicies({ UserName: "worker" }), nobody);
  const put = other.putUserPolicy({ UserName: "worker", PolicyName: "p", PolicyDocument: LIST });
  await refusedAs(put, nobody);
});
