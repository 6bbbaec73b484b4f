import type { Credentials } from "@aws-sdk/client-sts";
import { epochMs, SECOND } from "#base/clock.ts";
import { issueAccessKey } from "#credentials/access-key.ts";
import type { ActingSession } from "#credentials/acting-session.ts";
import { sealSessionToken } from "#credentials/session-token.ts";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { MfaProof } from "#mfa/proof.ts";
import type { Call, PrincipalCaller } from "../call.ts";
import { eventDate } from "../event-date.ts";

/** A session to be: whose, for how long, and what it carries. */
export interface NewSession {
  readonly accountId: AccountId;
  readonly principalId: PrincipalId;
  readonly seconds: number;
  readonly mfa: MfaProof | undefined;
  readonly acting: ActingSession | undefined;
}

/** Temporary credentials, made with what the caller calls with. */
export function issueCredentials(call: Call, caller: PrincipalCaller, session: NewSession): Credentials {
  const { random, keyring } = call.deps;
  const { accountId, principalId, seconds, mfa, acting } = session;
  // the answer shows whole seconds: the token lives no longer than it says
  const expiresAt = epochMs(Math.floor(call.now / SECOND) * SECOND + seconds * SECOND);
  const { accessKeyId, secretAccessKey } = issueAccessKey("temporaryKey", accountId, random);
  const token = sealSessionToken(keyring, accessKeyId, {
    accountId,
    principalId,
    mintedBy: caller.credential.accessKeyId,
    issuedAt: call.now,
    expiresAt,
    secretAccessKey,
    mfa,
    acting,
  });
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: token,
    Expiration: new Date(expiresAt),
  };
}

/** As an event shows them: nothing that could be used. */
export const auditedCredentials = (credentials: Credentials | undefined): object => ({
  accessKeyId: credentials?.AccessKeyId,
  expiration: credentials?.Expiration && eventDate(credentials.Expiration),
});

/** Root's default and cap in seconds, to which a longer request is cut silently, and everybody else's default (contract 2). */
const ROOT_CAP = 3_600;
const USER_DEFAULT = 43_200;

/** How long the sessions last that a user or root makes for a long-term key. */
export const ownSeconds = (caller: PrincipalCaller, asked: number | undefined): number =>
  caller.kind === "root" ? Math.min(asked ?? ROOT_CAP, ROOT_CAP) : (asked ?? USER_DEFAULT);
