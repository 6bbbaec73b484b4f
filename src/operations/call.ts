import type { EpochMs } from "#base/clock.ts";
import type { Keyring } from "#crypto/keyring.ts";
import type { PasswordHasher } from "#crypto/password.ts";
import type { AccessKeyId, AccountId, Arn, PrincipalId, RandomBytes, UserName } from "#identity/ids.ts";
import type { Tag } from "#identity/tags.ts";
import type { MfaProof } from "#mfa/proof.ts";
import type { Quotas } from "#ports/quotas.ts";
import type { Recorder } from "#ports/store.ts";

/** With what a call was signed. Long-term keys carry no MFA state at all: absent, not false (contract 2.2). */
export type Credential =
  | { readonly type: "long-term"; readonly accessKeyId: AccessKeyId }
  | {
      readonly type: "session-token";
      readonly accessKeyId: AccessKeyId;
      readonly issuedAt: EpochMs;
      readonly expiresAt: EpochMs;
      readonly mfa: MfaProof | undefined;
    };

/** A proven caller: the signature was checked and the principal exists. Nothing has been decided about the call yet. */
export interface PrincipalCaller {
  readonly kind: "root" | "user";
  readonly accountId: AccountId;
  readonly principalId: PrincipalId;
  readonly arn: Arn;
  /** Undefined for root. */
  readonly userName: UserName | undefined;
  readonly tags: readonly Tag[];
  readonly attachedPolicies: readonly Arn[];
  /** The account lets its users change their own passwords (contract 1.5). */
  readonly mayChangeOwnPassword: boolean;
  readonly credential: Credential;
}

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
  /** The issuer in otpauth URIs. */
  readonly issuer: string;
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
  readonly deps: Deps;
}

/** Whether the caller proved a second factor for the credential he calls with. */
export function provedMfa(caller: Caller): MfaProof | undefined {
  return caller.kind !== "operator" && caller.credential.type === "session-token"
    ? caller.credential.mfa
    : undefined;
}
