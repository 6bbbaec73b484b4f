import type { ActivityOperations } from "./activity-types.ts";
import type { ContactOperations } from "./contact-types.ts";
import type { ServerOperations } from "./server-types.ts";
import type { UserOperations } from "./user-types.ts";

/** Inputs and outputs of the `countersign` service. Moments are epoch milliseconds. */
export interface CountersignOperations
  extends ActivityOperations,
    PolicyOperations,
    UserOperations,
    ContactOperations,
    ServerOperations {
  /** Who calls, in which account, and with which session. */
  readonly GetConsoleContext: { readonly input: Nothing; readonly output: ConsoleContext };
  /** The caller's own console sessions, the newest first. */
  readonly ListSessions: {
    readonly input: Nothing;
    readonly output: { readonly Sessions: readonly Session[] };
  };
  /** Ends one of the caller's own console sessions. */
  readonly RevokeSession: { readonly input: { readonly SessionId: string }; readonly output: Nothing };
  /** Ends the caller's own console sessions but the calling one, and on demand his temporary credentials. */
  readonly RevokeOtherSessions: {
    readonly input: { readonly TemporaryCredentials: boolean };
    readonly output: { readonly Ended: number };
  };
  readonly GetDashboard: { readonly input: Nothing; readonly output: Dashboard };
  /** The caller's own sign-ins, the newest first. */
  readonly ListSignIns: {
    readonly input: { readonly MaxItems?: number | undefined };
    readonly output: { readonly SignIns: readonly SignInRecord[] };
  };
  /**
   * Removes a device that the caller's own wizard has made and that was never enabled. The enrolment's id is the request id of the
   * answer to CreateVirtualMFADevice.
   */
  readonly CancelMFAEnrolment: {
    readonly input: { readonly SerialNumber: string; readonly EnrolmentId: string };
    readonly output: Nothing;
  };
  /** Ends all sessions of a user or of a role; of the whole account where neither is named. */
  readonly RevokeSessions: {
    readonly input: { readonly UserName?: string | undefined; readonly RoleName?: string | undefined };
    readonly output: Nothing;
  };
}

export interface PolicyOperations {
  /** What is wrong in a policy document that is being written; empty for one that may be stored. */
  readonly ValidatePolicy: {
    readonly input: { readonly Document: string; readonly Type?: "identity" | "trust" | undefined };
    readonly output: { readonly Problems: readonly PolicyProblem[] };
  };
  /** What policies can speak of here. */
  readonly GetPolicyVocabulary: { readonly input: Nothing; readonly output: PolicyVocabulary };
  /** What would be decided, and what each statement had to do with it. */
  readonly ExplainAccess: { readonly input: AccessQuestion; readonly output: AccessExplanation };
}

/** Lines and columns from 1; the end is behind the last character. */
export interface PolicyProblem {
  readonly Line: number;
  readonly Column: number;
  readonly EndLine: number;
  readonly EndColumn: number;
  readonly Severity: "error" | "warning";
  readonly Message: string;
}

export interface PolicyVocabulary {
  readonly Actions: readonly { readonly Name: string; readonly ReadOnly: boolean }[];
  /** One that ends in `/` is followed by a tag's key. */
  readonly ConditionKeys: readonly string[];
  readonly Operators: readonly string[];
}

export interface AccessQuestion {
  /** Of a user, group or role. */
  readonly PrincipalArn: string;
  readonly Action: string;
  /** `*` by default. */
  readonly Resource?: string | undefined;
  readonly Mfa: MfaSituation;
  /** Further keys, and in place of those that follow from the rest. */
  readonly Context?: readonly ContextEntry[] | undefined;
}

/** `absent` as for access keys, `false` as for temporary credentials without MFA. */
export interface MfaSituation {
  readonly State: "absent" | "false" | "true";
  readonly AgeSeconds?: number | undefined;
  /** `virtual` by default. */
  readonly Method?: string | undefined;
}

export interface ContextEntry {
  readonly Key: string;
  readonly Values: readonly string[];
}

export interface AccessExplanation {
  readonly Decision: "allowed" | "explicitDeny" | "implicitDeny";
  /** Of every policy, in its order. */
  readonly Statements: readonly StatementSaid[];
  /** Keys that conditions asked for and that were absent. */
  readonly AbsentKeys: readonly string[];
}

export interface StatementSaid {
  /** A managed policy's ARN, an inline policy's name. */
  readonly Policy: string;
  readonly Kind: "inline" | "managed" | "boundary";
  /** Whose inline policy it is, e.g. `group/team`. */
  readonly Holder?: string | undefined;
  /** From 0. */
  readonly Index: number;
  readonly Sid?: string | undefined;
  readonly Effect: "Allow" | "Deny";
  /** It allows or denies the call. */
  readonly Speaks: boolean;
  /** It is the one that decided. */
  readonly Decided: boolean;
  readonly KeptOutBy?: "action" | "resource" | "principal" | "condition" | undefined;
  /** Where action and resource match. */
  readonly Conditions: readonly ConditionSaid[];
}

export interface ConditionSaid {
  readonly Operator: string;
  readonly Key: string;
  readonly Wanted: readonly string[];
  /** Absent where the key was. */
  readonly Seen?: readonly string[] | undefined;
  readonly Holds: boolean;
}

export type Nothing = Readonly<Record<never, never>>;

export interface ConsoleContext {
  readonly Account: ConsoleAccount;
  readonly Principal: ConsolePrincipal;
  /** Absent for a call that was signed with access keys. */
  readonly Session?: ConsoleSession | undefined;
  /** Before the colon in what authenticator apps show. */
  readonly Issuer: string;
  readonly ServerTime: number;
  /** Of the server, e.g. `0.1.0`. */
  readonly Version: string;
}

export interface ConsoleAccount {
  readonly AccountId: string;
  readonly Alias?: string | undefined;
  readonly SignInUrl: string;
}

export interface ConsolePrincipal {
  readonly Type: "root" | "user" | "role-session" | "federated-user";
  readonly Arn: string;
  readonly UserName?: string | undefined;
  readonly Id: string;
}

export interface ConsoleSession {
  readonly SessionId: string;
  readonly SignedInAt: number;
  readonly ExpiresAt: number;
  /** It ends when nothing was asked of it for so long. */
  readonly IdleSeconds: number;
  /** It may do nothing but give its holder a second factor. */
  readonly MustEnrol: boolean;
  readonly Mfa: SessionMfa;
}

export interface SessionMfa {
  readonly Present: boolean;
  readonly Method?: string | undefined;
  readonly At?: number | undefined;
}

export interface Session {
  readonly SessionId: string;
  readonly Current: boolean;
  readonly SignedInAt: number;
  readonly LastSeenAt: number;
  readonly ExpiresAt: number;
  readonly SourceIp: string;
  readonly UserAgent: string;
  readonly MfaMethod?: string | undefined;
}

export interface Dashboard {
  readonly Recommendations: readonly Recommendation[];
  /** The counts are there for who may call `iam:GetAccountSummary`. */
  readonly Users?: number | undefined;
  readonly UsersWithMfa?: number | undefined;
  /** Users with console access, by the best factor that each has. */
  readonly Coverage?: MfaCoverage | undefined;
  /** Today and the thirteen days before, in UTC, the latest last. */
  readonly SignInsByDay?: readonly DaySignIns[] | undefined;
  /** Who has console access and no device, the latest sign-in first, at most ten: for who may call `ListUserSummaries`. */
  readonly LackingMfa?: readonly LackingUser[] | undefined;
}

export interface MfaCoverage {
  readonly PhishingResistant: number;
  readonly Other: number;
  readonly None: number;
}

export interface DaySignIns {
  /** As `2026-11-24`. */
  readonly Day: string;
  /** Sign-ins that succeeded; `none` is the method of those without a factor. */
  readonly Factors: readonly MethodCount[];
  readonly Failures: number;
}

export interface MethodCount {
  readonly Method: string;
  readonly Count: number;
}

export interface LackingUser {
  readonly UserName: string;
  readonly PasswordLastUsed?: number | undefined;
}

export interface Recommendation {
  readonly Id: "root-mfa" | "own-mfa" | "own-backup-device" | "root-access-keys";
  readonly Severity: "error" | "warning" | "info";
  readonly Done: boolean;
  /** Whether it is the caller who can do it. */
  readonly MayAct: boolean;
}

export interface SignInRecord {
  readonly Time: number;
  readonly Outcome: "Success" | "Failure";
  readonly MfaUsed: boolean;
  /** The serial number of the device. */
  readonly MfaIdentifier?: string | undefined;
  readonly SourceIp: string;
  readonly UserAgent: string;
}
