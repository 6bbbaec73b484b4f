/** Inputs and outputs of the `countersign` service. Moments are epoch milliseconds. */
export interface CountersignOperations {
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
  /** Ends all sessions of a user or of a role; of the whole account where neither is named. */
  readonly RevokeSessions: {
    readonly input: { readonly UserName?: string | undefined; readonly RoleName?: string | undefined };
    readonly output: Nothing;
  };
}

export type Nothing = Readonly<Record<never, never>>;

export interface ConsoleContext {
  readonly Account: ConsoleAccount;
  readonly Principal: ConsolePrincipal;
  /** Absent for a call that was signed with access keys. */
  readonly Session?: ConsoleSession | undefined;
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
