import type { AccountId, PrincipalId, SeedId } from "#identity/ids.ts";
import type { Transaction } from "#ports/store.ts";
import type { DumpedRow } from "#storage/backup.ts";
import type { OpenStore } from "#storage/open.ts";
import { eventOf, newDevice, newUser, SEALED } from "./fixtures.ts";

/** What the changes are made to. */
export interface Target {
  readonly account: AccountId;
  readonly user: PrincipalId;
  readonly seed: SeedId;
}

interface Kind {
  /** Makes the change number `at`, over several rows and tables where it can. */
  readonly make: (tx: Transaction, target: Target, at: number) => Promise<unknown>;
  /** The numbers of the changes that are in the database. */
  readonly found: (rows: Rows, target: Target) => readonly string[];
}

/** Every row of one moment, by table. */
export type Rows = ReadonlyMap<string, readonly DumpedRow["row"][]>;

const numbersIn = (rows: Rows, table: string, column: string, prefix: string): readonly string[] =>
  (rows.get(table) ?? [])
    .map((row) => String(row[column]))
    .filter((value) => value.startsWith(prefix))
    .map((value) => value.slice(prefix.length));

/** Every change leaves a row that names it; its event's id is its own name. */
const KINDS = {
  user: {
    make: async (tx, { account }, at) => {
      await tx.accounts.count(account, "userCount", 1);
      await tx.users.create(newUser(account, `made-${at}`));
      await tx.bumpRevision(account);
    },
    found: (rows) => numbersIn(rows, "users", "user_name", "made-"),
  },
  device: {
    make: async (tx, { account, user }, at) => {
      await tx.accounts.count(account, "virtualMfaCount", 1);
      await tx.devices.create(newDevice(account, `made-${at}`, user), SEALED);
    },
    found: (rows) => numbersIn(rows, "mfa_devices", "name", "made-"),
  },
  claim: {
    make: async (tx, { account, seed }, at) => {
      const row = await tx.seeds.lock(account, seed);
      if (row === undefined || !(await tx.seeds.claim(account, seed, at))) throw new Error("claimed before");
      await tx.seeds.save({ ...row, highestClaim: at });
    },
    found: (rows, { seed }) =>
      (rows.get("mfa_claims") ?? []).filter((row) => row.seed_id === seed).map((row) => String(row.step)),
  },
  /** A refusal: what it wrote is undone, what it counted and its event stay. */
  refusal: {
    make: async (tx, { account }, at) => {
      await tx.savepoint(
        () => tx.users.create(newUser(account, `refused-${at}`)),
        () => false,
      );
      const budget = await tx.budgets.lock(account, `device:${at}`);
      await tx.budgets.save({ ...budget, checks: 1 });
    },
    found: (rows) => {
      const undone = numbersIn(rows, "users", "user_name", "refused-");
      if (undone.length > 0) throw new Error("a refused change was kept");
      return numbersIn(rows, "mfa_budgets", "subject", "device:");
    },
  },
} satisfies Record<string, Kind>;

const NAMES = Object.keys(KINDS) as readonly (keyof typeof KINDS)[]; // the table's own keys

/** Makes one change with its event in one transaction, and returns its name once that is committed. */
export async function change(store: OpenStore, target: Target, at: number): Promise<string> {
  const kind = NAMES[at % NAMES.length] ?? "user";
  const name = `${kind}-${at}`;
  await store.write(async (tx) => {
    await KINDS[kind].make(tx, target, at);
    await tx.events.append(eventOf(target.account, name, { readOnly: false }));
  });
  return name;
}

/** The names of all changes whose rows are there. */
export function changesIn(rows: Rows, target: Target): ReadonlySet<string> {
  const names = NAMES.flatMap((kind) => KINDS[kind].found(rows, target).map((number) => `${kind}-${number}`));
  return new Set(names.toSorted());
}

/** The names of all changes whose events are there. */
export const eventsIn = (rows: Rows): ReadonlySet<string> =>
  new Set((rows.get("events") ?? []).map((row) => String(row.event_id)).toSorted());
