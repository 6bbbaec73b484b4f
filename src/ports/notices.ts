import type { EpochMs } from "#base/clock.ts";
import type { AccountId, PrincipalId } from "#identity/ids.ts";

/** What somebody is told of: what happened to his account, or that an address waits for being confirmed. */
export type NoticeKind =
  | "factor-added"
  | "factor-removed"
  | "password-changed"
  | "contact-changed"
  | "new-device-signed-in"
  | "waits-reached"
  | "password-waits-reached"
  | "device-locked"
  | "confirm-contact"
  | "confirm-security-contact";

/**
 * One notice to one address, or one that waits on pages: there is no address, no mail server, or the mail was given up. Then it
 * waits for its owner and for the administrators, each by themselves: what one has read the other has not.
 */
export interface NoticeRow {
  readonly accountId: AccountId;
  readonly noticeId: string;
  /** Whose it is; the account's own id for root and for the security contact. */
  readonly about: PrincipalId;
  /** As it was then; undefined for root and the security contact. */
  readonly userName: string | undefined;
  readonly kind: NoticeKind;
  readonly at: EpochMs;
  /** E.g. `device`, `sourceIp`, `userAgent`, `by`. Some of it was chosen by strangers. */
  readonly details: Readonly<Record<string, string>>;
  /** To whom it is mailed. */
  readonly address: string | undefined;
  /** What a mail of the confirming kinds carries, sealed (`noticeContext`). Gone once it is mailed or given up. */
  readonly sealedToken: Uint8Array | undefined;
  /** How often it was claimed for being mailed. */
  readonly tries: number;
}

export type NewNotice = Omit<NoticeRow, "tries">;

/** Newest first. */
export interface NoticeReads {
  /** What waits for a user's, or root's, next page. */
  waitingFor(account: AccountId, about: PrincipalId, limit: number): Promise<readonly NoticeRow[]>;
  /** What waits for the account's administrators. */
  waitingIn(account: AccountId, limit: number): Promise<readonly NoticeRow[]>;
  /** Mails of a kind that have gone to an address since; counts no further than `limit`, which is 20 at most. */
  countMailed(
    account: AccountId,
    address: string,
    kind: NoticeKind,
    since: EpochMs,
    limit: number,
  ): Promise<number>;
}

export interface NoticeWrites {
  /** Of one person and kind the newest 20 are kept, so that no kind pushes another one out. */
  add(notices: readonly NewNotice[]): Promise<void>;
  /**
   * Mails that are due, those first that were due first: nobody else is given them until `leaseUntil`. Two who claim at once never
   * get the same one.
   */
  claimMails(now: EpochMs, leaseUntil: EpochMs, limit: number): Promise<readonly NoticeRow[]>;
  /** The mail is out. */
  mailed(account: AccountId, noticeId: string, at: EpochMs): Promise<boolean>;
  /** The mail is tried again at `nextTryAt`; undefined gives it up, and it waits on the pages. */
  mailFailed(account: AccountId, noticeId: string, nextTryAt: EpochMs | undefined): Promise<boolean>;
  /** Takes back mails of that kind that nobody has begun to send, and those that were given up. */
  withdraw(account: AccountId, about: PrincipalId, kind: NoticeKind): Promise<void>;
  /** It waits no longer for that reader; false where it did not. An owner names himself. */
  dismiss(account: AccountId, noticeId: string, reader: NoticeReader): Promise<boolean>;
  /** Takes away what is old. */
  prune(now: EpochMs): Promise<void>;
}

export type NoticeReader = { readonly owner: PrincipalId } | "administrators";
