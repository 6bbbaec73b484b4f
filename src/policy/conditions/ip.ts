import { type Compare, likeness } from "./comparison.ts";

/** An address as its 16-bit groups: two of them, or eight. */
type Address = readonly number[];

interface Network {
  readonly address: Address;
  readonly prefix: number;
}

/** An address, or a network in CIDR form; undefined for anything else. Leading zeros, and a plus before the prefix, are read over. */
export function parseNetwork(text: string): Network | undefined {
  const [, written = "", length] = /^([^/]*)(?:\/\+?(\d{1,9}))?$/.exec(text) ?? [];
  const address = parseAddress(written);
  if (address === undefined) return undefined;
  const bits = address.length * 16;
  const prefix = length === undefined ? bits : Number(length);
  return prefix > bits ? undefined : { address, prefix };
}

export const parseAddress = (text: string): Address | undefined =>
  text.includes(":") ? parseIPv6(text) : parseIPv4(text);

function parseIPv4(text: string): Address | undefined {
  const octets = text.split(".").map((octet) => (/^\d{1,9}$/.test(octet) ? Number(octet) : 256));
  const [a, b, c, d] = octets;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  return octets.length === 4 && octets.every((octet) => octet < 256) ? [a * 256 + b, c * 256 + d] : undefined;
}

/** RFC 4291 section 2.2: eight groups, one run of zeros left out at most, the last two perhaps written as IPv4. */
function parseIPv6(text: string): Address | undefined {
  const halves = withoutDots(text).split("::");
  const [front = [], back = []] = halves.map((half) => (half === "" ? [] : half.split(":").map(parseGroup)));
  const left = 8 - front.length - back.length;
  if (halves.length > 2 || (halves.length === 1 ? left !== 0 : left < 1)) return undefined;
  const groups = [...front, ...Array<number>(left).fill(0), ...back];
  return groups.every((group) => group <= 0xffff) ? groups : undefined;
}

const parseGroup = (text: string): number =>
  /^[0-9a-f]{1,4}$/i.test(text) ? Number.parseInt(text, 16) : Number.POSITIVE_INFINITY;

/** An IPv4 address at the end as the two groups that it is. */
function withoutDots(text: string): string {
  const tail = text.lastIndexOf(":") + 1;
  const groups = parseIPv4(text.slice(tail));
  return groups === undefined ? text : text.slice(0, tail) + groups.map((g) => g.toString(16)).join(":");
}

/** An IPv4 address in IPv6 clothes is IPv4, in a request alone: a policy's network keeps the family it was written in. */
function requestAddress(text: string): Address | undefined {
  const address = parseAddress(text);
  const isMapped =
    address?.length === 8 && address[5] === 0xffff && address.slice(0, 5).every((group) => group === 0);
  return isMapped ? address.slice(6) : address;
}

/** AWS masks the host bits of an IPv4 network; an IPv6 network that has some set contains nothing (contract 9.2). */
function contains({ address, prefix }: Network, seen: Address): boolean {
  if (address.length !== seen.length || (address.length === 8 && hasHostBits(address, prefix))) return false;
  return address.every(
    (group, at) => (group & maskOf(prefix, at)) === ((seen[at] ?? 0) & maskOf(prefix, at)),
  );
}

const hasHostBits = (address: Address, prefix: number): boolean =>
  address.some((group, at) => (group & ~maskOf(prefix, at)) !== 0);

const maskOf = (prefix: number, at: number): number => {
  const bits = Math.min(16, Math.max(0, prefix - at * 16));
  return (0xffff << (16 - bits)) & 0xffff;
};

/** A request's address that cannot be read matches neither way (contract 9.2). */
export const within: Compare = (wanted) => {
  const networks = wanted.map(parseNetwork).filter((network) => network !== undefined);
  return (text) => {
    const seen = requestAddress(text);
    return seen === undefined ? "neither" : likeness(networks.some((network) => contains(network, seen)));
  };
};
