import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  CreateAccountAliasCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  GetMFADeviceCommand,
  ListMFADevicesCommand,
  ListMFADeviceTagsCommand,
  ListVirtualMFADevicesCommand,
  ResyncMFADeviceCommand,
  TagMFADeviceCommand,
  UntagMFADeviceCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import jsQR from "jsqr";
import { URI } from "otpauth";
import { PNG } from "pngjs";
import { openWorld, type TestAccount, type World } from "../support/world.ts";
import {
  AT_WINDOW_START,
  advance,
  createDevice,
  createUser,
  enable,
  refusedAs,
  SENTENCES,
  session,
  wrongCode,
} from "./mfa-world.ts";

describe("MFA devices", () => {
  let world: World;
  let account: TestAccount;
  before(async () => {
    world = await openWorld({ now: AT_WINDOW_START });
    account = await world.account();
  });
  after(() => world[Symbol.asyncDispose]());
  const admin = () => world.clients(account.admin).iam;

  describe("CreateVirtualMFADevice", () => {
    const create = async (name: string) => {
      const answer = await admin().send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name }));
      assert.ok(answer.VirtualMFADevice?.Base32StringSeed && answer.VirtualMFADevice.QRCodePNG);
      return answer.VirtualMFADevice;
    };
    const decode = (png: Uint8Array) => {
      const { data, width, height } = PNG.sync.read(Buffer.from(png));
      const read = jsQR.default(new Uint8ClampedArray(data), width, height);
      assert.ok(read, "no reader finds a code in the picture");
      return read.data;
    };

    test("gives a 40-byte seed in base32 and a picture of the same seed, labelled with the account id", async () => {
      const device = await create("phone-1");
      const seed = Buffer.from(device.Base32StringSeed ?? []).toString();
      assert.match(seed, /^[A-Z2-7]{64}$/);
      const uri = decode(device.QRCodePNG ?? new Uint8Array());
      const totp = URI.parse(uri);
      assert.equal(totp.issuer, "Countersign");
      assert.equal(totp.label, `phone-1@${account.accountId}`);
      assert.equal(totp.secret.base32, seed);
      assert.deepEqual([...new URL(uri).searchParams.keys()].sort(), ["issuer", "secret"]);
    });

    test("labels with the alias where the account has one", async () => {
      const alias = `team-${account.accountId}`;
      await admin().send(new CreateAccountAliasCommand({ AccountAlias: alias }));
      const device = await create("phone-2");
      assert.equal(URI.parse(decode(device.QRCodePNG ?? new Uint8Array())).label, `phone-2@${alias}`);
    });

    test("no other answer holds the seed", async () => {
      const device = await create("phone-3");
      const { VirtualMFADevices } = await admin().send(new ListVirtualMFADevicesCommand({}));
      const listed = VirtualMFADevices?.find((row) => row.SerialNumber === device.SerialNumber);
      assert.deepEqual(listed, { SerialNumber: device.SerialNumber });
    });

    test("a name that differs in letter case alone is taken", async () => {
      await refusedAs(create("PHONE-3"), ["EntityAlreadyExistsException", 409, "MFA device already exists."]);
    });

    test("a serial number longer than any call may name makes no device", async () => {
      const room = 256 - `arn:aws:iam::${account.accountId}:mfa/`.length;
      await refusedAs(create("n".repeat(room + 1)), [
        "ValidationError",
        400,
        "1 validation error detected: Value at 'serialNumber' failed to satisfy constraint: Member must have length less than or equal to 256",
      ]);
      const { SerialNumber } = await create("n".repeat(room));
      await admin().send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
    });

    test("a path whose characters no serial number may have makes no device", async () => {
      const command = new CreateVirtualMFADeviceCommand({ Path: "/a!b/", VirtualMFADeviceName: "phone" });
      await refusedAs(admin().send(command), [
        "ValidationError",
        400,
        String.raw`1 validation error detected: Value at 'serialNumber' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=/:,.@-]+`,
      ]);
    });

    test("the same name at another path is another device", async () => {
      const command = new CreateVirtualMFADeviceCommand({
        VirtualMFADeviceName: "phone-3",
        Path: "/team//a/",
      });
      const { VirtualMFADevice } = await admin().send(command);
      assert.equal(VirtualMFADevice?.SerialNumber, `arn:aws:iam::${account.accountId}:mfa/team//a/phone-3`);
    });
  });

  describe("EnableMFADevice", () => {
    test("takes the codes of two consecutive steps, and shows the device at its owner", async () => {
      await createUser(world, account.admin, "enable-ok");
      const phone = await createDevice(world, account.admin, "enable-ok");
      await enable(world, account.admin, "enable-ok", phone);
      const listed = await admin().send(new ListMFADevicesCommand({ UserName: "enable-ok" }));
      assert.deepEqual(listed.MFADevices, [
        { UserName: "enable-ok", SerialNumber: phone.serial, EnableDate: new Date(world.now) },
      ]);
      const assigned = await admin().send(new ListVirtualMFADevicesCommand({ AssignmentStatus: "Assigned" }));
      const row = assigned.VirtualMFADevices?.find(({ SerialNumber }) => SerialNumber === phone.serial);
      assert.deepEqual(Object.keys(row?.User ?? {}).sort(), [
        "Arn",
        "CreateDate",
        "Path",
        "UserId",
        "UserName",
      ]);
    });

    for (const [what, codes] of [
      ["equal codes", [0, 0]],
      ["codes in reverse", [0, -1]],
      ["codes that do not follow each other", [-1, 1]],
      ["a pair from more than 1,000 steps ago", [-1002, -1001]],
      ["a pair from more than 1,000 steps ahead", [1000, 1001]],
    ] as const) {
      test(`refuses ${what}`, async () => {
        const name = `enable-${what.replaceAll(/[ ,]/g, "-")}`;
        await createUser(world, account.admin, name);
        const phone = await createDevice(world, account.admin, name);
        const call = admin().send(
          new EnableMFADeviceCommand({
            UserName: name,
            SerialNumber: phone.serial,
            AuthenticationCode1: phone.code(codes[0]),
            AuthenticationCode2: phone.code(codes[1]),
          }),
        );
        await refusedAs(call, SENTENCES.pair);
      });
    }

    for (const first of [-1001, 999]) {
      test(`learns a drift of ${first + 1} steps, and then takes codes of that clock alone`, async () => {
        const name = `drift${first}`;
        const keys = await createUser(world, account.admin, name);
        const phone = await createDevice(world, account.admin, name);
        await enable(world, account.admin, name, phone, first);
        await refusedAs(session(world, keys, phone, phone.code(0)), SENTENCES.wrong);
        await session(world, keys, phone, phone.code(first + 1));
      });
    }

    test("a device has one owner", async () => {
      for (const name of ["owner-1", "owner-2"]) await createUser(world, account.admin, name);
      const phone = await createDevice(world, account.admin, "owned");
      await enable(world, account.admin, "owner-1", phone);
      await refusedAs(enable(world, account.admin, "owner-1", phone), [
        "EntityAlreadyExistsException",
        409,
        "MFA Device for user owner-1 already exists.",
      ]);
      await refusedAs(enable(world, account.admin, "owner-2", phone), [
        "EntityAlreadyExistsException",
        409,
        "MFA Device is already in use.",
      ]);
    });

    test("an unknown serial number, a hardware one, a user that is not there", async () => {
      await createUser(world, account.admin, "lonely");
      for (const serial of [`arn:aws:iam::${account.accountId}:mfa/none`, "GAHT12345678"]) {
        await refusedAs(enable(world, account.admin, "lonely", { serial, code: () => "123456" }), [
          "NoSuchEntityException",
          404,
          `MFA Device with serial number ${serial} does not exist.`,
        ]);
      }
      const phone = await createDevice(world, account.admin, "lonely");
      await refusedAs(enable(world, account.admin, "nobody", phone), [
        "NoSuchEntityException",
        404,
        "The user with name nobody cannot be found.",
      ]);
    });

    test("a user holds eight devices", async () => {
      await createUser(world, account.admin, "eight");
      for (let nth = 1; nth <= 8; nth++) {
        await enable(world, account.admin, "eight", await createDevice(world, account.admin, `eight-${nth}`));
      }
      const ninth = await createDevice(world, account.admin, "eight-9");
      // whatever the codes: limits are asked before them (contract 11)
      for (const phone of [ninth, { ...ninth, code: () => "000000" }]) {
        await refusedAs(enable(world, account.admin, "eight", phone), [
          "LimitExceededException",
          409,
          "Cannot exceed quota for MFADevicesPerUser: 8",
        ]);
      }
    });

    test("another account's device does not exist", async () => {
      const other = await world.account();
      const foreign = await createDevice(world, other.admin, "foreign");
      await createUser(world, account.admin, "native");
      await refusedAs(enable(world, account.admin, "native", foreign), [
        "NoSuchEntityException",
        404,
        `MFA Device with serial number ${foreign.serial} does not exist.`,
      ]);
    });

    test("a pair is accepted once, and never an older one: through re-enable and resync alike", async () => {
      await createUser(world, account.admin, "replay");
      const phone = await createDevice(world, account.admin, "replay");
      await enable(world, account.admin, "replay", phone, -1);
      await admin().send(new DeactivateMFADeviceCommand({ UserName: "replay", SerialNumber: phone.serial }));
      await refusedAs(enable(world, account.admin, "replay", phone, -1), SENTENCES.pair);
      // its first code is the second of the pair before: not newer
      await refusedAs(enable(world, account.admin, "replay", phone, 0), SENTENCES.pair);
      await enable(world, account.admin, "replay", phone, 1);
    });
  });

  describe("budgets of pairs", () => {
    const attempt = (name: string, phone: { serial: string }, codes: readonly [string, string]) =>
      admin().send(
        new EnableMFADeviceCommand({
          UserName: name,
          SerialNumber: phone.serial,
          AuthenticationCode1: codes[0],
          AuthenticationCode2: codes[1],
        }),
      );

    test("nine failures in three minutes, then even the right pair waits; other owners of the same administrator do not", async () => {
      advance(world, 180_000);
      await createUser(world, account.admin, "guess-1");
      await createUser(world, account.admin, "guess-2");
      const [phone, other] = [
        await createDevice(world, account.admin, "guess-1"),
        await createDevice(world, account.admin, "guess-2"),
      ];
      for (let nth = 0; nth < 9; nth++) {
        await refusedAs(
          attempt("guess-1", phone, [wrongCode(phone, nth), wrongCode(phone, nth + 1)]),
          SENTENCES.pair,
        );
      }
      await refusedAs(enable(world, account.admin, "guess-1", phone), SENTENCES.pair);
      // the owner-to-be has spent his budget on every device
      await refusedAs(enable(world, account.admin, "guess-1", other), SENTENCES.pair);
      await enable(world, account.admin, "guess-2", other);
      advance(world, 180_000);
      await enable(world, account.admin, "guess-1", phone);
    });
  });

  describe("Deactivate, Resync and Delete", () => {
    test("a device that is another's, or nobody's, is invalid for the user; an unknown one does not exist", async () => {
      await createUser(world, account.admin, "his");
      await createUser(world, account.admin, "hers");
      const phone = await createDevice(world, account.admin, "his");
      await enable(world, account.admin, "his", phone);
      const spare = await createDevice(world, account.admin, "spare");
      for (const { serial } of [phone, spare]) {
        const invalid = ["NoSuchEntityException", 404, "MFA Device invalid for user."] as const;
        await refusedAs(
          admin().send(new DeactivateMFADeviceCommand({ UserName: "hers", SerialNumber: serial })),
          invalid,
        );
        const codes = { AuthenticationCode1: "111111", AuthenticationCode2: "222222" };
        await refusedAs(
          admin().send(new ResyncMFADeviceCommand({ UserName: "hers", SerialNumber: serial, ...codes })),
          invalid,
        );
      }
      await refusedAs(
        admin().send(new DeactivateMFADeviceCommand({ UserName: "hers", SerialNumber: "GAKT000000" })),
        ["NoSuchEntityException", 404, "MFA Device with serial number GAKT000000 does not exist."],
      );
    });

    test("a deactivated device is unassigned, keeps its drift, and an assigned one is not deleted", async () => {
      const keys = await createUser(world, account.admin, "keeps");
      const phone = await createDevice(world, account.admin, "keeps");
      await enable(world, account.admin, "keeps", phone, -101);
      await refusedAs(admin().send(new DeleteVirtualMFADeviceCommand({ SerialNumber: phone.serial })), [
        "DeleteConflictException",
        409,
        "MFA VirtualDevice in use. Must deactivate first.",
      ]);
      await admin().send(new DeactivateMFADeviceCommand({ UserName: "keeps", SerialNumber: phone.serial }));
      await refusedAs(session(world, keys, phone, phone.code(-100)), SENTENCES.unable);
      await enable(world, account.admin, "keeps", phone, -99);
      await session(world, keys, phone, phone.code(-98));
      await admin().send(new DeactivateMFADeviceCommand({ UserName: "keeps", SerialNumber: phone.serial }));
      await admin().send(new DeleteVirtualMFADeviceCommand({ SerialNumber: phone.serial }));
      await refusedAs(admin().send(new DeleteVirtualMFADeviceCommand({ SerialNumber: phone.serial })), [
        "NoSuchEntityException",
        404,
        `MFA Device with serial number ${phone.serial} does not exist.`,
      ]);
    });

    test("resync learns a new drift, does not spend its codes for STS, and takes no code that STS has seen", async () => {
      const keys = await createUser(world, account.admin, "resync");
      const phone = await createDevice(world, account.admin, "resync");
      await enable(world, account.admin, "resync", phone, -1);
      const resync = (first: number) =>
        admin().send(
          new ResyncMFADeviceCommand({
            UserName: "resync",
            SerialNumber: phone.serial,
            AuthenticationCode1: phone.code(first),
            AuthenticationCode2: phone.code(first + 1),
          }),
        );
      await resync(200);
      await session(world, keys, phone, phone.code(200));
      await session(world, keys, phone, phone.code(202));
      // stricter than AWS on purpose: 202 was claimed (DESIGN 3.2)
      await refusedAs(resync(202), SENTENCES.pair);
      await resync(203);
      await refusedAs(resync(-1), SENTENCES.pair);
    });
  });

  describe("GetMFADevice, tags and lists", () => {
    test("GetMFADevice knows security keys alone", async () => {
      const { serial } = await createDevice(world, account.admin, "virtual");
      await refusedAs(admin().send(new GetMFADeviceCommand({ SerialNumber: serial })), [
        "ValidationError",
        400,
        "The MFA device serial number sent in the request is invalid or not supported by this API. Currently, only hardware FIDO security keys are supported. Please use the compatible device or API.",
      ]);
      const unknown = `${serial}-unknown`;
      for (const [input, sentence] of [
        [{ SerialNumber: unknown }, `MFA Device with serial number ${unknown} does not exist.`],
        [{ SerialNumber: serial, UserName: "nobody" }, "The user with name nobody cannot be found."],
      ] as const) {
        const missing = ["NoSuchEntityException", 404, sentence] as const;
        await refusedAs(admin().send(new GetMFADeviceCommand(input)), missing);
      }
    });

    test("a device is made with its tags, which its answer shows and lists leave out (contract 1.2)", async () => {
      const Tags = [{ Key: "Team", Value: "" }];
      const command = new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "born-tagged", Tags });
      const { VirtualMFADevice } = await admin().send(command);
      assert.deepEqual(Object.keys(VirtualMFADevice ?? {}).sort(), [
        "Base32StringSeed",
        "QRCodePNG",
        "SerialNumber",
        "Tags",
      ]);
      assert.deepEqual(VirtualMFADevice?.Tags, Tags);
      const SerialNumber = VirtualMFADevice?.SerialNumber;
      const listed = await admin().send(new ListMFADeviceTagsCommand({ SerialNumber }));
      assert.deepEqual([listed.Tags, listed.IsTruncated], [Tags, false]);
      const { VirtualMFADevices } = await admin().send(new ListVirtualMFADevicesCommand({ MaxItems: 1000 }));
      const row = VirtualMFADevices?.find((each) => each.SerialNumber === SerialNumber);
      assert.deepEqual(row, { SerialNumber });
    });

    test("tags are laid over each other letter for letter, listed, and taken away", async () => {
      const { serial: SerialNumber } = await createDevice(world, account.admin, "tagged");
      const tag = (Key: string, Value: string) =>
        admin().send(new TagMFADeviceCommand({ SerialNumber, Tags: [{ Key, Value }] }));
      await tag("Team", "a");
      await tag("Team", "b");
      await tag("team", "c");
      await tag("Env", "test");
      const listed = await admin().send(new ListMFADeviceTagsCommand({ SerialNumber }));
      assert.deepEqual(listed.Tags, [
        { Key: "Team", Value: "b" },
        { Key: "team", Value: "c" },
        { Key: "Env", Value: "test" },
      ]);
      await admin().send(new UntagMFADeviceCommand({ SerialNumber, TagKeys: ["TEAM", "team"] }));
      assert.deepEqual((await admin().send(new ListMFADeviceTagsCommand({ SerialNumber }))).Tags, [
        { Key: "Team", Value: "b" },
        { Key: "Env", Value: "test" },
      ]);
    });

    test("lists page by sealed markers that open for this list alone", async () => {
      const first = await admin().send(new ListVirtualMFADevicesCommand({ MaxItems: 1 }));
      assert.equal(first.VirtualMFADevices?.length, 1);
      assert.equal(first.IsTruncated, true);
      const { Marker } = first;
      const rest = await admin().send(new ListVirtualMFADevicesCommand({ Marker, MaxItems: 1000 }));
      assert.ok(
        rest.VirtualMFADevices?.every(
          (row) => row.SerialNumber !== first.VirtualMFADevices?.[0]?.SerialNumber,
        ),
      );
      const invalid = ["ValidationError", 400, "Invalid Marker."] as const;
      const filtered = new ListVirtualMFADevicesCommand({ Marker, AssignmentStatus: "Assigned" });
      await refusedAs(admin().send(filtered), invalid);
      const other = await world.account();
      await refusedAs(
        world.clients(other.admin).iam.send(new ListVirtualMFADevicesCommand({ Marker })),
        invalid,
      );
      await refusedAs(
        admin().send(new ListVirtualMFADevicesCommand({ Marker: "invalid-marker-value" })),
        invalid,
      );
    });
  });

  test("a rename keeps device, drift and codes", async () => {
    const keys = await createUser(world, account.admin, "before");
    const phone = await createDevice(world, account.admin, "renamed");
    await enable(world, account.admin, "before", phone, -1);
    await session(world, keys, phone, phone.code(0));
    await admin().send(new UpdateUserCommand({ UserName: "before", NewUserName: "after", NewPath: "/x/" }));
    await refusedAs(session(world, keys, phone, phone.code(0)), SENTENCES.wrong);
    const listed = await admin().send(new ListMFADevicesCommand({ UserName: "AFTER" }));
    assert.equal(listed.MFADevices?.[0]?.UserName, "after");
    await session(world, keys, phone, phone.code(1));
  });
});
