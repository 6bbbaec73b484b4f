import type { EventRow } from "#audit/event.ts";
import type { EpochMs } from "#base/clock.ts";
import type {
  AccessKeyId,
  AccountId,
  Arn,
  PrincipalId,
  SeedId,
  SerialNumber,
  UserName,
} from "#identity/ids.ts";
import type { PasswordPolicy } from "#identity/password-policy.ts";
import type { Tag } from "#identity/tags.ts";
import type { BudgetState } from "#mfa/budget.ts";
import type { SeedState } from "#mfa/seed.ts";
import type { ConsoleSessionReads, ConsoleSessionWrites } from "./console-sessions.ts";
import type { ContactReads, ContactWrites } from "./contacts.ts";
import type { GroupReads, GroupWrites } from "./groups.ts";
import type { NoticeReads, NoticeWrites } from "./notices.ts";
import type { Page } from "./page.ts";
import type {
  AttachmentReads,
  AttachmentWrites,
  GrantReads,
  InlinePolicyReads,
  InlinePolicyWrites,
  PolicyReads,
  PolicyWrites,
} from "./policies.ts";
import type { RoleReads, RoleWrites } from "./roles.ts";
import type { SignInDayReads, SignInDayWrites } from "./sign-in-days.ts";
import type {
  BrowserReads,
  BrowserWrites,
  MfaReminderReads,
  MfaReminderWrites,
  SetUpLinkReads,
  SetUpLinkWrites,
  SignInReads,
  SignInWrites,
  ThrottleWrites,
} from "./signins.ts";
import type { UserSummaryReads } from "./user-summaries.ts";

export type { Page };

/**
 * The store: every right answer is a conditional write whose row count is the answer (DESIGN section 5). The account leads
 * every key. A method that returns `boolean` tells whether its one conditional write took effect.
 *
 * Names are matched without regard to case, serial numbers exactly; what is unique is unique without regard to case.
 */
export interface Store {
  /** Reads outside a transaction: each call sees what is committed. */
  readonly reader: Reader;
  /**
   * Runs `work` in one transaction and commits when it resolves, whatever it resolves to: a refusal is a value and what it
   * counted stays counted. A throw rolls back. `work` may run again when the database asks for a retry, so it touches
   * nothing but the transaction.
   */
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface Reader {
  readonly accounts: AccountReads;
  readonly users: UserReads;
  readonly userSummaries: UserSummaryReads;
  readonly accessKeys: AccessKeyReads;
  readonly loginProfiles: LoginProfileReads;
  readonly passwordPolicies: PasswordPolicyReads;
  readonly groups: GroupReads;
  readonly roles: RoleReads;
  readonly policies: PolicyReads;
  readonly attachments: AttachmentReads;
  readonly inlinePolicies: InlinePolicyReads;
  readonly grants: GrantReads;
  readonly devices: DeviceReads;
  readonly budgets: BudgetReads;
  readonly consoleSessions: ConsoleSessionReads;
  readonly signIns: SignInReads;
  readonly signInDays: SignInDayReads;
  readonly browsers: BrowserReads;
  readonly setUpLinks: SetUpLinkReads;
  readonly mfaReminders: MfaReminderReads;
  readonly contacts: ContactReads;
  readonly notices: NoticeReads;
  readonly events: EventReads;
}

export interface Transaction extends Reader {
  readonly accounts: AccountReads & AccountWrites;
  readonly users: UserReads & UserWrites;
  readonly accessKeys: AccessKeyReads & AccessKeyWrites;
  readonly loginProfiles: LoginProfileReads & LoginProfileWrites;
  readonly passwordPolicies: PasswordPolicyReads & PasswordPolicyWrites;
  readonly groups: GroupReads & GroupWrites;
  readonly roles: RoleReads & RoleWrites;
  readonly policies: PolicyReads & PolicyWrites;
  readonly attachments: AttachmentReads & AttachmentWrites;
  readonly inlinePolicies: InlinePolicyReads & InlinePolicyWrites;
  readonly devices: DeviceReads & DeviceWrites;
  readonly seeds: SeedWrites;
  readonly budgets: BudgetReads & BudgetWrites;
  readonly consoleSessions: ConsoleSessionReads & ConsoleSessionWrites;
  readonly signIns: SignInReads & SignInWrites;
  readonly signInDays: SignInDayReads & SignInDayWrites;
  readonly throttles: ThrottleWrites;
  readonly browsers: BrowserReads & BrowserWrites;
  readonly setUpLinks: SetUpLinkReads & SetUpLinkWrites;
  readonly mfaReminders: MfaReminderReads & MfaReminderWrites;
  readonly contacts: ContactReads & ContactWrites;
  readonly notices: NoticeReads & NoticeWrites;
  readonly events: EventReads & EventWrites;
  /**
   * Runs `work` in a savepoint and undoes all it wrote unless `keep` says yes to its result. A throw undoes and goes on up.
   */
  savepoint<T>(work: () => Promise<T>, keep: (result: T) => boolean): Promise<T>;
  /**
   * Says that what authentication or a decision reads has changed in `account`; caches everywhere follow (DESIGN 5). False, and
   * nothing said, where `from` is given and is not the revision: then something has changed since it was read.
   */
  bumpRevision(account: AccountId, from?: number): Promise<boolean>;
}

// ---- accounts

export interface AccountRow {
  readonly accountId: AccountId;
  readonly alias: string | undefined;
  readonly rootEmail: string;
  readonly createdAt: EpochMs;
  /** IAM users; the root user is not one. */
  readonly userCount: number;
  readonly groupCount: number;
  readonly roleCount: number;
  /** Customer managed policies. */
  readonly policyCount: number;
  /** Virtual devices, assigned or not. */
  readonly virtualMfaCount: number;
  /** Devices of any kind that have an owner. */
  readonly mfaInUseCount: number;
  /** Tokens of this account issued at or before this moment are dead. */
  readonly sessionsNotBefore: EpochMs;
  /** Rises with every change that authentication or a decision reads. */
  readonly revision: number;
}

export interface AccountReads {
  load(account: AccountId): Promise<AccountRow | undefined>;
  /** The account's revision alone; undefined where there is no such account. */
  revision(account: AccountId): Promise<number | undefined>;
  /** In order of account id. */
  list(page: Page): Promise<readonly AccountRow[]>;
  byAlias(alias: string): Promise<AccountRow | undefined>;
  /** By root's e-mail, without regard to case. */
  byRootEmail(email: string): Promise<AccountRow | undefined>;
  /** Distinct managed policies attached or a boundary in the account (PolicyVersionsInUse of contract 1.6). */
  countPoliciesInUse(account: AccountId): Promise<number>;
}

export type AccountCount =
  | "userCount"
  | "groupCount"
  | "roleCount"
  | "policyCount"
  | "virtualMfaCount"
  | "mfaInUseCount";

export interface AccountWrites {
  /** Makes the account and its root user (a `UserRow` whose id is the account's), or says what is taken. */
  create(row: {
    readonly accountId: AccountId;
    readonly rootEmail: string;
    readonly alias: string | undefined;
    readonly createdAt: EpochMs;
  }): Promise<"created" | "id-taken" | "email-taken" | "alias-taken">;
  /** Gives the account `alias` in place of the one it has; false where another account has it. */
  setAlias(account: AccountId, alias: string): Promise<boolean>;
  /** False where the account's alias is not `alias`. */
  removeAlias(account: AccountId, alias: string): Promise<boolean>;
  /** Adds `delta`; false, and nothing added, where the count is not below `below`. */
  count(account: AccountId, count: AccountCount, delta: 1 | -1, below?: number): Promise<boolean>;
  endSessions(account: AccountId, notBefore: EpochMs): Promise<void>;
}

// ---- users

/** An IAM user, or the account's root user: the row whose `userId` is the account id and whose name is `<root_account>`. */
export interface UserRow {
  readonly accountId: AccountId;
  readonly userId: PrincipalId;
  readonly userName: UserName;
  readonly path: string;
  readonly createdAt: EpochMs;
  readonly passwordLastUsed: EpochMs | undefined;
  readonly tags: readonly Tag[];
  readonly mfaCount: number;
  readonly accessKeyCount: number;
  readonly policyCount: number;
  readonly groupCount: number;
  readonly inlineCount: number;
  /** Characters in the inline policies' documents, white space not counted. */
  readonly inlineSize: number;
  readonly boundaryArn: Arn | undefined;
  /** Tokens of this principal issued at or before this moment are dead. */
  readonly sessionsNotBefore: EpochMs;
}

export interface UserReads {
  /** IAM users only, never root. */
  byName(account: AccountId, name: string): Promise<UserRow | undefined>;
  /** Root included. */
  byId(account: AccountId, user: PrincipalId): Promise<UserRow | undefined>;
  /** IAM users whose path starts with `pathPrefix`, in order of their folded name; `after` is a folded name. */
  list(account: AccountId, pathPrefix: string, page: Page): Promise<readonly UserRow[]>;
  /** A group's members in order of their folded name; `after` is a folded name. */
  listInGroup(account: AccountId, group: PrincipalId, page: Page): Promise<readonly UserRow[]>;
  /** IAM users with an active device. */
  countWithMfa(account: AccountId): Promise<number>;
  /** How many IAM users with a password have an active device, and how many have none. */
  mfaCoverage(account: AccountId): Promise<{ readonly withMfa: number; readonly without: number }>;
  /** IAM users with a password and no active device; who used it last comes first. */
  lackingMfa(account: AccountId, limit: number): Promise<readonly UserRow[]>;
}

export type UserCount = "mfaCount" | "accessKeyCount" | "policyCount" | "groupCount";

export interface UserWrites {
  /** False where the name is taken. */
  create(
    row: Pick<UserRow, "accountId" | "userId" | "userName" | "path" | "createdAt" | "tags">,
  ): Promise<boolean>;
  /** Renames or moves; false where the new name is another user's. The user exists. */
  update(
    account: AccountId,
    user: PrincipalId,
    change: { userName?: UserName; path?: string },
  ): Promise<boolean>;
  /**
   * Deletes a user who holds nothing: one conditional write. False where he is gone, is in a group, or holds a device, key,
   * policy or login profile. A boundary goes with him.
   */
  remove(account: AccountId, user: PrincipalId): Promise<boolean>;
  /** Takes the row's lock until the transaction ends and returns the row as it now is. */
  lock(account: AccountId, user: PrincipalId): Promise<UserRow | undefined>;
  /** Adds `delta`; false, and nothing added, where the count is not below `below`. */
  count(
    account: AccountId,
    user: PrincipalId,
    count: UserCount,
    delta: 1 | -1,
    below?: number,
  ): Promise<boolean>;
  setTags(account: AccountId, user: PrincipalId, tags: readonly Tag[]): Promise<void>;
  /** Notes that the password was used to sign in. */
  notePasswordUse(account: AccountId, user: PrincipalId, at: EpochMs): Promise<void>;
  /** False where the user or the customer managed policy is gone. Undefined takes the boundary away. */
  setBoundary(account: AccountId, user: PrincipalId, policy: Arn | undefined): Promise<boolean>;
  endSessions(account: AccountId, user: PrincipalId, notBefore: EpochMs): Promise<void>;
}

// ---- access keys

export type AccessKeyStatus = "Active" | "Inactive";

export interface AccessKeyRow {
  readonly accessKeyId: AccessKeyId;
  readonly accountId: AccountId;
  readonly userId: PrincipalId;
  readonly sealedSecret: Uint8Array;
  readonly status: AccessKeyStatus;
  readonly createdAt: EpochMs;
  readonly lastUsedAt: EpochMs | undefined;
  /** Signing name of the service last called, e.g. `iam`. */
  readonly lastUsedService: string | undefined;
  readonly lastUsedRegion: string | undefined;
}

export interface AccessKeyReads {
  load(key: AccessKeyId): Promise<AccessKeyRow | undefined>;
  /** In order of creation, then id; `after` is an access key id. */
  listFor(account: AccountId, user: PrincipalId, page: Page): Promise<readonly AccessKeyRow[]>;
}

export interface AccessKeyWrites {
  /** False where the id is taken. Count first: `users.count(…, "accessKeyCount", 1, quota)`. */
  create(
    row: Pick<AccessKeyRow, "accessKeyId" | "accountId" | "userId" | "sealedSecret" | "createdAt">,
  ): Promise<boolean>;
  setStatus(
    account: AccountId,
    user: PrincipalId,
    key: AccessKeyId,
    status: AccessKeyStatus,
  ): Promise<boolean>;
  remove(account: AccountId, user: PrincipalId, key: AccessKeyId): Promise<boolean>;
}

// ---- passwords

export interface LoginProfileRow {
  readonly accountId: AccountId;
  readonly userId: PrincipalId;
  /** As `crypto/password.ts` encodes it. */
  readonly passwordHash: string;
  readonly createdAt: EpochMs;
  readonly changedAt: EpochMs;
  readonly resetRequired: boolean;
  /** Hashes of earlier passwords, newest first, at most 24. */
  readonly earlierHashes: readonly string[];
}

export interface LoginProfileReads {
  load(account: AccountId, user: PrincipalId): Promise<LoginProfileRow | undefined>;
}

export interface LoginProfileWrites {
  /** False where there is one. */
  create(row: LoginProfileRow): Promise<boolean>;
  /** Replaces the row if its hash is still `expectedHash`; false otherwise. */
  replace(row: LoginProfileRow, expectedHash: string): Promise<boolean>;
  remove(account: AccountId, user: PrincipalId): Promise<boolean>;
}

/** As set; where there is none the default policy holds. */
export type PasswordPolicyRow = PasswordPolicy;

export interface PasswordPolicyReads {
  load(account: AccountId): Promise<PasswordPolicyRow | undefined>;
}

export interface PasswordPolicyWrites {
  put(account: AccountId, row: PasswordPolicyRow): Promise<void>;
  remove(account: AccountId): Promise<boolean>;
}

// ---- MFA devices

/** `owner` is undefined while unassigned; an active device has an owner and an enable date, always. */
export interface DeviceRow {
  readonly accountId: AccountId;
  readonly serialNumber: SerialNumber;
  readonly path: string;
  readonly name: string;
  readonly seedId: SeedId;
  readonly createdAt: EpochMs;
  readonly createdBy: PrincipalId;
  readonly tags: readonly Tag[];
  /** Of a device that a wizard of the console has made and that waits for being enabled: when it has waited long enough. */
  readonly enrolUntil: EpochMs | undefined;
  /** Of such a device: the id of the request that made it, which tells it from a later one of the same serial number. */
  readonly enrolmentId: string | undefined;
  readonly owner: { readonly userId: PrincipalId; readonly enabledAt: EpochMs } | undefined;
}

/** A device that waits for being enabled: in a wizard of `waitingFor`, made by the request `enrolmentId`, or since long enough by `until`. */
export interface Waiting {
  readonly waitingFor?: PrincipalId;
  readonly enrolmentId?: string | undefined;
  readonly until?: EpochMs;
}

export type AssignmentStatus = "Assigned" | "Unassigned" | "Any";

export interface DeviceReads {
  load(account: AccountId, serial: string): Promise<DeviceRow | undefined>;
  /** A principal's active devices in order of enabling, then serial; `after` is a serial number. */
  listFor(account: AccountId, owner: PrincipalId, page: Page): Promise<readonly DeviceRow[]>;
  /** Virtual devices in order of creation, which is that of their seed ids; `after` is a seed id, short enough for a marker. */
  list(account: AccountId, status: AssignmentStatus, page: Page): Promise<readonly DeviceRow[]>;
  /** Devices of any account that have waited for being enabled until `until` or longer, the longest first. */
  listForgotten(until: EpochMs, limit: number): Promise<readonly DeviceRow[]>;
}

export interface DeviceWrites {
  /** Makes the device and its seed; false where the serial number is taken. */
  create(row: Omit<DeviceRow, "owner">, sealedSeed: Uint8Array): Promise<boolean>;
  /** It waits no longer. False where it is gone or has an owner. */
  assign(account: AccountId, serial: SerialNumber, owner: PrincipalId, at: EpochMs): Promise<boolean>;
  /** False where `owner` is not its owner. Seed, drift, floor, claims and tags stay. */
  release(account: AccountId, serial: SerialNumber, owner: PrincipalId): Promise<boolean>;
  /** Deletes an unassigned device with its seed and claims; false where it is gone, has an owner, or is not one of `only`. */
  remove(account: AccountId, serial: SerialNumber, only?: Waiting): Promise<boolean>;
  /** Takes the row's lock until the transaction ends and returns the row as it now is. */
  lock(account: AccountId, serial: SerialNumber): Promise<DeviceRow | undefined>;
  setTags(account: AccountId, serial: SerialNumber, tags: readonly Tag[]): Promise<void>;
  /** Unassigned devices that `creator` made. Right only under the creator's row lock. */
  countUnassignedBy(account: AccountId, creator: PrincipalId): Promise<number>;
}

/** A seed with what is remembered of it: both outlive deactivate, resync, rename and re-enable (DESIGN 3.2). */
export interface SeedRow extends SeedState {
  readonly seedId: SeedId;
  readonly accountId: AccountId;
  readonly sealedSeed: Uint8Array;
}

export interface SeedWrites {
  /** Takes the seed row's lock until the transaction ends and returns the row as it now is. */
  lock(account: AccountId, seed: SeedId): Promise<SeedRow | undefined>;
  save(row: SeedRow): Promise<void>;
  /** Claims (seed, step): true for the first ever, false for every other. THE single-use check. */
  claim(account: AccountId, seed: SeedId, step: number): Promise<boolean>;
  /** Forgets claims at or below `floor`; the caller has saved that floor. */
  prune(account: AccountId, seed: SeedId, floor: number): Promise<void>;
}

/**
 * Attempts against one subject: `device:SERIAL`, `person:UNIQUE-ID` or `password:UNIQUE-ID`. It outlives the device: re-making one under the same
 * serial keeps its budget.
 */
export interface BudgetRow extends BudgetState {
  readonly accountId: AccountId;
  readonly subject: string;
}

export interface BudgetReads {
  /** As it was at some moment: good for sparing work, not for a decision. */
  load(account: AccountId, subject: string): Promise<BudgetRow | undefined>;
}

export interface BudgetWrites {
  /** Makes the row if need be, takes its lock until the transaction ends, and returns it as it now is. */
  lock(account: AccountId, subject: string): Promise<BudgetRow>;
  save(row: BudgetRow): Promise<void>;
}

// ---- audit

export type { EventRow };

export interface EventReads {
  /**
   * Sign-ins under a user's name as it was spelled then, newest first; under none where `userName` is undefined. Names are given
   * anew: whose they were, the records say.
   */
  signIns(account: AccountId, userName: string | undefined, limit: number): Promise<readonly EventRow[]>;
  /** What a principal did, and sign-ins of his, the newest first; `after` is an event's time, a space and its id. */
  ofPrincipal(account: AccountId, principal: PrincipalId, page: Page): Promise<readonly EventRow[]>;
}

export interface EventWrites {
  append(event: EventRow): Promise<void>;
}

/** A long-term key was used: noted once in fifteen minutes and service (contract 1.7). */
export interface KeyUse {
  readonly accountId: AccountId;
  readonly accessKeyId: AccessKeyId;
  readonly at: EpochMs;
  readonly service: string;
  readonly region: string;
}

/** A session of a role called: noted once in fifteen minutes. */
export interface RoleUse {
  readonly accountId: AccountId;
  readonly roleId: PrincipalId;
  readonly at: EpochMs;
  readonly region: string;
}

/**
 * Takes the events of reads and refusals and the uses of keys and roles, which do not wait: they are committed in groups within 50 ms,
 * by a worker of its own. `flush` resolves when all that was handed in before it is on disk.
 */
export interface Recorder {
  event(event: EventRow): void;
  keyUse(use: KeyUse): void;
  roleUse(use: RoleUse): void;
  flush(): Promise<void>;
  close(): Promise<void>;
}
