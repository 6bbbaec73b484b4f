import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  AttachUserPolicyCommand,
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteVirtualMFADeviceCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import {
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from "@aws-sdk/client-sts";
import { MINUTE } from "#base/clock.ts";
import { openKeyring } from "#crypto/keyring.ts";
import { randomBytes } from "#crypto/random.ts";
import { issueRootKey } from "#crypto/root-key.ts";
import { RevokeSessions } from "#operations/countersign/RevokeSessions.ts";
import { UnlockMFADevice } from "#operations/countersign/UnlockMFADevice.ts";
import { eventDate } from "#operations/event-date.ts";
import { ADMINISTRATOR_ACCESS } from "#policy/managed/managed.ts";
import { type Keys, openWorld, type TestAccount, type World } from "../support/world.ts";
import {
  AT_WINDOW_START,
  advance,
  createDevice,
  createUser,
  enable,
  type Phone,
  refusedAs,
  SENTENCES,
  session,
  wrongCode,
} from "./mfa-world.ts";

const WINDOW = 3 * MINUTE;

describe("GetSessionToken", () => {
  let world: World;
  let account: TestAccount;
  before(async () => {
    world = await openWorld({ now: AT_WINDOW_START });
    account = await world.account();
  });
  after(() => world[Symbol.asyncDispose]());

  /** A user with a device, at the start of a fresh 3-minute window. */
  async function withPhone(name: string): Promise<{ keys: Keys; phone: Phone }> {
    const keys = await createUser(world, account.admin, name);
    const phone = await createDevice(world, account.admin, name);
    await enable(world, account.admin, name, phone);
    world.now = (Math.ceil((world.now + 1) / WINDOW) * WINDOW) as World["now"];
    return { keys, phone };
  }

  describe("codes", () => {
    for (const [offset, taken] of [
      [-3, false],
      [-2, true],
      [-1, true],
      [0, true],
      [1, true],
      [2, true],
      [3, false],
    ] as const) {
      test(`the code of step ${offset} is ${taken ? "taken" : "refused"}`, async () => {
        const { keys, phone } = await withPhone(`window-${offset}`);
        const call = session(world, keys, phone, phone.code(offset));
        await (taken ? call : refusedAs(call, SENTENCES.wrong));
      });
    }

    test("each is taken once, in whatever order they come", async () => {
      const { keys, phone } = await withPhone("order");
      for (const offset of [1, -2, 0, 2]) await session(world, keys, phone, phone.code(offset));
      await refusedAs(session(world, keys, phone, phone.code(0)), SENTENCES.wrong);
      await session(world, keys, phone, phone.code(-1));
    });

    test("a used code stays used when the next window begins, and after deactivate and re-enable", async () => {
      const { keys, phone } = await withPhone("reuse");
      advance(world, WINDOW - 30_000);
      const code = phone.code(0);
      await session(world, keys, phone, code);
      advance(world, 30_000);
      await refusedAs(session(world, keys, phone, code), SENTENCES.wrong);
      const { iam } = world.clients(account.admin);
      await iam.send(new DeactivateMFADeviceCommand({ UserName: "reuse", SerialNumber: phone.serial }));
      await enable(world, account.admin, "reuse", phone, 0);
      await refusedAs(session(world, keys, phone, code), SENTENCES.wrong);
    });

    test("the codes of the enabling pair are good for STS", async () => {
      const keys = await createUser(world, account.admin, "pair");
      const phone = await createDevice(world, account.admin, "pair");
      await enable(world, account.admin, "pair", phone, -1);
      await session(world, keys, phone, phone.code(-1));
      await session(world, keys, phone, phone.code(0));
    });

    test("200 calls at once with one code: one session", async () => {
      const { keys, phone } = await withPhone("crowd");
      const code = phone.code();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 200 }, () => session(world, keys, phone, code)),
      );
      assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
    });
  });

  describe("throttles", () => {
    test("nine checks a device in three minutes, right, wrong and reused alike; then the other sentence", async () => {
      const { keys, phone } = await withPhone("nine");
      const code = phone.code(0);
      await session(world, keys, phone, code);
      await refusedAs(session(world, keys, phone, code), SENTENCES.wrong);
      for (let nth = 0; nth < 7; nth++) {
        await refusedAs(session(world, keys, phone, wrongCode(phone, nth)), SENTENCES.wrong);
      }
      await refusedAs(session(world, keys, phone, phone.code(1)), SENTENCES.unable);
      // what was answered while throttled was not checked: the code is still good in the next window
      advance(world, WINDOW - 1);
      await refusedAs(session(world, keys, phone, phone.code(0)), SENTENCES.unable);
      advance(world, 1);
      await session(world, keys, phone, phone.code(0));
    });

    test("a sibling device is not held up; the same serial number made anew is", async () => {
      const { keys, phone } = await withPhone("sibling");
      const second = await createDevice(world, account.admin, "sibling-2");
      await enable(world, account.admin, "sibling", second);
      for (let nth = 0; nth < 9; nth++) {
        await refusedAs(session(world, keys, phone, wrongCode(phone, nth)), SENTENCES.wrong);
      }
      const { iam } = world.clients(account.admin);
      await iam.send(new DeactivateMFADeviceCommand({ UserName: "sibling", SerialNumber: phone.serial }));
      await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: phone.serial }));
      const anew = await createDevice(world, account.admin, "sibling");
      assert.equal(anew.serial, phone.serial);
      await enable(world, account.admin, "sibling", anew);
      await refusedAs(session(world, keys, anew), SENTENCES.unable);
      await session(world, keys, second);
    });

    test("another's serial number is refused before anything is counted", async () => {
      const { keys, phone } = await withPhone("victim");
      const stranger = await createUser(world, account.admin, "stranger");
      for (let nth = 0; nth < 12; nth++) {
        await refusedAs(session(world, stranger, phone, wrongCode(phone, nth)), SENTENCES.unable);
      }
      await session(world, keys, phone);
    });

    /** Spends `count` wrong codes, moving on as the waits ask. */
    async function fail(keys: Keys, phone: Phone, count: number, from = 0): Promise<void> {
      for (let failed = from; failed < from + count; failed++) {
        if (failed % 9 === 0 || failed >= 20) advance(world, 61 * MINUTE);
        await refusedAs(session(world, keys, phone, wrongCode(phone, failed % 40)), SENTENCES.wrong);
      }
    }

    test("from twenty failures in a row on there are waits, in which nothing is checked; a success ends the run", async () => {
      const { keys, phone } = await withPhone("waits");
      await fail(keys, phone, 20);
      await refusedAs(session(world, keys, phone, phone.code(0)), SENTENCES.unable);
      advance(world, MINUTE);
      await session(world, keys, phone, phone.code(0));
      await refusedAs(session(world, keys, phone, wrongCode(phone)), SENTENCES.wrong);
      await session(world, keys, phone, phone.code(1));
    });

    test("at a hundred in a row the device locks, until its owner proves another factor", async () => {
      const { keys, phone } = await withPhone("locks");
      const second = await createDevice(world, account.admin, "locks-2");
      await enable(world, account.admin, "locks", second);
      await fail(keys, phone, 100);
      const told = await world.store.reader.notices.waitingIn(account.accountId, 100);
      const kinds = told.filter(({ userName }) => userName === "locks").map(({ kind }) => kind);
      // once a stage: at 20, 30, 40, 60 and 80 failures the waits, at 100 the lock
      const waits = Array.from({ length: 5 }, () => "waits-reached");
      assert.deepEqual(kinds, ["device-locked", ...waits, "factor-added", "factor-added"]);
      advance(world, 24 * 60 * MINUTE);
      await refusedAs(session(world, keys, phone), SENTENCES.unable);
      await session(world, keys, second);
      await session(world, keys, phone);
    });

    test("a locked device is opened by the operator, in an operation with its event", async () => {
      const { keys, phone } = await withPhone("opened");
      const unlock = () => world.operator(account.accountId, UnlockMFADevice, { SerialNumber: phone.serial });
      const open = await unlock();
      assert.equal(
        !open.ok && open.error.message,
        `MFA Device with serial number ${phone.serial} is not locked.`,
      );
      await fail(keys, phone, 100);
      advance(world, 24 * 60 * MINUTE);
      await refusedAs(session(world, keys, phone), SENTENCES.unable);
      assert.ok((await unlock()).ok);
      await session(world, keys, phone);
      const last = (await world.events(account.accountId)).findLast(
        (event) => event.eventName === "UnlockMFADevice",
      );
      assert.ok(last);
      assert.equal((last.record.userIdentity as { type?: string }).type, "Operator");
    });

    test("forty failures in a row over all of a person's devices hold up every one of them", async () => {
      const { keys, phone } = await withPhone("spread");
      const phones = [phone];
      for (const name of ["spread-2", "spread-3"]) {
        const next = await createDevice(world, account.admin, name);
        await enable(world, account.admin, "spread", next);
        phones.push(next);
      }
      for (let nth = 0; nth < 40; nth++) {
        if (nth % 15 === 0) advance(world, WINDOW);
        const guessed = phones[nth % 3] ?? phone;
        await refusedAs(session(world, keys, guessed, wrongCode(guessed, nth % 20)), SENTENCES.wrong);
      }
      for (const held of phones) await refusedAs(session(world, keys, held), SENTENCES.unable);
      advance(world, MINUTE);
      await session(world, keys, phones[1] ?? phone);
    });
  });

  describe("refusals", () => {
    test("only one of serial number and code", async () => {
      const { keys, phone } = await withPhone("half");
      const { sts } = world.clients(keys);
      await refusedAs(sts.send(new GetSessionTokenCommand({ SerialNumber: phone.serial })), SENTENCES.both);
      await refusedAs(sts.send(new GetSessionTokenCommand({ TokenCode: phone.code() })), SENTENCES.both);
    });

    test("serial numbers that are unknown, unassigned, foreign or of another form", async () => {
      const { keys } = await withPhone("serials");
      const unassigned = await createDevice(world, account.admin, "unassigned");
      const foreign = await createDevice(world, (await world.account()).admin, "foreign");
      const user = `arn:aws:iam::${account.accountId}:u2f/user/serials/KEY-AAAAAAAAAAAAAAAAAAAAAAAAAA`;
      for (const serial of [
        unassigned.serial,
        foreign.serial,
        "GAHT12345678",
        user,
        "arn:aws:iam::1:mfa/x",
      ]) {
        const call = world
          .clients(keys)
          .sts.send(new GetSessionTokenCommand({ SerialNumber: serial, TokenCode: "123456" }));
        await refusedAs(call, SENTENCES.unable);
      }
    });

    for (const [code, constraint] of [
      ["12", "Member must have length greater than or equal to 6"],
      ["1234567", "Member must have length less than or equal to 6"],
      ["12345a", "Member must satisfy regular expression pattern: [\\d]*"],
    ] as const) {
      test(`the code ${code}`, async () => {
        const { keys, phone } = await withPhone(`code-${code}`);
        const call = session(world, keys, phone, code);
        const sentence = `1 validation error detected: Value '${code}' at 'tokenCode' failed to satisfy constraint: ${constraint}`;
        await refusedAs(call, ["ValidationError", 400, sentence]);
      });
    }

    test("GetAccessKeyInfo reads the account from the id, of any account's key, and refuses what is no id", async () => {
      const { sts } = world.clients(account.admin);
      // Account is the one member; the id is the one of AWS's own documentation
      for (const [AccessKeyId, Account] of [
        [account.admin.accessKeyId, account.accountId],
        ["AKIAIOSFODNN7EXAMPLE", "581039954779"],
      ]) {
        const { $metadata, ...answer } = await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId }));
        assert.deepEqual(answer, { Account });
      }
      const noId = sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: "AKIA0000000000000000" }));
      await refusedAs(noId, ["ValidationError", 400, "Invalid Access Key ID"]);
    });

    test("session credentials make no session, and no other STS call than who they are", async () => {
      const { keys, phone } = await withPhone("nested");
      const { sts } = world.clients(await session(world, keys, phone));
      await refusedAs(sts.send(new GetSessionTokenCommand({})), [
        "AccessDenied",
        403,
        "Cannot call GetSessionToken with session credentials",
      ]);
      await refusedAs(sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: keys.accessKeyId })), [
        "AccessDenied",
        403,
        "Cannot call GetAccessKeyInfo with session credentials",
      ]);
      await sts.send(new GetCallerIdentityCommand({}));
    });
  });

  describe("what a session is worth", () => {
    const administer = async (name: string) => {
      const command = new AttachUserPolicyCommand({ UserName: name, PolicyArn: ADMINISTRATOR_ACCESS });
      await world.clients(account.admin).iam.send(command);
    };

    test("it is shown as its user; without MFA it may not call IAM, with MFA it may", async () => {
      const { keys, phone } = await withPhone("worth");
      await administer("worth");
      const [plain, mfa] = [await session(world, keys), await session(world, keys, phone)];
      const identities = await Promise.all(
        [keys, plain, mfa].map((who) => world.clients(who).sts.send(new GetCallerIdentityCommand({}))),
      );
      const shown = identities.map(({ UserId, Arn, Account }) => ({ UserId, Arn, Account }));
      assert.deepEqual(shown[1], shown[0]);
      assert.deepEqual(shown[2], shown[0]);
      await refusedAs(world.clients(plain).iam.send(new ListUsersCommand({})), SENTENCES.token);
      await world.clients(mfa).iam.send(new ListUsersCommand({}));
    });

    test("it follows what is detached and attached at once, and outlives its device and its key", async () => {
      const { keys, phone } = await withPhone("follows");
      await administer("follows");
      const mfa = await session(world, keys, phone);
      const { iam } = world.clients(account.admin);
      await iam.send(new DetachUserPolicyCommand({ UserName: "follows", PolicyArn: ADMINISTRATOR_ACCESS }));
      const { iam: asUser } = world.clients(mfa);
      await refusedAs(asUser.send(new ListUsersCommand({})), [
        "AccessDenied",
        403,
        `User: arn:aws:iam::${account.accountId}:user/follows is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${account.accountId}:user/ because no identity-based policy allows the iam:ListUsers action`,
      ]);
      await administer("follows");
      await iam.send(new DeactivateMFADeviceCommand({ UserName: "follows", SerialNumber: phone.serial }));
      await iam.send(new DeleteAccessKeyCommand({ UserName: "follows", AccessKeyId: keys.accessKeyId }));
      await refusedAs(world.clients(keys).sts.send(new GetCallerIdentityCommand({})), [
        "InvalidClientTokenId",
        403,
        "The security token included in the request is invalid.",
      ]);
      await world.clients(mfa).iam.send(new GetUserCommand({}));
    });

    test("expired, altered, another key's, another server's, another account's, of a deleted and re-created user", async () => {
      const keys = await createUser(world, account.admin, "dies");
      const token = await session(world, keys);
      const ask = (who: Keys, where = world) => where.clients(who).sts.send(new GetCallerIdentityCommand({}));
      await ask(token);

      const text = token.sessionToken ?? "";
      const flipped = text.slice(0, 40) + (text[40] === "A" ? "B" : "A") + text.slice(41);
      await refusedAs(ask({ ...token, sessionToken: flipped }), SENTENCES.token);
      await refusedAs(ask({ ...token, sessionToken: `${text}A` }), SENTENCES.token);
      const { sessionToken: _, ...without } = token;
      await refusedAs(ask(without), SENTENCES.token);
      const sibling = await session(world, keys);
      await refusedAs(ask({ ...token, sessionToken: sibling.sessionToken ?? "" }), SENTENCES.token);
      await refusedAs(ask({ ...keys, sessionToken: text }), SENTENCES.token);

      await using elsewhere = await openWorld({
        now: world.now,
        keyring: openKeyring([issueRootKey(randomBytes)], randomBytes),
      });
      await refusedAs(ask(token, elsewhere), SENTENCES.token);

      const { iam } = world.clients(account.admin);
      await iam.send(new DeleteAccessKeyCommand({ UserName: "dies", AccessKeyId: keys.accessKeyId }));
      await iam.send(new DeleteUserCommand({ UserName: "dies" }));
      await refusedAs(ask(token), SENTENCES.token);
      await iam.send(new CreateUserCommand({ UserName: "dies" }));
      await refusedAs(ask(token), SENTENCES.token);

      const short = await world
        .clients(account.admin)
        .sts.send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
      const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = short.Credentials ?? {};
      const expiring = {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
      };
      advance(world, 899_000);
      await ask(expiring);
      advance(world, 1_000);
      await refusedAs(ask(expiring), SENTENCES.expired);
    });

    test("a revoked one is dead, one made since is not", async () => {
      const keys = await createUser(world, account.admin, "revoked");
      const token = await session(world, keys);
      const user = await world.store.reader.users.byName(account.accountId, "revoked");
      assert.ok(user);
      await world.store.write(async (tx) => {
        await tx.users.endSessions(account.accountId, user.userId, world.now);
        await tx.bumpRevision(account.accountId);
      });
      world.env.changed(account.accountId);
      const ask = (who: Keys) => world.clients(who).sts.send(new GetCallerIdentityCommand({}));
      await refusedAs(ask(token), SENTENCES.token);
      advance(world, 1);
      await ask(await session(world, keys));
    });

    test("the operator ends all of an account's sessions, and no other account's", async () => {
      const other = await world.account();
      const ended = [await session(world, account.admin), await session(world, account.root)];
      const kept = await session(world, other.admin);
      assert.ok((await world.operator(account.accountId, RevokeSessions, {})).ok);
      const ask = (who: Keys) => world.clients(who).sts.send(new GetCallerIdentityCommand({}));
      for (const token of ended) await refusedAs(ask(token), SENTENCES.token);
      for (const keys of [kept, account.admin, account.root]) await ask(keys);
      advance(world, 1);
      await ask(await session(world, account.admin));
    });
  });

  describe("durations", () => {
    test("a session lives no longer than its answer says: whole seconds", async () => {
      world.now = (Math.ceil(world.now / 1000) * 1000 + 600) as World["now"];
      const issue = new GetSessionTokenCommand({ DurationSeconds: 900 });
      const { Credentials } = await world.clients(account.admin).sts.send(issue);
      assert.ok(Credentials?.AccessKeyId && Credentials.SecretAccessKey && Credentials.SessionToken);
      const { sts } = world.clients({
        accessKeyId: Credentials.AccessKeyId,
        secretAccessKey: Credentials.SecretAccessKey,
        sessionToken: Credentials.SessionToken,
      });
      const end = Credentials.Expiration?.getTime() ?? 0;
      assert.equal(end, world.now - 600 + 900_000);
      world.now = (end - 1) as World["now"];
      await sts.send(new GetCallerIdentityCommand({}));
      world.now = end as World["now"];
      await refusedAs(sts.send(new GetCallerIdentityCommand({})), SENTENCES.expired);
    });

    const expiry = async (keys: Keys, DurationSeconds?: number) => {
      const { Credentials } = await world
        .clients(keys)
        .sts.send(new GetSessionTokenCommand({ DurationSeconds }));
      return ((Credentials?.Expiration?.getTime() ?? 0) - Math.floor(world.now / 1000) * 1000) / 1000;
    };

    for (const [who, asked, given] of [
      ["admin", undefined, 43_200],
      ["admin", 900, 900],
      ["admin", 129_600, 129_600],
      ["root", undefined, 3_600],
      ["root", 900, 900],
      ["root", 43_200, 3_600],
    ] as const) {
      test(`${who} asks for ${asked} and gets ${given}`, async () => {
        assert.equal(await expiry(account[who], asked), given);
      });
    }

    for (const [asked, constraint] of [
      [899, "greater than or equal to 900"],
      [129_601, "less than or equal to 129600"],
    ] as const) {
      test(`${asked} is refused`, async () => {
        await refusedAs(expiry(account.admin, asked), [
          "ValidationError",
          400,
          `1 validation error detected: Value '${asked}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${constraint}`,
        ]);
      });
    }
  });

  test("with a clock that is behind, codes, pairs and sessions are refused and nothing is counted; keys are not", async () => {
    const { keys, phone } = await withPhone("clock");
    const mfa = await session(world, keys, phone, phone.code(1));
    const fresh = await createDevice(world, account.admin, "clock-2");
    world.clockBehind = true;
    try {
      for (let nth = 0; nth < 12; nth++)
        await refusedAs(session(world, keys, phone, phone.code(0)), SENTENCES.unable);
      await refusedAs(enable(world, account.admin, "clock", fresh), SENTENCES.pair);
      await refusedAs(world.clients(mfa).sts.send(new GetCallerIdentityCommand({})), SENTENCES.token);
      await world.clients(keys).sts.send(new GetCallerIdentityCommand({}));
    } finally {
      world.clockBehind = false;
    }
    await session(world, keys, phone, phone.code(0));
    await world.clients(mfa).sts.send(new GetCallerIdentityCommand({}));
  });

  test("the event of a success shows the session's key id and end as CloudTrail writes it, nothing of its secrets", async () => {
    const keys = await createUser(world, account.admin, "shown");
    const { Credentials } = await world
      .clients(keys)
      .sts.send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
    assert.ok(Credentials?.Expiration);
    const seen = (await world.events(account.accountId)).filter(
      ({ eventName, record }) =>
        eventName === "GetSessionToken" && JSON.stringify(record.userIdentity).includes(keys.accessKeyId),
    );
    assert.deepEqual(
      seen.map(({ record }) => [record.readOnly, record.requestParameters, record.responseElements]),
      [
        [
          false,
          { durationSeconds: 900 },
          {
            credentials: {
              accessKeyId: Credentials.AccessKeyId,
              // contract 5.3, and AWS's own sample of a session in its log
              expiration: eventDate(Credentials.Expiration),
            },
          },
        ],
      ],
    );
  });

  test("the event of a refusal tells the reason that the sentence does not, and never the code", async () => {
    const { keys, phone } = await withPhone("reasons");
    const code = phone.code(0);
    await session(world, keys, phone, code);
    advance(world, 1);
    await refusedAs(session(world, keys, phone, code), SENTENCES.wrong);
    advance(world, 1);
    await refusedAs(session(world, keys, phone, wrongCode(phone)), SENTENCES.wrong);
    const events = (await world.events(account.accountId))
      .filter(({ eventName }) => eventName === "GetSessionToken")
      .slice(-3);
    assert.deepEqual(
      events.map(({ decision, errorCode }) => [errorCode, decision.reason]),
      [
        [undefined, undefined],
        ["AccessDenied", "code used before"],
        ["AccessDenied", "wrong code"],
      ],
    );
    assert.ok(events.every(({ record }) => !JSON.stringify(record).includes(code)));
    assert.deepEqual(events[0]?.record.requestParameters, { serialNumber: phone.serial });
  });
});
