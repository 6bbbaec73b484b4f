import type { EpochMs } from "#base/clock.ts";
import type { AccessKeyId, AccountId, PrincipalId } from "#identity/ids.ts";
import type { Page } from "./page.ts";

export type AccessKeyStatus = "Active" | "Inactive";

export interface AccessKeyRow {
  readonly accessKeyId: AccessKeyId;
  readonly accountId: AccountId;
  readonly userId: PrincipalId;
  readonly sealedSecret: Uint8Array;
  readonly status: AccessKeyStatus;
  readonly createdAt: EpochMs;
  readonly lastUsedAt: EpochMs | undefined;
  /** Signing name of the service last called, e.g. `iam`. */
  readonly lastUsedService: string | undefined;
  readonly lastUsedRegion: string | undefined;
}

export interface AccessKeyReads {
  load(key: AccessKeyId): Promise<AccessKeyRow | undefined>;
  /** In order of creation, then id; `after` is an access key id. */
  listFor(account: AccountId, user: PrincipalId, page: Page): Promise<readonly AccessKeyRow[]>;
}

export interface AccessKeyWrites {
  /** False where the id is taken. Count first: `users.count(…, "accessKeyCount", 1, quota)`. */
  create(
    row: Pick<AccessKeyRow, "accessKeyId" | "accountId" | "userId" | "sealedSecret" | "createdAt">,
  ): Promise<boolean>;
  setStatus(
    account: AccountId,
    user: PrincipalId,
    key: AccessKeyId,
    status: AccessKeyStatus,
  ): Promise<boolean>;
  remove(account: AccountId, user: PrincipalId, key: AccessKeyId): Promise<boolean>;
}
