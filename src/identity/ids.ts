import { fromBase32, toBase32 } from "#base/base32.ts";
import type { Brand } from "#base/brand.ts";
import { table } from "#base/table.ts";
import type { RandomBytes } from "#crypto/random.ts";

export type AccountId = Brand<string, "AccountId">;
/** A principal's unique id: `AIDA…` for a user, `AGPA…` for a group, `AROA…` for a role; the account's own id for its root user. */
export type PrincipalId = Brand<string, "PrincipalId">;
/** A customer managed policy's unique id: `ANPA…`. */
export type PolicyId = Brand<string, "PolicyId">;
/** `AKIA…` (long-term) or `ASIA…` (temporary). */
export type AccessKeyId = Brand<string, "AccessKeyId">;
export type Arn = Brand<string, "Arn">;
export type UserName = Brand<string, "UserName">;
export type SerialNumber = Brand<string, "SerialNumber">;
/** Names a seed in the store; never leaves the server. */
export type SeedId = Brand<string, "SeedId">;

export type { RandomBytes };

/** Prefixes of unique ids (IAM user guide, "Understanding unique ID prefixes"; contract 1.5). */
export const ID_PREFIXES = table({
  user: "AIDA",
  group: "AGPA",
  role: "AROA",
  managedPolicy: "ANPA",
  policyVersion: "ANVA",
  longTermKey: "AKIA",
  temporaryKey: "ASIA",
});

/** The account id in `text`, or undefined: twelve digits, nothing else. */
export const parseAccountId = (text: string): AccountId | undefined =>
  /^\d{12}$/.test(text) ? (text as AccountId) : undefined;

/** A random account id; the store says whether it is free. */
export function issueAccountId(random: RandomBytes): AccountId {
  const value = Buffer.from(random(8)).readBigUInt64BE() % 900_000_000_000n;
  return (value + 100_000_000_000n).toString() as AccountId;
}

/** A 21-character unique id such as `AIDA` + 17 letters and digits. */
const issueUniqueId = (kind: keyof typeof ID_PREFIXES, random: RandomBytes): string =>
  `${ID_PREFIXES[kind]}${toBase32(random(11)).slice(0, 17)}`;

export const issuePrincipalId = (kind: "user" | "group" | "role", random: RandomBytes): PrincipalId =>
  issueUniqueId(kind, random) as PrincipalId;

export const issuePolicyId = (random: RandomBytes): PolicyId =>
  issueUniqueId("managedPolicy", random) as PolicyId;

/** The root user's unique id is its account's id, as GetCallerIdentity shows it. */
export const rootPrincipalId = (account: AccountId): PrincipalId => account as string as PrincipalId;

export const isRootOf = (principal: PrincipalId, account: AccountId): boolean =>
  (principal as string) === (account as string);

/**
 * A 20-character access key id that carries its account, as AWS's do: forty bits after the first bit of the base32 part.
 * GetAccessKeyInfo answers from that alone, for temporary keys too, which have no row.
 */
export function issueAccessKeyId(
  kind: "longTermKey" | "temporaryKey",
  account: AccountId,
  random: RandomBytes,
): AccessKeyId {
  const bytes = Buffer.from(random(10));
  const head = (1n << 47n) | (BigInt(account) << 7n) | BigInt((bytes[5] ?? 0) & 0x7f);
  bytes.writeUIntBE(Number(head), 0, 6);
  return `${ID_PREFIXES[kind]}${toBase32(bytes)}` as AccessKeyId;
}

/** The account that an access key id carries, or undefined where the id is not of our form. */
export function accountOfAccessKeyId(id: string): AccountId | undefined {
  const bytes = /^A[KS]IA[A-Z2-7]{16}$/.test(id) ? fromBase32(id.slice(4)) : undefined;
  if (bytes === undefined) return undefined;
  // forty of the first 48 bits: a number holds as many exactly
  const account = Math.floor((Buffer.from(bytes).readUIntBE(0, 6) % 2 ** 47) / 2 ** 7);
  return parseAccountId(`${account}`.padStart(12, "0"));
}

/** Ids of seeds sort by the moment they were made, so a list in their order is in order of creation. */
export function issueSeedId(now: number, random: RandomBytes): SeedId {
  return `${now.toString(16).padStart(12, "0")}${Buffer.from(random(10)).toString("hex")}` as SeedId;
}
