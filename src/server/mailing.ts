import { type Clock, DAY, type EpochMs, epochMs, HOUR, MINUTE, SECOND } from "#base/clock.ts";
import type { Keyring } from "#crypto/keyring.ts";
import type { AccountId } from "#identity/ids.ts";
import type { MailState, TestMessage } from "#operations/call.ts";
import { tokenOf } from "#operations/notices.ts";
import type { NoticeRow } from "#ports/notices.ts";
import type { Notifier, Sent } from "#ports/notifier.ts";
import type { Store } from "#ports/store.ts";
import { NEW_THROTTLE } from "#signin/throttle.ts";
import type { Log } from "./log.ts";

/** How mails are written (outbound/mails.ts), which is loaded for the first one. */
export type Letters = typeof import("#outbound/mails.ts");

export interface MailingParts {
  readonly store: Store;
  readonly notifier: Notifier;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly log: Log;
}

/** The post of a server: the notices that are due, and the test messages that somebody waits for. */
export interface Mailing {
  readonly state: MailState;
  /** Sends what is due, however much it is. */
  round(origin: string): Promise<void>;
  /** Nothing is begun from now on; what is under way has two seconds more. */
  stop(): void;
}

/** Connections to the mail server at a time. */
const AT_ONCE = 4;
/** Whoever claims a mail has it for so long: longer than sending takes (ports/notifier.ts). */
const LEASE_MS = MINUTE;
const GRACE_MS = 2 * SECOND;

export function openMailing(parts: MailingParts): Mailing {
  const stop = new AbortController();
  let stopping = false;
  const { from, host } = parts.notifier;
  return {
    state: { configured: true, from, host, test: (message) => sendTest(parts, message, stop.signal) },
    async round(origin) {
      for (let more = true; more && !stopping; ) {
        const claimed = await claim(parts);
        await Promise.all(claimed.map((notice) => sendNotice(parts, notice, origin, stop.signal)));
        more = claimed.length === AT_ONCE;
      }
    },
    stop() {
      stopping = true;
      setTimeout(() => stop.abort(), GRACE_MS).unref();
    },
  };
}

function claim({ store, clock }: MailingParts): Promise<readonly NoticeRow[]> {
  const now = clock();
  return store.write((tx) => tx.notices.claimMails(now, epochMs(now + LEASE_MS), AT_ONCE));
}

/**
 * Sends one, then notes it: who dies between the two leaves it to be sent once more when the lease is over. Both carry the same
 * message id.
 */
async function sendNotice(
  { store, notifier, keyring, clock, log }: MailingParts,
  notice: NoticeRow,
  origin: string,
  signal: AbortSignal,
): Promise<void> {
  const { accountId, noticeId, kind, tries } = notice;
  const sent = (await tooMany(store, notice, clock()))
    ? gaveUp("its recipient has had enough of this kind for an hour")
    : await deliver(notifier, notice, { origin, token: tokenOf(keyring, notice) }, signal);
  const now = clock();
  if (sent.ok) {
    await store.write((tx) => tx.notices.mailed(accountId, noticeId, now));
    return;
  }
  const next = sent.again ? nextTry(notice, now) : undefined;
  await store.write((tx) => tx.notices.mailFailed(accountId, noticeId, next));
  const fields = { accountId, noticeId, kind, tries, reason: sent.reason, givenUp: next === undefined };
  log.warn(fields, "a notice was not mailed");
}

const gaveUp = (reason: string): Sent => ({ ok: false, again: false, reason });

async function deliver(
  notifier: Notifier,
  notice: NoticeRow,
  facts: Parameters<Letters["mailOf"]>[1],
  signal: AbortSignal,
): Promise<Sent> {
  const { mailOf } = await letters();
  const mail = mailOf(notice, facts);
  return mail === undefined ? gaveUp("its link is gone") : notifier.send(mail, signal);
}

const letters = (): Promise<Letters> => import("#outbound/mails.ts");

/** Of one kind to one address: whoever can make notices fills no mailbox with them. Those that are under way are not counted. */
const MOST_AN_HOUR = 10;

const tooMany = async (
  store: Store,
  { accountId, address, kind }: NoticeRow,
  now: EpochMs,
): Promise<boolean> =>
  address !== undefined &&
  (await store.reader.notices.countMailed(accountId, address, kind, epochMs(now - HOUR), MOST_AN_HOUR)) >=
    MOST_AN_HOUR;

const LONGEST_WAIT_MS = 6 * HOUR;

/** After a minute, and each time twice as long, for a day: then nobody is helped by it any more, and it waits on the pages. */
function nextTry({ at, tries }: NoticeRow, now: EpochMs): EpochMs | undefined {
  const next = epochMs(now + Math.min(MINUTE * 2 ** Math.min(tries - 1, 16), LONGEST_WAIT_MS));
  return next > at + DAY ? undefined : next;
}

const TEST_PAUSE_MS = MINUTE;

async function sendTest(
  { store, notifier }: MailingParts,
  { to, accountId, at, origin }: TestMessage,
  signal: AbortSignal,
): Promise<Sent | undefined> {
  if (!(await mayTest(store, accountId, at))) return undefined;
  const { testMail } = await letters();
  return notifier.send(testMail(to, accountId, at, origin), signal);
}

/** Of two at once one is let through: the throttle's row is locked until it is written. */
const mayTest = (store: Store, accountId: AccountId, now: EpochMs): Promise<boolean> =>
  store.write(async (tx) => {
    const { waitUntil } = await tx.throttles.lock(accountId, "test-notification");
    if (now < waitUntil) return false;
    const until = epochMs(now + TEST_PAUSE_MS);
    const throttle = { ...NEW_THROTTLE, waitUntil: until, expiresAt: until };
    await tx.throttles.save({ ...throttle, accountId, subject: "test-notification" });
    return true;
  });
