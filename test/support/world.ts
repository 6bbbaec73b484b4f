import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import { HttpResponse } from "@smithy/core/protocols";
import type { HttpRequest } from "@smithy/types";
import { type EpochMs, epochMs } from "#base/clock.ts";
import { issueAccessKey } from "#credentials/access-key.ts";
import { openKeyring } from "#crypto/keyring.ts";
import { createPasswordHasher, PASSWORD_PARAMS } from "#crypto/password.ts";
import { randomBytes } from "#crypto/random.ts";
import { issueRootKey } from "#crypto/root-key.ts";
import { operatorArn } from "#identity/arns.ts";
import {
  type AccountId,
  type Arn,
  issueAccountId,
  issuePrincipalId,
  type PrincipalId,
  rootPrincipalId,
  type UserName,
} from "#identity/ids.ts";
import { type Call, type Deps, WITHOUT_MAIL } from "#operations/call.ts";
import { openCallers } from "#operations/callers.ts";
import { openConsoleSessions } from "#operations/console-sessions.ts";
import type { AnyOperation, Result } from "#operations/operation.ts";
import { runOperation } from "#operations/run.ts";
import { ADMINISTRATOR_ACCESS } from "#policy/managed/managed.ts";
import type { Notifier } from "#ports/notifier.ts";
import { accessKeyContext } from "#ports/sealed.ts";
import { SIGN_IN_LIMITS } from "#signin/limits.ts";
import { type OpenStore, openStore, type StoreConfig } from "#storage/open.ts";
import { openRecorder } from "#storage/recorder.ts";
import { publicUrlOf } from "#wire/cookie/same-site.ts";
import { parseProxies } from "#wire/forwarded.ts";
import type { RawRequest, RawResponse } from "#wire/raw.ts";
import type { PipelineEnv } from "../../src/server/arrival.ts";
import { openInFlight } from "../../src/server/in-flight.ts";
import type { Log } from "../../src/server/log.ts";
import { type Mailing, openMailing } from "../../src/server/mailing.ts";
import { handleAws, handleConsole } from "../../src/server/pipeline.ts";

import { quickFolder } from "./quick-folder.ts";
import { QUOTAS } from "./quotas.ts";

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** An account with a root key and an administrator, made straight in the store. */
export interface TestAccount {
  readonly accountId: AccountId;
  readonly root: Keys;
  readonly admin: Keys;
}

export interface Clients {
  readonly iam: IAM;
  readonly sts: STS;
}

/** The whole server without a socket, on a clock that the test sets: real store, real pipeline, the SDK's own clients. */
export interface World extends AsyncDisposable {
  readonly store: OpenStore;
  readonly env: PipelineEnv;
  now: EpochMs;
  /** The machine's clock is behind what was seen before. */
  clockBehind: boolean;
  /** Where the clients are. */
  address: string;
  account(): Promise<TestAccount>;
  clients(keys: Keys): Clients;
  /** Where `notifier` was given: its rounds are the test's to call. */
  readonly mailing: Mailing | undefined;
  send(raw: RawRequest): Promise<RawResponse>;
  /** As `send`, to the console's path. */
  browse(raw: RawRequest): Promise<RawResponse>;
  /** Runs an operation as the operator of the machine. */
  operator(account: AccountId, operation: AnyOperation, input: object): Promise<Result<object>>;
  /** The account's events, oldest first. */
  events(account: AccountId): Promise<readonly SeenEvent[]>;
}

export interface WorldOptions {
  readonly config?: StoreConfig;
  readonly now?: number;
  readonly keyring?: Deps["keyring"];
  /** Notices can be mailed. */
  readonly mail?: boolean;
  /** By whom `mailing` sends them. */
  readonly notifier?: Notifier;
}

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const folder = quickFolder("world");
  const config = options.config ?? { kind: "sqlite", path: join(folder, "countersign.db") };
  const store = await openStore(config);
  const recorder = await openRecorder(config);
  const keyring = options.keyring ?? openKeyring([issueRootKey(randomBytes)], randomBytes);
  const proxies = parseProxies("");
  if (!proxies.ok) throw new Error(proxies.error);
  const clock = () => world.now;
  const { notifier } = options;
  const mailing = notifier && openMailing({ store, notifier, keyring, clock, log: SILENT });
  const deps: Deps = {
    random: randomBytes,
    keyring,
    passwords: createPasswordHasher({
      concurrency: 1,
      queue: 16,
      params: PASSWORD_PARAMS,
      random: randomBytes,
    }),
    recorder,
    quotas: QUOTAS,
    signIn: SIGN_IN_LIMITS,
    origin: () => "http://localhost:8400",
    issuer: "Countersign",
    mail: mailing?.state ?? { ...WITHOUT_MAIL, configured: options.mail ?? false },
  };
  const callers = openCallers(store.reader, keyring, () => performance.now());
  const env: PipelineEnv = {
    store,
    deps,
    clock,
    callers,
    consoleSessions: openConsoleSessions(store, callers, deps.signIn),
    publicUrl: () => publicUrlOf(deps.origin()),
    proxies: proxies.value,
    inFlight: openInFlight(),
    changed: callers.changed,
    clockBehind: () => world.clockBehind,
    stranger: () => undefined,
    failed: (error) => {
      throw error;
    },
  };
  const clients = clientsOf(() => world);
  const world: World = {
    store,
    env,
    now: epochMs(options.now ?? Date.now()),
    clockBehind: false,
    address: "127.0.0.1",
    account: () => makeAccount(world),
    clients,
    mailing,
    send: (raw) => handleAws(env, raw),
    browse: (raw) => handleConsole(env, raw),
    operator: (account, operation, input) =>
      runOperation(env, operation, operatorCall(world, account), input),
    events: (account) => eventsOf(world, account),
    async [Symbol.asyncDispose]() {
      await recorder.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}

const operatorCall = ({ now, env }: World, accountId: AccountId): Call => ({
  caller: { kind: "operator", accountId, arn: operatorArn(accountId) },
  now,
  requestId: randomUUID(),
  region: "us-east-1",
  sourceIp: "operator",
  userAgent: "test",
  secureTransport: true,
  clockBehind: false,
  deps: env.deps,
});

async function makeAccount(world: World): Promise<TestAccount> {
  const { store, now } = world;
  const accountId = issueAccountId(randomBytes);
  return store.write(async (tx) => {
    await tx.accounts.create({
      accountId,
      rootEmail: `root@${accountId}.test`,
      alias: undefined,
      createdAt: now,
    });
    const userId = issuePrincipalId("user", randomBytes);
    await tx.users.create({
      accountId,
      userId,
      userName: "admin" as UserName,
      path: "/",
      createdAt: now,
      tags: [],
    });
    await tx.attachments.attach(accountId, userId, ADMINISTRATOR_ACCESS as Arn, now);
    await tx.users.count(accountId, userId, "policyCount", 1);
    await tx.accounts.count(accountId, "userCount", 1);
    const keyOf = async (owner: PrincipalId): Promise<Keys> => {
      const key = issueAccessKey("longTermKey", accountId, randomBytes);
      const context = accessKeyContext(accountId, key.accessKeyId);
      const sealedSecret = world.env.deps.keyring.seal(
        "access-key",
        context,
        Buffer.from(key.secretAccessKey),
      );
      await tx.users.count(accountId, owner, "accessKeyCount", 1);
      await tx.accessKeys.create({
        accessKeyId: key.accessKeyId,
        accountId,
        userId: owner,
        sealedSecret,
        createdAt: now,
      });
      return key;
    };
    return { accountId, root: await keyOf(rootPrincipalId(accountId)), admin: await keyOf(userId) };
  });
}

/** Clients know the clock as it was when they were made: they are kept until it moves. */
function clientsOf(world: () => World): World["clients"] {
  const kept = new WeakMap<Keys, { readonly at: EpochMs; readonly clients: Clients }>();
  return (keys) => {
    const { now } = world();
    const known = kept.get(keys);
    if (known?.at === now) return known.clients;
    const clients = makeClients(world(), keys);
    kept.set(keys, { at: now, clients });
    return clients;
  };
}

function makeClients(world: World, keys: Keys): Clients {
  const config = {
    region: "us-east-1",
    endpoint: "http://127.0.0.1:8400",
    credentials: keys,
    maxAttempts: 1,
    systemClockOffset: world.now - Date.now(),
    requestHandler: {
      handle: async (request: HttpRequest) => ({ response: await exchange(world, request) }),
    },
  };
  // the clients ask of a handler no more than `handle`
  return { iam: new IAM(config as never), sts: new STS(config as never) };
}

async function exchange(world: World, request: HttpRequest): Promise<HttpResponse> {
  const query = new URLSearchParams(request.query as Record<string, string>).toString();
  const { status, headers, body } = await world.send({
    method: request.method,
    target: request.path + (query === "" ? "" : `?${query}`),
    rawHeaders: Object.entries(request.headers).flat(),
    body: Buffer.from(request.body ?? ""),
    peer: { address: world.address, encrypted: false },
  });
  return new HttpResponse({
    statusCode: status,
    headers: { ...headers },
    body: Readable.from([Buffer.from(body)]),
  });
}

/** A stored event, read apart. */
export interface SeenEvent {
  readonly eventName: string;
  readonly errorCode: string | undefined;
  readonly record: Readonly<Record<string, unknown>>;
  readonly decision: Readonly<Record<string, unknown>>;
}

async function eventsOf(world: World, account: AccountId): Promise<readonly SeenEvent[]> {
  await world.env.deps.recorder.flush();
  const rows: (SeenEvent & { readonly time: number })[] = [];
  for await (const { table, row } of world.store.backup.dump()) {
    if (table !== "events" || row.account_id !== account) continue;
    rows.push({
      time: Number(row.event_time),
      eventName: String(row.event_name),
      errorCode: row.error_code === null ? undefined : String(row.error_code),
      record: JSON.parse(String(row.record)),
      decision: JSON.parse(String(row.decision)),
    });
  }
  return rows.sort((a, b) => a.time - b.time);
}
