import { epochMs } from "#base/clock.ts";
import type { AccountId, PolicyId, PrincipalId, SeedId, SerialNumber } from "#identity/ids.ts";
import type { NewPolicy, PolicyHolder } from "#ports/policies.ts";
import type { Transaction } from "#ports/store.ts";
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

type Use = (tx: Transaction, user: PrincipalId) => Promise<boolean>;
type Remove = (tx: Transaction) => Promise<boolean>;

/** One uses a thing for all `users` at once; the other, whose `users` are null, tries to delete it as often. */
const useOrDelete = (store: OpenStore, users: readonly PrincipalId[] | null, use: Use, remove: Remove) =>
  users === null
    ? together(10, () => store.write(remove))
    : together(users.length, (at) => store.write((tx) => use(tx, users[at] ?? ("" as PrincipalId))));

interface PolicyJob {
  readonly policy: NewPolicy;
  readonly users: readonly PrincipalId[] | null;
}

const attachOrDelete: Job<PolicyJob> = {
  run: (store, { policy: { accountId, policyId, arn, createdAt }, users }) =>
    useOrDelete(
      store,
      users,
      async (tx, user) => (await tx.attachments.attach(accountId, user, arn, createdAt)) === "attached",
      (tx) => tx.policies.remove(accountId, policyId),
    ),
};

const boundOrDelete: Job<PolicyJob> = {
  run: (store, { policy: { accountId, policyId, arn }, users }) =>
    useOrDelete(
      store,
      users,
      (tx, user) => tx.users.setBoundary(accountId, user, arn),
      (tx) => tx.policies.remove(accountId, policyId),
    ),
};

const joinOrDelete: Job<{ account: AccountId; group: PrincipalId; users: readonly PrincipalId[] | null }> = {
  run: (store, { account, group, users }) =>
    useOrDelete(
      store,
      users,
      async (tx, user) => (await tx.groups.addMember(account, group, user, epochMs(1))) === "added",
      (tx) => tx.groups.remove(account, group),
    ),
};

/** One enables the devices that wait, with `user`; the other, whose `user` is null, takes them for forgotten. */
const enableOrForget: Job<{
  account: AccountId;
  serials: readonly SerialNumber[];
  user: PrincipalId | null;
}> = {
  run: (store, { account, serials, user }) =>
    Promise.all(
      serials.map((serial) =>
        store.write((tx) =>
          user === null
            ? tx.devices.remove(account, serial, { until: epochMs(1) })
            : tx.devices.assign(account, serial, user, epochMs(1)),
        ),
      ),
    ),
};

const addVersions: Job<{ account: AccountId; policy: PolicyId; below: number }> = {
  run: (store, { account, policy, below }) =>
    together(20, () =>
      store.write(async (tx) => {
        const version = { document: "{}", createdAt: epochMs(1), asDefault: true };
        return (await tx.policies.addVersion(account, policy, version, below)) !== undefined;
      }),
    ),
};

/** Both make each version the default and take the others away. */
const moveDefault: Job<{ account: AccountId; policy: PolicyId; versions: readonly number[] }> = {
  run: (store, { account, policy, versions }) =>
    together(versions.length ** 2, (at) =>
      store.write(async (tx) => {
        const kept = versions[at % versions.length] ?? 0;
        await tx.policies.setDefault(account, policy, kept, epochMs(1));
        return tx.policies.removeVersion(account, policy, Math.floor(at / versions.length) + 1);
      }),
    ),
};

const putInline: Job<{ holder: PolicyHolder; names: readonly string[]; size: number; quota: number }> = {
  run: (store, { holder, names, size, quota }) =>
    together(names.length, (at) =>
      store.write(async (tx) => {
        const policy = { policyName: names[at] ?? "", document: "{}", size, createdAt: epochMs(1) };
        return (await tx.inlinePolicies.put(holder, policy, quota)) === "put";
      }),
    ),
};

/** As many rounds at once, each of a few mails; the ids that were given out. */
const claimMails: Job<{ now: number; rounds: number }> = {
  run: async (store, { now, rounds }) => {
    const claims = Array.from({ length: rounds }, () =>
      store.write((tx) => tx.notices.claimMails(epochMs(now), epochMs(now + 1000), 7)),
    );
    return (await Promise.all(claims)).flat().map(({ noticeId }) => noticeId);
  },
};

/** Opening is done by the time it runs. */
const open: Job<null> = { run: async (store) => (await store.rootKeys.list()).length };

const found: Job<{ key: string }> = {
  // Any bytes do for a check value.
  run: (store, { key }) => store.rootKeys.found(key, Buffer.from(key), 1 as never),
};

export const JOBS = {
  claim,
  count,
  lockThenCount,
  alias,
  sameUser,
  attachOrDelete,
  boundOrDelete,
  joinOrDelete,
  enableOrForget,
  addVersions,
  moveDefault,
  putInline,
  claimMails,
  open,
  found,
};
export type JobName = keyof typeof JOBS;
