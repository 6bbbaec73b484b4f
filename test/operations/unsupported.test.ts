import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CreateGroupCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetFederationTokenCommand } from "@aws-sdk/client-sts";
import { SERVICES } from "#model/services.ts";
import { findOperation } from "#operations/operations.ts";
import { type Clients, openWorld, type TestAccount, type World } from "../support/world.ts";
import { createUser, refusedAs, session } from "./mfa-world.ts";

let world: World;
let account: TestAccount;
before(async () => {
  world = await openWorld();
  account = await world.account();
});
after(() => world[Symbol.asyncDispose]());

const RoleArn = "arn:aws:iam::123456789012:role/nobody";

/** Each with CloudTrail's readOnly (contract 5.3: of STS the name does not tell it). */
const CASES: readonly {
  readonly name: string;
  readonly readOnly: boolean;
  readonly send: (clients: Clients) => Promise<unknown>;
}[] = [
  { name: "ListRoles", readOnly: true, send: ({ iam }) => iam.send(new ListRolesCommand({})) },
  {
    name: "CreateGroup",
    readOnly: false,
    send: ({ iam }) => iam.send(new CreateGroupCommand({ GroupName: "g" })),
  },
  {
    name: "AssumeRole",
    readOnly: true,
    send: ({ sts }) => sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "session" })),
  },
  {
    name: "GetFederationToken",
    readOnly: false,
    send: ({ sts }) => sts.send(new GetFederationTokenCommand({ Name: "name" })),
  },
];

for (const { name, readOnly, send } of CASES) {
  test(`${name} is known and not built: it says so by name, is decided first and is in the log`, async () => {
    const sentence = `Countersign does not support the operation ${name}.`;
    await refusedAs(send(world.clients(account.admin)), ["UnsupportedOperation", 400, sentence]);
    const nobody = world.clients(await createUser(world, account.admin, `nobody-${name}`));
    await assert.rejects(send(nobody), { name: "AccessDenied", message: /is not authorized to perform: / });
    const events = (await world.events(account.accountId)).filter(({ eventName }) => eventName === name);
    assert.deepEqual(events.map(({ errorCode, record }) => [errorCode, record.readOnly]).sort(), [
      ["AccessDenied", readOnly],
      ["UnsupportedOperation", readOnly],
    ]);
  });
}

test("every operation of the services' schemas runs or refuses by name", async () => {
  for (const service of Object.values(SERVICES)) {
    const { operations } = await service.load();
    const names = Object.keys(operations);
    assert.ok(names.length >= 10, service.name);
    for (const name of names) assert.equal((await findOperation(service.name, name)).name, name);
  }
});

test("a session may ask for a role, and for no federation token (contract 2, 2.1)", async () => {
  const { sts } = world.clients(await session(world, account.admin));
  const assume = sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "session" }));
  const sentence = "Countersign does not support the operation AssumeRole.";
  await refusedAs(assume, ["UnsupportedOperation", 400, sentence]);
  const federate = sts.send(new GetFederationTokenCommand({ Name: "name" }));
  const barred = "Cannot call GetFederationToken with session credentials";
  await refusedAs(federate, ["AccessDenied", 403, barred]);
});
