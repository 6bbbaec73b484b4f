import type { AccountId } from "#identity/ids.ts";
import type { Reader } from "#ports/store.ts";

/** Milliseconds that only ever grow: the machine's clock may be set while the server runs. */
export type Elapsed = () => number;

const FRESH_MS = 500;
/** Entries beyond this many are dropped, oldest first. */
const CAPACITY = 20_000;

/** The accounts' revisions as this process knows them, never staler than `FRESH_MS` (DESIGN 5). */
export interface Revisions {
  /** Undefined where there is no such account. */
  current(account: AccountId): Promise<number | undefined>;
  /** Forgets how fresh the account's revision is: this process has just changed something of it. */
  changed(account: AccountId): void;
}

export function watchRevisions(reader: Reader, elapsed: Elapsed): Revisions {
  const known = new Map<AccountId, { readonly revision: Promise<number | undefined>; readonly at: number }>();
  return {
    changed: (account) => void known.delete(account),
    current(account) {
      const entry = known.get(account);
      if (entry !== undefined && elapsed() - entry.at < FRESH_MS) return entry.revision;
      const revision = reader.accounts.revision(account);
      remember(known, account, { revision, at: elapsed() }, CAPACITY);
      revision.catch(() => known.delete(account));
      return revision;
    },
  };
}

/** Entries of an account by a name of their own. */
export type RevisionedCache<T> = (account: AccountId, id: string) => Promise<T | undefined>;

/**
 * Entries are good for one revision of their account. It is read before the rows it stands for, so a change in between makes
 * the entry old, never wrongly new. What is not there is not remembered.
 */
export function revisionedCache<T>(
  revisions: Revisions,
  loadEntry: (account: AccountId, id: string) => Promise<T | undefined>,
): RevisionedCache<T> {
  const entries = new Map<string, { readonly revision: number; readonly value: T }>();
  return async (account, id) => {
    const revision = await revisions.current(account);
    if (revision === undefined) return undefined;
    const name = `${account}/${id}`;
    const entry = entries.get(name);
    if (entry?.revision === revision) return entry.value;
    const value = await loadEntry(account, id);
    if (value === undefined) entries.delete(name);
    else remember(entries, name, { revision, value }, CAPACITY);
    return value;
  };
}

/** Puts an entry last, and drops the first where there are more than `capacity`. */
export function remember<K, V>(map: Map<K, V>, key: K, value: V, capacity: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= capacity) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}
