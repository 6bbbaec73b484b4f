import { type EpochMs, epochMs } from "#base/clock.ts";
import { openKeyring } from "#crypto/keyring.ts";
import { createPasswordHasher } from "#crypto/password.ts";
import { randomBytes } from "#crypto/random.ts";
import { issueRootKey } from "#crypto/root-key.ts";
import { operatorArn, rootArn, userArn } from "#identity/arns.ts";
import type { AccessKeyId, AccountId, Arn, PrincipalId, UserName } from "#identity/ids.ts";
import { type Call, type Caller, type Deps, type PrincipalPolicies, WITHOUT_MAIL } from "#operations/call.ts";
import { namedManaged, unlimited } from "#operations/compiled-policies.ts";
import type { Recorder } from "#ports/recorder.ts";
import { SIGN_IN_LIMITS } from "#signin/limits.ts";
import { QUOTAS } from "../support/quotas.ts";

/** A moment that the tests take for now. */
export const NOW: EpochMs = epochMs(Date.UTC(2026, 10, 24, 12));

export const ACCOUNT = "123456789012" as AccountId;

const nothing = async (): Promise<void> => undefined;
const quietRecorder: Recorder = {
  event: () => undefined,
  keyUse: () => undefined,
  roleUse: () => undefined,
  flush: nothing,
  close: nothing,
};

/** Right in form, and quick: what a hash costs is not what these tests are about. */
const CHEAP = { memoryKiB: 64, passes: 1, lanes: 1 };

export const DEPS: Deps = {
  random: randomBytes,
  keyring: openKeyring([issueRootKey(randomBytes)], randomBytes),
  passwords: createPasswordHasher({ concurrency: 2, queue: 50, params: CHEAP, random: randomBytes }),
  recorder: quietRecorder,
  quotas: QUOTAS,
  signIn: SIGN_IN_LIMITS,
  origin: () => "http://localhost:8400",
  issuer: "Countersign",
  mail: WITHOUT_MAIL,
};

/** What a test says about its caller; the rest is a user with a long-term key. */
export interface CallChange {
  readonly kind?: Caller["kind"];
  readonly accountId?: string;
  readonly principalId?: string;
  readonly userName?: string;
  readonly path?: string;
  readonly attachedPolicies?: readonly string[];
  /** All of his policies, in place of those attached. */
  readonly policies?: PrincipalPolicies;
  readonly now?: EpochMs;
  readonly deps?: Partial<Deps>;
}

export function callOf(change: CallChange = {}): Call {
  return {
    caller: callerOf(change),
    now: change.now ?? NOW,
    requestId: "5d1c1f2e-0000-4000-8000-000000000000",
    region: "us-east-1",
    sourceIp: "192.0.2.1",
    userAgent: "test",
    secureTransport: true,
    clockBehind: false,
    deps: { ...DEPS, ...change.deps },
  };
}

// a test's literals stand for parsed values
function callerOf(change: CallChange): Caller {
  const accountId = (change.accountId ?? ACCOUNT) as AccountId;
  if (change.kind === "operator") return { kind: "operator", accountId, arn: operatorArn(accountId) };
  const root = change.kind === "root";
  const userName = (change.userName ?? "alice") as UserName;
  return {
    kind: root ? "root" : "user",
    accountId,
    principalId: (root ? accountId : (change.principalId ?? "AIDAALICEALICEALICEAA")) as PrincipalId,
    arn: root ? rootArn(accountId) : userArn(accountId, change.path ?? "/", userName),
    userName: root ? undefined : userName,
    tags: [],
    session: undefined,
    policies: root ? unlimited("root user") : (change.policies ?? attached(change)),
    credential: { type: "long-term", accessKeyId: "AKIAALICEALICEALICEA" as AccessKeyId },
  };
}

const attached = ({ attachedPolicies = [] }: CallChange): PrincipalPolicies => ({
  identity: attachedPolicies.map((arn) => namedManaged(arn as Arn, undefined)),
  boundary: undefined,
  session: undefined,
});
