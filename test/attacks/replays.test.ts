import assert from "node:assert/strict";
import { after, test } from "node:test";
import { MINUTE } from "#base/clock.ts";
import { advance, STEP, session as stsSession } from "../operations/mfa-world.ts";
import { asUser, makePerson, PASSWORD } from "../operations/signin-world.ts";
import type { Page } from "../support/page.ts";
import type { TestAccount } from "../support/world.ts";
import {
  ask,
  COOKIES,
  type CookieName,
  codeOf,
  FORM,
  type Headers,
  holding,
  makeGuarded,
  openStage,
  type Person,
  query,
  type Stage,
  step,
  told,
} from "./stage.ts";

const NEW_PASSWORD = "better-Horse-9-battery";

let shared: Promise<readonly [Stage, TestAccount]> | undefined;

/** One world for all, and a user of his own for each test. */
async function open(name: string, mustChange = false) {
  shared ??= openStage().then(async (stage) => {
    const account = await stage.world.account();
    const { iam } = stage.world.clients(account.admin);
    await iam.updateAccountPasswordPolicy({ AllowUsersToChangePassword: true });
    return [stage, account];
  });
  const [stage, account] = await shared;
  const person = await makeGuarded(stage.world, account, name, mustChange);
  advance(stage.world, 1000);
  return { stage, world: stage.world, account, person };
}
after(async () => (await shared)?.[0][Symbol.asyncDispose]());

/** Half-way: the password was right, and a code is owed. */
async function begin(
  stage: Stage,
  { account, name }: Person,
  from?: Parameters<Stage["visitor"]>[0],
): Promise<Page> {
  const page = stage.visitor(from);
  assert.equal(await step(page, "SubmitPassword", asUser(account.accountId, name)), "factor");
  return page;
}

type Code = ReturnType<typeof codeOf>;

/** Whatever takes a code: made ready first, then given it. True where it was accepted. */
type Door = (stage: Stage, person: Person) => Promise<(code: Code) => Promise<boolean>>;

const DOORS: Readonly<Record<string, Door>> = {
  "sign-in": async (stage, person) => {
    const page = await begin(stage, person);
    return async (code) => (await step(page, "SubmitCode", code)) === "session";
  },
  "step-up": async (stage, person) => {
    const page = await begin(stage, person);
    assert.equal(await step(page, "SubmitCode", codeOf(person)), "session");
    advance(stage.world, STEP);
    return async (code) => (await step(page, "ProveFactor", code)) === "ok";
  },
  "AWS's STS":
    async ({ world }, { keys, phone }) =>
    ({ Code }) =>
      stsSession(world, keys, phone, Code).then(
        () => true,
        () => false,
      ),
};

for (const [first, door] of Object.entries(DOORS)) {
  test(`a code that ${first} has taken is taken nowhere again`, async () => {
    const { stage, world, person } = await open(first.replaceAll(/\W/g, "-"));
    for (const [second, again] of Object.entries(DOORS)) {
      // a window of the device's budget for each pair
      advance(world, 3 * MINUTE);
      const [one, other] = [await door(stage, person), await again(stage, person)];
      const code = codeOf(person);
      assert.equal(await one(code), true, first);
      assert.equal(await other(code), false, second);
      assert.equal(await one(code), false, `${first}, again`);
      advance(world, STEP);
      assert.equal(await other(code), false, `${second}, in the next step`);
    }
  });
}

test("a code that is given at all doors at once, and twice at each, is taken by one", async () => {
  const { stage, world, person } = await open("ben");
  for (let round = 0; round < 3; round += 1) {
    advance(world, 3 * MINUTE);
    const doors: ((code: Code) => Promise<boolean>)[] = [];
    for (const door of Object.values(DOORS)) doors.push(await door(stage, person), await door(stage, person));
    const code = codeOf(person);
    const turned = [...doors.slice(round), ...doors.slice(0, round)];
    const taken = await Promise.all(turned.map((give) => give(code)));
    assert.equal(taken.filter((one) => one).length, 1, `round ${round}`);
  }
});

test("the cookie of a step that was taken, or that was left for another, opens nothing with a fresh code", async () => {
  const { stage, world, account, person } = await open("cleo", true);
  const page = await begin(stage, person);
  const spent: Page[] = [];
  const keep = () => spent.push(holding(stage, page.cookies));
  keep();
  assert.equal(await step(page, "SubmitPassword", asUser(account.accountId, person.name)), "factor");
  keep();
  assert.equal(await step(page, "SubmitCode", codeOf(person)), "change-password");
  keep();
  const change = { OldPassword: PASSWORD, NewPassword: NEW_PASSWORD };
  assert.equal(await step(page, "ChangePassword", change), "session");
  advance(world, STEP);
  for (const thief of spent) {
    assert.equal(await step(thief, "GetSignIn"), "password");
    const [code, next] = [codeOf(person), codeOf(person, 1)];
    for (const [operation, input] of [
      ["SubmitCode", code],
      ["ResyncDevice", { DeviceId: code.DeviceId, Code1: code.Code, Code2: next.Code }],
      ["ChangePassword", { OldPassword: NEW_PASSWORD, NewPassword: `${NEW_PASSWORD}!` }],
    ] as const) {
      const copy = holding(stage, thief.cookies);
      const answer = await ask(copy, operation, input);
      assert.equal(told(answer), "SignInExpired", operation);
      assert.equal(copy.cookies.size, 0, "the cookie is cleared");
    }
  }
  // what was given there was not looked at: the code is still good
  assert.equal(await step(page, "ProveFactor", codeOf(person)), "ok");
});

test("a half-way sign-in is good in its own browser alone; a thief's try costs its owner nothing", async () => {
  const { stage, person } = await open("dora");
  const owner = await begin(stage, person);
  const thief = holding(stage, owner.cookies, { userAgent: "curl/8.14.1" });
  assert.equal(await step(thief, "GetSignIn"), "password");
  assert.equal(await step(thief, "SubmitCode", codeOf(person)), "SignInExpired");
  const again = holding(stage, owner.cookies, { userAgent: "curl/8.14.1" });
  assert.equal(await step(again, "SignOut"), "ok");
  assert.equal(await step(owner, "SubmitCode", codeOf(person)), "session");
});

/** Where each kind of token does not belong. */
const MISPLACED: readonly (readonly [token: CookieName, as: CookieName])[] = [
  ["session", "signin"],
  ["session", "browser"],
  ["signin", "session"],
  ["signin", "browser"],
  ["browser", "session"],
  ["browser", "signin"],
];

/** Where no token counts, of whatever kind. */
const ELSEWHERE: Readonly<Record<string, (name: string, token: string) => Headers>> = {
  "without its prefix": (name, token) => ({ cookie: `${name.replace("__Host-", "")}=${token}` }),
  "with a weaker prefix": (name, token) => ({ cookie: `${name.replace("Host", "Secure")}=${token}` }),
  "in another case": (name, token) => ({ cookie: `${name.toLowerCase()}=${token}` }),
  twice: (name, token) => ({ cookie: `${name}=${token}; ${name}=${token}` }),
  "after another of its name": (name, token) => ({ cookie: `${name}=x; ${name}=${token}` }),
  "in quotes": (name, token) => ({ cookie: `${name}="${token}"` }),
  escaped: (name, token) => ({ cookie: `${name}=%3${token}` }),
  "of another account": (name, token) => ({ cookie: `${name}=000000000000${token.slice(12)}` }),
  "one sign short": (name, token) => ({ cookie: `${name}=${token.slice(0, -1)}` }),
  "one sign off": (name, token) => ({
    cookie: `${name}=${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`,
  }),
  "in the mark": (_, token) => ({ "x-countersign-session": token, "x-countersign-signin": token }),
  "in Cookie2": (name, token) => ({ cookie2: `${name}=${token}` }),
};

/** Every operation that needs a half-way sign-in or a session, and what it says where there is neither. */
const CLOSED: readonly (readonly [operation: string, input: (person: Person) => object, code: string])[] = [
  ["GetSignIn", () => ({}), "password"],
  ["Continue", () => ({}), "password"],
  ["SubmitCode", codeOf, "SignInExpired"],
  ["ChangePassword", () => ({ OldPassword: PASSWORD, NewPassword: NEW_PASSWORD }), "SignInExpired"],
  ["SkipEnrolment", () => ({}), "NotSignedIn"],
  ["ProveFactor", codeOf, "NotSignedIn"],
];

async function isClosed(stage: Stage, person: Person, headers: Headers, name: string): Promise<void> {
  const page = stage.visitor();
  for (const [operation, input, code] of CLOSED) {
    const answer = await ask(page, operation, input(person), headers);
    assert.equal(told(answer), code, `${operation}: ${name}`);
  }
  for (const action of ["ListUsers", "GetUser", "GetCallerIdentity"]) {
    const answer = await query(page, action, { "content-type": FORM, ...headers });
    assert.deepEqual([answer.status, told(answer)], [401, "NotSignedIn"], `${action}: ${name}`);
  }
  assert.equal(told(await ask(page, "ListSessions", {}, headers, "countersign")), "NotSignedIn", name);
}

test("each kind of token counts under its own name, whole, once, and in a cookie; a half-way one is worth nothing else", async () => {
  const { stage, world, account, person } = await open("emil");
  const page = await begin(stage, person);
  await page.client.signin.SubmitCode(codeOf(person));
  advance(world, STEP);
  await page.client.signin.SubmitPassword(asUser(account.accountId, person.name));
  const tokens = new Map(
    Object.entries(COOKIES).map(([kind, name]) => [kind, page.cookies.get(name) ?? assert.fail()]),
  );
  for (const [token, as] of MISPLACED) {
    const cookie = `${COOKIES[as]}=${tokens.get(token)}`;
    await isClosed(stage, person, { cookie }, `${token} as ${as}`);
  }
  for (const [where, headers] of Object.entries(ELSEWHERE)) {
    for (const kind of ["session", "signin"] as const) {
      await isClosed(stage, person, headers(COOKIES[kind], tokens.get(kind) ?? ""), `${kind} ${where}`);
    }
  }
  // a half-way sign-in is no session, wherever a session is asked for
  const halfWay = holding(stage, [[COOKIES.signin, tokens.get("signin") ?? ""]]);
  for (const action of ["ListUsers", "GetUser", "GetCallerIdentity", "CreateAccessKey"])
    assert.equal(told(await query(halfWay, action)), "NotSignedIn", action);
  for (const operation of ["ListSessions", "GetConsoleContext", "RevokeOtherSessions", "GetDashboard"])
    assert.equal(
      told(await ask(halfWay, operation, { TemporaryCredentials: true }, {}, "countersign")),
      "NotSignedIn",
      operation,
    );
  // and all of them are still good where they belong
  assert.equal(await step(halfWay, "SubmitCode", codeOf(person)), "session");
  assert.equal((await page.client.countersign.GetConsoleContext({})).Principal.UserName, person.name);
});

type Admin = ReturnType<Stage["world"]["clients"]>["iam"];

/** What ends a user's sessions and half-way sign-ins at once, by whoever may do it. */
const ENDINGS: Readonly<Record<string, (iam: Admin, stage: Stage, person: Person) => Promise<unknown>>> = {
  "a new password by an administrator": (iam, _, { name }) =>
    iam.updateLoginProfile({ UserName: name, Password: NEW_PASSWORD }),
  "no password any more": (iam, _, { name }) => iam.deleteLoginProfile({ UserName: name }),
  "his sessions revoked": async (_, { world }, { account, name }) => {
    const user = (await world.store.reader.users.byName(account.accountId, name)) ?? assert.fail();
    await world.store.write(async (tx) => {
      await tx.users.endSessions(account.accountId, user.userId, world.now);
      await tx.bumpRevision(account.accountId);
    });
    world.env.changed(account.accountId);
  },
  "a user of his name in his place": async (iam, { world }, { account, name, keys, phone }) => {
    await iam.deactivateMFADevice({ UserName: name, SerialNumber: phone.serial });
    await iam.deleteLoginProfile({ UserName: name });
    await iam.deleteAccessKey({ UserName: name, AccessKeyId: keys.accessKeyId });
    await iam.deleteUser({ UserName: name });
    await makePerson(world, account, name);
  },
};

for (const [at, [name, end]] of Object.entries(ENDINGS).entries()) {
  test(`sessions and half-way sign-ins end at once: ${name}`, async () => {
    const { stage, world, account, person } = await open(`leaver-${at}`);
    const page = await begin(stage, person);
    await page.client.signin.SubmitCode(codeOf(person));
    const halfWay = await begin(stage, person);
    advance(world, STEP);
    await end(world.clients(account.admin).iam, stage, person);
    await isClosed(
      stage,
      person,
      { cookie: `${COOKIES.session}=${page.cookies.get(COOKIES.session)}` },
      name,
    );
    await isClosed(
      stage,
      person,
      { cookie: `${COOKIES.signin}=${halfWay.cookies.get(COOKIES.signin)}` },
      name,
    );
  });
}

test("a change of one's own password leaves no copy of the session, and signing out none either", async () => {
  const { stage, person } = await open("fay");
  const page = await begin(stage, person);
  await page.client.signin.SubmitCode(codeOf(person));
  const copies = [new Map(page.cookies)];
  await page.client.signin.ChangePassword({ OldPassword: PASSWORD, NewPassword: NEW_PASSWORD });
  copies.push(new Map(page.cookies));
  await page.client.signin.SignOut({});
  for (const copy of copies) {
    await isClosed(stage, person, { cookie: `${COOKIES.session}=${copy.get(COOKIES.session)}` }, "a copy");
  }
});
