import { fromBase64, toBase64, utf8 } from "#base/bytes.ts";
import { type EpochMs, epochMs } from "#base/clock.ts";
import type { Keyring } from "#crypto/keyring.ts";
import type { AccessKeyId, AccountId, PrincipalId, SerialNumber } from "#identity/ids.ts";
import { isMfaMethod, type MfaProof } from "#mfa/proof.ts";

/** All there is to know of a temporary credential: it has no row (DESIGN 3.3). */
export interface SessionContent {
  readonly accountId: AccountId;
  /** By unique id: a re-created user of the same name is another. */
  readonly principalId: PrincipalId;
  /** The long-term key that the session was made with. */
  readonly mintedBy: AccessKeyId;
  readonly issuedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly secretAccessKey: string;
  readonly mfa: MfaProof | undefined;
}

/** A longer text is no token of ours, and is not decoded. */
const LONGEST = 4096;

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
const FORM = 1;

const encode = (content: SessionContent): Uint8Array => utf8(JSON.stringify(toMembers(content)));

const toMembers = ({ mfa, ...content }: SessionContent): readonly unknown[] => [
  FORM,
  content.accountId,
  content.principalId,
  content.mintedBy,
  content.issuedAt,
  content.expiresAt,
  content.secretAccessKey,
  ...(mfa === undefined ? [] : [mfa.at, mfa.method, mfa.serialNumber]),
];

/** Strict: the content that encodes to these very bytes, or undefined. */
function decode(plain: Uint8Array): SessionContent | undefined {
  const members = parseMembers(plain);
  const content = members && fromMembers(members);
  return content !== undefined && Buffer.compare(encode(content), plain) === 0 ? content : undefined;
}

function parseMembers(plain: Uint8Array): readonly unknown[] | undefined {
  try {
    const members: unknown = JSON.parse(Buffer.from(plain).toString("utf8"));
    return Array.isArray(members) && members[0] === FORM ? members.slice(1) : undefined;
  } catch {
    return undefined;
  }
}

function fromMembers(members: readonly unknown[]): SessionContent | undefined {
  const [account, principal, key, issuedAt, expiresAt, secretAccessKey, ...proof] = members;
  const mfa = proof.length === 0 ? undefined : proofOf(proof);
  if (proof.length > 0 && mfa === undefined) return undefined;
  if (!isText(account) || !isText(principal) || !isText(key) || !isText(secretAccessKey)) return undefined;
  if (!isMoment(issuedAt) || !isMoment(expiresAt)) return undefined;
  // The seal proves that we wrote these ourselves, from values of these very types.
  const ids = {
    accountId: account as AccountId,
    principalId: principal as PrincipalId,
    mintedBy: key as AccessKeyId,
  };
  return { ...ids, issuedAt: epochMs(issuedAt), expiresAt: epochMs(expiresAt), secretAccessKey, mfa };
}

function proofOf([at, method, serialNumber]: readonly unknown[]): MfaProof | undefined {
  if (!isMoment(at) || !isMfaMethod(method) || !isText(serialNumber)) return undefined;
  // As above: sealed by us.
  return { at: epochMs(at), method, serialNumber: serialNumber as SerialNumber };
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isMoment = (value: unknown): value is number => Number.isSafeInteger(value);
