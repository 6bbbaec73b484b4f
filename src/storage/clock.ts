import { type Kysely, sql } from "kysely";
import { type EpochMs, HOUR } from "#base/clock.ts";
import type { Engine } from "./engine.ts";
import { updated } from "./rows.ts";
import type { Db } from "./schema.ts";
import type { DataTable } from "./tables.ts";

/** The one row that makes time move only forward (DESIGN 3.8). 0 is never. */
export interface ClockRow {
  /** The highest moment that any process has seen. */
  highest(): Promise<EpochMs>;
  /** The last moment that an operator accepted after a leap. */
  accepted(): Promise<EpochMs>;
  /** Raises the highest moment to `at`; nothing where it is as high already. */
  raise(at: EpochMs): Promise<void>;
  /** The operator says that `at` is right: it is accepted, and seen. Neither moment ever goes back. */
  accept(at: EpochMs): Promise<void>;
  /**
   * The operator says that `seen`, the highest moment, was wrong and `at` is right, though it lies before: the one way back.
   * False where another moment is the highest by now. What was claimed stays claimed: steps are refused below their floors.
   * What a wrong clock has put off to a time to come ends or begins at `at`: else no session would live until then.
   */
  setBack(seen: EpochMs, at: EpochMs): Promise<boolean>;
}

export const clockRow = (engine: Engine): ClockRow => ({
  highest: async () => (await load(engine.reads)).highest,
  accepted: async () => (await load(engine.reads)).accepted,
  raise: (at) => engine.transact((db) => raise(db, "highest", at)),
  accept: (at) =>
    engine.transact(async (db) => {
      await raise(db, "accepted", at);
      await raise(db, "highest", at);
    }),
  setBack: (seen, at) =>
    engine.transact(async (db) => {
      const row = db.updateTable("clock").set({ highest: at, accepted: at }).where("highest", "=", seen);
      if (!updated(await row.executeTakeFirst())) return false;
      for (const moment of MOMENTS) await bringBack(db, moment, at);
      await db
        .updateTable("accounts")
        .set((eb) => ({ revision: eb("revision", "+", 1) }))
        .execute();
      return true;
    }),
});

interface Moment {
  readonly table: DataTable;
  readonly column: string;
  /** How far ahead it may rightly lie. */
  readonly ahead: number;
}

/** The moments that calls are decided by. Sessions that were issued in time to come are refused (operations/callers.ts). */
const MOMENTS: readonly Moment[] = [
  { table: "accounts", column: "sessions_not_before", ahead: 0 },
  { table: "users", column: "sessions_not_before", ahead: 0 },
  { table: "roles", column: "sessions_not_before", ahead: 0 },
  { table: "access_keys", column: "last_used_at", ahead: 0 },
  { table: "roles", column: "last_used_at", ahead: 0 },
  { table: "login_profiles", column: "changed_at", ahead: 0 },
  { table: "mfa_seeds", column: "lean_at", ahead: 0 },
  // the longest wait
  { table: "mfa_budgets", column: "wait_until", ahead: HOUR },
];

async function bringBack(db: Kysely<Db>, { table, column, ahead }: Moment, at: EpochMs): Promise<void> {
  const latest = at + ahead;
  await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${latest} where ${sql.ref(column)} > ${latest}`.execute(
    db,
  );
}

const load = (db: Kysely<Db>) =>
  db.selectFrom("clock").select(["highest", "accepted"]).executeTakeFirstOrThrow();

async function raise(db: Kysely<Db>, column: "highest" | "accepted", at: EpochMs): Promise<void> {
  await db
    .updateTable("clock")
    .set({ [column]: at })
    .where(column, "<", at)
    .execute();
}
