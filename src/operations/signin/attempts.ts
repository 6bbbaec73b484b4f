import type { EpochMs } from "#base/clock.ts";
import { rootPrincipalId } from "#identity/ids.ts";
import type { ThrottleRow } from "#ports/signins.ts";
import type { Reader, Transaction } from "#ports/store.ts";
import { sourceOf } from "#signin/source.ts";
import {
  afterFailure,
  afterLookedAt,
  afterSuccess,
  afterTurnedAway,
  expiryOf,
  isWaiting,
  type ThrottleKind,
} from "#signin/throttle.ts";
import { secretHash } from "#signin/token.ts";
import { DEPLOYMENT } from "../countersign/account-names.ts";
import { appendSignIn, type SignInEventName } from "./events.ts";
import type { Found } from "./people.ts";
import type { Visit } from "./visit.ts";

/** What is guessed at: passwords and codes have separate throttles. */
export type Secret = "password" | "code";

/** One attempt with its throttles' rows locked, so that attempts at once are counted one after the other. */
export interface Attempt {
  readonly secret: Secret;
  readonly whose: Whose;
  readonly event: SignInEventName;
  /** The one whose events are folded goes last. */
  readonly throttles: readonly Counted[];
  /** Turned away: nothing of it is looked at, and it does not count. */
  readonly waiting: boolean;
}

/** Whom the attempt is about, as far as there is anybody. */
type Whose = Pick<Found, "account" | "user">;

interface Counted {
  readonly kind: ThrottleKind;
  readonly row: ThrottleRow;
}

/**
 * Opens an attempt. A browser that has completed MFA for this person is counted by itself alone; all others by where they come
 * from and with the person, or with whoever is nobody in the account (guarantee 7).
 */
export async function openAttempt(
  tx: Transaction,
  visit: Visit,
  secret: Secret,
  whose: Whose,
  event: SignInEventName = "ConsoleLogin",
): Promise<Attempt> {
  const throttles: Counted[] = [];
  for (const [kind, account, subject] of await subjectsOf(tx, visit, whose)) {
    throttles.push({ kind, row: await tx.throttles.lock(account, `${secret}/${subject}`) });
  }
  const waiting = throttles.some(({ row }) => isWaiting(row, visit.now));
  return { secret, whose, event, throttles, waiting };
}

/** The hash of the browser's cookie where it has completed MFA for this person. The same reads whoever is named (guarantee 6). */
export async function knownBrowser(
  store: Pick<Reader, "browsers">,
  { cookies, now }: Visit,
  { account, user }: Whose,
): Promise<string | undefined> {
  const browser = secretHash(cookies.browser);
  if (browser === undefined) return undefined;
  const who = user?.userId ?? rootPrincipalId(DEPLOYMENT);
  const known = await store.browsers.knows(account?.accountId ?? DEPLOYMENT, who, browser, now);
  return known ? browser : undefined;
}

type Subject = readonly [kind: ThrottleKind, account: ThrottleRow["accountId"], subject: string];

/** In the order in which their rows are locked. */
async function subjectsOf(
  tx: Transaction,
  visit: Visit,
  { account, user }: Whose,
): Promise<readonly Subject[]> {
  const accountId = account?.accountId ?? DEPLOYMENT;
  const browser = await knownBrowser(tx, visit, { account, user });
  if (browser !== undefined) return [["browser", accountId, `browser/${user?.userId}/${browser}`]];
  return [
    ["source", DEPLOYMENT, `source/${sourceOf(visit.sourceIp)}`],
    ["principal", accountId, `principal/${user?.userId ?? "nobody"}`],
  ];
}

/**
 * The attempt was turned away: of those there is one event a minute, with their number (DESIGN 3.6). Where it is the person who
 * has to wait, it counts against where it comes from all the same: whoever goes on is no owner who mistyped.
 */
export async function turnedAway(tx: Transaction, visit: Visit, attempt: Attempt): Promise<void> {
  const last = attempt.throttles.at(-1);
  if (last === undefined) return;
  for (const counted of attempt.throttles) {
    if (counted.kind !== "source" || isWaiting(counted.row, visit.now)) continue;
    await save(tx, counted, afterFailure(counted.kind, counted.row, visit.now), visit.now);
  }
  const { throttle, attempts } = afterTurnedAway(last.row, visit.now);
  await save(tx, last, throttle, visit.now);
  if (attempts !== undefined) await tell(tx, visit, attempt, TURNED_AWAY, attempts);
}

/** The attempt was looked at and refused. */
export async function failed(tx: Transaction, visit: Visit, attempt: Attempt, reason: string): Promise<void> {
  let attempts = 1;
  for (const counted of attempt.throttles) {
    const told = afterLookedAt(counted.row);
    if (counted === attempt.throttles.at(-1)) attempts = told.attempts;
    await save(tx, counted, afterFailure(counted.kind, told.throttle, visit.now), visit.now);
  }
  await tell(tx, visit, attempt, reason, attempts);
}

/** The attempt succeeded. Those that were turned away before it and are in no event yet are told of first. */
export async function succeeded(tx: Transaction, visit: Visit, attempt: Attempt): Promise<void> {
  for (const counted of attempt.throttles) {
    const { throttle, attempts } = afterLookedAt(counted.row);
    await save(tx, counted, afterSuccess(counted.kind, throttle), visit.now);
    if (attempts > 1) await tell(tx, visit, attempt, TURNED_AWAY, attempts - 1);
  }
}

const TURNED_AWAY = "turned away: too many failures";

const save = (
  tx: Transaction,
  { kind, row }: Counted,
  throttle: Omit<ThrottleRow, "accountId" | "subject" | "expiresAt">,
  now: EpochMs,
): Promise<void> => {
  const { accountId, subject } = row;
  const expiresAt = expiryOf(kind, throttle, now);
  return tx.throttles.save({ ...throttle, accountId, subject, expiresAt });
};

/** There is nobody to tell of an account that does not exist. */
async function tell(
  tx: Transaction,
  visit: Visit,
  { secret, whose: { account, user }, event }: Attempt,
  failure: string,
  attempts: number,
): Promise<void> {
  if (account === undefined) return;
  const ending = { name: event, failure, mfaUsed: secret === "code", attempts };
  await appendSignIn(tx, visit, { account, user }, ending);
}
