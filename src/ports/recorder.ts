import type { EventRow } from "#audit/event.ts";
import type { EpochMs } from "#base/clock.ts";
import type { AccessKeyId, AccountId, PrincipalId } from "#identity/ids.ts";

/** A long-term key was used: noted once in fifteen minutes and service (contract 1.7). */
export interface KeyUse {
  readonly accountId: AccountId;
  readonly accessKeyId: AccessKeyId;
  readonly at: EpochMs;
  readonly service: string;
  readonly region: string;
}

/** A session of a role called: noted once in fifteen minutes. */
export interface RoleUse {
  readonly accountId: AccountId;
  readonly roleId: PrincipalId;
  readonly at: EpochMs;
  readonly region: string;
}

/**
 * Takes the events of reads and refusals and the uses of keys and roles, which do not wait: they are committed in groups within 50 ms,
 * by a worker of its own. `flush` resolves when all that was handed in before it is on disk.
 */
export interface Recorder {
  event(event: EventRow): void;
  keyUse(use: KeyUse): void;
  roleUse(use: RoleUse): void;
  flush(): Promise<void>;
  close(): Promise<void>;
}
