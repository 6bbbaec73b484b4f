import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteVirtualMFADeviceCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountSummaryCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { MINUTE } from "#base/clock.ts";
import { randomBytes } from "#crypto/random.ts";
import type { SerialNumber } from "#identity/ids.ts";
import { CreateVirtualMFADevice } from "#operations/iam/CreateVirtualMFADevice.ts";
import { QUOTAS } from "../support/quotas.ts";
import { type Clients, openWorld, type TestAccount, type World } from "../support/world.ts";
import { ACCOUNT, callOf, NOW } from "./calls.ts";
import { createDevice, createUser, enable } from "./mfa-world.ts";
import { openWorld as openOperations, userId } from "./world.ts";

let world: World;
let account: TestAccount;
let admin: Clients;
before(async () => {
  world = await openWorld();
  account = await world.account();
  admin = world.clients(account.admin);
});
after(() => world[Symbol.asyncDispose]());

async function counts(): Promise<readonly (number | undefined)[]> {
  const { SummaryMap } = await admin.iam.send(new GetAccountSummaryCommand({}));
  return [SummaryMap?.Users, SummaryMap?.MFADevices, SummaryMap?.MFADevicesInUse];
}

test("the summary follows every change and no refusal: users, devices, devices in use", async () => {
  const { iam } = admin;
  assert.deepEqual(await counts(), [1, 0, 0]);
  await iam.send(new CreateUserCommand({ UserName: "counted" }));
  const phone = await createDevice(world, account.admin, "counted");
  assert.deepEqual(await counts(), [2, 1, 0]);
  await assert.rejects(createDevice(world, account.admin, "COUNTED"));
  await assert.rejects(iam.send(new CreateUserCommand({ UserName: "Counted" })));
  await assert.rejects(enable(world, account.admin, "counted", { ...phone, code: () => "000000" }));
  assert.deepEqual(await counts(), [2, 1, 0]);
  await enable(world, account.admin, "counted", phone);
  assert.deepEqual(await counts(), [2, 1, 1]);
  const { serial: SerialNumber } = phone;
  await assert.rejects(iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })));
  await assert.rejects(iam.send(new DeleteUserCommand({ UserName: "counted" })));
  await iam.send(new UpdateUserCommand({ UserName: "counted", NewUserName: "renamed" }));
  assert.deepEqual(await counts(), [2, 1, 1]);
  await iam.send(new DeactivateMFADeviceCommand({ UserName: "renamed", SerialNumber }));
  await assert.rejects(iam.send(new DeactivateMFADeviceCommand({ UserName: "renamed", SerialNumber })));
  assert.deepEqual(await counts(), [2, 1, 0]);
  await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
  await iam.send(new DeleteUserCommand({ UserName: "renamed" }));
  assert.deepEqual(await counts(), [1, 0, 0]);
});

test("root's keys are a flag that falls when the last one goes", async () => {
  const flag = async () =>
    (await admin.iam.send(new GetAccountSummaryCommand({}))).SummaryMap?.AccountAccessKeysPresent;
  assert.equal(await flag(), 1);
  const own = new DeleteAccessKeyCommand({ AccessKeyId: account.root.accessKeyId });
  await world.clients(account.root).iam.send(own);
  assert.equal(await flag(), 0);
});

test("the quota of virtual devices counts those there are; one that was refused leaves nothing", async () => {
  const operations = await openOperations();
  try {
    const deps = { quotas: { ...QUOTAS, virtualMfaDevices: 1 } };
    const who = { kind: "root", deps } as const;
    await operations.done("CreateVirtualMFADevice", { VirtualMFADeviceName: "one" }, who);
    const full = ["LimitExceeded", 409, "Cannot exceed quota for VirtualMFADevicesPerAccount: 1"] as const;
    await operations.refused(full, "CreateVirtualMFADevice", { VirtualMFADeviceName: "two" }, who);
    await operations.done("DeleteVirtualMFADevice", { SerialNumber: `arn:aws:iam::${ACCOUNT}:mfa/one` }, who);
    await operations.done("CreateVirtualMFADevice", { VirtualMFADeviceName: "two" }, who);
  } finally {
    await operations.close();
  }
});

test("who may not delete devices holds so many unassigned ones of his own making (DESIGN 3.2)", async () => {
  const operations = await openOperations();
  try {
    await operations.done("CreateUser", { UserName: "maker" });
    const principalId = await userId(operations, "maker");
    const deps = { quotas: { ...QUOTAS, unassignedMfaDevicesPerUser: 2 } };
    // no decision is asked: with the policies there are so far, nobody may make devices and not delete them
    const make = async (VirtualMFADeviceName: string) => {
      const call = callOf({ userName: "maker", principalId, deps });
      const prepared = { seed: randomBytes(40), png: Uint8Array.of(1), tags: [] };
      return operations.store.write((tx) =>
        tx.savepoint(
          () => CreateVirtualMFADevice.run(tx, call, { VirtualMFADeviceName }, undefined, prepared),
          ({ ok }) => ok,
        ),
      );
    };
    const serial = (name: string) => ({ SerialNumber: `arn:aws:iam::${ACCOUNT}:mfa/${name}` });
    await operations.done("CreateVirtualMFADevice", { VirtualMFADeviceName: "anothers" });
    assert.deepEqual([(await make("one")).ok, (await make("two")).ok], [true, true]);
    const third = await make("three");
    assert.ok(!third.ok);
    const sentence = "Cannot exceed quota for UnassignedMFADevicesPerUser: 2";
    assert.deepEqual(
      [third.error.code, third.error.status, third.error.message],
      ["LimitExceeded", 409, sentence],
    );
    await operations.done("DeleteVirtualMFADevice", serial("one"));
    assert.ok((await make("three")).ok);
    const { SummaryMap } = await operations.done("GetAccountSummary");
    assert.equal((SummaryMap as Readonly<Record<string, number>>).MFADevices, 3);
  } finally {
    await operations.close();
  }
});

test("a quota that was lowered hides none of the devices a user has", async () => {
  const operations = await openOperations();
  try {
    await operations.done("CreateUser", { UserName: "rich" });
    const owner = await userId(operations, "rich");
    const serials = ["one", "two"].map((name) => `arn:aws:iam::${ACCOUNT}:mfa/${name}` as SerialNumber);
    for (const name of ["one", "two"]) {
      await operations.done("CreateVirtualMFADevice", { VirtualMFADeviceName: name });
    }
    await operations.store.write(async (tx) => {
      for (const serial of serials) await tx.devices.assign(ACCOUNT, serial, owner, NOW);
    });
    const who = { kind: "root", deps: { quotas: { ...QUOTAS, mfaDevicesPerUser: 1 } } } as const;
    const { MFADevices } = await operations.done("ListMFADevices", { UserName: "rich" }, who);
    const listed = (MFADevices as readonly { SerialNumber: string }[]).map((row) => row.SerialNumber);
    assert.deepEqual(listed.sort(), serials);
  } finally {
    await operations.close();
  }
});

test("a key's last use is there right after it, and new once in fifteen minutes (contract 1.7)", async () => {
  const keys = await createUser(world, account.admin, "user-of-keys");
  const lastUsed = async () => {
    const command = new GetAccessKeyLastUsedCommand({ AccessKeyId: keys.accessKeyId });
    const { UserName, AccessKeyLastUsed } = await admin.iam.send(command);
    assert.equal(UserName, "user-of-keys");
    return AccessKeyLastUsed;
  };
  const use = () => world.clients(keys).sts.send(new GetCallerIdentityCommand({}));
  assert.deepEqual(await lastUsed(), { ServiceName: "N/A", Region: "N/A" });
  const first = Math.floor(world.now / 1000) * 1000;
  const shown = (at: number) => ({ LastUsedDate: new Date(at), ServiceName: "sts", Region: "us-east-1" });
  await use();
  assert.deepEqual(await lastUsed(), shown(first));
  world.now = (world.now + 14 * MINUTE) as World["now"];
  await use();
  assert.deepEqual(await lastUsed(), shown(first));
  world.now = (world.now + 2 * MINUTE) as World["now"];
  await use();
  assert.deepEqual(await lastUsed(), shown(first + 16 * MINUTE));
});
