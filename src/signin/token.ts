import { createHash } from "node:crypto";
import { toBase64Url } from "#base/bytes.ts";
import type { RandomBytes } from "#crypto/random.ts";
import { type AccountId, parseAccountId } from "#identity/ids.ts";

/** What a cookie or a link says: a secret whose hash alone is stored. */
export interface Token {
  readonly accountId: AccountId;
  readonly tokenHash: string;
}

export interface IssuedToken {
  /** The cookie's value. */
  readonly token: string;
  readonly tokenHash: string;
}

const TOKEN = /^(\d{12})\.[A-Za-z0-9_-]{43}$/;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits, base64url. A guess costs more than any hash would add, so a plain one is enough. */
export function issueSecret(random: RandomBytes): IssuedToken {
  const token = toBase64Url(random(32));
  return { token, tokenHash: hashOf(token) };
}

/**
 * With the account before it, so that its row is found under its account. One that is issued to a `holder` is found only where he
 * brings it.
 */
export function issueToken(account: AccountId, random: RandomBytes, holder?: string): IssuedToken {
  const token = `${account}.${issueSecret(random).token}`;
  return { token, tokenHash: hashOf(heldBy(token, holder)) };
}

/** Undefined for what is no token of ours. */
export function readToken(text: string | undefined, holder?: string): Token | undefined {
  const accountId = parseAccountId(TOKEN.exec(text ?? "")?.[1] ?? "");
  if (text === undefined || accountId === undefined) return undefined;
  return { accountId, tokenHash: hashOf(heldBy(text, holder)) };
}

/** No token holds a blank, so that where it ends is plain. */
const heldBy = (token: string, holder: string | undefined): string =>
  holder === undefined ? token : `${token} ${holder}`;

/** The hash of what `issueSecret` gave; undefined for what has not its form. */
export const secretHash = (text: string | undefined): string | undefined =>
  text !== undefined && SECRET.test(text) ? hashOf(text) : undefined;

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
