import { setTimeout as delay } from "node:timers/promises";
import { whenFree } from "./busy.ts";
import type { SqliteConnection } from "./connection.ts";

/** Runs one piece of work after the other on the one writing connection. */
export interface Writer {
  submit<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when all that was submitted is done. */
  idle(): Promise<void>;
}

interface Job {
  readonly work: () => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

const GROUP_SIZE = 64;
const GROUP_MS = 10;
/** After so long without a pause the lock is left open for a moment, or another process would starve. */
const TURN_MS = 50;
const PAUSE_MS = 4;

/**
 * Work that waits while another's transaction is on its way to the disk shares the next one: each piece in its own savepoint,
 * one sync for all. None is answered before the commit that holds it.
 */
export function createWriter(connection: SqliteConnection): Writer {
  const queue: Queue = { waiting: [], draining: undefined };
  return {
    submit<T>(work: () => Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        // A job settles with what its own work gave.
        queue.waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
        queue.draining ??= drain(connection, queue);
      });
    },
    idle: async () => {
      while (queue.draining !== undefined) await queue.draining;
    },
  };
}

interface Queue {
  readonly waiting: Job[];
  draining: Promise<void> | undefined;
}

async function drain(connection: SqliteConnection, queue: Queue): Promise<void> {
  let turn = performance.now();
  while (queue.waiting.length > 0) {
    await commitGroup(connection, queue.waiting);
    if (queue.waiting.length === 0 || performance.now() - turn < TURN_MS) continue;
    await delay(PAUSE_MS);
    turn = performance.now();
  }
  // In one go with the look at the queue: a job that comes now starts a new drain.
  queue.draining = undefined;
}

/** Never throws: every job it takes is settled. */
async function commitGroup(connection: SqliteConnection, waiting: Job[]): Promise<void> {
  const taken: Job[] = [];
  const settled: (() => void)[] = [];
  try {
    await whenFree(() => connection.run("begin immediate", []));
    const until = performance.now() + GROUP_MS;
    do {
      const job = waiting.shift();
      if (job === undefined) break;
      taken.push(job);
      settled.push(await runInSavepoint(connection, job));
    } while (taken.length < GROUP_SIZE && performance.now() < until);
    await whenFree(() => connection.run("commit", []));
    for (const settle of settled) settle();
  } catch (error) {
    rollBack(connection);
    // Where not even BEGIN went through, the one at the head has waited the longest.
    for (const job of taken.length > 0 ? taken : waiting.splice(0, 1)) job.reject(error);
  }
}

function rollBack(connection: SqliteConnection): void {
  try {
    if (connection.inTransaction) connection.run("rollback", []);
  } catch {
    // The error that led here is the one to tell; the next BEGIN fails loudly where this left something open.
  }
}

/** How to answer the job once the group is on disk. Throws where SQLite has given up the whole transaction (a full disk). */
async function runInSavepoint(connection: SqliteConnection, job: Job): Promise<() => void> {
  connection.run("savepoint job", []);
  try {
    const value = await job.work();
    connection.run("release job", []);
    return () => job.resolve(value);
  } catch (error) {
    if (!connection.inTransaction) throw error;
    connection.run("rollback to job", []);
    connection.run("release job", []);
    return () => job.reject(error);
  }
}
