import { toBase64 } from "#base/bytes.ts";
import { type AccessKeyId, type AccountId, issueAccessKeyId, type RandomBytes } from "#identity/ids.ts";

/** An access key as its holder gets it, once. */
export interface IssuedAccessKey {
  readonly accessKeyId: AccessKeyId;
  readonly secretAccessKey: string;
}

/** A new key whose id carries `account`; the store says whether the id is free. */
export const issueAccessKey = (
  kind: "longTermKey" | "temporaryKey",
  account: AccountId,
  random: RandomBytes,
): IssuedAccessKey => ({
  accessKeyId: issueAccessKeyId(kind, account, random),
  secretAccessKey: issueSecretAccessKey(random),
});

/** Forty characters of A-Z a-z 0-9 + /: thirty random bytes are forty times six bits, so none is likelier than another. */
export const issueSecretAccessKey = (random: RandomBytes): string => toBase64(random(30));
