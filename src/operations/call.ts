import type { EpochMs } from "#base/clock.ts";
import type { Keyring } from "#crypto/keyring.ts";
import type { PasswordHasher } from "#crypto/password.ts";
import type { AccessKeyId, AccountId, Arn, PrincipalId, RandomBytes, UserName } from "#identity/ids.ts";
import type { Tag } from "#identity/tags.ts";
import type { MfaProof } from "#mfa/proof.ts";
import type { Layers } from "#policy/request.ts";
import type { Sent } from "#ports/notifier.ts";
import type { Quotas } from "#ports/quotas.ts";
import type { Recorder } from "#ports/recorder.ts";
import type { SignInLimits } from "#signin/limits.ts";

/** With what a call was signed. Long-term keys carry no MFA state at all: absent, not false (contract 2.2). */
export type Credential =
  | { readonly type: "long-term"; readonly accessKeyId: AccessKeyId }
  | {
      readonly type: "session-token";
      /** The call that made it; a console session, which has a row and no token, was made by signing in. */
      readonly madeBy: "GetSessionToken" | "AssumeRole" | "GetFederationToken" | "SignIn";
      readonly accessKeyId: AccessKeyId;
      readonly issuedAt: EpochMs;
      readonly expiresAt: EpochMs;
      /** Of GetSessionToken and console sessions alone: role and federated sessions carry none (contract 2.2). */
      readonly mfa: MfaProof | undefined;
    };

/** A proven caller: the signature was checked and the principal exists. Nothing has been decided about the call yet. */
export interface PrincipalCaller {
  readonly kind: "root" | "user" | "role-session" | "federated-user";
  readonly accountId: AccountId;
  /** Of the user, of the role of a role session, of the user who federated; the account's own id for root. */
  readonly principalId: PrincipalId;
  /** As GetCallerIdentity shows it: for sessions of roles and federated users the session's (contract 2). */
  readonly arn: Arn;
  /** Of an IAM user alone. */
  readonly userName: UserName | undefined;
  /** Of a role session or a federated user. */
  readonly session: SessionCaller | undefined;
  /** What `aws:PrincipalTag/…` shows: the session's own over the user's or role's. */
  readonly tags: readonly Tag[];
  readonly policies: PrincipalPolicies;
  readonly credential: Credential;
}

/** What is special to a session that is not its maker's own. */
export interface SessionCaller {
  /** The role session's name, or the federated user's. */
  readonly name: string;
  /** The role's own ARN. */
  readonly roleArn: Arn | undefined;
  readonly sourceIdentity: string | undefined;
  readonly transitiveTags: readonly Tag[];
  /** Who assumed the first role of the chain: the sessions of all others die with him. */
  readonly origin: Origin;
}

/** A user by account and unique id. */
export interface Origin {
  readonly accountId: AccountId;
  readonly principalId: PrincipalId;
}

/** What decides about a caller: all but the resource's own policy. */
export type PrincipalPolicies = Omit<Layers, "resource">;

/** Whoever runs commands on the machine, acting on one account. Every act is logged as his (guarantee 12). */
export interface OperatorCaller {
  readonly kind: "operator";
  readonly accountId: AccountId;
  readonly arn: Arn;
}

export type Caller = PrincipalCaller | OperatorCaller;

/** What operations may use besides the store. */
export interface Deps {
  readonly random: RandomBytes;
  readonly keyring: Keyring;
  readonly passwords: PasswordHasher;
  readonly recorder: Recorder;
  readonly quotas: Quotas;
  readonly signIn: SignInLimits;
  /** Where people reach the server, e.g. `https://id.example.com`. Known once it listens, hence a function. */
  readonly origin: () => string;
  /** The issuer in otpauth URIs. */
  readonly issuer: string;
  readonly mail: MailState;
}

/** Notices go out by mail, or wait on pages. */
export interface MailState {
  readonly configured: boolean;
  /** The sender's address, and the server that mail goes through. */
  readonly from?: string | undefined;
  readonly host?: string | undefined;
  /**
   * Sends a test message and waits for what becomes of it: no transaction may be open. Undefined where the account has had one
   * within the last minute.
   */
  readonly test: (message: TestMessage) => Promise<Sent | undefined>;
}

/** Without a mail server: every notice waits on pages. */
export const WITHOUT_MAIL: MailState = {
  configured: false,
  test: async () => ({ ok: false, again: true, reason: "no mail server is configured" }),
};

export interface TestMessage {
  readonly to: string;
  readonly accountId: AccountId;
  readonly at: EpochMs;
  readonly origin: string;
}

/** One call on its way: who, when, from where. */
export interface Call<C extends Caller = Caller> {
  readonly caller: C;
  readonly now: EpochMs;
  readonly requestId: string;
  readonly region: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly secureTransport: boolean;
  /** The machine's clock is behind the highest moment seen: codes, links and tokens are refused (DESIGN 3.8). */
  readonly clockBehind: boolean;
  /** The account's revision that the caller's change goes by: it is refused where anything has changed since. */
  readonly unchangedSince?: number | undefined;
  readonly deps: Deps;
}

/** Whether the caller proved a second factor for the credential he calls with. */
export function provedMfa(caller: Caller): MfaProof | undefined {
  return caller.kind !== "operator" && caller.credential.type === "session-token"
    ? caller.credential.mfa
    : undefined;
}

/** Whether the caller calls from a session of the console. */
export const isConsoleCaller = (caller: Caller): boolean =>
  caller.kind !== "operator" &&
  caller.credential.type === "session-token" &&
  caller.credential.madeBy === "SignIn";
