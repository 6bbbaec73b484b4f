import type { EventRow } from "#audit/event.ts";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import type { Page } from "./page.ts";

export interface EventReads {
  /**
   * Sign-ins under a user's name as it was spelled then, newest first; under none where `userName` is undefined. Names are given
   * anew: whose they were, the records say.
   */
  signIns(account: AccountId, userName: string | undefined, limit: number): Promise<readonly EventRow[]>;
  /** What a principal did, and sign-ins of his, the newest first; `after` is an event's time, a space and its id. */
  ofPrincipal(account: AccountId, principal: PrincipalId, page: Page): Promise<readonly EventRow[]>;
}

export interface EventWrites {
  append(event: EventRow): Promise<void>;
}
