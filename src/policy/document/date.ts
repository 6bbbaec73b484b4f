const LAST_LONG = 2n ** 63n - 1n;
const FIRST_LONG = -(2n ** 63n);

const DATE =
  /^([+-]?\d{1,9})(?:-(?:W(\d{1,2})(?:-(\d))?|(\d{3})|(\d{1,2})(?:-(\d{1,2}))?))?(?:T(?:(\d{1,2})(?::(\d{1,2})(?::(\d{1,2}))?)?(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?)?)?$/i;

/**
 * Whether a date operator's value is one: a 64-bit count of seconds, or an ISO 8601 date with as much of its time and offset
 * as there is. The recorded cases fit the lenient forms of Java's older date libraries: `01T` is a date, a short year or
 * hour is taken, a tenth digit of the fraction is not.
 */
export function isDate(text: string): boolean {
  if (/^[+-]?\d{1,20}$/.test(text)) return isLong(text);
  const parts = DATE.exec(text);
  if (parts === null) return false;
  const [year, week, weekDay, yearDay, month, day, hour, minute, second] = parts
    .slice(1, 10)
    .map((part) => (part === undefined ? undefined : Number(part)));
  return (
    within(week, 1, 53) &&
    within(weekDay, 1, 7) &&
    within(yearDay, 1, daysInYear(year ?? 0)) &&
    within(month, 1, 12) &&
    within(day, 1, daysInMonth(year ?? 0, month ?? 1)) &&
    within(hour, 0, 23) &&
    within(minute, 0, 59) &&
    within(second, 0, 59)
  );
}

function isLong(text: string): boolean {
  const value = BigInt(text.replace(/^\+/, ""));
  return value >= FIRST_LONG && value <= LAST_LONG;
}

const within = (value: number | undefined, least: number, most: number): boolean =>
  value === undefined || (value >= least && value <= most);

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const daysInYear = (year: number): number => (isLeap(year) ? 366 : 365);

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
