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

/** With the account before it, so that its row is found under its account. */
export function issueToken(account: AccountId, random: RandomBytes): IssuedToken {
  const token = `${account}.${issueSecret(random).token}`;
  return { token, tokenHash: hashOf(token) };
}

/** Undefined for what is no token of ours. */
export function readToken(text: string | undefined): Token | undefined {
  const accountId = parseAccountId(TOKEN.exec(text ?? "")?.[1] ?? "");
  return text === undefined || accountId === undefined ? undefined : { accountId, tokenHash: hashOf(text) };
}

/** The hash of what `issueSecret` gave; undefined for what has not its form. */
export const secretHash = (text: string | undefined): string | undefined =>
  text !== undefined && SECRET.test(text) ? hashOf(text) : undefined;

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
