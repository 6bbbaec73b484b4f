import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { SECOND } from "#base/clock.ts";
import { type Batch, statementsOf } from "./batch.ts";
import type { Sink } from "./sink.ts";

const DEADLINE = 15 * SECOND;
const PAUSE = 200;

/** Tries again on a new connection for a while: a batch that was committed before the answer got lost does no harm twice. */
export function openPostgresSink(url: string): Sink {
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: DEADLINE });
  pool.on("error", () => {});
  return {
    write: async (batch) => {
      const deadline = performance.now() + DEADLINE;
      for (;;) {
        try {
          return await write(pool, batch);
        } catch (error) {
          if (performance.now() > deadline) throw error;
        }
        await delay(PAUSE);
      }
    },
    close: () => pool.end(),
  };
}

async function write(pool: pg.Pool, batch: Batch): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    for (const { sql, parameters } of statementsOf(batch, (position) => `$${position}`))
      await client.query(sql, [...parameters]);
    await client.query("commit");
    client.release();
  } catch (error) {
    // Nothing is known of its state any more.
    client.release(true);
    throw error;
  }
}
