import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { HOUR, MINUTE, SECOND } from "#base/clock.ts";
import { type Keys, openWorld, type TestAccount, type World } from "../support/world.ts";
import {
  AT_WINDOW_START,
  advance,
  type Phone,
  refusedAs,
  SENTENCES,
  session,
  wrongCode,
} from "./mfa-world.ts";
import {
  allow,
  answered,
  arnOf,
  assume,
  assumed,
  createPerson,
  createPhone,
  createRole,
  header,
  policy,
  refusedRole,
  trust,
} from "./role-sessions.ts";

const WINDOW = 3 * MINUTE;
const PRESENT = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
const FRESH = { NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } };

let world: World;
let account: TestAccount;
let keys: Keys;
let phone: Phone;
let count = 0;

before(async () => {
  world = await openWorld({ now: AT_WINDOW_START });
  account = await world.account();
});
after(() => world[Symbol.asyncDispose]());
// a person of his own, at the start of a window of his own
beforeEach(async () => {
  count++;
  keys = await createPerson(world, account, `user-${count}`);
  phone = await createPhone(world, account, `user-${count}`);
  world.now = (Math.ceil((world.now + 1) / WINDOW) * WINDOW) as World["now"];
});

const given = (TokenCode = phone.code(), SerialNumber = phone.serial) => ({ SerialNumber, TokenCode });
const roleThat = (Condition: object) =>
  createRole(world, account, `Role-${count}`, [trust(account, { Condition })]);

for (const [name, Condition] of [
  ["MFA", PRESENT],
  ["MFA younger than an hour", FRESH],
  ["both", { ...PRESENT, ...FRESH }],
] as const) {
  describe(`a role whose trust policy wants ${name}`, () => {
    test("is refused to a key and to a session without, and says what is missing", async () => {
      const role = await roleThat(Condition);
      for (const who of [keys, await session(world, keys)]) {
        await refusedRole(world, who, role);
        const hint = header(await answered(world, () => assume(world, who, role)), "x-countersign-hint");
        assert.match(hint ?? "", /^allowed with a second factor: call with --serial-number and --token-code/);
      }
      const event = (await world.events(account.accountId)).find(
        ({ eventName, decision }) => eventName === "AssumeRole" && String(decision.resources) === role,
      );
      assert.match(String(event?.decision.reason), /^allowed with a second factor/);
    });

    test("is allowed with a code in the call, by key and by session", async () => {
      const role = await roleThat(Condition);
      await assume(world, keys, role, given());
      await assume(world, await session(world, keys), role, given(phone.code(1)));
    });

    test("is allowed to a session with MFA, many times, and to no other code of it", async () => {
      const role = await roleThat(Condition);
      const withMfa = await session(world, keys, phone);
      for (let nth = 0; nth < 3; nth++) await assume(world, withMfa, role);
      await refusedAs(assume(world, keys, role, given()), SENTENCES.wrong);
    });
  });
}

test("MFA older than the policy's hour is refused again, to the second", async () => {
  const role = await roleThat(FRESH);
  const withMfa = await session(world, keys, phone);
  advance(world, HOUR - SECOND);
  await assume(world, withMfa, role);
  advance(world, SECOND);
  await refusedRole(world, withMfa, role);
  const hint = header(await answered(world, () => assume(world, withMfa, role)), "x-countersign-hint");
  assert.match(hint ?? "", /fresher or of another kind/);
  await assume(world, withMfa, role, given());
  await assume(world, await session(world, keys, phone, phone.code(1)), role);
});

describe("codes", () => {
  test("one is good once, at whichever door", async () => {
    const role = await roleThat(PRESENT);
    await assume(world, keys, role, given(phone.code(0)));
    await refusedAs(session(world, keys, phone, phone.code(0)), SENTENCES.wrong);
    await refusedAs(assume(world, keys, role, given(phone.code(0))), SENTENCES.wrong);
    await session(world, keys, phone, phone.code(1));
    await refusedAs(assume(world, keys, role, given(phone.code(1))), SENTENCES.wrong);
  });

  test("of fifty calls at once with one code, one is answered", async () => {
    const role = await roleThat(PRESENT);
    const code = given();
    const calls = Array.from({ length: 50 }, (_, nth) =>
      nth % 2 === 0 ? assume(world, keys, role, code) : session(world, keys, phone, code.TokenCode),
    );
    const outcomes = await Promise.allSettled(calls);
    assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
  });

  test("one is not spent, and not counted, where the policies deny", async () => {
    const role = await createRole(world, account, `Denies-${count}`, [trust(account, { Effect: "Deny" })]);
    for (let nth = 0; nth < 12; nth++) await refusedRole(world, keys, role, given());
    await session(world, keys, phone);
  });

  test("one is not spent where the call is refused for what it asks", async () => {
    const role = await roleThat(PRESENT);
    const over = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
    const call = assume(world, keys, role, { ...given(), DurationSeconds: 7_200 });
    await refusedAs(call, ["ValidationError", 400, over]);
    await assume(world, keys, role, given());
  });

  test("each refusal has AWS's sentence (contract 2.1)", async () => {
    const role = await createRole(world, account, `Open-${count}`);
    const other = await createPerson(world, account, `other-${count}`);
    const { SerialNumber, TokenCode } = given();
    await refusedAs(assume(world, keys, role, { SerialNumber }), SENTENCES.both);
    await refusedAs(assume(world, keys, role, { TokenCode }), SENTENCES.both);
    await refusedAs(assume(world, keys, role, given(wrongCode(phone))), SENTENCES.wrong);
    await refusedAs(assume(world, other, role, given()), SENTENCES.unable);
    await refusedAs(assume(world, keys, role, given(TokenCode, `${SerialNumber}-x`)), SENTENCES.unable);
    const short =
      "1 validation error detected: Value '12345' at 'tokenCode' failed to satisfy constraint: Member must have length greater than or equal to 6";
    await refusedAs(assume(world, keys, role, given("12345")), ["ValidationError", 400, short]);
    // a wrong code is a refusal even where no policy wants one
    await assume(world, keys, role, given());
  });

  test("nine checks in three minutes, shared with GetSessionToken", async () => {
    const role = await createRole(world, account, `Nine-${count}`);
    for (let nth = 0; nth < 9; nth++) {
      const code = wrongCode(phone, nth);
      const call = nth % 2 === 0 ? assume(world, keys, role, given(code)) : session(world, keys, phone, code);
      await refusedAs(call, SENTENCES.wrong);
    }
    await refusedAs(assume(world, keys, role, given()), SENTENCES.unable);
    await refusedAs(session(world, keys, phone), SENTENCES.unable);
    advance(world, WINDOW);
    await assume(world, keys, role, given());
  });

  test("the event has the device and never the code", async () => {
    const role = await roleThat(PRESENT);
    const code = given();
    await assume(world, keys, role, code);
    const event = (await world.events(account.accountId)).findLast(
      ({ eventName }) => eventName === "AssumeRole",
    );
    const shown = event?.record.requestParameters as { serialNumber?: string };
    assert.equal(shown.serialNumber, phone.serial);
    assert.ok(!JSON.stringify(event?.record.requestParameters).includes(code.TokenCode));
  });
});

describe("a role's session carries no second factor (contract 2.2, 11)", () => {
  const listed = { Effect: "Allow", Action: "iam:ListUsers", Resource: "*" };
  for (const [name, Condition, isAllowed] of [
    ["Bool true", PRESENT, false],
    ["Bool false", { Bool: { "aws:MultiFactorAuthPresent": "false" } }, true],
    ["BoolIfExists true", { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } }, false],
    ["present", { Null: { "aws:MultiFactorAuthPresent": "false" } }, true],
    ["absent", { Null: { "aws:MultiFactorAuthPresent": "true" } }, false],
    ["no age", { Null: { "aws:MultiFactorAuthAge": "true" } }, true],
    ["method none", { StringEquals: { "countersign:MultiFactorAuthMethod": "none" } }, true],
    ["not phishing resistant", { Bool: { "countersign:PhishingResistant": "false" } }, true],
  ] as const) {
    test(`${name}: ${isAllowed ? "allowed" : "denied"}, though it was assumed with a code`, async () => {
      const role = await createRole(
        world,
        account,
        `Carries-${count}`,
        [trust(account, { Condition: PRESENT })],
        {
          may: policy({ ...listed, Condition }),
        },
      );
      const { iam } = world.clients(await assumed(world, keys, role, given()));
      if (isAllowed) {
        await iam.listUsers({});
        return;
      }
      await assert.rejects(iam.listUsers({}), { name: "AccessDenied" });
      const hint = header(await answered(world, () => iam.listUsers({})), "x-countersign-hint");
      assert.match(
        hint ?? "",
        /role sessions never carry one: put the condition in the role's trust policy$/,
      );
    });
  }

  test("nor does a second role that wants one take it for one; and a code of its user's is not its own", async () => {
    const may = allow("sts:AssumeRole");
    const first = await createRole(
      world,
      account,
      `Chain-${count}`,
      [trust(account, { Condition: PRESENT })],
      {
        may,
      },
    );
    const second = await createRole(world, account, `Chained-${count}`, [
      trust(account, { Condition: PRESENT }),
    ]);
    const one = await assumed(world, keys, first, given());
    await refusedRole(world, one, second);
    await refusedAs(assume(world, one, second, given(phone.code(1))), SENTENCES.unable);
    await session(world, keys, phone, phone.code(1));
  });

  test("its identity shows mfaAuthenticated false", async () => {
    const own = await world.account();
    const role = await createRole(world, own, "Shown");
    await arnOf(world, await assumed(world, own.admin, role));
    const [event] = (await world.events(own.accountId)).filter(
      ({ eventName, decision }) => eventName === "GetCallerIdentity" && decision.mfa === "false",
    );
    assert.match(JSON.stringify(event?.record.userIdentity), /"AssumedRole".*"mfaAuthenticated":"false"/);
  });
});
