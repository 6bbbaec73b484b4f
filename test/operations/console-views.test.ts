import assert from "node:assert/strict";
import { test } from "node:test";
import type { EnableMFADeviceCommandInput } from "@aws-sdk/client-iam";
import { epochMs, HOUR, MINUTE } from "#base/clock.ts";
import type { Client } from "#client/client.ts";
import { ApiError } from "#client/error.ts";
import { openPage, type Page } from "../support/page.ts";
import type { TestAccount, World } from "../support/world.ts";
import { advance, createDevice, enable, STEP } from "./mfa-world.ts";
import { secretPhone } from "./signin-phone.ts";
import { asRoot, asUser, giveRootPassword, makePerson, openSignInWorld, PASSWORD } from "./signin-world.ts";

const ORIGIN = "http://localhost:8400";
const pageOf = (world: World): Page => openPage((raw) => world.browse(raw), ORIGIN);

async function signIn(world: World, { accountId }: TestAccount, name: string): Promise<Page> {
  const page = pageOf(world);
  assert.equal((await page.client.signin.SubmitPassword(asUser(accountId, name))).Step, "session");
  return page;
}

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "answered",
    (error: unknown) => (error instanceof ApiError ? error.code : "?"),
  );

const IAM_READ = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";

test("the context of a session says who, where and for how long", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  await world.store.write((tx) => tx.accounts.setAlias(account.accountId, "acme"));
  const page = await signIn(world, account, "ana");
  const { Principal, Session, ...rest } = await page.client.countersign.GetConsoleContext({});
  assert.deepEqual(rest, {
    Account: { AccountId: account.accountId, Alias: "acme", SignInUrl: `${ORIGIN}/signin?account=acme` },
    Issuer: world.env.deps.issuer,
    ServerTime: world.now,
    Version: "0.1.0",
  });
  assert.match(Principal.Id, /^AIDA/);
  assert.deepEqual(
    { ...Principal, Id: "" },
    { Type: "user", Arn: `arn:aws:iam::${account.accountId}:user/ana`, UserName: "ana", Id: "" },
  );
  assert.deepEqual(
    { ...Session, SessionId: "" },
    {
      SessionId: "",
      SignedInAt: world.now,
      ExpiresAt: world.now + 12 * HOUR,
      IdleSeconds: 1800,
      MustEnrol: false,
      Mfa: { Present: false },
    },
  );
});

test("when a session ends can be looked at without putting it off, which every request does", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  const { client } = await signIn(world, account, "ana");
  const signedIn = world.now;
  const end = async () => ((await client.signin.GetSignIn({})).SessionEndsAt ?? 0) - signedIn;
  advance(world, 20 * MINUTE);
  assert.equal(await end(), 30 * MINUTE);
  await client.countersign.GetConsoleContext({});
  assert.equal(await end(), 50 * MINUTE);
  for (let spent = 20 * MINUTE; spent < 700 * MINUTE; spent += 20 * MINUTE) {
    advance(world, 20 * MINUTE);
    await client.countersign.GetConsoleContext({});
  }
  assert.equal(await end(), 12 * HOUR);
  advance(world, 20 * MINUTE);
  assert.deepEqual(await client.signin.GetSignIn({}), { Step: "password", ServerTime: world.now });
});

test("one's own sessions are listed and ended, nobody else's", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  for (const name of ["ana", "ben"]) await makePerson(world, account, name);
  const [old, ben] = [await signIn(world, account, "ana"), await signIn(world, account, "ben")];
  advance(world, MINUTE);
  const page = await signIn(world, account, "ana");
  const listed = async ({ client }: Page) => (await client.countersign.ListSessions({})).Sessions;
  const sessions = await listed(page);
  assert.deepEqual(
    sessions.map(({ Current, SignedInAt, SourceIp, UserAgent }) => [
      Current,
      SignedInAt,
      SourceIp,
      UserAgent,
    ]),
    [
      [true, world.now, "192.0.2.7", "Mozilla/5.0 (test)"],
      [false, world.now - MINUTE, "192.0.2.7", "Mozilla/5.0 (test)"],
    ],
  );
  const bens = (await listed(ben))[0]?.SessionId ?? "";
  const { countersign } = page.client;
  assert.equal(await refusal(countersign.RevokeSession({ SessionId: bens })), "NoSuchEntity");
  await countersign.RevokeSession({ SessionId: sessions[1]?.SessionId ?? "" });
  assert.equal(await refusal(listed(old)), "NotSignedIn");
  assert.equal((await listed(ben)).length, 1);
  await countersign.RevokeSession({ SessionId: sessions[0]?.SessionId ?? "" });
  assert.equal(await refusal(listed(page)), "NotSignedIn");
});

test("the other sessions end, and on demand what the sessions' holder made elsewhere", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  const keys = await makePerson(world, account, "ana");
  const others = [await signIn(world, account, "ana"), await signIn(world, account, "ana")];
  const page = await signIn(world, account, "ana");
  const token = await world.clients(keys).sts.getSessionToken({});
  const temporary = world.clients({
    accessKeyId: token.Credentials?.AccessKeyId ?? "",
    secretAccessKey: token.Credentials?.SecretAccessKey ?? "",
    sessionToken: token.Credentials?.SessionToken ?? "",
  });
  const { countersign } = page.client;
  assert.deepEqual(await countersign.RevokeOtherSessions({ TemporaryCredentials: false }), { Ended: 2 });
  for (const other of others)
    assert.equal(await refusal(other.client.countersign.ListSessions({})), "NotSignedIn");
  await temporary.sts.getCallerIdentity({});
  assert.deepEqual(await countersign.RevokeOtherSessions({ TemporaryCredentials: true }), { Ended: 0 });
  await assert.rejects(temporary.sts.getCallerIdentity({}), { name: "InvalidClientTokenId" });
  assert.equal((await countersign.ListSessions({})).Sessions.length, 1);
});

test("with a device, ending sessions wants a fresh factor", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  const page = await signIn(world, account, "ana");
  const phone = await createDevice(world, account.admin, "phone");
  await enable(world, account.admin, "ana", phone);
  const end = () => page.client.countersign.RevokeOtherSessions({ TemporaryCredentials: false });
  assert.equal(await refusal(end()), "StepUpRequired");
  assert.equal(page.answers.at(-1)?.status, 403);
  advance(world, 2 * STEP);
  const { ProvedAt } = await page.client.signin.ProveFactor({ DeviceId: phone.serial, Code: phone.code() });
  assert.equal(ProvedAt, world.now);
  assert.deepEqual(await end(), { Ended: 0 });
  const { Session } = await page.client.countersign.GetConsoleContext({});
  assert.deepEqual(Session?.Mfa, { Present: true, Method: "virtual", At: ProvedAt });
});

test("one's own sign-ins are shown, those of another who had the name before are not", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  await makePerson(world, account, "ben");
  const failing = pageOf(world);
  const wrong = asUser(account.accountId, "ana", "wrong-password");
  assert.equal(await refusal(failing.client.signin.SubmitPassword(wrong)), "SignInFailed");
  advance(world, MINUTE);
  const page = await signIn(world, account, "ana");
  await signIn(world, account, "ben");
  const shown = async (client: Client, MaxItems?: number) =>
    (await client.countersign.ListSignIns(MaxItems === undefined ? {} : { MaxItems })).SignIns;
  const common = { MfaUsed: false, SourceIp: "192.0.2.7", UserAgent: "Mozilla/5.0 (test)" };
  assert.deepEqual(await shown(page.client), [
    { Time: world.now, Outcome: "Success", ...common },
    { Time: world.now - MINUTE, Outcome: "Failure", ...common },
  ]);
  assert.equal((await shown(page.client, 1)).length, 1);

  const { iam } = world.clients(account.admin);
  await iam.updateUser({ UserName: "ben", NewUserName: "benno" });
  await makePerson(world, account, "ben");
  advance(world, MINUTE);
  const second = await signIn(world, account, "ben");
  assert.deepEqual(
    (await shown(second.client)).map(({ Time }) => Time),
    [world.now],
  );
});

test("a sign-in with a factor names the device, and root's are found with and without an alias", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await giveRootPassword(world, account.accountId);
  const first = pageOf(world);
  await first.client.signin.SubmitPassword(asRoot(account.accountId));
  const made = await first.iam.createVirtualMFADevice({ VirtualMFADeviceName: "root-phone" });
  const phone = secretPhone(world, made);
  // root leaves the name out, which the client's type does not know
  await first.iam.enableMFADevice({
    SerialNumber: phone.serial,
    AuthenticationCode1: phone.code(-1),
    AuthenticationCode2: phone.code(),
  } as EnableMFADeviceCommandInput);
  const rootPage = async (): Promise<Page> => {
    advance(world, 3 * STEP);
    const page = pageOf(world);
    assert.equal((await page.client.signin.SubmitPassword(asRoot(account.accountId))).Step, "factor");
    const answer = await page.client.signin.SubmitCode({ DeviceId: phone.serial, Code: phone.code() });
    assert.equal(answer.Step, "session");
    return page;
  };
  await rootPage();
  await world.store.write((tx) => tx.accounts.setAlias(account.accountId, "acme"));
  const page = await rootPage();
  const { SignIns } = await page.client.countersign.ListSignIns({});
  assert.deepEqual(
    SignIns.slice(0, 2).map(({ Time, Outcome, MfaUsed, MfaIdentifier }) => [
      Time,
      Outcome,
      MfaUsed,
      MfaIdentifier,
    ]),
    [
      [world.now, "Success", true, phone.serial],
      [world.now - 3 * STEP, "Success", true, phone.serial],
    ],
  );
});

test("the dashboard: what concerns oneself for everybody, the account's state for who may read its summary", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  const page = await signIn(world, account, "ana");
  const dashboard = () => page.client.countersign.GetDashboard({});
  const own = { Id: "own-mfa", Severity: "warning", Done: false, MayAct: true };
  assert.deepEqual(await dashboard(), { Recommendations: [own] });
  await world.clients(account.admin).iam.attachUserPolicy({ UserName: "ana", PolicyArn: IAM_READ });
  const roots = [
    { Id: "root-mfa", Severity: "error", Done: false, MayAct: false },
    { Id: "root-access-keys", Severity: "warning", Done: false, MayAct: false },
  ];
  const { SignInsByDay, ...all } = await dashboard();
  assert.deepEqual(all, {
    Recommendations: [...roots, own],
    Users: 2,
    UsersWithMfa: 0,
    Coverage: { PhishingResistant: 0, Other: 0, None: 1 },
  });
  assert.equal(SignInsByDay?.length, 14);
  await enable(world, account.admin, "ana", await createDevice(world, account.admin, "phone"));
  const { Recommendations, UsersWithMfa } = await dashboard();
  const backup = { Id: "own-backup-device", Severity: "info", Done: false, MayAct: true };
  assert.deepEqual([Recommendations.slice(2), UsersWithMfa], [[{ ...own, Done: true }, backup], 1]);
});

test("root is shown his own first device once, as the account's worst concern", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await giveRootPassword(world, account.accountId);
  const page = pageOf(world);
  const { Step, Enrolment } = await page.client.signin.SubmitPassword(asRoot(account.accountId));
  assert.deepEqual([Step, Enrolment?.MaySkip], ["enrol", true]);
  await page.client.signin.SkipEnrolment({});
  const { Recommendations } = await page.client.countersign.GetDashboard({});
  assert.deepEqual(
    Recommendations.map(({ Id, MayAct }) => [Id, MayAct]),
    [
      ["root-mfa", true],
      ["root-access-keys", true],
    ],
  );
});

test("no policy takes away one's own, not even one that denies everything without a factor", async () => {
  await using world = await openSignInWorld();
  const account = await world.account();
  await makePerson(world, account, "ana");
  const page = await signIn(world, account, "ana");
  const Statement = { Effect: "Deny", Action: "*", Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await world.clients(account.admin).iam.putUserPolicy({ UserName: "ana", PolicyName: "no", PolicyDocument });
  const { countersign } = page.client;
  await countersign.GetConsoleContext({});
  await countersign.GetDashboard({});
  await countersign.ListSignIns({});
  assert.equal((await countersign.ListSessions({})).Sessions.length, 1);
  assert.deepEqual(await countersign.RevokeOtherSessions({ TemporaryCredentials: false }), { Ended: 0 });
  assert.equal(await refusal(countersign.RevokeSessions({ UserName: "ana" })), "AccessDeniedException");
});

test("who must enrol first is shown who he is, and nothing of his sessions", async () => {
  await using world = await openSignInWorld();
  Object.assign(world.env.deps, { signIn: { ...world.env.deps.signIn, rootMfaGrace: 0 } });
  const account = await world.account();
  await giveRootPassword(world, account.accountId);
  const page = pageOf(world);
  const { Step, Enrolment } = await page.client.signin.SubmitPassword({
    Type: "root",
    Email: `root@${account.accountId}.test`,
    Password: PASSWORD,
  });
  assert.deepEqual([Step, Enrolment?.Required], ["enrol", true]);
  const { countersign } = page.client;
  assert.equal((await countersign.GetConsoleContext({})).Principal.Type, "root");
  for (const work of [
    countersign.ListSessions({}),
    countersign.ListSignIns({}),
    countersign.GetDashboard({}),
    countersign.RevokeOtherSessions({ TemporaryCredentials: true }),
    countersign.RevokeSessions({}),
  ]) {
    assert.equal(await refusal(work), "AccessDeniedException");
  }
  world.now = epochMs(world.now + HOUR);
  assert.equal(await refusal(countersign.GetConsoleContext({})), "NotSignedIn");
});
