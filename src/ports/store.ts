import type { AccountId } from "#identity/ids.ts";
import type { AccessKeyReads, AccessKeyWrites } from "./access-keys.ts";
import type { AccountReads, AccountWrites } from "./accounts.ts";
import type { BudgetReads, BudgetWrites } from "./budgets.ts";
import type { ConsoleSessionReads, ConsoleSessionWrites } from "./console-sessions.ts";
import type { ContactReads, ContactWrites } from "./contacts.ts";
import type { DeviceReads, DeviceWrites } from "./devices.ts";
import type { EventReads, EventWrites } from "./events.ts";
import type { GroupReads, GroupWrites } from "./groups.ts";
import type { NoticeReads, NoticeWrites } from "./notices.ts";
import type {
  LoginProfileReads,
  LoginProfileWrites,
  PasswordPolicyReads,
  PasswordPolicyWrites,
} from "./passwords.ts";
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
import type { SeedWrites } from "./seeds.ts";
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
import type { UserReads, UserWrites } from "./users.ts";

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
