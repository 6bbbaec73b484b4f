import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { IAM } from "@aws-sdk/client-iam";
import { openWorld, type TestAccount, type World } from "../support/world.ts";
import { createUser, refusedAs } from "./mfa-world.ts";

let world: World;
let account: TestAccount;
let iam: IAM;
let boundary: string;
before(async () => {
  world = await openWorld();
  account = await world.account();
  iam = world.clients(account.admin).iam;
  boundary = await createPolicy("boundary", "iam:List*");
});
after(() => world[Symbol.asyncDispose]());

const SERVICE = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
});
const READ_ONLY = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";

async function createPolicy(PolicyName: string, Action: string): Promise<string> {
  const Statement = [{ Effect: "Allow", Action, Resource: "*" }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  const { Policy } = await iam.createPolicy({ PolicyName, PolicyDocument });
  return Policy?.Arn ?? "";
}

const usesOf = async (PolicyArn: string) =>
  (await iam.getPolicy({ PolicyArn })).Policy?.PermissionsBoundaryUsageCount;

/** The operations that give and take a boundary, of one kind. */
interface Kind {
  readonly kind: "user" | "role";
  create(name: string, boundary?: string): Promise<object | undefined>;
  show(name: string): Promise<object | undefined>;
  list(): Promise<readonly object[]>;
  put(name: string, PermissionsBoundary: string): Promise<unknown>;
  take(name: string): Promise<unknown>;
  remove(name: string): Promise<unknown>;
}

const given = (PermissionsBoundary: string | undefined) =>
  PermissionsBoundary === undefined ? {} : { PermissionsBoundary };

const KINDS: readonly Kind[] = [
  {
    kind: "user",
    create: async (UserName, arn) => (await iam.createUser({ UserName, ...given(arn) })).User,
    show: async (UserName) => (await iam.getUser({ UserName })).User,
    list: async () => (await iam.listUsers({})).Users ?? [],
    put: (UserName, PermissionsBoundary) => iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary }),
    take: (UserName) => iam.deleteUserPermissionsBoundary({ UserName }),
    remove: (UserName) => iam.deleteUser({ UserName }),
  },
  {
    kind: "role",
    create: async (RoleName, arn) =>
      (await iam.createRole({ RoleName, AssumeRolePolicyDocument: SERVICE, ...given(arn) })).Role,
    show: async (RoleName) => (await iam.getRole({ RoleName })).Role,
    list: async () => (await iam.listRoles({})).Roles ?? [],
    put: (RoleName, PermissionsBoundary) => iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary }),
    take: (RoleName) => iam.deleteRolePermissionsBoundary({ RoleName }),
    remove: (RoleName) => iam.deleteRole({ RoleName }),
  },
];

/** As AWS answers (recorded): the type is `Policy`. */
const shownAs = (PermissionsBoundaryArn: string) => ({
  PermissionsBoundaryType: "Policy",
  PermissionsBoundaryArn,
});
const shown = (entity: object | undefined): unknown =>
  entity && "PermissionsBoundary" in entity ? entity.PermissionsBoundary : undefined;

for (const { kind, create, show, list, put, take, remove } of KINDS) {
  describe(`the boundary of a ${kind}`, () => {
    const nobody = [
      "NoSuchEntityException",
      404,
      `The ${kind} with name nonexistent cannot be found.`,
    ] as const;

    test("given at birth, changed, taken, given again; shown of one and never in lists (recorded)", async () => {
      assert.deepEqual(shown(await create("Bound", boundary)), shownAs(boundary));
      assert.deepEqual(shown(await show("bound")), shownAs(boundary));
      assert.ok((await list()).every((entity) => shown(entity) === undefined));
      assert.equal(await usesOf(boundary), 1);
      await put("BOUND", READ_ONLY);
      assert.deepEqual(shown(await show("bound")), shownAs(READ_ONLY));
      assert.deepEqual([await usesOf(boundary), await usesOf(READ_ONLY)], [0, 1]);
      await take("bound");
      const none = `The permissions boundary of ${kind} Bound cannot be found.`;
      await refusedAs(take("bound"), ["NoSuchEntityException", 404, none]);
      assert.equal(shown(await show("bound")), undefined);
      await put("bound", boundary);
      for (const _ of ["once", "twice"]) await put("bound", boundary);
      assert.equal(await usesOf(boundary), 1);
      // it is no obstacle to deletion, and its use ends with its bearer
      await remove("bound");
      assert.equal(await usesOf(boundary), 0);
    });

    test("a policy that there is not bounds nobody (recorded)", async () => {
      await create("unbound");
      const other = await world.account();
      const foreign = world.clients(other.admin).iam;
      const PolicyDocument = JSON.stringify({
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "*", Resource: "*" },
      });
      const { Policy } = await foreign.createPolicy({ PolicyName: "foreign", PolicyDocument });
      const own = `arn:aws:iam::${account.accountId}:policy`;
      for (const arn of [
        `${own}/nonexistent-policy`,
        `${own}/some/path/boundary`,
        "arn:aws:iam::aws:policy/NoSuchPolicyOfAws",
        Policy?.Arn ?? "",
      ]) {
        const none = [
          "NoSuchEntityException",
          404,
          `Scope ARN: ${arn} does not exist or is not attachable.`,
        ] as const;
        await refusedAs(put("unbound", arn), none);
        await refusedAs(create("never", arn), none);
      }
      const bad = `arn:aws:iam::${account.accountId}:not_a_policy/invalid`;
      const invalid = ["InvalidInputException", 400, `ARN ${bad} is not valid.`] as const;
      await refusedAs(put("unbound", bad), invalid);
      await refusedAs(create("never", bad), invalid);
      assert.equal(shown(await show("unbound")), undefined);
      assert.ok((await list()).every((entity) => !JSON.stringify(entity).includes("never")));
      await refusedAs(put("nonexistent", boundary), nobody);
      await refusedAs(take("nonexistent"), nobody);
    });

    test("a policy that bounds somebody is not deleted", async () => {
      const PolicyArn = await createPolicy(`held-by-${kind}`, "iam:*");
      await create("holding", PolicyArn);
      const held = ["DeleteConflictException", 409, "Cannot delete a policy attached to entities."] as const;
      await refusedAs(iam.deletePolicy({ PolicyArn }), held);
      await take("holding");
      await iam.deletePolicy({ PolicyArn });
    });
  });
}

test("a boundary bounds at once, in both directions, and never grants", async () => {
  const UserName = "bounded";
  const bounded = world.clients(await createUser(world, account.admin, UserName)).iam;
  await iam.attachUserPolicy({ UserName, PolicyArn: READ_ONLY });
  const self = `arn:aws:iam::${account.accountId}:user/${UserName}`;
  await bounded.getUser({});
  await iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary: boundary });
  const denied = [
    "AccessDenied",
    403,
    `User: ${self} is not authorized to perform: iam:GetUser on resource: user bounded because no permissions boundary allows the iam:GetUser action`,
  ] as const;
  await refusedAs(bounded.getUser({}), denied);
  await bounded.listUsers({});
  await iam.detachUserPolicy({ UserName, PolicyArn: READ_ONLY });
  const nothing = `User: ${self} is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${account.accountId}:user/ because no identity-based policy allows the iam:ListUsers action`;
  await refusedAs(bounded.listUsers({}), ["AccessDenied", 403, nothing]);
  await iam.attachUserPolicy({ UserName, PolicyArn: READ_ONLY });
  await iam.deleteUserPermissionsBoundary({ UserName });
  await bounded.getUser({});
});

test("iam:PermissionsBoundary: who may make users only under a boundary makes no others, nor frees them", async () => {
  const UserName = "delegate";
  const delegate = world.clients(await createUser(world, account.admin, UserName)).iam;
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: [
          "iam:CreateUser",
          "iam:CreateRole",
          "iam:PutUserPermissionsBoundary",
          "iam:PutUserPolicy",
          "iam:AttachUserPolicy",
        ],
        Resource: "*",
        Condition: { StringEquals: { "iam:PermissionsBoundary": boundary } },
      },
      {
        Effect: "Allow",
        Action: "iam:DeleteUserPermissionsBoundary",
        Resource: "*",
        Condition: { StringNotEqualsIfExists: { "iam:PermissionsBoundary": boundary } },
      },
    ],
  });
  await iam.putUserPolicy({ UserName, PolicyName: "delegation", PolicyDocument });
  const denied = async (call: Promise<unknown>) => {
    const error: unknown = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof Error && error.name === "AccessDenied", String(error));
  };
  const PermissionsBoundary = boundary;
  const made = { UserName: "under" };
  await denied(delegate.createUser(made));
  await denied(delegate.createUser({ ...made, PermissionsBoundary: READ_ONLY }));
  await delegate.createUser({ ...made, PermissionsBoundary });
  await delegate.createRole({ RoleName: "under", AssumeRolePolicyDocument: SERVICE, PermissionsBoundary });
  await denied(delegate.createRole({ RoleName: "free", AssumeRolePolicyDocument: SERVICE }));
  await denied(delegate.putUserPermissionsBoundary({ ...made, PermissionsBoundary: READ_ONLY }));
  await delegate.putUserPermissionsBoundary({ ...made, PermissionsBoundary });
  await denied(delegate.deleteUserPermissionsBoundary(made));
  await iam.createUser({ UserName: "free" });
  await assert.rejects(delegate.deleteUserPermissionsBoundary({ UserName: "free" }), {
    name: "NoSuchEntityException",
  });
  const inline = { PolicyName: "p", PolicyDocument };
  await delegate.putUserPolicy({ ...made, ...inline });
  await denied(delegate.putUserPolicy({ UserName: "free", ...inline }));
  await delegate.attachUserPolicy({ ...made, PolicyArn: READ_ONLY });
  await denied(delegate.attachUserPolicy({ UserName: "free", PolicyArn: READ_ONLY }));
});
