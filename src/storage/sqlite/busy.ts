import { setTimeout as delay } from "node:timers/promises";
import { SECOND } from "#base/clock.ts";
import { StorageError } from "../errors.ts";
import { isBusy } from "./connection.ts";

const DEADLINE = 15 * SECOND;

/** Runs `attempt` again while another process holds the lock, without blocking this one, until a deadline. */
export async function whenFree<T>(attempt: () => T): Promise<T> {
  const deadline = performance.now() + DEADLINE;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() > deadline) throw tooBusy(error);
    }
    // Uneven waits, so that two processes do not knock in step.
    await delay(1 + Math.floor(Math.random() * 3));
  }
}

const tooBusy = (cause: unknown): StorageError =>
  new StorageError(
    `the database was locked by another process for ${DEADLINE / SECOND} seconds`,
    "see which other program has the file open",
    { cause },
  );
