import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import {
  AttachUserPolicyCommand,
  DeactivateMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  ListMFADevicesCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { openKeyring } from "#crypto/keyring.ts";
import { randomBytes } from "#crypto/random.ts";
import { issueRootKey } from "#crypto/root-key.ts";
import { acceptCode, acceptPair } from "#operations/codes.ts";
import { DeactivateMFADevice } from "#operations/iam/DeactivateMFADevice.ts";
import { ADMINISTRATOR_ACCESS } from "#policy/managed/managed.ts";
import { type Keys, openWorld, type TestAccount, type World } from "../support/world.ts";
import { callOf } from "./calls.ts";
import {
  AT_WINDOW_START,
  advance,
  createDevice,
  createUser,
  enable,
  refusedAs,
  SENTENCES,
  session,
} from "./mfa-world.ts";

/** A user who manages himself: in this state of the policy engine, an administrator. */
async function selfManager(world: World, account: TestAccount, name: string): Promise<Keys> {
  const keys = await createUser(world, account.admin, name);
  const command = new AttachUserPolicyCommand({ UserName: name, PolicyArn: ADMINISTRATOR_ACCESS });
  await world.clients(account.admin).iam.send(command);
  return keys;
}

describe("who already has a device needs an MFA session to add or remove one on himself", () => {
  let world: World;
  let account: TestAccount;
  before(async () => {
    world = await openWorld({ now: AT_WINDOW_START });
    account = await world.account();
  });
  after(() => world[Symbol.asyncDispose]());

  test("the first with keys; the second, and removal, with an MFA session alone; after the last, with keys again", async () => {
    const keys = await selfManager(world, account, "bob");
    const first = await createDevice(world, keys, "bob-1");
    await enable(world, keys, "bob", first);
    const second = await createDevice(world, keys, "bob-2");
    await refusedAs(enable(world, keys, "bob", second), SENTENCES.self);
    const remove = (by: Keys, serial: string) =>
      world.clients(by).iam.send(new DeactivateMFADeviceCommand({ UserName: "bob", SerialNumber: serial }));
    await refusedAs(remove(keys, first.serial), SENTENCES.self);
    const mfa = await session(world, keys, first);
    await enable(world, mfa, "bob", second);
    await remove(mfa, first.serial);
    // the session stays an MFA session after its device is gone, and may remove the last one (contract 1.4)
    await remove(mfa, second.serial);
    await enable(world, keys, "bob", await createDevice(world, keys, "bob-3"));
  });

  test("it is asked before serial number, duplicates and codes", async () => {
    const keys = await selfManager(world, account, "order");
    const phone = await createDevice(world, keys, "order");
    await enable(world, keys, "order", phone);
    await refusedAs(enable(world, keys, "order", phone, 1), SENTENCES.self);
    const nothing = { serial: `arn:aws:iam::${account.accountId}:mfa/none`, code: () => "000000" };
    await refusedAs(enable(world, keys, "order", nothing), SENTENCES.self);
  });

  test("himself is his unique id: in other letter case, without a name, and after a rename", async () => {
    const keys = await selfManager(world, account, "carol");
    const phone = await createDevice(world, keys, "carol-1");
    await enable(world, keys, "carol", phone);
    const second = await createDevice(world, keys, "carol-2");
    await refusedAs(enable(world, keys, "CAROL", second), SENTENCES.self);
    const { iam } = world.clients(keys);
    await refusedAs(iam.send(new DeactivateMFADeviceCommand({ SerialNumber: phone.serial })), SENTENCES.self);
    await world
      .clients(account.admin)
      .iam.send(new UpdateUserCommand({ UserName: "carol", NewUserName: "caroline" }));
    await refusedAs(enable(world, keys, "caroline", second), SENTENCES.self);
  });

  test("another's device may be managed without MFA", async () => {
    const keys = await selfManager(world, account, "helper");
    await enable(world, keys, "helper", await createDevice(world, keys, "helper-1"));
    await createUser(world, account.admin, "helped");
    const phone = await createDevice(world, keys, "helped-1");
    await enable(world, keys, "helped", phone);
    await world
      .clients(keys)
      .iam.send(new DeactivateMFADeviceCommand({ UserName: "helped", SerialNumber: phone.serial }));
  });

  test("a first device that was enabled between the two reads of a removal does not go with it", async () => {
    const { accountId } = account;
    const keys = await selfManager(world, account, "between");
    const owner = await world.store.reader.users.byName(accountId, "between");
    const phone = await createDevice(world, keys, "between");
    await enable(world, keys, "between", phone);
    const device = await world.store.reader.devices.load(accountId, phone.serial);
    const known = await world.env.callers.load(keys.accessKeyId, undefined, world.now);
    assert.ok(known.ok);
    const call = { ...callOf({ now: world.now }), caller: known.value.caller };
    // PostgreSQL's READ COMMITTED may show the owner as he was and the device as it is
    const result = await world.store.write((tx) =>
      DeactivateMFADevice.run(tx, call, { SerialNumber: phone.serial }, { owner, device }, undefined),
    );
    assert.equal(result.ok ? "removed" : result.error.message, SENTENCES.self[2]);
  });

  test("a device that was deleted since it was read is a refusal, of a pair and of a code", async () => {
    const { accountId } = account;
    const phone = await createDevice(world, account.admin, "gone");
    const device = await world.store.reader.devices.load(accountId, phone.serial);
    await world
      .clients(account.admin)
      .iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: phone.serial }));
    const owner = await world.store.reader.users.byName(accountId, "admin");
    assert.ok(device && owner);
    const call = callOf({ now: world.now });
    const pair = await world.store.write((tx) =>
      acceptPair(tx, call, device, owner.userId, [phone.code(-1), phone.code()]),
    );
    const code = await world.store.write((tx) => acceptCode(tx, call, device, owner.userId, phone.code()));
    assert.deepEqual([pair, code], Array(2).fill({ ok: false, error: "the device is gone" }));
  });

  test("root's devices do not change by root's access keys, whether root names itself or not", async () => {
    const phone = await createDevice(world, account.root, "root-1");
    await refusedAs(enable(world, account.root, undefined, phone), SENTENCES.self);
    const { iam } = world.clients(account.root);
    await refusedAs(iam.send(new DeactivateMFADeviceCommand({ SerialNumber: phone.serial })), SENTENCES.self);
  });

  test("for anyone but root the name is required", async () => {
    const call = world.clients(account.admin).iam.send(
      new EnableMFADeviceCommand({
        SerialNumber: "GAHT12345678",
        AuthenticationCode1: "111111",
        AuthenticationCode2: "222222",
      } as never),
    );
    await refusedAs(call, [
      "ValidationError",
      400,
      "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must not be null",
    ]);
  });
});

test("two first enrolments at once, through two servers on one database, make one device", async () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-first-"));
  const config = { kind: "sqlite", path: join(folder, "countersign.db") } as const;
  const keyring = openKeyring([issueRootKey(randomBytes)], randomBytes);
  const one = await openWorld({ config, keyring, now: AT_WINDOW_START });
  const two = await openWorld({ config, keyring, now: AT_WINDOW_START });
  try {
    const account = await one.account();
    for (let round = 0; round < 5; round++) {
      const name = `race-${round}`;
      const keys = await selfManager(one, account, name);
      const phones = [
        await createDevice(one, keys, `${name}-1`),
        await createDevice(one, keys, `${name}-2`),
      ] as const;
      const outcomes = await Promise.allSettled([
        enable(one, keys, name, phones[0]),
        enable(two, keys, name, phones[1]),
      ]);
      const refused = outcomes.filter((outcome) => outcome.status === "rejected");
      assert.equal(refused.length, 1);
      await refusedAs(Promise.reject(refused[0]?.reason), SENTENCES.self);
      const { MFADevices } = await one
        .clients(account.admin)
        .iam.send(new ListMFADevicesCommand({ UserName: name }));
      assert.equal(MFADevices?.length, 1);
      advance(one, 30_000);
      advance(two, 30_000);
    }
  } finally {
    await one[Symbol.asyncDispose]();
    await two[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  }
});
