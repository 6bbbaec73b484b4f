import { isIP } from "node:net";
import { arnGlobs, globs, isArn, type Piece, textOf } from "./glob.ts";

/** One of a condition's values: as written, and with its variables replaced, or undefined where one has no value. */
export interface PolicyValue {
  readonly written: string;
  readonly expanded: readonly Piece[] | undefined;
}

interface Operator {
  readonly negated: boolean;
  /** Whether a request's value can be compared at all; what cannot matches neither form. */
  readonly comparable: (asked: string) => boolean;
  readonly same: (asked: string, value: PolicyValue) => boolean;
}

type Same = Operator["same"];

const operator = (same: Same, comparable: Operator["comparable"] = () => true): Operator => ({
  negated: false,
  comparable,
  same,
});
const not = (positive: Operator): Operator => ({ ...positive, negated: true });

const text =
  (same: (asked: string, value: string) => boolean): Same =>
  (asked, { expanded }) =>
    expanded !== undefined && same(asked, textOf(expanded));
const pattern =
  (same: (asked: string, value: readonly Piece[]) => boolean): Same =>
  (asked, { expanded }) =>
    expanded !== undefined && same(asked, expanded);
/** Where either is no number (or date), no comparison of them is true. */
const number =
  (read: (text: string) => number, same: (asked: number, value: number) => boolean): Same =>
  (asked, { written }) =>
    same(read(asked), read(written));

const readNumber = (value: string): number => (/^[+-]?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN);
/** Milliseconds of an epoch in seconds or of an ISO 8601 date. */
const readDate = (value: string): number =>
  /^\d+$/.test(value)
    ? Number(value) * 1000
    : /^\d{4}-\d\d-\d\d/.test(value)
      ? Date.parse(value)
      : Number.NaN;

const lower = (value: string): string => value.toLowerCase();
const isTrue = (value: string): boolean => lower(value) === "true";

/** The bits of an address as a string of `0` and `1`; an IPv4 address in IPv6 clothes is an IPv4 address. */
function bitsOf(address: string): string | undefined {
  const inner = address.startsWith("::ffff:") ? address.slice(7) : address;
  if (isIP(inner) === 4)
    return inner
      .split(".")
      .map((part) => bits(Number(part), 8))
      .join("");
  if (isIP(address) !== 6) return undefined;
  const [head = "", tail] = address.split("::");
  const [front, back] = [head, tail ?? ""].map((half) => half.split(":").filter((group) => group !== ""));
  const zeros = tail === undefined ? 0 : 8 - (front?.length ?? 0) - (back?.length ?? 0);
  const groups = [...(front ?? []), ...Array.from({ length: zeros }, () => "0"), ...(back ?? [])];
  return groups.map((group) => bits(Number.parseInt(group, 16), 16)).join("");
}

const bits = (value: number, width: number): string => value.toString(2).padStart(width, "0");

function inNetwork(asked: string, network: string): boolean {
  const [address = "", written] = network.split("/");
  const [one, other] = [bitsOf(asked), bitsOf(address)];
  if (one === undefined || other === undefined || one.length !== other.length) return false;
  const width = Number(written ?? other.length);
  // an IPv6 network with bits of a host matches nothing (contract 9.2)
  if (other.length === 128 && other.slice(width).includes("1")) return false;
  return one.slice(0, width) === other.slice(0, width);
}

const bytesOf = (value: string): string | undefined =>
  Buffer.from(value, "base64").toString("base64") === value ? value : undefined;

const equals = operator(text((asked, value) => asked === value));
const equalsIgnoreCase = operator(text((asked, value) => lower(asked) === lower(value)));
const like = operator(pattern((asked, value) => globs(value, asked)));
const arn = operator(
  pattern((asked, value) => arnGlobs(value, asked)),
  isArn,
);
const ip = operator(
  (asked, { written }) => inNetwork(asked, written),
  (asked) => bitsOf(asked) !== undefined,
);

const comparisons = (family: string, read: (value: string) => number): Readonly<Record<string, Operator>> => {
  const same = operator(number(read, (one, other) => one === other));
  return {
    [`${family}Equals`]: same,
    [`${family}NotEquals`]: not(same),
    [`${family}LessThan`]: operator(number(read, (one, other) => one < other)),
    [`${family}LessThanEquals`]: operator(number(read, (one, other) => one <= other)),
    [`${family}GreaterThan`]: operator(number(read, (one, other) => one > other)),
    [`${family}GreaterThanEquals`]: operator(number(read, (one, other) => one >= other)),
  };
};

/** Every operator of contract 9.2 but Null, which asks for no value. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: equals,
  StringNotEquals: not(equals),
  StringEqualsIgnoreCase: equalsIgnoreCase,
  StringNotEqualsIgnoreCase: not(equalsIgnoreCase),
  StringLike: like,
  StringNotLike: not(like),
  ...comparisons("Numeric", readNumber),
  ...comparisons("Date", readDate),
  Bool: operator((asked, { written }) => isTrue(asked) === isTrue(written)),
  BinaryEquals: operator((asked, { written }) => bytesOf(asked) !== undefined && asked === bytesOf(written)),
  IpAddress: ip,
  NotIpAddress: not(ip),
  ArnEquals: arn,
  ArnLike: arn,
  ArnNotEquals: not(arn),
  ArnNotLike: not(arn),
};
