import { DAY, epochMs } from "#base/clock.ts";
import { type Outcome, refuse } from "#base/outcome.ts";
import { isMailAddress } from "#identity/mail-address.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { ContactRow } from "#ports/contacts.ts";
import type { NoticeKind } from "#ports/notices.ts";
import type { Transaction } from "#ports/store.ts";
import type { UserRow } from "#ports/users.ts";
import { issueSecret } from "#signin/token.ts";
import { type Call, provedMfa } from "./call.ts";
import { noticeOf, tell, withToken } from "./notices.ts";
import { isRootUser, type UserInput, userOrRoot } from "./users.ts";

/** How long the link in a mail confirms. */
const CONFIRM_MS = DAY;

/** Whether a call is about the caller himself: a user or root, not what was made with their credentials. */
export const isOwnContact = ({ caller }: Call, user: UserRow | undefined): boolean =>
  (caller.kind === "user" || caller.kind === "root") && caller.principalId === user?.userId;

/**
 * The user whose contact address the call changes. Whoever holds but a password or an access key of his may not lead astray what he
 * is told: of oneself it wants a session with MFA (DESIGN 3.1).
 */
export function contactOwner(
  call: Call,
  input: UserInput,
  target: UserRow | undefined,
): Outcome<UserRow, ServiceError> {
  const user = userOrRoot(call, input, target);
  if (!user.ok) return user;
  if (isRootUser(user.value)) return refuse(rootsOwn());
  return isOwnContact(call, target) && provedMfa(call.caller) === undefined ? refuse(withoutMfa()) : user;
}

const rootsOwn = (): ServiceError =>
  serviceError("ValidationError", "The root user's contact address is its e-mail address.");

const withoutMfa = (): ServiceError =>
  serviceError(
    "AccessDenied",
    "To change your own contact address, sign in with an MFA device that is enabled for you.",
    "who changes where he is told needs an MFA session",
  );

export const addressProblem = (address: string): ServiceError | undefined =>
  isMailAddress(address)
    ? undefined
    : serviceError("InvalidInput", `${address} is not an e-mail address that mail can be sent to.`);

/**
 * Puts the address of a user, or under root the account's security contact. Where it replaces a confirmed one, that one is told; to
 * the new one goes the link that confirms it. Without a mail server there is no link: the address waits, and so does a notice.
 */
export async function putContact(
  tx: Transaction,
  call: Call,
  holder: UserRow,
  address: string,
): Promise<void> {
  const { accountId, userId } = holder;
  const { random, keyring, mail } = call.deps;
  await tellOfChange(tx, call, holder, address);
  const issued = mail.configured ? issueSecret(random) : undefined;
  await tx.contacts.put(
    { accountId, principalId: userId, address, changedAt: call.now },
    issued && { tokenHash: issued.tokenHash, expiresAt: epochMs(call.now + CONFIRM_MS) },
  );
  const kind = confirmationOf(holder);
  const details = { address, by: call.caller.arn };
  const notice = noticeOf(call, { about: holder, kind, details }, issued && address);
  await tx.notices.withdraw(accountId, userId, kind);
  await tx.notices.add([issued === undefined ? notice : withToken(keyring, notice, issued.token)]);
}

/** Takes the address away, and what was on its way to it; false where there is none. */
export async function removeContact(tx: Transaction, call: Call, holder: UserRow): Promise<boolean> {
  const { accountId, userId } = holder;
  await tellOfChange(tx, call, holder, undefined);
  await tx.notices.withdraw(accountId, userId, confirmationOf(holder));
  return tx.contacts.remove(accountId, userId);
}

const confirmationOf = (holder: UserRow): NoticeKind =>
  isRootUser(holder) ? "confirm-security-contact" : "confirm-contact";

/** To the addresses as they are before the change: nobody who had none is told that he gets one. */
async function tellOfChange(
  tx: Transaction,
  call: Call,
  holder: UserRow,
  address: string | undefined,
): Promise<void> {
  const former = await tx.contacts.load(holder.accountId, holder.userId);
  if (former?.confirmed === undefined && !isRootUser(holder)) return;
  const details = { ...(address === undefined ? {} : { address }), by: call.caller.arn };
  await tell(tx, call, { about: holder, kind: "contact-changed", details });
}

/** The address that was put last, and whether it was confirmed. */
export const shownContact = (contact: ContactRow | undefined): ShownContact =>
  contact === undefined
    ? {}
    : {
        Address: contact.pending ?? contact.confirmed,
        Confirmed: contact.pending === undefined,
        ChangedAt: contact.changedAt,
      };

interface ShownContact {
  readonly Address?: string | undefined;
  readonly Confirmed?: boolean | undefined;
  readonly ChangedAt?: number | undefined;
}
