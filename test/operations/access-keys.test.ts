import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { type AccessKeyId, accountOfAccessKeyId, rootPrincipalId } from "#identity/ids.ts";
import { unlimited } from "#operations/compiled-policies.ts";
import { accessKeyContext } from "#ports/sealed.ts";
import { openRecorder } from "#storage/recorder.ts";
import { ACCOUNT, DEPS, NOW } from "./calls.ts";
import { OPERATOR, OTHER_ACCOUNT, openWorld, ROOT, type World } from "./world.ts";

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

interface Key {
  readonly UserName?: string;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly Status: string;
  readonly CreateDate: string;
}

let number = 0;
let UserName = "";
beforeEach(async () => {
  UserName = `holder-${++number}`;
  await world.done("CreateUser", { UserName });
});

const createKey = async (input = { UserName }): Promise<Key> =>
  (await world.done("CreateAccessKey", input)).AccessKey as Key;

const listed = async (who?: Parameters<World["call"]>[2], input: object = { UserName }) =>
  (await world.done("ListAccessKeys", { ...input }, who)).AccessKeyMetadata as readonly Key[];

const noKey = (id: string) => ["NoSuchEntity", 404, `The Access Key with id ${id} cannot be found.`] as const;
const MUST_SAY = [
  "ValidationError",
  400,
  "Must specify userName when calling with non-User credentials",
] as const;
const UNKNOWN = "AKIAIOSFODNN7EXAMPLE";

test("a key is shown once, listed without its secret, and deleted (recorded from AWS)", async () => {
  assert.deepEqual(await world.done("ListAccessKeys", { UserName }), {
    AccessKeyMetadata: [],
    IsTruncated: false,
  });
  const key = await createKey();
  assert.match(key.AccessKeyId, /^AKIA[A-Z2-7]{16}$/);
  assert.match(key.SecretAccessKey, /^[A-Za-z0-9+/]{40}$/);
  assert.equal(accountOfAccessKeyId(key.AccessKeyId), ACCOUNT);
  const { SecretAccessKey, ...rest } = key;
  assert.deepEqual(rest, { ...rest, UserName, Status: "Active", CreateDate: new Date(NOW).toISOString() });
  assert.deepEqual(await listed(), [rest]);
  assert.deepEqual(await world.done("DeleteAccessKey", { UserName, AccessKeyId: key.AccessKeyId }), {});
  assert.deepEqual(await listed(), []);
});

test("the stored secret opens where a caller's is looked for, and nowhere else", async () => {
  const key = await createKey();
  const id = key.AccessKeyId as AccessKeyId;
  const row = await world.store.reader.accessKeys.load(id);
  assert.ok(row);
  const opened = DEPS.keyring.open("access-key", accessKeyContext(ACCOUNT, id), row.sealedSecret);
  assert.equal(opened && Buffer.from(opened).toString("utf8"), key.SecretAccessKey);
  assert.equal(
    DEPS.keyring.open("access-key", accessKeyContext(OTHER_ACCOUNT, id), row.sealedSecret),
    undefined,
  );
});

test("the third key is one too many, until one goes (recorded from AWS)", async () => {
  const { AccessKeyId } = await createKey();
  await createKey();
  const full = ["LimitExceeded", 409, "Cannot exceed quota for AccessKeysPerUser: 2"] as const;
  await world.refused(full, "CreateAccessKey", { UserName });
  assert.equal((await listed()).length, 2);
  await world.done("DeleteAccessKey", { UserName, AccessKeyId });
  await createKey();
  await world.refused(full, "CreateAccessKey", { UserName });
});

test("a key is switched off and on (recorded from AWS); Expired is not for callers to set", async () => {
  const { AccessKeyId } = await createKey();
  for (const Status of ["Inactive", "Active"]) {
    assert.deepEqual(await world.done("UpdateAccessKey", { UserName, AccessKeyId, Status }), {});
    assert.deepEqual(
      (await listed()).map((key) => key.Status),
      [Status],
    );
  }
  const error = [
    "InvalidInput",
    400,
    "The status of an access key can be set to Active or Inactive.",
  ] as const;
  await world.refused(error, "UpdateAccessKey", { UserName, AccessKeyId, Status: "Expired" });
});

test("unknown users, unknown keys, other people's keys (recorded from AWS)", async () => {
  const nobody = ["NoSuchEntity", 404, "The user with name nonexistent-user cannot be found."] as const;
  for (const operation of ["CreateAccessKey", "ListAccessKeys", "UpdateAccessKey", "DeleteAccessKey"]) {
    const input = { UserName: "nonexistent-user", AccessKeyId: UNKNOWN, Status: "Active" };
    await world.refused(nobody, operation, input);
  }
  const input = { UserName, AccessKeyId: UNKNOWN, Status: "Inactive" };
  await world.refused(noKey(UNKNOWN), "UpdateAccessKey", input);
  await world.refused(noKey(UNKNOWN), "DeleteAccessKey", input);
  await world.done("CreateUser", { UserName: `${UserName}-neighbour` });
  const { AccessKeyId } = await createKey({ UserName: `${UserName}-neighbour` });
  await world.refused(noKey(AccessKeyId), "UpdateAccessKey", { UserName, AccessKeyId, Status: "Inactive" });
  await world.refused(noKey(AccessKeyId), "DeleteAccessKey", { UserName, AccessKeyId });
});

test("a user who names nobody means himself (recorded from AWS)", async () => {
  const self = {
    ...(await world.as(UserName)),
    policies: unlimited("root user"),
  };
  const key = (await world.done("CreateAccessKey", {}, self)).AccessKey as Key;
  assert.equal(key.UserName, UserName);
  const AccessKeyId = key.AccessKeyId;
  await world.done("UpdateAccessKey", { AccessKeyId, Status: "Inactive" }, self);
  assert.deepEqual(
    (await listed(self, {})).map((one) => one.Status),
    ["Inactive"],
  );
  assert.deepEqual(await world.done("DeleteAccessKey", { AccessKeyId }, self), {});
});

test("root's keys: made by the operator alone, listed and deleted by root; others must name a user", async () => {
  const sentence = "Access keys of the root user can only be created by the operator of this server.";
  await world.refused(["AccessDenied", 403, sentence], "CreateAccessKey", {}, ROOT);
  assert.deepEqual(await listed(ROOT, {}), []);
  await world.refused(noKey(UNKNOWN), "DeleteAccessKey", { AccessKeyId: UNKNOWN }, ROOT);
  await world.refused(MUST_SAY, "DeleteAccessKey", { AccessKeyId: UNKNOWN }, OPERATOR);
  await world.refused(MUST_SAY, "CreateAccessKey", {}, OPERATOR);
});

test("keys are listed a page at a time, by a marker that is their owner's", async () => {
  await createKey();
  await createKey();
  const page = await world.done("ListAccessKeys", { UserName, MaxItems: 1 });
  assert.equal(page.IsTruncated, true);
  const rest = await world.done("ListAccessKeys", { UserName, Marker: page.Marker });
  assert.equal((rest.AccessKeyMetadata as readonly Key[]).length, 1);
  assert.equal(rest.IsTruncated, false);
  await world.done("CreateUser", { UserName: `${UserName}-other` });
  const invalid = ["ValidationError", 400, "Invalid Marker."] as const;
  await world.refused(invalid, "ListAccessKeys", { UserName: `${UserName}-other`, Marker: page.Marker });
});

test("last used: never, then as the recorder has it once it is flushed", async () => {
  const { AccessKeyId } = await createKey();
  const never = { UserName, AccessKeyLastUsed: { ServiceName: "N/A", Region: "N/A" } };
  assert.deepEqual(await world.done("GetAccessKeyLastUsed", { AccessKeyId }), never);
  const recorder = openRecorder(world.place);
  const use = {
    accountId: ACCOUNT,
    accessKeyId: AccessKeyId as AccessKeyId,
    service: "iam",
    region: "us-east-1",
  };
  recorder.keyUse({ ...use, at: NOW });
  const used = await world.done("GetAccessKeyLastUsed", { AccessKeyId }, { ...ROOT, deps: { recorder } });
  await recorder.close();
  assert.deepEqual(used, {
    UserName,
    AccessKeyLastUsed: { LastUsedDate: new Date(NOW).toISOString(), ServiceName: "iam", Region: "us-east-1" },
  });
});

test("last used of a key that is unknown or another account's: denied alike (recorded from AWS)", async () => {
  const foreign: AccessKeyId = "AKIAFOREIGNFOREIGNAA" as AccessKeyId;
  await world.store.write((tx) =>
    tx.accessKeys.create({
      accessKeyId: foreign,
      accountId: OTHER_ACCOUNT,
      userId: rootPrincipalId(OTHER_ACCOUNT),
      sealedSecret: Uint8Array.of(1),
      createdAt: NOW,
    }),
  );
  for (const AccessKeyId of [UNKNOWN, foreign]) {
    const sentence =
      `User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform iam:GetAccessKeyLastUsed` +
      ` on resource: access key ${AccessKeyId}`;
    await world.refused(["AccessDenied", 403, sentence], "GetAccessKeyLastUsed", { AccessKeyId }, ROOT);
  }
});
