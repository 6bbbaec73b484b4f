import type { Brand } from "./brand.ts";

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = Brand<number, "EpochMs">;

/** Reads the machine's clock. Time is always handed in, so a test is a table of moments. */
export type Clock = () => EpochMs;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const epochMs = (value: number): EpochMs => value as EpochMs;

export const systemClock: Clock = () => epochMs(Date.now());

/** `2026-01-02T03:04:05Z`: AWS answers in whole seconds (contract 4.2). */
export const isoSeconds = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** `20260102T030405Z`, the basic format of SigV4. */
export const isoBasic = (at: number): string => isoSeconds(at).replace(/[-:]/g, "");
