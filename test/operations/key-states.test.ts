import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DeleteAccessKeyCommand, DeleteUserCommand, UpdateAccessKeyCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { type Keys, openWorld, type TestAccount, type World } from "../support/world.ts";
import { createUser, refusedAs, session } from "./mfa-world.ts";

let world: World;
let account: TestAccount;
before(async () => {
  world = await openWorld();
  account = await world.account();
});
after(() => world[Symbol.asyncDispose]());

/** Contract 4.5, with its final dot. */
const UNKNOWN_KEY = [
  "InvalidClientTokenId",
  403,
  "The security token included in the request is invalid.",
] as const;
const WRONG_SECRET =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

const ask = (keys: Keys) => world.clients(keys).sts.send(new GetCallerIdentityCommand({}));
const admin = () => world.clients(account.admin).iam;
const switched = (UserName: string, { accessKeyId: AccessKeyId }: Keys, Status: "Active" | "Inactive") =>
  admin().send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status }));

test("an inactive key is no key, at once, and a key again when it is switched on; its session lives on", async () => {
  const keys = await createUser(world, account.admin, "switched");
  const token = await session(world, keys);
  await ask(keys);
  for (const _ of ["once", "twice"]) await switched("switched", keys, "Inactive");
  await refusedAs(ask(keys), UNKNOWN_KEY);
  await ask(token);
  for (const _ of ["once", "twice"]) await switched("SWITCHED", keys, "Active");
  await ask(keys);
});

test("a deleted key, a deleted user's key and one that never was are one answer", async () => {
  const keys = await createUser(world, account.admin, "deleted");
  const token = await session(world, keys);
  const { accessKeyId: AccessKeyId } = keys;
  await admin().send(new DeleteAccessKeyCommand({ UserName: "deleted", AccessKeyId }));
  await refusedAs(ask(keys), UNKNOWN_KEY);
  await ask(token);
  await admin().send(new DeleteUserCommand({ UserName: "deleted" }));
  await refusedAs(ask(keys), UNKNOWN_KEY);
  const [, status, sentence] = UNKNOWN_KEY;
  // of a token the sentence has no dot
  await refusedAs(ask(token), ["InvalidClientTokenId", status, sentence.slice(0, -1)]);
  const never = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: keys.secretAccessKey };
  await refusedAs(ask(never), UNKNOWN_KEY);
});

test("a wrong secret is told apart, and in the name of no one: no event", async () => {
  const before = (await world.events(account.accountId)).length;
  const forged = { ...account.admin, secretAccessKey: "x".repeat(40) };
  await refusedAs(ask(forged), ["SignatureDoesNotMatch", 403, WRONG_SECRET]);
  assert.equal((await world.events(account.accountId)).length, before);
});
