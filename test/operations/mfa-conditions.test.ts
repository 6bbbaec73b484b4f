/** What policies see of the second factor, by every kind of credential, through the real wire (contract 2.2, DESIGN 8). */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { epochMs, HOUR, MINUTE } from "#base/clock.ts";
import { issueAccessKey } from "#credentials/access-key.ts";
import { sealSessionToken } from "#credentials/session-token.ts";
import { randomBytes } from "#crypto/random.ts";
import type { AccessKeyId, PrincipalId, SerialNumber } from "#identity/ids.ts";
import type { MfaMethod } from "#mfa/proof.ts";
import { type Keys, openWorld, type TestAccount, type World } from "../support/world.ts";
import { AT_WINDOW_START, advance, type Phone, refusedAs, SENTENCES, session } from "./mfa-world.ts";
import {
  allow,
  arnOf,
  assume,
  assumed,
  createPerson,
  createPhone,
  createRole,
  notAuthorized,
  policy,
  trust,
} from "./role-sessions.ts";

/** A long-term key; a session without MFA; with MFA of minutes ago; with MFA of two hours ago; a role's, assumed with MFA. */
type Kind = "key" | "session" | "fresh" | "stale" | "role";
const KINDS: readonly Kind[] = ["key", "session", "fresh", "stale", "role"];

type Condition = Readonly<Record<string, Readonly<Record<string, string>>>>;
/** A statement on which a call hangs, and the credentials that it leaves the call to. */
type Trap = readonly [effect: "Allow" | "Deny", Condition, allowed: readonly Kind[]];

const PRESENT = "aws:MultiFactorAuthPresent";
const AGE = "aws:MultiFactorAuthAge";
const METHOD = "countersign:MultiFactorAuthMethod";
const FACTS = [
  "countersign:PhishingResistant",
  "countersign:DeviceBound",
  "countersign:UserVerified",
] as const;

const WITH_MFA = ["fresh", "stale"] as const;
const TEMPORARY = ["session", "fresh", "stale", "role"] as const;

const TRAPS: readonly Trap[] = [
  ["Allow", { Bool: { [PRESENT]: "true" } }, WITH_MFA],
  ["Allow", { BoolIfExists: { [PRESENT]: "true" } }, ["key", ...WITH_MFA]],
  ["Deny", { Bool: { [PRESENT]: "false" } }, ["key", ...WITH_MFA]],
  ["Deny", { BoolIfExists: { [PRESENT]: "false" } }, WITH_MFA],
  ["Allow", { Null: { [PRESENT]: "false" } }, TEMPORARY],
  ["Deny", { Null: { [AGE]: "true" } }, WITH_MFA],
  ["Allow", { NumericLessThan: { [AGE]: "3600" } }, ["fresh"]],
  ["Allow", { StringEquals: { [METHOD]: "virtual" } }, WITH_MFA],
  ["Allow", { StringEqualsIfExists: { [METHOD]: "virtual" } }, ["key", ...WITH_MFA]],
  ["Deny", { StringEquals: { [METHOD]: "none" } }, ["key", ...WITH_MFA]],
  ["Deny", { StringEqualsIfExists: { [METHOD]: "none" } }, WITH_MFA],
  ["Allow", { Null: { [METHOD]: "false" } }, TEMPORARY],
  ["Deny", { Null: { [METHOD]: "true" } }, TEMPORARY],
  ["Allow", { StringNotEquals: { [METHOD]: "none" } }, ["key", ...WITH_MFA]],
  // an app on a phone is none of the three
  ...FACTS.flatMap((key): readonly Trap[] => [
    ["Allow", { Bool: { [key]: "true" } }, []],
    ["Allow", { BoolIfExists: { [key]: "true" } }, ["key"]],
    ["Deny", { Bool: { [key]: "false" } }, ["key"]],
    ["Deny", { BoolIfExists: { [key]: "false" } }, []],
    ["Allow", { Null: { [key]: "false" } }, TEMPORARY],
    ["Deny", { Null: { [key]: "true" } }, TEMPORARY],
    ["Allow", { Bool: { [key]: "false" } }, TEMPORARY],
  ]),
];

const ACTIONS = ["sts:AssumeRole", "iam:ListUsers"];

let world: World;
let account: TestAccount;
let phone: Phone;
let kinds: Readonly<Record<Kind, Keys>>;
/** As GetCallerIdentity shows them. */
let arns: Readonly<Record<Kind, string>>;
let target: string;
let trusting: string;

before(async () => {
  world = await openWorld({ now: AT_WINDOW_START });
  account = await world.account();
  const key = await createPerson(world, account, "ana");
  phone = await createPhone(world, account, "ana");
  target = await createRole(world, account, "target");
  trusting = await createRole(world, account, "trusting");
  const worker = await createRole(world, account, "worker");
  const stale = await session(world, key, phone);
  advance(world, 2 * HOUR);
  const fresh = await session(world, key, phone);
  const role = await assumed(world, fresh, worker);
  kinds = { key, session: await session(world, key), fresh, stale, role };
  const ana = await arnOf(world, key);
  arns = { key: ana, session: ana, fresh: ana, stale: ana, role: await arnOf(world, role) };
});
after(() => world[Symbol.asyncDispose]());

/** A role's session and an app's codes of each minute are good for as long as these tests turn the clock. */
const nextMinute = (): void => advance(world, MINUTE);

/** An Allow stands alone; a Deny takes from what is allowed. */
const statements = (base: object, [effect, Condition]: Trap): readonly object[] =>
  effect === "Allow"
    ? [{ ...base, Effect: "Allow", Condition }]
    : [
        { ...base, Effect: "Allow" },
        { ...base, Effect: "Deny", Condition },
      ];

async function give(document: string): Promise<void> {
  const { iam } = world.clients(account.admin);
  const may = { PolicyName: "may", PolicyDocument: document };
  await iam.putUserPolicy({ UserName: "ana", ...may });
  await iam.putRolePolicy({ RoleName: "worker", ...may });
}

/** Who calls: by what, and as whom. */
interface Caller {
  readonly keys: Keys;
  readonly arn: string;
}

const callerOf = (kind: Kind): Caller => ({ keys: kinds[kind], arn: arns[kind] });

/** Whether the role may be assumed; a refusal must be AWS's, which does not say why. */
function mayAssume({ keys, arn }: Caller, role: string, code?: string): Promise<boolean> {
  const factor = code === undefined ? {} : { SerialNumber: phone.serial, TokenCode: code };
  return allowedOr(assume(world, keys, role, factor), notAuthorized(arn, role));
}

const REASONS = {
  Allow: " because no identity-based policy allows the iam:ListUsers action",
  Deny: " with an explicit deny in an identity-based policy",
} as const;

function mayList({ keys, arn }: Caller, effect: Trap[0]): Promise<boolean> {
  const about = `arn:aws:iam::${account.accountId}:user/`;
  const [code, status, sentence] = notAuthorized(arn, about, "iam:ListUsers");
  return allowedOr(world.clients(keys).iam.listUsers({}), [code, status, sentence + REASONS[effect]]);
}

async function allowedOr(call: Promise<unknown>, refusal: Parameters<typeof refusedAs>[1]): Promise<boolean> {
  const [{ status }] = await Promise.allSettled([call]);
  if (status === "rejected") await refusedAs(call, refusal);
  return status === "fulfilled";
}

async function those<T>(all: readonly T[], may: (one: T) => Promise<boolean>): Promise<readonly T[]> {
  const allowed: T[] = [];
  for (const one of all) if (await may(one)) allowed.push(one);
  return allowed;
}

for (const trap of TRAPS) {
  const [effect, condition, allowed] = trap;
  const told = `${effect} ${JSON.stringify(condition)}`;

  test(`an identity policy: ${told} leaves it to ${allowed.join(", ") || "nobody"}`, async () => {
    await give(policy(...statements({ Action: ACTIONS, Resource: "*" }, trap)));
    assert.deepEqual(await those(KINDS, (kind) => mayAssume(callerOf(kind), target)), allowed);
    // a session without MFA calls nothing of IAM
    const callers = KINDS.filter((kind) => kind !== "session");
    const listing = await those(callers, (kind) => mayList(callerOf(kind), effect));
    assert.deepEqual(
      listing,
      allowed.filter((kind) => kind !== "session"),
    );
  });

  test(`a trust policy: ${told} leaves it to ${allowed.join(", ") || "nobody"}; a code counts as fresh`, async () => {
    await give(allow("sts:AssumeRole"));
    const PolicyDocument = policy(...statements(trust(account), trap));
    await world.clients(account.admin).iam.updateAssumeRolePolicy({ RoleName: "trusting", PolicyDocument });
    assert.deepEqual(await those(KINDS, (kind) => mayAssume(callerOf(kind), trusting)), allowed);
    nextMinute();
    const own = ["key", "stale"] as const;
    const withCode = await those(own, (kind) =>
      mayAssume(callerOf(kind), trusting, phone.code(own.indexOf(kind) - 1)),
    );
    assert.deepEqual(withCode, allowed.includes("fresh") ? own : []);
  });
}

/** A session of whose key it is, as one has it who proved his factor by `method`: only apps have codes for STS. */
async function sessionBy(key: Keys, method: MfaMethod): Promise<Keys> {
  const { accountId } = account;
  const { UserId } = await world.clients(key).sts.getCallerIdentity({});
  const issued = issueAccessKey("temporaryKey", accountId, randomBytes);
  const sessionToken = sealSessionToken(world.env.deps.keyring, issued.accessKeyId, {
    accountId,
    // as the server gave them
    principalId: UserId as PrincipalId,
    mintedBy: key.accessKeyId as AccessKeyId,
    issuedAt: world.now,
    expiresAt: epochMs(world.now + HOUR),
    secretAccessKey: issued.secretAccessKey,
    mfa: { at: world.now, method, serialNumber: phone.serial as SerialNumber },
    acting: undefined,
  });
  return { ...issued, sessionToken };
}

describe("how the factor was proved", () => {
  /** Which of the three each kind of factor is (DESIGN 8). */
  const METHODS: Readonly<Record<MfaMethod, readonly (typeof FACTS)[number][]>> = {
    virtual: [],
    hardware: ["countersign:DeviceBound"],
    "security-key": ["countersign:PhishingResistant", "countersign:DeviceBound"],
    passkey: ["countersign:PhishingResistant", "countersign:UserVerified"],
    "recovery-code": [],
  };

  const wants = (key: string) => ({ Condition: { Bool: { [key]: "true" } } });

  // the table's own keys
  for (const method of Object.keys(METHODS) as MfaMethod[]) {
    test(`${method}: IAM and the roles it may assume see ${METHODS[method].join(", ") || "none of the three"}`, async () => {
      const { iam } = world.clients(account.admin);
      const ana = { keys: await sessionBy(kinds.key, method), arn: arns.key };
      const seen = await those(FACTS, async (fact) => {
        await give(policy({ Effect: "Allow", Action: ACTIONS, Resource: "*", ...wants(fact) }));
        const listed = await mayList(ana, "Allow");
        assert.equal(await mayAssume(ana, target), listed);
        return listed;
      });
      assert.deepEqual(seen, METHODS[method]);
      await give(allow("sts:AssumeRole"));
      const Condition = { StringEquals: { [METHOD]: method } };
      const PolicyDocument = policy({ ...trust(account), Condition });
      await iam.updateAssumeRolePolicy({ RoleName: "trusting", PolicyDocument });
      assert.equal(await mayAssume(ana, trusting), true);
    });
  }

  test("a code given in the call is what the role's trust sees, whatever the session was proved by", async () => {
    await give(allow("sts:AssumeRole"));
    const PolicyDocument = policy({ ...trust(account), ...wants("countersign:PhishingResistant") });
    await world.clients(account.admin).iam.updateAssumeRolePolicy({ RoleName: "trusting", PolicyDocument });
    const ana = { keys: await sessionBy(kinds.key, "security-key"), arn: arns.key };
    assert.equal(await mayAssume(ana, trusting), true);
    nextMinute();
    assert.equal(await mayAssume(ana, trusting, phone.code()), false);
  });
});

test("no policy limits root, whatever factor he shows; in a session without one he calls nothing of IAM", async () => {
  const { root } = account;
  await world.clients(root).iam.listUsers({});
  await refusedAs(world.clients(await session(world, root)).iam.listUsers({}), SENTENCES.token);
  const proved = await sessionBy(root, "security-key");
  await world.clients(proved).iam.listUsers({});
  for (const keys of [root, proved])
    await refusedAs(assume(world, keys, target), [
      "AccessDenied",
      403,
      "Roles may not be assumed by root accounts.",
    ]);
});
