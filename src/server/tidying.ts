import { type Clock, MINUTE } from "#base/clock.ts";
import { removeForgotten } from "#operations/enrolments.ts";
import type { SignInTidying } from "#ports/signins.ts";
import type { Store } from "#ports/store.ts";

/** Sources and persons whose failures are remembered at a time: some 20 MB of rows. */
const MOST_THROTTLES = 100_000;

/** A round that takes away what is over of signing in, enrolling and notices, at most once a minute. */
export function tidyingRound(store: Store, signIns: SignInTidying, clock: Clock): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = clock();
    if (now < next) return;
    next = now + MINUTE;
    await signIns.prune(now, MOST_THROTTLES);
    await removeForgotten(store, now);
    await store.write(async (tx) => {
      await tx.notices.prune(now);
      await tx.contacts.prune(now);
    });
  };
}
