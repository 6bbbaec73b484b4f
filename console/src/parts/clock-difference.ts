import type { Words } from "../words/english.ts";

/** A code is good for about a minute either way; a network's delay is no difference. */
const IN_STEP = 10_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const isInStep = (offset: number): boolean => Math.abs(offset) < IN_STEP;

/** `offset`: milliseconds that the server is ahead. */
export function differenceText(words: Words["clock"], offset: number): string {
  if (isInStep(offset)) return words.inStep;
  const length = lengthText(words, Math.abs(offset));
  return offset > 0 ? words.behind(length) : words.ahead(length);
}

function lengthText(words: Words["clock"], milliseconds: number): string {
  if (milliseconds < 2 * MINUTE) return words.seconds(Math.round(milliseconds / 1000));
  if (milliseconds < 2 * HOUR) return words.minutes(Math.round(milliseconds / MINUTE));
  return words.hours(Math.round(milliseconds / HOUR));
}
