import type { AccountId, PrincipalId, SeedId } from "#identity/ids.ts";
import type { OpenStore } from "#storage/open.ts";
import { newUser } from "./fixtures.ts";

/** What two processes do at once. */
export interface Job<Arguments> {
  readonly run: (store: OpenStore, args: Arguments) => Promise<unknown>;
}

const together = async (times: number, attempt: (at: number) => Promise<boolean>): Promise<number> =>
  (await Promise.all(Array.from({ length: times }, (_, at) => attempt(at)))).filter(Boolean).length;

const claim: Job<{ account: AccountId; seed: SeedId; step: number }> = {
  run: (store, { account, seed, step }) =>
    together(50, () =>
      store.write(async (tx) => {
        await tx.seeds.lock(account, seed);
        return tx.seeds.claim(account, seed, step);
      }),
    ),
};

const count: Job<{ account: AccountId; user: PrincipalId; below: number; times: number }> = {
  run: (store, { account, user, below, times }) =>
    together(times, () => store.write((tx) => tx.users.count(account, user, "mfaCount", 1, below))),
};

/** Takes the user's row first and decides by what it sees, as the operations do. */
const lockThenCount: Job<{ account: AccountId; user: PrincipalId; quota: number; times: number }> = {
  run: (store, { account, user, quota, times }) =>
    together(times, () =>
      store.write(async (tx) => {
        const row = await tx.users.lock(account, user);
        if (row === undefined || row.accessKeyCount >= quota) return false;
        return tx.users.count(account, user, "accessKeyCount", 1);
      }),
    ),
};

const alias: Job<{ accounts: readonly AccountId[]; alias: string }> = {
  run: (store, { accounts, alias: wanted }) =>
    together(accounts.length, (at) =>
      store.write((tx) => tx.accounts.setAlias(accounts[at] ?? ("" as AccountId), wanted)),
    ),
};

const sameUser: Job<{ account: AccountId; names: readonly string[] }> = {
  run: (store, { account, names }) =>
    together(names.length, (at) => store.write((tx) => tx.users.create(newUser(account, names[at] ?? "")))),
};

/** Opening is done by the time it runs. */
const open: Job<null> = { run: async (store) => (await store.rootKeys.list()).length };

const found: Job<{ key: string }> = {
  // Any bytes do for a check value.
  run: (store, { key }) => store.rootKeys.found(key, Buffer.from(key), 1 as never),
};

export const JOBS = { claim, count, lockThenCount, alias, sameUser, open, found };
export type JobName = keyof typeof JOBS;
