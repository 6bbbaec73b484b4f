import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { GetUserCommand, ListUsersCommand, UpdateUserCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { isoSeconds } from "#base/clock.ts";
import { type Keys, openWorld, type SeenEvent, type TestAccount, type World } from "../support/world.ts";
import { AT_WINDOW_START, createDevice, createUser, enable, session } from "./mfa-world.ts";

/** Who made a call, as its one event shows him (contract 5.3, 5.4), from request to stored record. */

let world: World;
let account: TestAccount;
let user: { readonly keys: Keys; readonly id: string };
let userMfa: Keys;

before(async () => {
  world = await openWorld({ now: AT_WINDOW_START });
  account = await world.account();
  const keys = await createUser(world, account.admin, "alice");
  const { User } = await world.clients(account.admin).iam.send(new GetUserCommand({ UserName: "alice" }));
  assert.ok(User?.UserId);
  user = { keys, id: User.UserId };
  const phone = await createDevice(world, account.admin, "alice");
  await enable(world, account.admin, "alice", phone);
  userMfa = await session(world, keys, phone);
});
after(() => world[Symbol.asyncDispose]());

/** The one event that `act` leaves. */
async function eventOf(act: () => Promise<unknown>): Promise<SeenEvent["record"]> {
  const seen = new Set((await world.events(account.accountId)).map(({ record }) => record.eventID));
  await act().catch(() => undefined);
  const fresh = (await world.events(account.accountId)).filter(({ record }) => !seen.has(record.eventID));
  assert.equal(fresh.length, 1);
  return fresh[0]?.record ?? {};
}

const whoAmI = (keys: Keys) => () => world.clients(keys).sts.send(new GetCallerIdentityCommand({}));

const alice = () => ({
  type: "IAMUser",
  principalId: user.id,
  arn: `arn:aws:iam::${account.accountId}:user/alice`,
  accountId: account.accountId,
  userName: "alice",
});
const root = () => ({
  type: "Root",
  principalId: account.accountId,
  arn: `arn:aws:iam::${account.accountId}:root`,
  accountId: account.accountId,
});
/** `mfaAuthenticated` is a text, and the two objects are empty but there. */
const sessionContext = (mfaAuthenticated: "true" | "false") => ({
  sessionIssuer: {},
  webIdFederationData: {},
  attributes: { creationDate: isoSeconds(world.now), mfaAuthenticated },
});

const CASES: readonly {
  readonly who: string;
  readonly keys: () => Keys | Promise<Keys>;
  readonly identity: () => object;
}[] = [
  { who: "a user's key", keys: () => user.keys, identity: alice },
  { who: "root's key", keys: () => account.root, identity: root },
  {
    who: "a user's session without MFA",
    keys: () => session(world, user.keys),
    identity: () => ({ ...alice(), sessionContext: sessionContext("false") }),
  },
  {
    who: "a user's session with MFA",
    keys: () => userMfa,
    identity: () => ({ ...alice(), sessionContext: sessionContext("true") }),
  },
  {
    who: "root's session",
    keys: () => session(world, account.root),
    identity: () => ({ ...root(), sessionContext: sessionContext("false") }),
  },
];

for (const { who, keys, identity } of CASES) {
  test(`${who} is shown as contract 5.4 has it`, async () => {
    const made = await keys();
    const { userIdentity } = await eventOf(whoAmI(made));
    assert.deepEqual(userIdentity, { ...identity(), accessKeyId: made.accessKeyId });
  });
}

test("the event bears the answer's request id, and the region that was signed for", async () => {
  let requestId: string | undefined;
  const event = await eventOf(async () => {
    // a client of its own: those that are kept have asked for their region
    const { sts } = world.clients({ ...user.keys });
    sts.config.region = async () => "eu-central-1";
    const { $metadata } = await sts.send(new GetCallerIdentityCommand({}));
    requestId = $metadata.requestId;
  });
  assert.match(String(requestId), /^[0-9a-f-]{36}$/);
  assert.deepEqual(
    [event.requestID, event.awsRegion, event.eventSource, event.readOnly, event.responseElements],
    [requestId, "eu-central-1", "sts.amazonaws.com", true, null],
  );
});

const REFUSED: readonly (readonly [string, () => Promise<unknown>, string, object | null])[] = [
  [
    "denied",
    () => world.clients(user.keys).iam.send(new GetUserCommand({ UserName: "admin" })),
    "AccessDenied",
    null,
  ],
  [
    "malformed",
    () => world.clients(account.admin).iam.send(new ListUsersCommand({ MaxItems: 0 })),
    "ValidationError",
    null,
  ],
  [
    "refused by the operation",
    () => world.clients(account.admin).iam.send(new GetUserCommand({ UserName: "nobody" })),
    "NoSuchEntityException",
    { userName: "nobody" },
  ],
];

for (const [what, act, errorCode, requestParameters] of REFUSED) {
  test(`a call that is ${what} is one event, ${errorCode}, parameters ${JSON.stringify(requestParameters)}`, async () => {
    const event = await eventOf(act);
    assert.deepEqual(
      [event.errorCode, event.requestParameters, event.responseElements],
      [errorCode, requestParameters, null],
    );
    assert.equal(typeof event.errorMessage, "string");
  });
}

test("after a move a session and a key are shown under the new ARN at once", async () => {
  const move = new UpdateUserCommand({ UserName: "ALICE", NewUserName: "Alicia", NewPath: "/team/" });
  await world.clients(account.admin).iam.send(move);
  const arn = `arn:aws:iam::${account.accountId}:user/team/Alicia`;
  for (const keys of [user.keys, userMfa]) {
    const { Arn, UserId } = await world.clients(keys).sts.send(new GetCallerIdentityCommand({}));
    assert.deepEqual([Arn, UserId], [arn, user.id]);
  }
  const { userIdentity } = await eventOf(whoAmI(userMfa));
  assert.deepEqual(
    [(userIdentity as { arn: string }).arn, (userIdentity as { userName: string }).userName],
    [arn, "Alicia"],
  );
});
