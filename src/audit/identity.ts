import { type EpochMs, isoSeconds } from "#base/clock.ts";

/** CloudTrail's userIdentity (contract 5.4). */
export interface UserIdentity {
  readonly type: "IAMUser" | "Root" | "Operator";
  readonly principalId?: string;
  readonly arn?: string;
  readonly accountId: string;
  readonly accessKeyId?: string;
  readonly userName?: string;
  readonly sessionContext?: SessionContext;
}

interface SessionContext {
  readonly sessionIssuer: object;
  readonly webIdFederationData: object;
  readonly attributes: {
    readonly creationDate: string;
    /** A string, as CloudTrail has it. */
    readonly mfaAuthenticated: "true" | "false";
  };
}

/** The session part of a caller with temporary credentials. */
export const sessionContext = (issuedAt: EpochMs, mfa: boolean): SessionContext => ({
  sessionIssuer: {},
  webIdFederationData: {},
  attributes: { creationDate: isoSeconds(issuedAt), mfaAuthenticated: mfa ? "true" : "false" },
});
