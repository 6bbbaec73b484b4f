import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR } from "#base/clock.ts";
import { ApiError } from "#client/error.ts";
import type { SerialNumber } from "#identity/ids.ts";
import { deviceSubject } from "#operations/codes.ts";
import { removeForgotten } from "#operations/enrolments.ts";
import { authenticator } from "../support/authenticator.ts";
import { openPage, type Page } from "../support/page.ts";
import { QUOTAS } from "../support/quotas.ts";
import type { TestAccount, World } from "../support/world.ts";
import { advance } from "./mfa-world.ts";
import { asUser, makePerson, openSignInWorld } from "./signin-world.ts";

/** May make and enable devices, and delete none. */
const ENROL = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"], Resource: "*" },
    { Effect: "Deny", Action: "iam:DeleteVirtualMFADevice", Resource: "*" },
  ],
});

interface Scene extends AsyncDisposable {
  readonly world: World;
  readonly account: TestAccount;
  /** In the console, as somebody who may enrol. */
  signIn(name: string): Promise<Page>;
  serial(name: string): string;
  devices(): Promise<readonly string[]>;
}

async function openScene(): Promise<Scene> {
  const world = await openSignInWorld();
  const account = await world.account();
  return {
    world,
    account,
    async signIn(name) {
      await makePerson(world, account, name);
      await world.clients(account.admin).iam.putUserPolicy({
        UserName: name,
        PolicyName: "enrol",
        PolicyDocument: ENROL,
      });
      const page = openPage((raw) => world.browse(raw), "http://localhost:8400");
      await page.client.signin.SubmitPassword(asUser(account.accountId, name));
      return page;
    },
    serial: (name) => `arn:aws:iam::${account.accountId}:mfa/${name}`,
    devices: async () => {
      const listed = await world.store.reader.devices.list(account.accountId, "Any", { limit: 100 });
      const { virtualMfaCount } =
        (await world.store.reader.accounts.load(account.accountId)) ?? assert.fail();
      assert.equal(virtualMfaCount, listed.length, "the account's count is another");
      return listed.map(({ name }) => name).toSorted();
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

const create = async (page: Page, name: string): Promise<string> => (await begin(page, name)).seed;

/** As the wizard does: it cancels by the id that it was answered. */
async function begin({ iam }: Page, name: string): Promise<{ readonly id: string; readonly seed: string }> {
  const { VirtualMFADevice, $metadata } = await iam.createVirtualMFADevice({ VirtualMFADeviceName: name });
  return {
    id: $metadata.requestId ?? assert.fail(),
    seed: Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString(),
  };
}

const cancel = ({ client }: Page, SerialNumber: string, EnrolmentId: string): Promise<string> =>
  client.countersign.CancelMFAEnrolment({ SerialNumber, EnrolmentId }).then(
    () => "cancelled",
    (error: unknown) => (error instanceof ApiError ? error.code : String(error)),
  );

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "answered",
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );

/** Two codes of now. */
const pairOf = (seed: string): { AuthenticationCode1: string; AuthenticationCode2: string } => {
  const shows = authenticator(seed);
  return { AuthenticationCode1: shows.code(-1), AuthenticationCode2: shows.code(0) };
};

const removals = async ({ world, account }: Scene) =>
  (await world.events(account.accountId))
    .filter(({ eventName }) => eventName === "DeleteVirtualMFADevice")
    .map(({ record }) => record);

test("a wizard that is left takes its device away, whatever the policies say of deleting, and it is an event", async () => {
  await using scene = await openScene();
  const ana = await scene.signIn("ana");
  const { id } = await begin(ana, "phone");
  assert.deepEqual(await scene.devices(), ["phone"]);
  assert.equal(await cancel(ana, scene.serial("phone"), id), "cancelled");
  assert.deepEqual(await scene.devices(), []);
  const [removal, ...others] = await removals(scene);
  assert.equal(others.length, 0);
  const { eventType, userIdentity, requestParameters, sourceIPAddress } = removal ?? assert.fail();
  assert.deepEqual(
    { eventType, userIdentity, requestParameters, sourceIPAddress },
    {
      eventType: "AwsServiceEvent",
      userIdentity: { type: "AWSService", accountId: scene.account.accountId, invokedBy: "countersign" },
      requestParameters: { serialNumber: scene.serial("phone") },
      sourceIPAddress: "countersign",
    },
  );
  assert.match(await cancel(ana, scene.serial("phone"), id), /^NoSuchEntity/);
});

test("a tab cancels its own enrolment, never the one that another tab has begun since under the same name", async () => {
  await using scene = await openScene();
  const ana = await scene.signIn("ana");
  const serial = scene.serial("phone");
  const first = await begin(ana, "phone");
  const second = await begin(ana, "phone");
  const before = await scene.world.store.reader.devices.load(scene.account.accountId, serial);
  for (const id of [first.id, first.id, "another", "%", second.id.toUpperCase(), ` ${second.id}`])
    assert.match(await cancel(ana, serial, id), /^NoSuchEntity/, id);
  assert.match(await cancel(ana, serial, ""), /^ValidationException/);
  assert.deepEqual(
    await scene.world.store.reader.devices.load(scene.account.accountId, serial),
    before ?? assert.fail(),
  );
  assert.equal((await removals(scene)).length, 1, "of the first tab's device, when the second began");
  await ana.iam.enableMFADevice({ UserName: "ana", SerialNumber: serial, ...pairOf(second.seed) });
  for (const { id } of [first, second]) assert.match(await cancel(ana, serial, id), /^NoSuchEntity/);
  assert.deepEqual(await scene.devices(), ["phone"]);
});

test("of two tabs at once, one cancels and one begins: what is begun last stays", async () => {
  await using scene = await openScene();
  const ana = await scene.signIn("ana");
  for (let round = 0; round < 4; round++) {
    const first = await begin(ana, "phone");
    const [second] = await Promise.all([begin(ana, "phone"), cancel(ana, scene.serial("phone"), first.id)]);
    assert.deepEqual(await scene.devices(), ["phone"]);
    assert.equal(await cancel(ana, scene.serial("phone"), second.id), "cancelled");
  }
});

test("nothing else can be taken away like that", async () => {
  await using scene = await openScene();
  const [ana, ben] = [await scene.signIn("ana"), await scene.signIn("ben")];
  const hers = await begin(ana, "hers");
  const { id, seed: enabled } = await begin(ben, "enabled");
  await ben.iam.enableMFADevice({
    UserName: "ben",
    SerialNumber: scene.serial("enabled"),
    ...pairOf(enabled),
  });
  const { iam } = scene.world.clients(scene.account.admin);
  await iam.createVirtualMFADevice({ VirtualMFADeviceName: "by-cli" });
  for (const name of ["hers", "enabled", "by-cli", "nobodys", "x".repeat(200)]) {
    for (const known of [id, hers.id])
      assert.match(await cancel(ben, scene.serial(name), known), /^NoSuchEntity/, name);
  }
  assert.match(await cancel(ben, "short", id), /^ValidationException/);
  assert.deepEqual(await scene.devices(), ["by-cli", "enabled", "hers"]);
  // a device that was enabled once is no wizard's any more
  await iam.deactivateMFADevice({ UserName: "ben", SerialNumber: scene.serial("enabled") });
  assert.match(await cancel(ben, scene.serial("enabled"), id), /^NoSuchEntity/);
  advance(scene.world, 3 * HOUR);
  await removeForgotten(scene.world.store, scene.world.now);
  assert.deepEqual(await scene.devices(), ["by-cli", "enabled"]);
});

test("the wizard begins again under the same name; nobody else does, nor over what it did not make", async () => {
  await using scene = await openScene();
  const [ana, ben] = [await scene.signIn("ana"), await scene.signIn("ben")];
  const first = await create(ana, "phone");
  const second = await create(ana, "phone");
  assert.notEqual(first, second);
  assert.deepEqual(await scene.devices(), ["phone"]);
  assert.equal((await removals(scene)).length, 1);
  const { iam } = scene.world.clients(scene.account.admin);
  const taken = "EntityAlreadyExistsException";
  assert.equal(await refusal(create(ben, "phone")), taken);
  assert.equal(await refusal(iam.createVirtualMFADevice({ VirtualMFADeviceName: "phone" })), taken);
  await iam.createVirtualMFADevice({ VirtualMFADeviceName: "by-cli" });
  assert.equal(await refusal(create(ana, "by-cli")), taken);
  // the codes of the seed that was replaced are good for nothing
  const enable = (seed: string) =>
    ana.iam.enableMFADevice({ UserName: "ana", SerialNumber: scene.serial("phone"), ...pairOf(seed) });
  assert.match(await refusal(enable(first)), /^InvalidAuthenticationCode/);
  await enable(second);
  assert.equal(await refusal(create(ana, "phone")), taken);
});

test("who begins again has the guesses that he had, and no more of them", async () => {
  await using scene = await openScene();
  const ana = await scene.signIn("ana");
  const subject = deviceSubject(scene.serial("phone") as SerialNumber); // as the store has it
  const budget = () => scene.world.store.reader.budgets.load(scene.account.accountId, subject);
  const enable = (seed: string) =>
    refusal(
      ana.iam.enableMFADevice({ UserName: "ana", SerialNumber: scene.serial("phone"), ...pairOf(seed) }),
    );
  await create(ana, "phone");
  const wrong = await create(ana, "another");
  for (let guess = 0; guess < 9; guess++) assert.match(await enable(wrong), /^InvalidAuthenticationCode/);
  const spent = await budget();
  assert.equal(spent?.pairFailures, 9);
  const again = await begin(ana, "phone");
  assert.deepEqual(await budget(), spent);
  assert.match(await enable(again.seed), /^InvalidAuthenticationCode/);
  assert.equal(await cancel(ana, scene.serial("phone"), again.id), "cancelled");
  await create(ana, "phone");
  assert.deepEqual(await budget(), spent);
});

test("who begins again needs no room beside what he replaces; a refusal replaces nothing", async () => {
  await using scene = await openScene();
  const ana = await scene.signIn("ana");
  for (const full of [{ virtualMfaDevices: 1 }, { unassignedMfaDevicesPerUser: 1 }]) {
    Object.assign(scene.world.env.deps, { quotas: { ...QUOTAS, ...full } });
    const { id } = await begin(ana, "phone");
    const removed = (await removals(scene)).length;
    assert.equal(await refusal(create(ana, "second")), "LimitExceededException");
    assert.equal(await refusal(create(ana, "phone")), "answered", JSON.stringify(full));
    assert.equal((await removals(scene)).length, removed + 1);
    Object.assign(scene.world.env.deps, { quotas: { ...QUOTAS, virtualMfaDevices: 0 } });
    assert.equal(await refusal(create(ana, "phone")), "LimitExceededException");
    assert.deepEqual(await scene.devices(), ["phone"]);
    assert.equal((await removals(scene)).length, removed + 1);
    assert.match(await cancel(ana, scene.serial("phone"), id), /^NoSuchEntity/);
    Object.assign(scene.world.env.deps, { quotas: QUOTAS });
    const last = await begin(ana, "phone");
    assert.equal(await cancel(ana, scene.serial("phone"), last.id), "cancelled");
  }
});

test("what nobody comes back to is removed after an hour, and not before", async () => {
  await using scene = await openScene();
  const ana = await scene.signIn("ana");
  await create(ana, "phone");
  advance(scene.world, HOUR - 1);
  await removeForgotten(scene.world.store, scene.world.now);
  assert.deepEqual(await scene.devices(), ["phone"]);
  advance(scene.world, 1);
  // as many processes would
  await Promise.all([1, 2, 3].map(() => removeForgotten(scene.world.store, scene.world.now)));
  assert.deepEqual(await scene.devices(), []);
  assert.equal((await removals(scene)).length, 1);
});

test("a device that is enabled at the same moment stays", async () => {
  await using scene = await openScene();
  const ana = await scene.signIn("ana");
  for (let round = 0; round < 4; round++) {
    const { id, seed } = await begin(ana, `phone${round}`);
    const SerialNumber = scene.serial(`phone${round}`);
    const [enabled, cancelled] = await Promise.all([
      refusal(ana.iam.enableMFADevice({ UserName: "ana", SerialNumber, ...pairOf(seed) })),
      cancel(ana, SerialNumber, id),
    ]);
    const devices = await scene.devices();
    assert.equal(devices.includes(`phone${round}`), enabled === "answered", `${enabled}, ${cancelled}`);
    assert.notEqual(enabled === "answered", cancelled === "cancelled");
    if (enabled === "answered") break;
  }
});
