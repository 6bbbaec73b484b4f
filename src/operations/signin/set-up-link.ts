import { type EpochMs, epochMs } from "#base/clock.ts";
import type { RandomBytes } from "#crypto/random.ts";
import type { Store } from "#ports/store.ts";
import { SET_UP_LINK_MS } from "#signin/limits.ts";
import { issueSecret } from "#signin/token.ts";

/**
 * The token of a new set-up link, good for an hour and in place of any before it; undefined where there is an account, which
 * the link would be no use for. It is shown to whoever starts the server, and its hash alone is stored.
 */
export async function issueSetUpLink(
  store: Store,
  random: RandomBytes,
  now: EpochMs,
): Promise<string | undefined> {
  const [account] = await store.reader.accounts.list({ limit: 1 });
  if (account !== undefined) return undefined;
  const { token, tokenHash } = issueSecret(random);
  await store.write((tx) => tx.setUpLinks.put(tokenHash, epochMs(now + SET_UP_LINK_MS)));
  return token;
}
