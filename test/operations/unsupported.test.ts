import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SERVICES } from "#model/services.ts";
import { findOperation } from "#operations/operations.ts";
import { type Clients, openWorld, type TestAccount, type World } from "../support/world.ts";
import { createUser, refusedAs } from "./mfa-world.ts";

let world: World;
let account: TestAccount;
before(async () => {
  world = await openWorld();
  account = await world.account();
});
after(() => world[Symbol.asyncDispose]());

const TargetPrincipal = "123456789012";
const TaskPolicyArn = { arn: "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials" };

/** Each with CloudTrail's readOnly (contract 5.3). */
const CASES: readonly {
  readonly name: string;
  readonly readOnly: boolean;
  readonly send: (clients: Clients) => Promise<unknown>;
}[] = [
  { name: "ListSAMLProviders", readOnly: true, send: ({ iam }) => iam.listSAMLProviders({}) },
  {
    name: "CreateInstanceProfile",
    readOnly: false,
    send: ({ iam }) => iam.createInstanceProfile({ InstanceProfileName: "p" }),
  },
  {
    name: "AssumeRoot",
    readOnly: false,
    send: ({ sts }) => sts.assumeRoot({ TargetPrincipal, TaskPolicyArn }),
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
    assert.ok(names.length >= 5, service.name);
    for (const name of names) assert.equal((await findOperation(service.name, name)).name, name);
  }
});
