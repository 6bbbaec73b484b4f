import { compareParsed } from "./comparison.ts";

const EPOCH_SECONDS = /^[+-]?\d{1,12}$/;
const ISO =
  /^(\d{4})-(\d\d)(?:-(\d\d)(?:[Tt](?:(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?)?([Zz]|[+-]\d\d(?::?\d\d)?)?)?)?$/;

/**
 * Milliseconds since 1970 of an ISO 8601 date or of epoch seconds (contract 9.2). Digits alone are seconds, also four of
 * them; without a zone it is UTC; what is finer than a millisecond is cut off.
 */
export function parseMoment(text: string): number | undefined {
  if (EPOCH_SECONDS.test(text)) return Number(text) * 1000;
  const found = ISO.exec(text);
  if (found === null) return undefined;
  const [, year, month, day = "01", hour = "00", minute = "00", second = "00", fraction = "", zone = "Z"] =
    found;
  const date = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  const offset = offsetOf(zone);
  const isDay = !Number.isNaN(date) && new Date(date).getUTCDate() === Number(day);
  if (!isDay || offset === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, "0"));
  return date + ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000 + milliseconds;
}

/** Minutes east of Greenwich. */
function offsetOf(zone: string): number | undefined {
  if (zone === "Z" || zone === "z") return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(":", ""))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

const compared = (holds: (seen: number, wanted: number) => boolean) => compareParsed(parseMoment, holds);

export const equals = compared((seen, wanted) => seen === wanted);
export const lessThan = compared((seen, wanted) => seen < wanted);
export const lessThanEquals = compared((seen, wanted) => seen <= wanted);
export const greaterThan = compared((seen, wanted) => seen > wanted);
export const greaterThanEquals = compared((seen, wanted) => seen >= wanted);
