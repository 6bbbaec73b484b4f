import { fromBase64, toBase64, utf8 } from "#base/bytes.ts";
import { type EpochMs, epochMs } from "#base/clock.ts";
import type { Keyring } from "#crypto/keyring.ts";
import type { AccessKeyId, AccountId, PrincipalId, SerialNumber } from "#identity/ids.ts";
import { isMfaMethod, type MfaProof } from "#mfa/proof.ts";
import { type ActingSession, packActing, unpackActing } from "./acting-session.ts";

/** All there is to know of a temporary credential: it has no row (DESIGN 3.3). */
export interface SessionContent {
  readonly accountId: AccountId;
  /** By unique id: a re-created user of the same name is another. */
  readonly principalId: PrincipalId;
  /** The key that the session was made with. */
  readonly mintedBy: AccessKeyId;
  readonly issuedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly secretAccessKey: string;
  readonly mfa: MfaProof | undefined;
  /** Undefined for a session that GetSessionToken made: it is its maker himself. */
  readonly acting: ActingSession | undefined;
}

/** A longer text is no token of ours, and is not decoded. */
const LONGEST = 8192;

/** The session token of the temporary key `accessKeyId`: base64, opens with that key id alone. */
export const sealSessionToken = (
  keyring: Keyring,
  accessKeyId: AccessKeyId,
  content: SessionContent,
): string => toBase64(keyring.seal("session-token", accessKeyId, encode(content)));

/**
 * What `token` says, or undefined where it was not sealed by this deployment for `accessKeyId`, or was altered. Not checked
 * yet: whether it has expired, whether its principal is there, and whether sessions were ended since.
 */
export function openSessionToken(
  keyring: Keyring,
  accessKeyId: AccessKeyId,
  token: string,
): SessionContent | undefined {
  const sealed = token.length > LONGEST ? undefined : fromBase64(token);
  const plain = sealed && keyring.open("session-token", accessKeyId, sealed);
  return plain && decode(plain);
}

/** The first member is the form's number; a form that we do not know (a newer server's) does not open. */
const OWN_FORM = 1;
const ACTING_FORM = 2;

const encode = (content: SessionContent): Uint8Array => utf8(JSON.stringify(toMembers(content)));

const toMembers = ({ mfa, acting, ...content }: SessionContent): readonly unknown[] => [
  acting === undefined ? OWN_FORM : ACTING_FORM,
  content.accountId,
  content.principalId,
  content.mintedBy,
  content.issuedAt,
  content.expiresAt,
  content.secretAccessKey,
  ...(mfa === undefined ? [] : [mfa.at, mfa.method, mfa.serialNumber]),
  ...(acting === undefined ? [] : [toBase64(packActing(acting))]),
];

/** Strict: the content of a known form with nothing beside it, or undefined. */
function decode(plain: Uint8Array): SessionContent | undefined {
  const [form, account, principal, key, issuedAt, expiresAt, secretAccessKey, ...rest] =
    parseMembers(plain) ?? [];
  const more = form === OWN_FORM ? proofOf(rest) : form === ACTING_FORM ? actingOf(rest) : undefined;
  if (more === undefined) return undefined;
  if (!isText(account) || !isText(principal) || !isText(key) || !isText(secretAccessKey)) return undefined;
  if (!isMoment(issuedAt) || !isMoment(expiresAt)) return undefined;
  // The seal proves that we wrote these ourselves, from values of these very types.
  const ids = {
    accountId: account as AccountId,
    principalId: principal as PrincipalId,
    mintedBy: key as AccessKeyId,
  };
  return { ...ids, issuedAt: epochMs(issuedAt), expiresAt: epochMs(expiresAt), secretAccessKey, ...more };
}

function parseMembers(plain: Uint8Array): readonly unknown[] | undefined {
  try {
    const members: unknown = JSON.parse(Buffer.from(plain).toString("utf8"));
    const same = Array.isArray(members) && JSON.stringify(members) === Buffer.from(plain).toString("utf8");
    return same ? members : undefined;
  } catch {
    return undefined;
  }
}

type More = Pick<SessionContent, "mfa" | "acting">;

function proofOf(rest: readonly unknown[]): More | undefined {
  if (rest.length === 0) return { mfa: undefined, acting: undefined };
  const [at, method, serialNumber, ...others] = rest;
  if (!isMoment(at) || !isMfaMethod(method) || !isText(serialNumber) || others.length > 0) return undefined;
  // As above: sealed by us.
  const mfa = { at: epochMs(at), method, serialNumber: serialNumber as SerialNumber };
  return { mfa, acting: undefined };
}

function actingOf([packed, ...others]: readonly unknown[]): More | undefined {
  const bytes = isText(packed) && others.length === 0 ? fromBase64(packed) : undefined;
  const acting = bytes && unpackActing(bytes);
  return acting && { mfa: undefined, acting };
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isMoment = (value: unknown): value is number => Number.isSafeInteger(value);
