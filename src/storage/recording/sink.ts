import type { Batch } from "./batch.ts";

/** Where the worker writes: one connection of its own. */
export interface Sink {
  /** Resolves when the batch is on disk; throws when trying again did not help. */
  write(batch: Batch): Promise<void>;
  close(): Promise<void>;
}
