import type { AccessKeyId, AccountId, SeedId } from "#identity/ids.ts";

/** The context that a stored secret is sealed in: the identity of its row, so that a moved value does not open (DESIGN 3.7). */
export const accessKeyContext = (account: AccountId, key: AccessKeyId): string =>
  `access-key/${account}/${key}`;

export const seedContext = (account: AccountId, seed: SeedId): string => `mfa-seed/${account}/${seed}`;

export const noticeContext = (account: AccountId, noticeId: string): string =>
  `notice/${account}/${noticeId}`;
