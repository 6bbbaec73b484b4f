import { compareParsed } from "./comparison.ts";

const EPOCH_SECONDS = /^[+-]?\d{1,20}$/;
const DAY = String.raw`([+-]?\d{1,9})(?:-(?:W(\d\d?)(?:-(\d))?|(\d{3})|(\d\d?)(?:-(\d\d?))?))?`;
const TIME = String.raw`(?:(\d\d?)(?::(\d\d?)(?::(\d\d?))?)?(?:[.,](\d{1,9}))?)?`;
const ZONE = String.raw`(Z|[+-]\d\d(?::?\d\d)?(?::?\d\d)?)?`;
const ISO = new RegExp(`^${DAY}(?:T${TIME}${ZONE})?$`, "i");

const [DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS] = [86_400_000, 3_600_000, 60_000, 1000];

/**
 * Milliseconds since 1970 of epoch seconds or of an ISO 8601 date, calendar, ordinal or week (contract 9.2). Digits alone
 * are seconds, be they only four; without a zone it is UTC; a fraction is of the last unit written, and what is finer than
 * a millisecond is cut off. Undefined for anything else.
 */
export function parseMoment(text: string): number | undefined {
  if (EPOCH_SECONDS.test(text)) return Number(text) * SECOND_MS;
  const local = parseLocal(text);
  if (local === undefined) return undefined;
  const offset = offsetOf(local.zone);
  return offset === undefined ? undefined : local.whole - offset + local.fraction;
}

const FIRST_LONG = -(2n ** 63n);
const LAST_LONG = 2n ** 63n - 1n;

/**
 * Whether a policy may have the text as a date: a 64-bit count of seconds, or an ISO 8601 date with as much of its time and zone
 * as there is. The recorded cases fit the lenient forms of Java's older date libraries: `01T` is a date, a short year or hour is
 * taken, a tenth digit of the fraction is not. How far a zone may be from UTC is not asked.
 */
export function isDate(text: string): boolean {
  if (!EPOCH_SECONDS.test(text)) return parseLocal(text) !== undefined;
  const seconds = BigInt(text.replace(/^\+/, ""));
  return seconds >= FIRST_LONG && seconds <= LAST_LONG;
}

interface Local {
  /** Milliseconds since 1970 by the clock of the zone, and those of the fraction. */
  readonly whole: number;
  readonly fraction: number;
  /** As written, not looked at yet. */
  readonly zone: string | undefined;
}

function parseLocal(text: string): Local | undefined {
  const found = ISO.exec(text);
  if (found === null) return undefined;
  const [year, week, weekDay, yearDay, month, day, hour, minute, second] = found
    .slice(1, 10)
    .map((part) => (part === undefined ? undefined : Number(part)));
  const date = dayOf({ year: year ?? 0, week, weekDay, yearDay, month, day });
  const inRange = (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) < 60;
  if (date === undefined || !inRange) return undefined;
  const time = (hour ?? 0) * HOUR_MS + (minute ?? 0) * MINUTE_MS + (second ?? 0) * SECOND_MS;
  const unit = second !== undefined ? SECOND_MS : minute !== undefined ? MINUTE_MS : HOUR_MS;
  const fraction = Math.floor(Number(`0.${found[10] ?? 0}`) * unit);
  return { whole: date * DAY_MS + time, fraction, zone: found[11] };
}

interface DayParts {
  readonly year: number;
  readonly week: number | undefined;
  readonly weekDay: number | undefined;
  readonly yearDay: number | undefined;
  readonly month: number | undefined;
  readonly day: number | undefined;
}

/** Days since 1970; what is left out is the first. */
function dayOf({ year, week, weekDay = 1, yearDay, month = 1, day = 1 }: DayParts): number | undefined {
  const isDay = within(weekDay, 1, 7) && within(month, 1, 12) && within(day, 1, daysIn(year, month));
  if (!isDay || !within(week ?? 1, 1, 53) || !within(yearDay ?? 1, 1, 337 + daysIn(year, 2)))
    return undefined;
  const first = daysBefore(year);
  if (yearDay !== undefined) return first + yearDay - 1;
  if (week !== undefined) return firstMonday(first) + (week - 1) * 7 + weekDay - 1;
  const months = Array.from({ length: month - 1 }, (_, at) => daysIn(year, at + 1));
  return months.reduce((sum, days) => sum + days, first) + day - 1;
}

const within = (value: number, least: number, most: number): boolean => value >= least && value <= most;

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days from 1970 to the first of January; Date itself ends in the year 275760. */
function daysBefore(year: number): number {
  const past = year - 1;
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) - 719_162;
}

/** The Monday of the week that holds the fourth of January. */
function firstMonday(firstOfJanuary: number): number {
  const fourth = firstOfJanuary + 3;
  // 1970 began on a Thursday
  return fourth - ((((fourth + 3) % 7) + 7) % 7);
}

/** Milliseconds east of Greenwich. */
function offsetOf(zone = "Z"): number | undefined {
  if (zone.toUpperCase() === "Z") return 0;
  const digits = zone.slice(1).replaceAll(":", "").padEnd(6, "0");
  const [hours = 0, minutes = 0, seconds = 0] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2)));
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS);
}

const compared = (holds: (seen: number, wanted: number) => boolean) => compareParsed(parseMoment, holds);

export const equals = compared((seen, wanted) => seen === wanted);
export const lessThan = compared((seen, wanted) => seen < wanted);
export const lessThanEquals = compared((seen, wanted) => seen <= wanted);
export const greaterThan = compared((seen, wanted) => seen > wanted);
export const greaterThanEquals = compared((seen, wanted) => seen >= wanted);
