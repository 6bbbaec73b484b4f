/** Users as the console lists and makes them: what takes many calls of IAM takes one of these. */
export interface UserOperations {
  /** An account's users by what they have and have not, a page at a time. */
  readonly ListUserSummaries: { readonly input: UserQuestion; readonly output: UserPage };
  /** Makes all of the users or, where anything is wrong with one of them, none. */
  readonly CreateUsers: { readonly input: NewUsers; readonly output: CreatedUsers };
}

export type MfaFilter = "none" | "any" | "virtual" | "hardware" | "security-key" | "passkey";
export type UserSort = "UserName" | "CreateDate" | "PasswordLastUsed" | "KeyAge";

/** All that is given must hold. */
export interface UserQuestion {
  /** A part of the name, in any letter case. */
  readonly Search?: string | undefined;
  readonly Mfa?: MfaFilter | undefined;
  readonly ConsoleAccess?: boolean | undefined;
  readonly GroupName?: string | undefined;
  /** The last sign-in is so many days ago; of who never signed in, that he was made. */
  readonly NotSignedInForDays?: number | undefined;
  /** Of active keys. */
  readonly KeyOlderThanDays?: number | undefined;
  /** `UserName` by default. Who never signed in, or has no active key, comes first; last with `Descending`. */
  readonly Sort?: UserSort | undefined;
  readonly Descending?: boolean | undefined;
  /** 50 by default. */
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface UserPage {
  readonly Users: readonly UserSummary[];
  /** How many there are on all pages: on the first, where they are few or it is known without counting. */
  readonly Matches?: number | undefined;
  readonly IsTruncated: boolean;
  readonly Marker?: string | undefined;
}

export interface UserSummary {
  readonly UserName: string;
  readonly UserId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly CreateDate: number;
  /** One of each device. */
  readonly MfaKinds: readonly string[];
  readonly ConsoleAccess: boolean;
  readonly PasswordLastUsed?: number | undefined;
  readonly ActiveKeys: number;
  /** When the oldest active key was made. */
  readonly OldestActiveKeyDate?: number | undefined;
  /** Ten at most. */
  readonly Groups: readonly string[];
}

export interface NewUsers {
  readonly Users: readonly NewUser[];
  /** Only says what would be wrong. */
  readonly DryRun?: boolean | undefined;
}

export interface NewUser {
  readonly UserName: string;
  /** `/` by default. */
  readonly Path?: string | undefined;
  readonly Groups?: readonly string[] | undefined;
  readonly Tags?: readonly UserTag[] | undefined;
  /** Where he is told what happens to his account, once he has confirmed it. */
  readonly ContactAddress?: string | undefined;
}

export interface UserTag {
  readonly Key: string;
  readonly Value: string;
}

export interface CreatedUsers {
  readonly Created: number;
  /** In the order of the rows. */
  readonly Problems: readonly NewUserProblem[];
}

export interface NewUserProblem {
  /** From 0. */
  readonly Row: number;
  /** What of the row is wrong; absent where the whole is refused. */
  readonly Member?: "UserName" | "Path" | "Groups" | "Tags" | "ContactAddress" | undefined;
  readonly Message: string;
}
