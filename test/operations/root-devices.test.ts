import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  DeactivateMFADeviceCommand,
  GetAccountSummaryCommand,
  GetUserCommand,
  ListMFADevicesCommand,
  ListVirtualMFADevicesCommand,
  ResyncMFADeviceCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { rootPrincipalId, type SerialNumber } from "#identity/ids.ts";
import { type Keys, openWorld, type TestAccount, type World } from "../support/world.ts";
import { AT_WINDOW_START, createDevice, type Phone, refusedAs, SENTENCES, session } from "./mfa-world.ts";

/** Root's device, made its own straight in the store: no key may do that (DESIGN 3.2). */

let world: World;
let account: TestAccount;
let phone: Phone;
before(async () => {
  world = await openWorld({ now: AT_WINDOW_START });
  account = await world.account();
  phone = await createDevice(world, account.root, "root-account-mfa-device");
  const { accountId } = account;
  const owner = rootPrincipalId(accountId);
  await world.store.write(async (tx) => {
    assert.ok(await tx.devices.assign(accountId, phone.serial as SerialNumber, owner, world.now));
    await tx.users.count(accountId, owner, "mfaCount", 1);
    await tx.accounts.count(accountId, "mfaInUseCount", 1);
  });
});
after(() => world[Symbol.asyncDispose]());

const iamOf = (keys: Keys) => world.clients(keys).iam;

test("it is listed under the account's id, and with an owner that has neither path nor name", async () => {
  const EnableDate = new Date(world.now);
  const { MFADevices } = await iamOf(account.root).send(new ListMFADevicesCommand({}));
  assert.deepEqual(MFADevices, [{ UserName: account.accountId, SerialNumber: phone.serial, EnableDate }]);
  const assigned = new ListVirtualMFADevicesCommand({ AssignmentStatus: "Assigned" });
  const { VirtualMFADevices } = await iamOf(account.admin).send(assigned);
  const Arn = `arn:aws:iam::${account.accountId}:root`;
  const User = { UserId: account.accountId, Arn, CreateDate: EnableDate };
  assert.deepEqual(VirtualMFADevices, [{ SerialNumber: phone.serial, EnableDate, User }]);
  const { SummaryMap } = await iamOf(account.admin).send(new GetAccountSummaryCommand({}));
  assert.deepEqual([SummaryMap?.AccountMFAEnabled, SummaryMap?.MFADevicesInUse], [1, 1]);
});

test("with its code root's session calls IAM, as root, and still changes no device of root's", async () => {
  const mfa = await session(world, account.root, phone);
  const { Arn } = await world.clients(mfa).sts.send(new GetCallerIdentityCommand({}));
  assert.equal(Arn, `arn:aws:iam::${account.accountId}:root`);
  await iamOf(mfa).send(new GetUserCommand({}));
  for (const keys of [account.root, mfa]) {
    const remove = new DeactivateMFADeviceCommand({ SerialNumber: phone.serial });
    await refusedAs(iamOf(keys).send(remove), SENTENCES.self);
  }
  const seen = (await world.events(account.accountId)).filter(({ eventName }) => eventName === "GetUser");
  assert.match(JSON.stringify(seen.at(-1)?.record.userIdentity), /"type":"Root".*"mfaAuthenticated":"true"/);
});

test("root without a name resyncs its own (DESIGN 4)", async () => {
  const codes = { AuthenticationCode1: phone.code(1), AuthenticationCode2: phone.code(2) };
  // root may leave the name out, which the client's type does not know
  const input = { SerialNumber: phone.serial, ...codes } as never;
  await iamOf(account.root).send(new ResyncMFADeviceCommand(input));
  await refusedAs(iamOf(account.root).send(new ResyncMFADeviceCommand(input)), SENTENCES.pair);
});
