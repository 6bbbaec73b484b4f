import type { Brand } from "./brand.ts";

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = Brand<number, "EpochMs">;

/** Reads the machine's clock. Time is always handed in, so a test is a table of moments. */
export type Clock = () => EpochMs;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const REMEMBERED = 64;

export const epochMs = (value: number): EpochMs => value as EpochMs;

export const systemClock: Clock = () => epochMs(Date.now());

/** `2026-01-02T03:04:05Z`: AWS answers in whole seconds (contract 4.2). */
export const isoSeconds = onceASecond((at) => `${new Date(at).toISOString().slice(0, 19)}Z`);

/** `Fri, 02 Jan 2026 03:04:05 GMT`, the form of HTTP's `Date` (RFC 9110 section 5.6.7). */
export const httpDate = onceASecond((at) => new Date(at).toUTCString());

/** Thousands of calls a second write the same few moments: those are remembered, `REMEMBERED` at most. */
function onceASecond(render: (at: number) => string): (at: number) => string {
  const texts = new Map<number, string>();
  return (at) => {
    const second = Math.floor(at / SECOND);
    const known = texts.get(second);
    if (known !== undefined) return known;
    if (texts.size >= REMEMBERED) texts.clear();
    const text = render(at);
    texts.set(second, text);
    return text;
  };
}

/** `20260102T030405Z`, the basic format of SigV4. */
export const isoBasic = (at: number): string => isoSeconds(at).replace(/[-:]/g, "");
