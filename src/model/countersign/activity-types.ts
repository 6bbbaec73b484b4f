/** What somebody did, and how he signed in. */
export interface ActivityOperations {
  /** What an IAM user did, and attempts to sign in as him, the newest first: also under names that he had before. */
  readonly ListUserActivity: { readonly input: ActivityQuestion; readonly output: ActivityPage };
}

export interface ActivityQuestion {
  readonly UserName: string;
  /** 50 by default. */
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface ActivityPage {
  readonly Events: readonly Activity[];
  readonly IsTruncated: boolean;
  readonly Marker?: string | undefined;
}

export interface Activity {
  readonly EventId: string;
  readonly Time: number;
  /** As `CreateUser`. */
  readonly Name: string;
  /** As `iam.amazonaws.com`. */
  readonly Source: string;
  readonly SourceIp: string;
  readonly UserAgent: string;
  /** A code; of an attempt to sign in, a sentence. */
  readonly Error?: string | undefined;
  /** Absent where the credentials say nothing of it, as access keys do not. */
  readonly MfaUsed?: boolean | undefined;
  readonly ReadOnly: boolean;
}
