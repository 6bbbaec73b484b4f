import type { Kysely } from "kysely";
import type { EpochMs } from "#base/clock.ts";
import type { Engine } from "./engine.ts";
import { updated } from "./rows.ts";
import type { Db } from "./schema.ts";

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
      return updated(await row.executeTakeFirst());
    }),
});

const load = (db: Kysely<Db>) =>
  db.selectFrom("clock").select(["highest", "accepted"]).executeTakeFirstOrThrow();

async function raise(db: Kysely<Db>, column: "highest" | "accepted", at: EpochMs): Promise<void> {
  await db
    .updateTable("clock")
    .set({ [column]: at })
    .where(column, "<", at)
    .execute();
}
