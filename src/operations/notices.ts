import { randomUUID } from "node:crypto";
import { utf8 } from "#base/bytes.ts";
import type { Keyring } from "#crypto/keyring.ts";
import type { NewNotice, NoticeKind, NoticeRow } from "#ports/notices.ts";
import { noticeContext } from "#ports/sealed.ts";
import type { Reader, Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import type { Call } from "./call.ts";
import { isRootUser } from "./users.ts";

/** What somebody is told: to the addresses that are his, or where there is none on his next page. */
export interface Told {
  /** Whose account it happened to. */
  readonly about: Whose;
  readonly kind: NoticeKind;
  readonly details?: Readonly<Record<string, string>>;
}

/** A user, root included: what concerns the account's security contact is about root. */
export type Whose = Pick<UserRow, "accountId" | "userId" | "userName">;

/** When and from where: of a call, or of a browser that signs in. */
export type Occasion = Pick<Call, "now" | "sourceIp" | "userAgent" | "deps">;

/** Writes the notice in the transaction of what it tells of. Of who has no address it reads one row and writes one. */
export async function tell(tx: Transaction, occasion: Occasion, told: Told): Promise<void> {
  const addresses = occasion.deps.mail.configured ? await addressesOf(tx, told.about) : [];
  const to = addresses.length === 0 ? [undefined] : addresses;
  await tx.notices.add(to.map((address) => noticeOf(occasion, told, address)));
}

/** Root's e-mail and the account's security contact; a user's confirmed address. */
async function addressesOf(store: Reader, whose: Whose): Promise<readonly string[]> {
  const { accountId, userId } = whose;
  const contact = await store.contacts.load(accountId, userId);
  const account = isRootUser(whose) ? await store.accounts.load(accountId) : undefined;
  const all = [account?.rootEmail, contact?.confirmed].filter((address) => address !== undefined);
  return all.filter((one, at) => all.findIndex((other) => sameAddress(one, other)) === at);
}

const sameAddress = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Browsers say what they like of themselves. */
const LONGEST_DETAIL = 256;

export function noticeOf(
  { now, sourceIp, userAgent }: Occasion,
  { about, kind, details }: Told,
  address: string | undefined,
): NewNotice {
  const all = Object.entries({ ...details, sourceIp, userAgent });
  return {
    accountId: about.accountId,
    noticeId: randomUUID(),
    about: about.userId,
    userName: isRootUser(about) ? undefined : about.userName,
    kind,
    at: now,
    details: Object.fromEntries(all.map(([name, value]) => [name, value.slice(0, LONGEST_DETAIL)])),
    address,
    sealedToken: undefined,
  };
}

/** The notice with the token that only its mail may tell. */
export const withToken = (keyring: Keyring, notice: NewNotice, token: string): NewNotice => ({
  ...notice,
  sealedToken: keyring.seal("notice", noticeContext(notice.accountId, notice.noticeId), utf8(token)),
});

/** The token of a mail that confirms; undefined where there is none, or it was sealed under a key that is gone. */
export function tokenOf(keyring: Keyring, notice: NoticeRow): string | undefined {
  const { accountId, noticeId, sealedToken } = notice;
  const token = sealedToken && keyring.open("notice", noticeContext(accountId, noticeId), sealedToken);
  return token && Buffer.from(token).toString();
}
