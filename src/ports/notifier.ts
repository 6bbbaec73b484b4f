/** A mail in plain text. */
export interface Mail {
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same for every try, so that a mail that went out twice can be told for one. */
  readonly id?: string;
}

/** `again`: another try may go better. The reason names no person and repeats nothing the other side said. */
export type Sent =
  | { readonly ok: true }
  | { readonly ok: false; readonly again: boolean; readonly reason: string };

/** How people are told something outside of the console. */
export interface Notifier {
  /** The sender's address. */
  readonly from: string;
  /** The server that mail goes through. */
  readonly host: string;
  /** Resolves within half a minute, whatever the other side does; at once where `signal` says so. Never rejects. */
  send(mail: Mail, signal?: AbortSignal): Promise<Sent>;
}
