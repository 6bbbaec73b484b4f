import { compareParsed } from "./comparison.ts";

/** A decimal number as it was written, so that no digit is lost: 0.digits x 10^exponent, no zero at either end of the digits. */
interface Decimal {
  readonly negative: boolean;
  readonly exponent: number;
  readonly digits: string;
}

const FORM = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;

/** Leading zeros, a plus, `1.` and exponents are numbers; `NaN`, `Infinity` and the empty text are none. */
export function parseDecimal(text: string): Decimal | undefined {
  const found = FORM.exec(text);
  if (found === null) return undefined;
  const [, sign, whole = "", fraction = "", power = "0"] = found;
  const written = whole + fraction;
  const leading = written.length - written.replace(/^0+/, "").length;
  const digits = withoutTrailingZeros(written.slice(leading));
  if (digits === "") return { negative: false, exponent: 0, digits };
  return { negative: sign === "-", exponent: Number(power) + whole.length - leading, digits };
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0") end--;
  return digits.slice(0, end);
}

/** Below, at or above zero as `a` is less than, equal to or greater than `b`. */
function compareDecimals(a: Decimal, b: Decimal): number {
  const sign = signOf(a);
  if (sign !== signOf(b)) return sign - signOf(b);
  if (a.exponent !== b.exponent) return sign * (a.exponent - b.exponent);
  // digits behind the point compare as text does
  return a.digits === b.digits ? 0 : sign * (a.digits < b.digits ? -1 : 1);
}

const signOf = ({ negative, digits }: Decimal): number => (digits === "" ? 0 : negative ? -1 : 1);

/** A request's value that is no number is unequal to every number, and neither less nor greater (contract 9.2). */
const compared = (holds: (order: number) => boolean) =>
  compareParsed(parseDecimal, (seen, wanted) => holds(compareDecimals(seen, wanted)));

export const equals = compared((order) => order === 0);
export const lessThan = compared((order) => order < 0);
export const lessThanEquals = compared((order) => order <= 0);
export const greaterThan = compared((order) => order > 0);
export const greaterThanEquals = compared((order) => order >= 0);
