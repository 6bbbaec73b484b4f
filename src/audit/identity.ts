import { type EpochMs, isoSeconds } from "#base/clock.ts";

/** CloudTrail's userIdentity (contract 5.4). */
export interface UserIdentity {
  readonly type:
    | "IAMUser"
    | "Root"
    | "AssumedRole"
    | "FederatedUser"
    | "AWSAccount"
    | "AWSService"
    | "Operator";
  readonly principalId?: string;
  readonly arn?: string;
  readonly accountId: string;
  readonly accessKeyId?: string;
  readonly userName?: string;
  /** Of what the server does by itself. */
  readonly invokedBy?: string;
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
  readonly sourceIdentity?: string;
}

/** Who stands behind a session that is not its maker's own: a role, or who federated. */
export interface SessionIssuer {
  readonly issuer: {
    readonly type: "Role" | "IAMUser" | "Root";
    readonly principalId: string;
    readonly arn?: string;
    readonly accountId: string;
    readonly userName?: string;
  };
  readonly sourceIdentity?: string | undefined;
}

/** The session part of a caller with temporary credentials. */
export const sessionContext = (
  issuedAt: EpochMs,
  mfa: boolean,
  from: SessionIssuer | undefined,
): SessionContext => ({
  sessionIssuer: from?.issuer ?? {},
  webIdFederationData: {},
  attributes: { creationDate: isoSeconds(issuedAt), mfaAuthenticated: mfa ? "true" : "false" },
  ...(from?.sourceIdentity === undefined ? {} : { sourceIdentity: from.sourceIdentity }),
});
