/** Where people are told what happens to their accounts, and what waits to be told them. */
export interface ContactOperations {
  /** A user's contact address: one's own in an MFA session, others' as policies say. It counts once it is confirmed. */
  readonly PutContactAddress: {
    readonly input: WhoseContact & { readonly Address: string };
    readonly output: Unconfirmed;
  };
  readonly GetContactAddress: { readonly input: WhoseContact; readonly output: Contact };
  readonly DeleteContactAddress: { readonly input: WhoseContact; readonly output: Nothing };
  /** Confirms an address by the token that was mailed to it, in a console session of whose it is. */
  readonly ConfirmContactAddress: { readonly input: { readonly Token: string }; readonly output: Nothing };
  /** Who is told beside root what happens to root. */
  readonly PutSecurityContact: { readonly input: { readonly Address: string }; readonly output: Unconfirmed };
  readonly GetSecurityContact: { readonly input: Nothing; readonly output: Contact };
  readonly DeleteSecurityContact: { readonly input: Nothing; readonly output: Nothing };
  /** What waits for the caller, and for who may call it what waits for the account's administrators. */
  readonly ListNotices: { readonly input: Nothing; readonly output: Notices };
  readonly DismissNotice: { readonly input: { readonly NoticeId: string }; readonly output: Nothing };
}

export interface WhoseContact {
  /** The caller by default. */
  readonly UserName?: string | undefined;
}

type Nothing = Readonly<Record<never, never>>;

interface Unconfirmed {
  readonly Confirmed: boolean;
}

/** Empty where there is none. */
export interface Contact {
  /** The one that was put last. */
  readonly Address?: string | undefined;
  /** While it is not, notices go to the one that was confirmed before. */
  readonly Confirmed?: boolean | undefined;
  readonly ChangedAt?: number | undefined;
}

/** The newest first, 50 at most. */
export interface Notices {
  readonly Own: readonly Notice[];
  readonly Account?: readonly Notice[] | undefined;
}

export interface Notice {
  readonly NoticeId: string;
  readonly Time: number;
  readonly Kind: string;
  /** Absent for root and for the security contact. */
  readonly UserName?: string | undefined;
  readonly Details: readonly NoticeDetail[];
}

export interface NoticeDetail {
  readonly Key: string;
  readonly Value: string;
}
