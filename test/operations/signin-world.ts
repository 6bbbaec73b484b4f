import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { CreateLoginProfileCommand } from "@aws-sdk/client-iam";
import { lookUp } from "#base/table.ts";
import { createPasswordHasher } from "#crypto/password.ts";
import { randomBytes } from "#crypto/random.ts";
import { type AccountId, rootPrincipalId } from "#identity/ids.ts";
import type { SignIn, SignInOperations } from "#model/signin/types.ts";
import type { PrincipalCaller } from "#operations/call.ts";
import type { CookieChange, CookieName } from "#operations/cookies.ts";
import { credentialRefusal } from "#operations/credential-rules.ts";
import { IAM_OPERATIONS } from "#operations/iam/index.ts";
import { runOperation } from "#operations/run.ts";
import { SIGNIN_OPERATIONS } from "#operations/signin/index.ts";
import type { SignInResult, Visit } from "#operations/signin/visit.ts";
import { type Keys, openWorld, type TestAccount, type World, type WorldOptions } from "../support/world.ts";
import { createUser } from "./mfa-world.ts";

type Name = keyof SignInOperations;
type Input<N extends Name> = SignInOperations[N]["input"];
type Output<N extends Name> = SignInOperations[N]["output"];

/** An answer's members, or the refusal's code. */
type Answered<N extends Name> = Output<N> | string;

/** Somebody's browser: it keeps its cookies, and no other shares them. */
export interface Browser {
  readonly cookies: Partial<Record<CookieName, string>>;
  ip: string;
  send<N extends Name>(name: N, input: Input<N>): Promise<SignInResult>;
  /** The answer, or the code of the refusal. */
  try<N extends Name>(name: N, input: Input<N>): Promise<Answered<N>>;
  /** As `try`, and it must succeed. */
  do<N extends Name>(name: N, input: Input<N>): Promise<Output<N>>;
  /** As `try`, but the step or the code alone. */
  step<N extends Name>(name: N, input: Input<N>): Promise<string>;
  /** Who the session's cookie says that calls; the refusal's code where it is not good. */
  caller(): Promise<PrincipalCaller | string>;
  /** An IAM call with the session's cookie: its output, or the refusal's code. */
  iam(operation: string, input: object): Promise<Readonly<Record<string, unknown>> | string>;
  /** Another browser with the same cookies: what a thief has, or a second tab's request. */
  copy(): Browser;
}

/** A world whose hashes are cheap, and counted: what a hash costs is not what these tests are about. */
export interface SignInWorld extends World {
  /** Hashes made and checked so far. */
  hashes(): number;
}

export async function openSignInWorld(options: WorldOptions = {}): Promise<SignInWorld> {
  const world = await openWorld(options);
  const params = { memoryKiB: 64, passes: 1, lanes: 1 };
  const cheap = createPasswordHasher({ concurrency: 2, queue: 1000, params, random: randomBytes });
  let count = 0;
  const counted =
    <A extends unknown[], R>(work: (...args: A) => R) =>
    (...args: A): R => {
      count += 1;
      return work(...args);
    };
  const passwords = { ...cheap, hash: counted(cheap.hash), verify: counted(cheap.verify) };
  Object.assign(world.env.deps, { passwords });
  return Object.assign(world, { hashes: () => count });
}

export const PASSWORD = "correct-Horse-7-battery";

export function openBrowser(world: World, ip = "192.0.2.7", cookies: Browser["cookies"] = {}): Browser {
  const browser: Browser = {
    cookies: { ...cookies },
    ip,
    async send(name, input) {
      const operation = lookUp(SIGNIN_OPERATIONS, name);
      assert.ok(operation);
      const result = await operation(world.env, visitOf(world, browser), input as never);
      keep(browser, result.ok ? result.value.cookies : result.cookies);
      return result;
    },
    async try<N extends Name>(name: N, input: Input<N>) {
      const result = await browser.send(name, input);
      // the operation's output is of its own schema's type
      return result.ok ? (result.value.output as Output<N>) : result.error.code;
    },
    async do<N extends Name>(name: N, input: Input<N>) {
      const answer = await browser.try(name, input);
      if (typeof answer === "string") assert.fail(`${name} was refused: ${answer}`);
      return answer;
    },
    async step(name, input) {
      const answer = await browser.try(name, input);
      return typeof answer === "string" ? answer : (answer as SignIn).Step;
    },
    async caller() {
      const loaded = await world.env.consoleSessions.load(browser.cookies.session ?? "", world.now);
      return loaded.ok ? loaded.value : loaded.error.code;
    },
    iam: (operation, input) => callIam(world, browser, operation, input),
    copy: () => openBrowser(world, browser.ip, browser.cookies),
  };
  return browser;
}

function keep({ cookies }: Browser, changes: readonly CookieChange[] = []): void {
  for (const { name, value } of changes) {
    if (value === undefined) delete cookies[name];
    else cookies[name] = value;
  }
}

const visitOf = (world: World, { ip, cookies }: Browser): Visit => ({
  now: world.now,
  requestId: randomUUID(),
  sourceIp: ip,
  userAgent: "Mozilla/5.0 (test)",
  secureTransport: true,
  clockBehind: world.clockBehind,
  deps: world.env.deps,
  cookies: { session: cookies.session, signin: cookies.signin, browser: cookies.browser },
});

async function callIam(
  world: World,
  browser: Browser,
  name: string,
  input: object,
): Promise<Readonly<Record<string, unknown>> | string> {
  const caller = await browser.caller();
  if (typeof caller === "string") return caller;
  const operation = lookUp(IAM_OPERATIONS, name);
  assert.ok(operation, `no operation ${name}`);
  const call = { ...visitOf(world, browser), region: "us-east-1", caller };
  const barred = credentialRefusal(operation, call);
  if (barred !== undefined) return barred.code;
  const result = await runOperation(world.env, operation, call, input);
  keep(browser, result.cookies);
  return result.ok ? { ...result.value } : result.error.code;
}

/** A user of the account with a password, and his access key. */
export async function makePerson(
  world: World,
  { admin }: TestAccount,
  name: string,
  PasswordResetRequired = false,
): Promise<Keys> {
  const keys = await createUser(world, admin, name);
  const profile = { UserName: name, Password: PASSWORD, PasswordResetRequired };
  await world.clients(admin).iam.send(new CreateLoginProfileCommand(profile));
  return keys;
}

/** The account's root user has `PASSWORD`. */
export async function giveRootPassword(world: World, accountId: AccountId): Promise<void> {
  const hashed = await world.env.deps.passwords.hash(PASSWORD);
  assert.ok(hashed.ok);
  await world.store.write((tx) =>
    tx.loginProfiles.create({
      accountId,
      userId: rootPrincipalId(accountId),
      passwordHash: hashed.value,
      createdAt: world.now,
      changedAt: world.now,
      resetRequired: false,
      earlierHashes: [],
    }),
  );
}

export const asUser = (account: string, name: string, password = PASSWORD) =>
  ({ Type: "user", Account: account, UserName: name, Password: password }) as const;

export const asRoot = (account: string, password = PASSWORD) =>
  ({ Type: "root", Email: `root@${account}.test`, Password: password }) as const;
