import { type EpochMs, epochMs, isoBasic } from "#base/clock.ts";

const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** A moment in ISO 8601 basic format, e.g. `20150830T123600Z`; undefined for any other form and for days that are not. */
export function parseBasicDate(text: string): EpochMs | undefined {
  const parts = BASIC.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  // six digit groups matched
  const at = Date.UTC(year as number, (month as number) - 1, day, hour, minute, second);
  return isoBasic(at) === text ? epochMs(at) : undefined;
}

/** As a `Date` header has it: the basic format, or what HTTP prescribes; botocore writes `-0000` for `GMT`. */
export function parseHttpDate(text: string): EpochMs | undefined {
  const fixed = text.replace(/ [+-]0000$/, " GMT");
  const at = Date.parse(fixed);
  return !Number.isNaN(at) && new Date(at).toUTCString() === fixed ? epochMs(at) : parseBasicDate(text);
}
