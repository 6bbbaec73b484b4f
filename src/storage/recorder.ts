import { setImmediate as turnEnd } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { EventRow } from "#audit/event.ts";
import { MINUTE, SECOND } from "#base/clock.ts";
import type { KeyUse, Recorder, RoleUse } from "#ports/recorder.ts";
import { StorageError } from "./errors.ts";
import type { StoreConfig } from "./open.ts";
import { type Batch, eventValues, idOf, type Use } from "./recording/batch.ts";

export interface OpenRecorder extends Recorder {
  /** While more waits than the disk keeps up with: resolves when it has caught up. Whoever makes events should wait for it. */
  pressure(): Promise<void> | undefined;
}

export interface RecorderOptions {
  /** Told when the database takes no events any more: until it does again the recorder throws. */
  readonly failed?: (error: Error) => void;
  /** Told when it takes them again. */
  readonly recovered?: () => void;
  /** How often it is tried meanwhile; for tests. */
  readonly retryMs?: number;
  /** Events that may wait before `pressure` asks for patience; at twice as many `event` throws: no call without its event. */
  readonly capacity?: number;
}

const CAPACITY = 50_000;
/** How long the first event of a group waits for others; with the commit it stays within the 50 ms of DESIGN 3.6. */
const GROUP_MS = 20;
const GROUP_SIZE = 2_000;
const RETRY_MS = SECOND;

/** Starts the worker and returns at once: a database that cannot be opened shows in `failed`, `flush` and `event`. */
export const openRecorder = (config: StoreConfig, options: RecorderOptions = {}): OpenRecorder =>
  new WorkerRecorder(config, options);

interface Waiter {
  /** The number of items that must be on disk. */
  readonly upTo: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * One group is on its way at a time; what comes meanwhile makes the next, so groups grow with the load. A worker whose database
 * failed it is followed by another, which begins with the same group: to write it twice does no harm.
 */
class WorkerRecorder implements OpenRecorder {
  readonly #config: StoreConfig;
  readonly #options: RecorderOptions;
  readonly #capacity: number;
  readonly #notes = new UseNotes();
  #events: EventRow[] = [];
  #uses: Use[] = [];
  #taken = 0;
  #written = 0;
  #underWay = 0;
  /** The group that is on its way, to be sent again where its worker is lost. */
  #batch: Batch | undefined;
  #worker: Worker;
  #retry: NodeJS.Timeout | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** When the first of those that wait came. */
  #since = 0;
  #waiters: Waiter[] = [];
  #error: Error | undefined;
  #closing = false;

  constructor(config: StoreConfig, options: RecorderOptions) {
    this.#config = config;
    this.#options = options;
    this.#capacity = options.capacity ?? CAPACITY;
    this.#worker = this.#startWorker();
  }

  #startWorker(): Worker {
    const worker = new Worker(new URL("./recording/worker.ts", import.meta.url), {
      workerData: this.#config,
    });
    worker.on("message", () => this.#groupWritten());
    worker.on("error", (error: Error) => this.#lost(error));
    worker.on("exit", () => this.#lost(new Error("the worker ended")));
    // It keeps the process up only while something is not on disk yet.
    worker.unref();
    return worker;
  }

  event(event: EventRow): void {
    this.#mustBeOpen();
    if (this.#behind() >= 2 * this.#capacity) throw new Error("the event log does not keep up");
    this.#events.push(event);
    this.#took();
  }

  keyUse(use: KeyUse): void {
    this.#use(use, use.service);
  }

  roleUse(use: RoleUse): void {
    this.#use(use, "");
  }

  pressure(): Promise<void> | undefined {
    if (this.#behind() < this.#capacity) return undefined;
    return this.#until(this.#taken - Math.floor(this.#capacity / 2));
  }

  async flush(): Promise<void> {
    this.#send();
    await this.#until(this.#taken);
    // the reads of this turn may share a look from before the commit (sqlite/shared-look.ts)
    await turnEnd();
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    await this.flush();
    this.#closing = true;
    const ended = new Promise((resolve) => this.#worker.once("exit", resolve));
    this.#worker.ref();
    this.#worker.postMessage("close");
    await ended;
  }

  #use(use: Use, service: string): void {
    this.#mustBeOpen();
    if (!this.#notes.isNew(use, service)) return;
    this.#uses.push(use);
    this.#took();
  }

  #behind(): number {
    return this.#taken - this.#written;
  }

  #mustBeOpen(): void {
    if (this.#error !== undefined) throw this.#error;
    if (this.#closing) throw new Error("the recorder is closed");
  }

  #until(upTo: number): Promise<void> {
    if (this.#error !== undefined) return Promise.reject(this.#error);
    if (this.#written >= upTo) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiters.push({ upTo, resolve, reject }));
  }

  #took(): void {
    this.#taken += 1;
    if (this.#events.length + this.#uses.length === 1) this.#since = performance.now();
    if (this.#events.length >= GROUP_SIZE) this.#send();
    else if (this.#underWay === 0) this.#timer ??= setTimeout(() => this.#send(), GROUP_MS);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#underWay > 0 || this.#error !== undefined) return;
    const events = this.#events.splice(0, GROUP_SIZE);
    const uses = this.#uses.splice(0);
    this.#underWay = events.length + uses.length;
    if (this.#underWay === 0) return;
    this.#batch = { events: events.flatMap(eventValues), uses };
    this.#worker.ref();
    this.#worker.postMessage(this.#batch);
  }

  #groupWritten(): void {
    this.#written += this.#underWay;
    this.#underWay = 0;
    this.#batch = undefined;
    if (this.#error !== undefined) this.#found();
    this.#worker.unref();
    const done = this.#waiters.filter(({ upTo }) => upTo <= this.#written);
    this.#waiters = this.#waiters.filter(({ upTo }) => upTo > this.#written);
    for (const { resolve } of done) resolve();
    this.#sendInTime();
  }

  /** What came meanwhile has waited already; a group that fills costs less an event than two that went at once. */
  #sendInTime(): void {
    const left = GROUP_MS - (performance.now() - this.#since);
    const full = this.#events.length >= GROUP_SIZE;
    if (full || left <= 0 || this.#waiters.length > 0) this.#send();
    else if (this.#behind() > 0) this.#timer ??= setTimeout(() => this.#send(), left);
  }

  #lost(cause: Error): void {
    // of one worker both its error and its end are heard
    if (this.#closing || this.#retry !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#retry = setTimeout(() => this.#tryAgain(), this.#options.retryMs ?? RETRY_MS).unref();
    if (this.#error !== undefined) return;
    const error = new StorageError(
      `the event log cannot be written: ${cause.message}`,
      "see that the disk has room and the database is up",
      { cause },
    );
    this.#error = error;
    for (const { reject } of this.#waiters.splice(0)) reject(error);
    this.#options.failed?.(error);
  }

  #tryAgain(): void {
    this.#retry = undefined;
    if (this.#closing) return;
    this.#worker = this.#startWorker();
    this.#worker.postMessage(this.#batch ?? NOTHING);
  }

  #found(): void {
    this.#error = undefined;
    this.#options.recovered?.();
  }
}

const NOTHING: Batch = { events: [], uses: [] };

const SPARED = MINUTE;
const NOTES = 10_000;

/**
 * Spares the worker what would change nothing: the same key and service, or the same role, within a minute. The rule of fifteen minutes itself is
 * the database's (batch.ts), for other processes note uses too.
 */
class UseNotes {
  readonly #notes = new Map<string, { readonly at: number; readonly service: string }>();

  isNew(use: Use, service: string): boolean {
    const id = idOf(use);
    const note = this.#notes.get(id);
    if (note?.service === service && use.at < note.at + SPARED) return false;
    // Forgetting costs a write that changes nothing.
    if (this.#notes.size >= NOTES) this.#notes.clear();
    this.#notes.set(id, { at: use.at, service });
    return true;
  }
}
