import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADMINISTRATOR_ACCESS } from "#policy/managed/managed.ts";
import { ACCOUNT } from "./calls.ts";
import { openWorld, ROOT, type World } from "./world.ts";

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

type Members = Readonly<Record<string, unknown>>;

const PASSWORD = "TestPassword123!";
const NEXT = "NewPassword456!";
/** `NOW` as CloudTrail writes it in elements. */
const createDate = "Nov 24, 2026 12:00:00 PM";
const userName = "audited";
const UserName = userName;

/** The call's own event, which was committed with it. */
async function eventOfChange(operation: string, input: Members, who = ROOT): Promise<Members> {
  await world.done(operation, input, who);
  const last = world.committed().at(-1);
  assert.ok(last);
  assert.equal(last.eventName, operation);
  return last;
}

const elements = ({ requestParameters, responseElements }: Members) => ({
  requestParameters,
  responseElements,
});

test("the elements of each change (contract 5.3); never a secret", async () => {
  const created = await eventOfChange("CreateUser", {
    UserName,
    Path: "/a/",
    Tags: [{ Key: "k", Value: "v" }],
  });
  const user = await world.store.reader.users.byName(ACCOUNT, UserName);
  assert.ok(user);
  const arn = `arn:aws:iam::${ACCOUNT}:user/a/${userName}`;
  assert.deepEqual(elements(created), {
    requestParameters: { userName, path: "/a/", tags: [{ key: "k", value: "v" }] },
    responseElements: { user: { arn, createDate, path: "/a/", userId: user.userId, userName } },
  });

  const key = await eventOfChange("CreateAccessKey", { UserName });
  const { AccessKeyMetadata } = await world.done("ListAccessKeys", { UserName });
  const accessKeyId = (AccessKeyMetadata as readonly { AccessKeyId: string }[])[0]?.AccessKeyId;
  assert.deepEqual(elements(key), {
    requestParameters: { userName },
    responseElements: { accessKey: { accessKeyId, createDate, status: "Active", userName } },
  });

  const profile = { UserName, Password: PASSWORD, PasswordResetRequired: true };
  assert.deepEqual(elements(await eventOfChange("CreateLoginProfile", profile)), {
    requestParameters: { userName, passwordResetRequired: true },
    responseElements: { loginProfile: { userName, createDate, passwordResetRequired: true } },
  });
  const policy = { UserName, PolicyArn: ADMINISTRATOR_ACCESS };
  assert.deepEqual(elements(await eventOfChange("AttachUserPolicy", policy)), {
    requestParameters: { userName, policyArn: ADMINISTRATOR_ACCESS },
    responseElements: null,
  });
  const change = { OldPassword: PASSWORD, NewPassword: NEXT };
  assert.deepEqual(elements(await eventOfChange("ChangePassword", change, await world.as(UserName))), {
    requestParameters: null,
    responseElements: null,
  });
  assert.deepEqual(elements(await eventOfChange("UpdateLoginProfile", { UserName, Password: PASSWORD })), {
    requestParameters: { userName },
    responseElements: null,
  });
  assert.deepEqual(elements(await eventOfChange("DeleteUser", { UserName: await deletable() })), {
    requestParameters: { userName: "deletable" },
    responseElements: null,
  });

  const all = JSON.stringify(world.committed()) + JSON.stringify(world.handedIn);
  for (const secret of [PASSWORD, NEXT, "secretAccessKey", "SecretAccessKey"])
    assert.ok(!all.includes(secret), secret);
});

async function deletable(): Promise<string> {
  await world.done("CreateUser", { UserName: "deletable" });
  return "deletable";
}

test("a refusal before the transaction hands its event in; one inside it commits with what it did not change", async () => {
  const before = { committed: world.committed().length, handedIn: world.handedIn.length };
  const missing = ["NoSuchEntity", 404, "The user with name nobody cannot be found."] as const;
  await world.refused(missing, "UpdateLoginProfile", { UserName: "nobody", Password: PASSWORD });
  await world.refused(missing, "DeleteUser", { UserName: "nobody" });
  assert.equal(world.handedIn.length, before.handedIn + 1);
  const committed = world.committed().slice(before.committed);
  assert.deepEqual(
    committed.map(({ eventName, errorCode, responseElements }) => [eventName, errorCode, responseElements]),
    [["DeleteUser", "NoSuchEntityException", null]],
  );
});

test("what was not asked for is null, never an empty object", async () => {
  const unnamed = [
    "ValidationError",
    400,
    "Must specify userName when calling with non-User credentials",
  ] as const;
  await world.refused(unnamed, "CreateLoginProfile", { Password: PASSWORD }, ROOT);
  const record = JSON.parse(world.handedIn.at(-1)?.record ?? "{}");
  assert.deepEqual([record.eventName, record.requestParameters], ["CreateLoginProfile", null]);
});
