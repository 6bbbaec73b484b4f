/** What the server is set to, and whether it can send mail. */
export interface ServerOperations {
  readonly GetServerSettings: {
    readonly input: Readonly<Record<never, never>>;
    readonly output: ServerSettings;
  };
  /** Sends a mail and waits for what the mail server says of it. */
  readonly SendTestNotification: {
    readonly input: { readonly Address: string };
    readonly output: TestNotification;
  };
}

export interface TestNotification {
  /** The mail server has taken it. */
  readonly Accepted: boolean;
  /** Why it has not. */
  readonly Reason?: string | undefined;
}

/** No secrets are in it. */
export interface ServerSettings {
  readonly Notifications: NotificationSettings;
  readonly Mfa: MfaSettings;
  readonly Sessions: SessionSettings;
  readonly Quotas: readonly QuotaSetting[];
  readonly Outbound: OutboundSettings;
}

export interface NotificationSettings {
  readonly Configured: boolean;
  readonly From?: string | undefined;
  readonly Host?: string | undefined;
}

export interface MfaSettings {
  readonly Issuer: string;
  readonly DevicesPerUser: number;
  readonly RootGraceDays: number;
  readonly RootReminderDays: number;
}

export interface SessionSettings {
  readonly IdleMinutes: number;
  readonly Minutes: number;
  readonly RootIdleMinutes: number;
  readonly RootMinutes: number;
}

export interface QuotaSetting {
  /** `GroupsPerUser` */
  readonly Name: string;
  readonly Value: number;
}

export interface OutboundSettings {
  /** Whom the server calls, e.g. `SMTP mail.example.com`; empty where it calls nobody. */
  readonly Rules: readonly string[];
}
