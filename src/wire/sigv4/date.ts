import { type EpochMs, epochMs, isoBasic } from "#base/clock.ts";

/** When something was signed, as a number and as the string to sign writes it: `20150830T123600Z`. */
export interface SigningDate {
  readonly at: EpochMs;
  readonly basic: string;
}

const BASIC = /^\d{8}T\d{6}Z$/;

/** A moment in ISO 8601 basic format; undefined for any other form, and for days and hours that are not. */
export function parseBasicDate(text: string): SigningDate | undefined {
  if (!BASIC.test(text)) return undefined;
  const year = 100 * pair(text, 0) + pair(text, 2);
  const month = pair(text, 4);
  const day = pair(text, 6);
  const hour = pair(text, 9);
  const minute = pair(text, 11);
  const second = pair(text, 13);
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return undefined;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  // a day that the month does not have runs over into another
  return new Date(at).getUTCDate() === day ? { at: epochMs(at), basic: text } : undefined;
}

/** The number that two digits write. */
function pair(text: string, at: number): number {
  return 10 * (text.charCodeAt(at) - 48) + (text.charCodeAt(at + 1) - 48);
}

/** As a `Date` header has it: the basic format, or what HTTP prescribes; botocore writes `-0000` for `GMT`. */
export function parseHttpDate(text: string): SigningDate | undefined {
  const fixed = text.replace(/ [+-]0000$/, " GMT");
  const at = Date.parse(fixed);
  if (Number.isNaN(at) || new Date(at).toUTCString() !== fixed) return parseBasicDate(text);
  return { at: epochMs(at), basic: isoBasic(at) };
}
